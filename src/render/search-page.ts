import type { APIButtonComponent } from 'discord-api-types/v10';
import { code, quoted } from '#src/wording/phrase.ts';
import type { Phrase, Value } from '#src/wording/values.ts';
import { cut } from './cut.ts';
import { dayIn, hourIn } from './days.ts';
import { escapeWords, plain } from './escape-markdown.ts';
import { listedFigures } from './figure-words.ts';
import { type ListItem, openSelect, PAGE_SIZE, pageButtons } from './paper-list.ts';
import { ACCENT, button, embed, type MessageView, rowsOf, TEXT } from './parts.ts';
import { say, sayPhrase, sayPlain, sayValue } from './say.ts';

/** A search that finds something, kept under `key`; `query` null: the same query. `allDays`: without the days asked for. */
export type Offer = { query: string | null; allDays: boolean; key: string };

/** `said`: a sentence of each source. `found`: one of them sent papers. */
export type SourcesAsked = { said: readonly Phrase[]; found: boolean; canAskAgain: boolean };

export type SearchView = {
  kind: 'list';
  query: string;
  /** The query where it is nothing but a word or a phrase. */
  words: string | null;
  /** From when on, as it was understood, UTC ms; null for always. */
  since: number | null;
  sort: 'relevance' | 'newest' | 'votes';
  now: number;
  items: readonly ListItem[];
  total: number;
  page: number;
  /** Key under which the question is kept for turning pages. */
  key: string;
  /** "12 ms" is nobody's business; what the reader should know: hints on the filter, how far back papers are known. */
  hints: readonly Value[];
  /** Null: not asked. */
  sources: SourcesAsked | null;
  offers: readonly Offer[];
};

/** A filter that cannot be read, with what it may have been meant to be. */
export type UnreadView = { kind: 'unread'; sentence: Value; offers: readonly Offer[] };

type Message = MessageView & { content?: string; private?: boolean };

/** Characters of a button. */
const LABEL = 80;
/** Of a list's text, kept for what stands under it. */
const NOTES = 900;

/** Results with the matching passages, a select to open one, buttons to turn pages, and to search for what may have been meant. */
export function searchMessage(view: SearchView | UnreadView): Message {
  if (view.kind === 'unread')
    return {
      content: sayValue(view.sentence),
      embeds: [],
      components: rowsOf(offerButtons(view.offers)),
      private: true,
    };
  return view.items.length === 0 ? nothingFound(view) : listFound(view);
}

function listFound(view: SearchView): Message {
  const pages = Math.ceil(view.total / PAGE_SIZE);
  const asked = (view.sources?.said ?? []).map(sayPhrase);
  const told = asked.length > 0 ? [[say('search.askedToo'), ...asked].join(' ')] : [];
  const notes = cut(notesOf([...view.hints.map(sayValue), ...told]), NOTES);
  const since = view.since === null ? [] : [sinceWords(view.since, view.now)];
  const lines = paperLines(view.items, view.now);
  return {
    embeds: [
      {
        title: [
          say('paper.count', { n: view.total }),
          escapeWords(view.query, 150),
          ...since,
          say(`search.order.${view.sort}`),
        ].join(' · '),
        color: ACCENT.paper,
        description: notes === '' ? lines : `${lines}\n\n${notes}`,
        footer: { text: sayPlain('list.page', { page: view.page + 1, pages: Math.max(1, pages) }) },
      },
    ],
    components: [
      openSelect(view.items),
      ...pageButtons(view.page, pages, (page) => `found:${page}:${view.key}`),
      ...rowsOf(buttonsOf(view)),
    ],
  };
}

function nothingFound(view: SearchView): Message {
  const title = nothingHas(view);
  const { sources } = view;
  const said = sources === null ? [] : [saidBy(sources)];
  const hints = view.hints.map(sayValue).filter((hint) => !hint.startsWith(title));
  const advice =
    view.offers.length > 0 || hints.length > 0
      ? []
      : [say(view.words === null ? 'search.askForLess' : 'search.otherWord')];
  return {
    embeds: [embed(title, [...said, ...hints, ...advice].join('\n'))],
    components: rowsOf(buttonsOf(view)),
  };
}

const saidBy = ({ said, found }: SourcesAsked): string =>
  [...said.map(sayPhrase), ...(found ? [say('search.noneFits')] : [])].join(' ');

function nothingHas({ query, words, since, now }: SearchView): string {
  const from = since === null ? null : { since: sinceWords(since, now) };
  if (words === null) {
    const wanted = { query: code(query, 200) };
    return from ? say('search.noneMatchesSince', { ...wanted, ...from }) : say('search.noneMatches', wanted);
  }
  const wanted = { words: quoted(words, 200) };
  return from ? say('search.noneHasSince', { ...wanted, ...from }) : say('search.noneHas', wanted);
}

/** "since 20 November", "since 20 November 2025, 14:00 UTC". */
function sinceWords(since: number, now: number): string {
  const day = dayIn(since, now);
  if (since % 86_400_000 === 0) return say('search.since', { day });
  return say('search.sinceHour', { day, hour: hourIn(since) });
}

const notesOf = (notes: readonly string[]): string => notes.map((note) => `-# ${note}`).join('\n');

/** "**[Title](link)** · 36 upvotes · 10 March" and the passage that matches; each paper has its share of the room. */
function paperLines(items: readonly ListItem[], now: number): string {
  const room = Math.floor((TEXT - NOTES - 2) / Math.max(1, items.length)) - 1;
  return items.map((item) => paperLine(item, now, room)).join('\n');
}

function paperLine({ paper, signals, page, note }: ListItem, now: number, room: number): string {
  const title = `**[${escapeWords(paper.title, 150) || paper.id}](${page})**`;
  const day = paper.publishedAt === null ? [] : [dayIn(paper.publishedAt, now)];
  const head = [title, ...listedFigures(signals), ...day].join(' · ');
  const below = note ? cut(note, Math.max(0, room - head.length - 1)) : '';
  return below === '' ? head : `${head}\n${below}`;
}

function buttonsOf(view: SearchView): APIButtonComponent[] {
  const again = view.sources?.canAskAgain
    ? [button(sayPlain('button.askAgain'), `found:0:${view.key}:again`)]
    : [];
  return [...offerButtons(view.offers), ...again];
}

const offerButtons = (offers: readonly Offer[]): APIButtonComponent[] =>
  offers.map((offer) => button(labelFor(offer), `found:0:${offer.key}`));

function labelFor({ query, allDays }: Offer): string {
  if (query === null) return sayPlain('search.allDays');
  const key = allDays ? 'search.forAllDays' : 'search.for';
  // The query is cut, not what is said of it.
  const [before, after] = sayPlain(key, { query: '\n' }).split('\n');
  return `${plain(`${before}${query}`, LABEL - after.length)}${after}`;
}
