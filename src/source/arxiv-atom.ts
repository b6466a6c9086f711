import { NO_FIGURES } from '#src/paper/figures.ts';
import type { Paper } from '#src/paper/paper.ts';
import { readPast } from '#src/paper/paper-dates.ts';
import { exactPaperId } from '#src/paper/paper-id.ts';
import { ARXIV, ATOM, OPEN_SEARCH } from './arxiv.ts';
import { readEachCreator } from './creators.ts';
import { cutXml } from './cut-xml.ts';
import type { ReadItem } from './place-in-list.ts';
import { oneLine, plainLine } from './plain-text.ts';
import { partAt } from './read-part.ts';
import { tellsWithdrawal } from './withdrawal.ts';
import { childrenNamed, type Element, parseElement, textOf, withoutControls } from './xml.ts';

/**
 * `complaint`: arXiv found the query itself wrong, such as an id that cannot be. `total`: how many papers the query has on
 * all its pages together; null when the answer does not tell.
 */
export type AtomAnswer =
  | { items: ReadItem[]; total: number | null; complaint: null }
  | { items: []; total: null; complaint: string };

/**
 * Reads an answer of the arXiv API, an entry that is not well formed costing itself alone. An `Error` entry is a complaint
 * whatever the status. `now`: UTC ms, for impossible dates. Throws when it is no feed, or none to its end.
 */
export function readAtom(body: string, now: number): AtomAnswer {
  const { rest, parts, isBroken } = cutXml(withoutControls(body), 'entry', 1);
  const root = parseElement(rest);
  if (root.name !== 'feed' || root.namespace !== ATOM) throw new Error('a page came instead of a feed');
  if (isBroken) throw new Error('the feed broke off');
  const entries = root.children
    .filter(({ name }) => name === 'entry')
    .map((child) => partAt(child, parts, root.scope, ATOM))
    .filter((entry) => entry !== null);
  const error = entries.find((entry) => !('ok' in entry) && isError(entry));
  if (!error || 'ok' in error) {
    const items = entries.map((entry) => ('ok' in entry ? entry : readEntry(entry, now)));
    return { items, total: totalOf(root), complaint: null };
  }
  const complaint = oneLine(textOf(error, 'summary', ATOM)).slice(0, 200) || 'error';
  return { items: [], total: null, complaint };
}

function totalOf(feed: Element): number | null {
  const text = textOf(feed, 'totalResults', OPEN_SEARCH).trim();
  return /^\d+$/.test(text) ? Number(text) : null;
}

const isError = (entry: Element): boolean =>
  textOf(entry, 'id', ATOM).includes('/api/errors') && textOf(entry, 'title', ATOM).trim() === 'Error';

function readEntry(entry: Element, now: number): ReadItem {
  const written = oneLine(textOf(entry, 'id', ATOM));
  const id = exactPaperId(written);
  const title = plainLine(textOf(entry, 'title', ATOM));
  if (!id) return { ok: false, reason: `no arXiv id in "${written.slice(0, 100)}"` };
  if (!title) return { ok: false, reason: `${id} has no title` };
  const sighting = {
    paper: paperOf(entry, id, title, now),
    ...NO_FIGURES,
    batchDay: null,
  };
  return { ok: true, sighting };
}

function paperOf(entry: Element, id: string, title: string, now: number): Paper {
  const abstract = plainLine(textOf(entry, 'summary', ATOM));
  const comment = noteIn(entry, 'comment');
  const updatedAt = readPast(textOf(entry, 'updated', ATOM), now);
  return {
    id,
    title,
    abstract,
    authors: readEachCreator(childrenNamed(entry, 'author', ATOM).map((one) => textOf(one, 'name', ATOM))),
    categories: categoriesOf(entry),
    keywords: [],
    organization: null,
    comment,
    journalRef: noteIn(entry, 'journal_ref'),
    withdrawn: tellsWithdrawal({ title, abstract, comment }) ? { at: updatedAt } : null,
    updatedAt,
    publishedAt: readPast(textOf(entry, 'published', ATOM), now),
    repository: null,
    projectPage: null,
    thumbnail: null,
  };
}

/** What the authors wrote beside the paper; null when they wrote nothing. */
function noteIn(entry: Element, name: 'comment' | 'journal_ref'): string | null {
  return plainLine(textOf(entry, name, ARXIV)) || null;
}

function categoriesOf(entry: Element): string[] {
  const primary = childrenNamed(entry, 'primary_category', ARXIV);
  const all = childrenNamed(entry, 'category', ATOM);
  return [...new Set([...primary, ...all].map((category) => category.attributes.term ?? ''))].filter(Boolean);
}
