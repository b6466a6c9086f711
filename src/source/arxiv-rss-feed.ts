import { OutsideError } from '#src/foundation/failure.ts';
import type { Paper } from '#src/paper/paper.ts';
import { parsePaperId } from '#src/paper/paper-id.ts';
import { ARXIV, DUBLIN_CORE } from './arxiv.ts';
import type { ReadItem } from './place-in-list.ts';
import { oneLine } from './plain-text.ts';
import { readTexAccents } from './tex-accents.ts';
import { childrenNamed, type Element, parseElement, textOf } from './xml.ts';

/** arXiv's announcements of one day for one category. */
export type Feed = {
  /** When the feed was made, UTC ms; null when it does not tell. */
  builtAt: number | null;
  /** Papers new to the category; replacements of older ones are no new papers and left out. */
  items: ReadItem[];
  /** False when arXiv cut the feed: of a set that is too wide, it is the new papers that are lost. */
  complete: boolean;
};

const CUT = 2000;
const REPLACEMENTS = new Set(['replace', 'replace-cross', 'absonly']);

/** Reads the body of rss.arxiv.org/rss/CATEGORY. Throws when it is no feed, OutsideError when it is a `Feed error`. */
export function readFeed(body: string): Feed {
  const root = parseElement(body);
  const channel = childrenNamed(root, 'channel', '')[0];
  if (root.name !== 'rss' || !channel) throw new Error('a page came instead of a feed');
  if (textOf(channel, 'title', '').startsWith('Feed error')) throw feedError(channel);
  const items = childrenNamed(channel, 'item', '');
  return {
    builtAt: readDate(textOf(channel, 'lastBuildDate', '') || textOf(channel, 'pubDate', '')),
    items: items.filter((item) => !REPLACEMENTS.has(announceType(item))).map(readItem),
    complete: items.length < CUT,
  };
}

function feedError(channel: Element): OutsideError {
  const told = oneLine(textOf(channel, 'description', '')).slice(0, 200);
  return new OutsideError('arXiv RSS', told || 'feed error', { retryable: false });
}

const announceType = (item: Element): string => textOf(item, 'announce_type', ARXIV).trim();

function readItem(item: Element): ReadItem {
  const type = announceType(item);
  const id = parsePaperId(textOf(item, 'link', '')) ?? parsePaperId(guidId(item));
  const title = oneLine(textOf(item, 'title', ''));
  if (!id) return { ok: false, reason: 'an item has no arXiv id' };
  if (!title) return { ok: false, reason: `${id} has no title` };
  if (type !== 'new' && type !== 'cross')
    return { ok: false, reason: `${id} has the announce type "${type}"` };
  const paper = readAnnounced(item, id, title, type);
  return { ok: true, sighting: { paper, votes: null, comments: null, stars: null, batchDay: null } };
}

/** `oai:arXiv.org:2604.21952v1` */
const guidId = (item: Element): string => textOf(item, 'guid', '').replace(/^oai:arXiv\.org:/i, '');

function readAnnounced(item: Element, id: string, title: string, type: 'new' | 'cross'): Paper {
  return {
    id,
    title,
    abstract: readAbstract(textOf(item, 'description', '')),
    authors: readCreators(textOf(item, 'creator', DUBLIN_CORE)),
    categories: childrenNamed(item, 'category', '')
      .map((category) => category.text.trim())
      .filter(Boolean),
    keywords: [],
    organization: null,
    // A new paper became public with its announcement. A cross-listed one may be years old.
    publishedAt: type === 'new' ? readDate(textOf(item, 'pubDate', '')) : null,
    repository: null,
    projectPage: null,
    thumbnail: null,
  };
}

/** What stands after the line `arXiv:2604.21952v1 Announce Type: new` and the word `Abstract:`. */
function readAbstract(description: string): string {
  const label = description.indexOf('Announce Type:');
  const end = label < 0 ? -1 : description.indexOf('\n', label);
  return oneLine(
    description
      .slice(end + 1)
      .trimStart()
      .replace(/^Abstract:/, ''),
  );
}

/** One comma-separated string. Commas also stand inside affiliations and before `Jr.`: those do not separate. */
function readCreators(text: string): string[] {
  return text
    .replace(/\([^()]*\)/g, '')
    .split(/,(?!\s*(?:Jr|Sr|II|III|IV)\b\.?)/)
    .map((name) => oneLine(readTexAccents(name)))
    .filter(Boolean);
}

function readDate(text: string): number | null {
  const instant = Date.parse(text);
  return Number.isNaN(instant) ? null : instant;
}
