import type { Paper } from '#src/paper/paper.ts';
import { parsePaperId } from '#src/paper/paper-id.ts';
import { ARXIV, ATOM, OPEN_SEARCH } from './arxiv.ts';
import type { ReadItem } from './place-in-list.ts';
import { oneLine } from './plain-text.ts';
import { readTexAccents } from './tex-accents.ts';
import { childrenNamed, type Element, parseElement, textOf } from './xml.ts';

/**
 * `complaint`: arXiv found the query itself wrong, such as an id that cannot be. `total`: how many papers the query has on
 * all its pages together; null when the answer does not tell.
 */
export type AtomAnswer =
  | { items: ReadItem[]; total: number | null; complaint: null }
  | { items: []; total: null; complaint: string };

/** Reads an answer of the arXiv API. An `Error` entry is a complaint whatever the status. Throws when it is no feed. */
export function readAtom(body: string): AtomAnswer {
  const root = parseElement(body);
  if (root.name !== 'feed' || root.namespace !== ATOM) throw new Error('a page came instead of a feed');
  const entries = childrenNamed(root, 'entry', ATOM);
  const error = entries.find(isError);
  if (!error) return { items: entries.map(readEntry), total: totalOf(root), complaint: null };
  const complaint = oneLine(textOf(error, 'summary', ATOM)).slice(0, 200) || 'error';
  return { items: [], total: null, complaint };
}

function totalOf(feed: Element): number | null {
  const text = textOf(feed, 'totalResults', OPEN_SEARCH).trim();
  return /^\d+$/.test(text) ? Number(text) : null;
}

const isError = (entry: Element): boolean =>
  textOf(entry, 'id', ATOM).includes('/api/errors') && textOf(entry, 'title', ATOM).trim() === 'Error';

function readEntry(entry: Element): ReadItem {
  const id = parsePaperId(textOf(entry, 'id', ATOM));
  const title = oneLine(textOf(entry, 'title', ATOM));
  if (!id) return { ok: false, reason: 'an entry has no arXiv id' };
  if (!title) return { ok: false, reason: `${id} has no title` };
  const sighting = {
    paper: paperOf(entry, id, title),
    votes: null,
    comments: null,
    stars: null,
    batchDay: null,
  };
  return { ok: true, sighting };
}

function paperOf(entry: Element, id: string, title: string): Paper {
  const published = Date.parse(textOf(entry, 'published', ATOM));
  return {
    id,
    title,
    abstract: oneLine(textOf(entry, 'summary', ATOM)),
    authors: childrenNamed(entry, 'author', ATOM)
      .map((author) => oneLine(readTexAccents(textOf(author, 'name', ATOM))))
      .filter(Boolean),
    categories: categoriesOf(entry),
    keywords: [],
    organization: null,
    comment: noteIn(entry, 'comment'),
    journalRef: noteIn(entry, 'journal_ref'),
    withdrawn: null,
    updatedAt: null,
    publishedAt: Number.isNaN(published) ? null : published,
    repository: null,
    projectPage: null,
    thumbnail: null,
  };
}

/** What the authors wrote beside the paper; null when they wrote nothing. */
function noteIn(entry: Element, name: 'comment' | 'journal_ref'): string | null {
  return oneLine(textOf(entry, name, ARXIV)) || null;
}

function categoriesOf(entry: Element): string[] {
  const primary = childrenNamed(entry, 'primary_category', ARXIV);
  const all = childrenNamed(entry, 'category', ATOM);
  return [...new Set([...primary, ...all].map((category) => category.attributes.term ?? ''))].filter(Boolean);
}
