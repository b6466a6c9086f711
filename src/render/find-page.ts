import type { IdFault } from '#src/paper/id-form.ts';
import { code, instant, markdown, phrase, quoted, sentences, words, yesNo } from '#src/wording/phrase.ts';
import type { Phrase, Value } from '#src/wording/values.ts';
import { plain } from './escape-markdown.ts';
import { type CardView, paperCard } from './paper-card.ts';
import { type ListItem, openSelect } from './paper-list.ts';
import { button, type MessageRow, type MessageView, row, select } from './parts.ts';
import { sayPhrase, sayPlain } from './say.ts';

/** What looking one paper up comes to. Only a `paper` is certain; the rest is told to the asker alone. */
export type FoundView = { kind: 'paper'; view: CardView } | NoPaper | UnknownPaper | UncertainView;

/** No source has it: `told` what each said, nothing when nobody could be asked. */
type UnknownPaper = {
  kind: 'unknown';
  id: string;
  nobodyHas: readonly string[];
  earlier: number | null;
  told: readonly Phrase[];
};

/** What was asked names no paper, or more than one. */
type NoPaper =
  | { kind: 'several'; papers: readonly NamedPaper[] }
  | { kind: 'malformed'; written: string; why: IdFault }
  | { kind: 'foreign'; host: string }
  | { kind: 'no-paper-page'; host: string }
  | { kind: 'category'; category: string }
  | { kind: 'nothing' };

/** `title`: null while it is unknown. */
type NamedPaper = { id: string; title: string | null };

/** Words that are not one title's. */
export type UncertainView = {
  kind: 'uncertain';
  words: string;
  /** `called`: several papers have just that title; `having`: several have all the words in theirs. */
  titlesAre: 'called' | 'having' | 'near';
  titles: readonly ListItem[];
  /** How many titles there are of that kind, shown or not. */
  total: number;
  /** The words as they were probably meant; then the titles are those of these words. */
  meant: string | null;
  authors: Namesakes | null;
  organizations: Namesakes | null;
  told: readonly Phrase[];
};

/**
 * Who is called so, and papers of theirs, the newest first; `total`: how many papers there are, `isAll`: whether all of
 * them were looked through for names. `isNear`: the name is hardly different.
 */
export type Namesakes = {
  names: readonly string[];
  papers: readonly ListItem[];
  total: number;
  isAll: boolean;
  isNear: boolean;
};

type Message = { content?: string; private?: boolean } & Partial<MessageView>;

const NAMES_SHOWN = 3;
const CHOICES = 25;

/** What titles hardly have, and filters do: a minus, an operator, a field. */
const FILTER_SIGNS = /(?:^|\s)-\p{L}|\b(?:OR|AND|NOT)\b|\p{L}:\S/u;

/** The card for all to see; whatever is not certain, for the asker alone. */
export function foundMessage(found: FoundView): Message {
  return found.kind === 'paper' ? paperCard(found.view) : uncertainMessage(found);
}

/** Whatever is not certain; `opens`: the custom id of the select that opens one of the papers. */
export function uncertainMessage(found: Exclude<FoundView, { kind: 'paper' }>, opens = 'open'): Message {
  const components = choicesOf(found, opens);
  return {
    content: sayPhrase(sentenceOf(found)),
    ...(components.length > 0 ? { components } : {}),
    private: true,
  };
}

/** The same for a place that can offer no choices: they are named. */
export function notFound(found: Exclude<FoundView, { kind: 'paper' }>): Phrase {
  const near = found.kind === 'uncertain' ? found.titles.slice(0, NAMES_SHOWN) : [];
  if (near.length === 0) return sentenceOf(found);
  const titles = near.map(({ paper: { id, title } }) =>
    phrase('paper.titleAndId', { title: quoted(title, 80), id: code(id) }),
  );
  return sentences(head(found), phrase('paper.nearestTitles', { n: titles.length, titles }));
}

function sentenceOf(found: Exclude<FoundView, { kind: 'paper' }>): Phrase {
  if (found.kind !== 'uncertain') return head(found);
  const { titles, told, authors, organizations } = found;
  const isAnything = titles.length > 0 || authors !== null || organizations !== null;
  const isFilter = found.titlesAre === 'near' && FILTER_SIGNS.test(found.words);
  const text = sentences(
    head(found),
    ...(isAnything ? titlesTold(found) : [phrase('paper.otherWords')]),
    ...(isFilter ? [phrase('paper.useSearch')] : []),
  );
  const [first, ...others] = told;
  return first ? phrase('paper.withNote', { text, note: sentences(first, ...others) }) : text;
}

function titlesTold({ titles, titlesAre, total, meant }: UncertainView): Phrase[] {
  const n = titles.length;
  if (n === 0) return [];
  if (titlesAre === 'near') return [phrase('paper.titlesBelow', { n, corrected: yesNo(meant !== null) })];
  return [n < total ? phrase('paper.nearestBelow', { n }) : phrase('paper.pickBelow')];
}

function head(found: Exclude<FoundView, { kind: 'paper' }>): Phrase {
  switch (found.kind) {
    case 'several':
      return severalTold(found.papers);
    case 'malformed':
      return phrase('paper.malformed', { fault: faultTold(markdown(found.written, 60), found.why) });
    case 'foreign':
      return found.host === 'doi.org'
        ? phrase('paper.foreignDoi')
        : phrase('paper.foreign', { host: plain(found.host, 80) });
    case 'no-paper-page':
      return phrase('paper.noPaperPage', { host: plain(found.host, 80) });
    case 'category':
      return phrase('paper.category', { category: found.category, filter: code(`cat:${found.category}`) });
    case 'nothing':
      return phrase('paper.whichOne');
    case 'unknown':
      return unknownTold(found);
    case 'uncertain':
      return uncertainTold(found);
  }
}

