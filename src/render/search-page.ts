import { count } from './count.ts';
import { cut } from './cut.ts';
import { dayIn, hourIn } from './days.ts';
import { codeSpan, escapeWords, plain } from './escape-markdown.ts';
import { listedFigures } from './figure-words.ts';
import { type ListItem, openSelect, PAGE_SIZE, pageButtons } from './paper-list.ts';

/** A search that finds something, kept under `key`; `query` null: the same query. `allDays`: without the days asked for. */
export type Offer = { query: string | null; allDays: boolean; key: string };

/** `said`: a sentence of each source. `found`: one of them sent papers. */
export type SourcesAsked = { said: readonly string[]; found: boolean; canAskAgain: boolean };

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
  hints: readonly string[];
  /** Null: not asked. */
  sources: SourcesAsked | null;
  offers: readonly Offer[];
};

/** A filter that cannot be read, with what it may have been meant to be. */
export type UnreadView = { kind: 'unread'; sentence: string; offers: readonly Offer[] };

type Message = { content?: string; embeds: object[]; components: object[]; private?: boolean };

const ORDERS = {
  relevance: 'best match first',
  newest: 'newest first',
  votes: 'most upvotes first',
} as const;
const BLUE = 0x2f6fde;
const TEXT = 4096;
/** Of a list's text, kept for what stands under it. */
const NOTES = 900;

/** Results with the matching passages, a select to open one, buttons to turn pages, and to search for what may have been meant. */
export function searchMessage(view: SearchView | UnreadView): Message {
  if (view.kind === 'unread')
    return { content: view.sentence, embeds: [], components: row(offerButtons(view.offers)), private: true };
  return view.items.length === 0 ? nothingFound(view) : listFound(view);
}

function listFound(view: SearchView): Message {
  const pages = Math.ceil(view.total / PAGE_SIZE);
  const asked = view.sources?.said ?? [];
  const told =
    asked.length > 0 ? [`Few papers match, so the sources were asked too. ${asked.join(' ')}`] : [];
  const notes = cut(notesOf([...view.hints, ...told]), NOTES);
  const since = view.since === null ? [] : [sinceWords(view.since, view.now)];
  const lines = paperLines(view.items, view.now);
  return {
    embeds: [
      {
        title: [count(view.total, 'paper'), escapeWords(view.query, 150), ...since, ORDERS[view.sort]].join(
          ' · ',
        ),
        color: BLUE,
        description: notes === '' ? lines : `${lines}\n\n${notes}`,
        footer: { text: `Page ${view.page + 1} of ${Math.max(1, pages)}` },
      },
    ],
    components: [
      openSelect(view.items),
      ...pageButtons(view.page, pages, (page) => `found:${page}:${view.key}`),
      ...row(buttonsOf(view)),
    ],
  };
}

function nothingFound(view: SearchView): Message {
  const title = nothingHas(view);
  const { sources } = view;
  const said = sources === null ? [] : [[...sources.said, ...(sources.found ? [NONE_FITS] : [])].join(' ')];
  const hints = view.hints.filter((hint) => !hint.startsWith(title));
  const advice =
    view.offers.length > 0 || hints.length > 0
      ? []
      : [NEXT_STEP[view.words === null ? 'conditions' : 'words']];
  return {
    embeds: [{ title, description: cut([...said, ...hints, ...advice].join('\n'), TEXT) }],
    components: row(buttonsOf(view)),
  };
}

const NONE_FITS = 'None of these papers matches.';
const NEXT_STEP = {
  words: 'Try another word for it, or see `/trending` for what is new.',
  conditions: 'Ask for less, try other words, or see `/trending` for what is new.',
} as const;

function nothingHas({ query, words, since, now }: SearchView): string {
  const days = since === null ? '' : ` ${sinceWords(since, now)}`;
  return words === null
    ? `No paper matches ${codeSpan(query, 200)}${days}`
    : `No paper${days} has “${escapeWords(words, 200)}”`;
}

/** "since 20 November", "since 20 November 2025, 14:00 UTC". */
function sinceWords(since: number, now: number): string {
  const hour = since % 86_400_000 === 0 ? '' : `, ${hourIn(since)} UTC`;
  return `since ${dayIn(since, now)}${hour}`;
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

function buttonsOf(view: SearchView): object[] {
  const again = view.sources?.canAskAgain ? [button('Ask again', `found:0:${view.key}:again`)] : [];
  return [...offerButtons(view.offers), ...again];
}

const offerButtons = (offers: readonly Offer[]): object[] =>
  offers.map((offer) => button(labelFor(offer), `found:0:${offer.key}`));

function labelFor({ query, allDays }: Offer): string {
  if (query === null) return 'Search all days';
  const days = allDays ? ' in all days' : '';
  return `${plain(`Search ${query}`, 80 - days.length)}${days}`;
}

const button = (label: string, id: string): object => ({ type: 2, style: 2, label, custom_id: id });

const row = (buttons: readonly object[]): object[] =>
  buttons.length === 0 ? [] : [{ type: 1, components: buttons }];
