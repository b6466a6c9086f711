import type { IdFault } from '#src/paper/id-form.ts';
import { count, listed } from './count.ts';
import { escapeMarkdown, escapeWords, plain } from './escape-markdown.ts';
import { type CardView, paperCard } from './paper-card.ts';
import { type ListItem, openSelect } from './paper-list.ts';

/** What looking one paper up comes to. Only a `paper` is certain; the rest is told to the asker alone. */
export type FoundView =
  | { kind: 'paper'; view: CardView }
  | NoPaper
  /** No source has it: `told` what each said, '' when nobody could be asked. */
  | { kind: 'unknown'; id: string; nobodyHas: readonly string[]; earlier: number | null; told: string }
  | UncertainView;

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
  told: string;
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

type Message = { content?: string; embeds?: object[]; components?: object[]; private?: boolean };

const NAMES_SHOWN = 3;
const CHOICES = 25;
const HOW =
  'Give its arXiv id (such as `2310.06825`), a link to arXiv or Hugging Face, or other words of its title.';

/** What titles hardly have, and filters do: a minus, an operator, a field. */
const FILTER_SIGNS = /(?:^|\s)-\p{L}|\b(?:OR|AND|NOT)\b|\p{L}:\S/u;
const FILTERS = 'To look papers up by a filter, use `/search`.';

/** The card for all to see; whatever is not certain, for the asker alone. */
export function foundMessage(found: FoundView): Message {
  if (found.kind === 'paper') return paperCard(found.view);
  const components = choicesOf(found);
  return { content: sentenceOf(found), ...(components.length > 0 ? { components } : {}), private: true };
}

/** The same for a place that can offer no choices: they are named. */
export function notFoundWords(found: Exclude<FoundView, { kind: 'paper' }>): string {
  const near = found.kind === 'uncertain' ? found.titles.slice(0, NAMES_SHOWN) : [];
  const titles = near.map(({ paper }) => `“${escapeWords(paper.title, 80)}” (\`${paper.id}\`)`);
  const isOne = titles.length === 1;
  const named = `The nearest ${isOne ? 'title is' : 'titles are'} ${listed(titles)}. Give the id.`;
  return titles.length === 0 ? sentenceOf(found) : `${head(found)} ${named}`;
}

function sentenceOf(found: Exclude<FoundView, { kind: 'paper' }>): string {
  if (found.kind !== 'uncertain') return head(found);
  const { titles, told, authors, organizations } = found;
  const isAnything = titles.length > 0 || authors !== null || organizations !== null;
  const rest = isAnything ? titlesTold(found) : HOW;
  const filters = found.titlesAre === 'near' && FILTER_SIGNS.test(found.words) ? FILTERS : '';
  const lines = [[head(found), rest, filters].filter((part) => part !== '').join(' ')];
  return [...lines, ...(told === '' ? [] : [`-# ${told}`])].join('\n');
}

function titlesTold({ titles, titlesAre, total, meant }: UncertainView): string {
  if (titles.length === 0) return '';
  if (titlesAre !== 'near')
    return titles.length < total ? `The nearest ${titles.length} are below.` : 'Pick one below.';
  const what = meant === null ? 'near it' : 'with that';
  const below = titles.length === 1 ? `A title ${what} is below` : `Titles ${what} are below`;
  return `${below}; or give its arXiv id.`;
}

function head(found: Exclude<FoundView, { kind: 'paper' }>): string {
  switch (found.kind) {
    case 'several':
      return severalTold(found.papers);
    case 'malformed':
      return `${faultTold(escapeMarkdown(found.written, 60), found.why)} Check it, or give words of the title.`;
    case 'foreign':
      return `I read arXiv and Hugging Face only. For ${found.host === 'doi.org' ? 'the paper of this DOI' : `a paper of ${plain(found.host, 80)}`}, give its arXiv id or words of its title.`;
    case 'no-paper-page':
      return `That page of ${plain(found.host, 80)} is about no single paper. Give a paper’s own link, its arXiv id, or words of its title.`;
    case 'category':
      return `${found.category} is a category of arXiv, no paper. \`/search\` with \`cat:${found.category}\` lists its papers.`;
    case 'nothing':
      return 'Say which paper: give an arXiv id such as `2310.06825`, a link to arXiv or Hugging Face, words of its title, or an author’s name.';
    case 'unknown':
      return unknownTold(found);
    case 'uncertain':
      return uncertainTold(found);
  }
}

function severalTold(papers: readonly NamedPaper[]): string {
  const ids = papers.slice(0, NAMES_SHOWN).map(({ id }) => id);
  const rest = papers.length - ids.length;
  const named = rest > 0 ? `${ids.join(', ')} and ${rest} more` : listed(ids);
  const below = papers.length > CHOICES ? `The first ${CHOICES} are below.` : 'Pick one below.';
  return `That names ${count(papers.length, 'paper')}: ${named}. ${below}`;
}

