import type { MatchDocument, TermMatch } from '../language/filter.ts';

/** A passage of a paper in pieces: `hit` = a word that the filter found. Plain text, not escaped. */
type Snippet = readonly { text: string; hit: boolean }[];

/** Characters of a long text that a passage shows. */
const WIDTH = 240;
/** Characters before the first hit, so that it can be read in its sentence. */
const LEAD = 60;
const CUT = '…';

/** The passage that shows the most terms at once, the abstract's first; null when nothing was found. */
export function snippetOf(document: MatchDocument, found: readonly TermMatch[]): Snippet | null {
  return snippetsOf(document, found, 1)[0] ?? null;
}

/** At most `most` passages that do not overlap: abstract, title, then the short fields; within a field the richest first. */
export function snippetsOf(document: MatchDocument, found: readonly TermMatch[], most: number): Snippet[] {
  const snippets: Snippet[] = [];
  for (const [place, text] of textsOf(document)) {
    let open = found.filter((match) => `${match.field} ${match.item}` === place);
    while (open.length > 0 && snippets.length < most) {
      const window = text.length <= WIDTH ? { start: 0, end: text.length } : richest(text, open);
      snippets.push(cut(text, window, open));
      open = open.filter(({ start, end }) => end <= window.start || start >= window.end);
    }
  }
  return snippets;
}

function textsOf(document: MatchDocument): [place: string, text: string][] {
  const { title, abstract, authors, organization, keywords, categories } = document;
  return [
    ['abstract 0', abstract],
    ['title 0', title],
    ...keywords.map((text, item): [string, string] => [`keyword ${item}`, text]),
    ...authors.map((text, item): [string, string] => [`author ${item}`, text]),
    ['org 0', organization ?? ''],
    ...categories.map((text, item): [string, string] => [`category ${item}`, text]),
  ];
}

/** The whole title with what was found in it. */
export function titlePieces({ title }: Pick<MatchDocument, 'title'>, found: readonly TermMatch[]): Snippet {
  const inTitle = found.filter(({ field }) => field === 'title');
  return cut(title, { start: 0, end: title.length }, inTitle);
}

type Window = { start: number; end: number };

/** The window that starts a little before a hit and holds the most different terms. */
function richest(text: string, matches: readonly TermMatch[]): Window {
  let best = { start: 0, end: 0 };
  let most = -1;
  for (const { start, end } of matches) {
    const from = wordStart(text, Math.max(0, start - LEAD));
    const to = wordEnd(text, Math.max(end, Math.min(text.length, from + WIDTH)));
    const terms = new Set(
      matches.filter((each) => each.start >= from && each.end <= to).map(({ term }) => term),
    );
    if (terms.size <= most) continue;
    best = { start: from, end: to };
    most = terms.size;
  }
  return best;
}

function wordStart(text: string, at: number): number {
  if (at === 0) return 0;
  const blank = text.slice(at, at + LEAD).search(/\s/);
  // Writing without blanks is cut anywhere but inside a character.
  return blank < 0 ? characterStart(text, at) : at + blank + 1;
}

function wordEnd(text: string, at: number): number {
  if (at >= text.length) return text.length;
  const blank = text.slice(at - LEAD, at).search(/\s\S*$/);
  return blank <= 0 ? characterStart(text, at) : at - LEAD + blank;
}

function characterStart(text: string, at: number): number {
  const code = text.charCodeAt(at);
  return code >= 0xdc00 && code <= 0xdfff ? at - 1 : at;
}

function cut(text: string, window: Window, matches: readonly TermMatch[]): Snippet {
  const pieces: { text: string; hit: boolean }[] = [];
  const put = (from: number, to: number, hit: boolean) => {
    if (to > from) pieces.push({ text: text.slice(from, to), hit });
  };
  let at = window.start;
  for (const { start, end } of spansIn(window, matches)) {
    put(at, start, false);
    put(start, end, true);
    at = end;
  }
  put(at, window.end, false);
  if (window.start > 0) pieces.unshift({ text: CUT, hit: false });
  if (window.end < text.length) pieces.push({ text: CUT, hit: false });
  return pieces;
}

/** The hits inside the window, in order, those that overlap or touch as one. */
function spansIn(window: Window, matches: readonly TermMatch[]): Window[] {
  const spans: Window[] = [];
  const inside = matches.filter(({ start, end }) => start >= window.start && end <= window.end);
  for (const { start, end } of inside.toSorted((a, b) => a.start - b.start)) {
    const last = spans.at(-1);
    if (last !== undefined && start <= last.end) last.end = Math.max(last.end, end);
    else spans.push({ start, end });
  }
  return spans;
}