function severalTold(papers: readonly NamedPaper[]): Phrase {
  const ids = papers.slice(0, NAMES_SHOWN).map(({ id }) => id);
  return phrase('paper.several', {
    ...{ n: papers.length, ids: withRest(ids, papers.length - ids.length) },
    ...{ all: yesNo(papers.length <= CHOICES), shown: CHOICES },
  });
}

/** "A, B, C and 2 more". */
const withRest = (shown: readonly Value[], rest: number): readonly Value[] =>
  rest > 0 ? [...shown, phrase('list.more', { n: rest })] : shown;

function unknownTold({ id, nobodyHas, earlier, told }: UnknownPaper): Phrase {
  if (nobodyHas.length === 0) {
    const [first = phrase('paper.nobodyAsked'), ...others] = told;
    return phrase('paper.unknown', { id, said: sentences(first, ...others) });
  }
  const asked =
    earlier === null ? phrase('paper.askedNow') : phrase('paper.askedAt', { at: instant(earlier) });
  const names = [...new Set(nobodyHas)];
  const [first, second] = names;
  if (names.length === 1) return phrase('paper.oneHasNot', { source: capital(first), id, asked });
  if (names.length === 2) return phrase('paper.neitherHas', { first, second, id, asked });
  return phrase('paper.noneHas', { sources: names, id, asked });
}

function uncertainTold(found: UncertainView): Phrase {
  const { titlesAre, total: n, meant, authors, organizations } = found;
  const said = quoted(found.words, 200);
  if (titlesAre === 'called') return phrase('paper.areCalled', { n, words: said });
  if (titlesAre === 'having') return phrase('paper.titlesHave', { n, words: said });
  return sentences(
    phrase('paper.noneCalled', { words: said }),
    ...(authors ? [namesakesTold(authors, found.words, 'author')] : []),
    ...(organizations ? [namesakesTold(organizations, found.words, 'organisation')] : []),
    ...(meant ? [phrase('paper.didYouMean', { words: quoted(meant, 200) })] : []),
  );
}

function namesakesTold(
  { names, total, isAll, isNear }: Namesakes,
  asked: string,
  who: 'author' | 'organisation',
): Phrase {
  const shown = names.slice(0, NAMES_SHOWN).map((name) => words(name, 80));
  const all = { who, near: yesNo(isNear), papers: total };
  if (names.length === 1) {
    const called = names[0].toLowerCase() === asked.toLowerCase() ? 'same' : 'other';
    return phrase('paper.namesake', { ...all, called, name: shown[0] });
  }
  const named = withRest(shown, names.length - shown.length);
  return phrase('paper.namesakes', { ...all, all: yesNo(isAll), n: names.length, names: named });
}

/** A sentence: “2613.00001 cannot be an arXiv id: there is no month 13.” */
export function faultTold(id: Value, why: IdFault): Phrase {
  switch (why.kind) {
    case 'archive':
      return phrase('paper.fault.archive', { archive: why.archive });
    case 'future':
      return phrase('paper.fault.future', { id, month: Date.UTC(why.year, why.month - 1) });
    case 'month':
      return phrase('paper.fault.month', { id, month: why.month });
    case 'too-early':
      return phrase('paper.fault.tooEarly', { id });
    case 'too-late':
      return phrase('paper.fault.tooLate', { id });
    case 'zero':
      return phrase('paper.fault.zero', { id });
    case 'digits':
      return phrase(`paper.fault.digits${why.wanted}`, { id });
  }
}

function choicesOf(found: FoundView, opens: string): MessageRow[] {
  if (found.kind === 'several') return [severalSelect(found.papers, opens)];
  if (found.kind === 'unknown') return [askAgain(found.id)];
  if (found.kind !== 'uncertain') return [];
  const { authors, organizations, titles } = found;
  return [
    ...(authors ? [namesakesSelect(authors, 'author', `${opens}:authors`)] : []),
    ...(organizations ? [namesakesSelect(organizations, 'organisation', `${opens}:organizations`)] : []),
    ...(titles.length > 0 ? [openSelect(titles, titlesCalled(found), opens)] : []),
  ];
}

function titlesCalled({ titlesAre, meant }: UncertainView): string {
  if (titlesAre !== 'near') return sayPlain('paper.open');
  return meant === null
    ? sayPlain('paper.titlesNear')
    : plain(sayPlain('paper.titlesWith', { words: meant }), 150);
}

function namesakesSelect(
  { names, papers, total: n }: Namesakes,
  who: 'author' | 'organisation',
  id: string,
): MessageRow {
  const shown = Math.min(papers.length, CHOICES);
  const named = { who, names: names.length === 1 ? 'one' : 'several', name: names[0] };
  const called = sayPlain('paper.ofNamesakes', { n, all: yesNo(n <= shown), shown, ...named });
  return openSelect(papers, plain(called, 150), id);
}

function severalSelect(papers: readonly NamedPaper[], opens: string): MessageRow {
  const options = papers.slice(0, CHOICES).map(({ id, title }) => ({
    label: plain(title ?? `arXiv:${id}`, 100),
    value: id,
    description: `arXiv:${id}`,
  }));
  return row(select({ custom_id: opens, placeholder: sayPlain('paper.open'), options }));
}

function askAgain(id: string): MessageRow {
  return row(button(sayPlain('button.askAgain'), `ask-again:${id}`));
}

const capital = (name: string): string => name.charAt(0).toUpperCase() + name.slice(1);