function unknownTold({ id, nobodyHas, earlier, told }: FoundView & { kind: 'unknown' }): string {
  if (nobodyHas.length === 0)
    return `I do not know ${id} yet. ${told === '' ? 'No source could be asked.' : told}`;
  const asked = earlier === null ? 'asked now' : `asked <t:${Math.floor(earlier / 1000)}:R>`;
  const names = [...new Set(nobodyHas)];
  if (names.length === 1) return `${capital(names[0])} does not have ${id} (${asked}).`;
  const who = names.length === 2 ? `Neither ${names[0]} nor ${names[1]} has` : `None of ${listed(names)} has`;
  return `${who} ${id} (${asked}).`;
}

function uncertainTold({ words, titlesAre, total, meant, ...found }: UncertainView): string {
  const said = `“${escapeWords(words, 200)}”`;
  if (titlesAre === 'called') return `${count(total, 'paper')} are called ${said}.`;
  if (titlesAre === 'having') return `${count(total, 'title')} have ${said}.`;
  const { authors, organizations } = found;
  return [
    `I know no paper called ${said}.`,
    authors && namesakesTold(authors, words, ['author', 'authors']),
    organizations && namesakesTold(organizations, words, ['organisation', 'organisations']),
    meant && `Did you mean “${escapeWords(meant, 200)}”?`,
  ]
    .filter(Boolean)
    .join(' ');
}

function namesakesTold(
  { names, total, isAll, isNear }: Namesakes,
  words: string,
  [one, many]: readonly [string, string],
): string {
  const papers = count(total, 'paper');
  const so = isNear ? 'a name near that' : 'that name';
  const shown = names.slice(0, NAMES_SHOWN).map((name) => escapeWords(name, 80));
  if (names.length === 1) {
    const called = names[0].toLowerCase() === words.toLowerCase() ? '' : `: ${shown[0]}`;
    return `One ${one} has ${so}${called} (${papers}).`;
  }
  const rest = names.length - shown.length;
  const named = rest > 0 ? `${shown.join(', ')} and ${rest} more` : listed(shown);
  return `${isAll ? '' : 'Over '}${names.length} ${many} have ${so}: ${named} (${papers}).`;
}

/** A sentence: “2613.00001 cannot be an arXiv id: there is no month 13.” */
function faultTold(written: string, why: IdFault): string {
  if (why.kind === 'archive') return `arXiv has no archive “${why.archive}”.`;
  if (why.kind === 'future') {
    const month = new Date(Date.UTC(why.year, why.month - 1));
    const called = month.toLocaleString('en-US', { month: 'long', year: 'numeric', timeZone: 'UTC' });
    return `${written} cannot be an arXiv id yet: ${called} has not come.`;
  }
  return `${written} cannot be an arXiv id: ${reasonOf(why)}`;
}

function reasonOf(why: Exclude<IdFault, { kind: 'archive' | 'future' }>): string {
  switch (why.kind) {
    case 'month':
      return `there is no month ${why.month}.`;
    case 'too-early':
      return 'until March 2007 ids began with an archive, such as hep-th/0703001.';
    case 'too-late':
      return 'since April 2007 ids have no archive, such as 0704.0001.';
    case 'zero':
      return 'the papers of a month are counted from 1.';
    case 'digits':
      return DIGITS[why.wanted];
  }
}

const DIGITS = {
  4: 'until 2014 four digits follow the point.',
  5: 'since 2015 five digits follow the point.',
  7: 'seven digits follow the archive, such as hep-th/9901001.',
} as const;

function choicesOf(found: FoundView): object[] {
  if (found.kind === 'several') return [severalSelect(found.papers)];
  if (found.kind === 'unknown') return [askAgain(found.id)];
  if (found.kind !== 'uncertain') return [];
  const { authors, organizations, titles } = found;
  return [
    ...(authors ? [namesakesSelect(authors, 'by', 'open:authors')] : []),
    ...(organizations ? [namesakesSelect(organizations, 'of', 'open:organizations')] : []),
    ...(titles.length > 0 ? [openSelect(titles, titlesCalled(found))] : []),
  ];
}

function titlesCalled({ titlesAre, meant }: UncertainView): string {
  if (titlesAre !== 'near') return 'Open a paper';
  return meant === null ? 'Titles near it' : plain(`Titles with “${meant}”`, 150);
}

function namesakesSelect({ names, papers, total }: Namesakes, of: string, id: string): object {
  const shown = Math.min(papers.length, CHOICES);
  const many = total > shown ? `The newest ${shown} of ${count(total, 'paper')}` : count(total, 'paper');
  const who = names.length === 1 ? names[0] : 'them';
  return openSelect(papers, plain(`${many} ${of} ${who}`, 150), id);
}

function severalSelect(papers: readonly NamedPaper[]): object {
  const options = papers.slice(0, CHOICES).map(({ id, title }) => ({
    label: plain(title ?? `arXiv:${id}`, 100),
    value: id,
    description: `arXiv:${id}`,
  }));
  return {
    type: 1,
    components: [{ type: 3, custom_id: 'open', placeholder: 'Open a paper', options }],
  };
}

function askAgain(id: string): object {
  return {
    type: 1,
    components: [{ type: 2, style: 2, label: 'Ask again', custom_id: `ask-again:${id}` }],
  };
}

const capital = (name: string): string => name.charAt(0).toUpperCase() + name.slice(1);
