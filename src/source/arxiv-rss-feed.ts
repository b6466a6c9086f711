import { setImmediate as othersTurn } from 'node:timers/promises';
import { takeBreaths } from '#src/foundation/breath.ts';
import type { Clock } from '#src/foundation/clock.ts';
import { OutsideError } from '#src/foundation/failure.ts';
import { isolate } from '#src/foundation/isolate.ts';
import { sentenceOf } from '#src/foundation/reduced.ts';
import type { Paper } from '#src/paper/paper.ts';
import { parsePaperId } from '#src/paper/paper-id.ts';
import { ARXIV, DUBLIN_CORE } from './arxiv.ts';
import { cutXml } from './cut-xml.ts';
import type { ReadItem } from './place-in-list.ts';
import { oneLine } from './plain-text.ts';
import { readTexAccents } from './tex-accents.ts';
import { childrenNamed, type Element, parseElement, type Scope, textOf, withoutControls } from './xml.ts';

/** arXiv's announcements of one day for one category. */
export type Feed = {
  /** When the feed was made, UTC ms; null when it does not tell. */
  builtAt: number | null;
  /** The newest date of its items, replacements too: they carry the day of their announcement. Null without any. */
  datedAt: number | null;
  /** Papers new to the category; replacements of older ones are no new papers and left out. */
  items: ReadItem[];
  /** False when arXiv cut the feed: of a set that is too wide, it is the new papers that are lost. */
  complete: boolean;
};

type Unreadable = Extract<ReadItem, { ok: false }>;

const CUT = 2000;
const REPLACEMENTS = new Set(['replace', 'replace-cross', 'absonly']);

/**
 * Reads the body of rss.arxiv.org/rss/CATEGORY, item by item, and gives way between them: an item that is not well formed
 * costs itself alone. Throws when it is no feed, OutsideError when it is a `Feed error`.
 */
export async function readFeed(body: string, clock: Pick<Clock, 'elapsed'>): Promise<Feed> {
  // A long body has just been put together, which is work enough for one turn.
  await othersTurn();
  const breathe = takeBreaths(clock);
  const clean = withoutControls(body);
  await breathe();
  const { rest, parts } = cutXml(clean, 'item', 2);
  await breathe();
  const root = parseElement(rest);
  await breathe();
  const channel = childrenNamed(root, 'channel', '')[0];
  if (root.name !== 'rss' || !channel) throw new Error('a page came instead of a feed');
  if (textOf(channel, 'title', '').startsWith('Feed error')) throw feedError(channel);
  const items: (ReadItem | null)[] = [];
  let datedAt: number | null = null;
  for (const child of channel.children) {
    const item = wholeItem(child, parts, channel.scope);
    if (item !== null) items.push('ok' in item ? item : readNew(item));
    if (item !== null && !('ok' in item)) datedAt = later(datedAt, readDate(textOf(item, 'pubDate', '')));
    await breathe();
  }
  return {
    builtAt: readDate(textOf(channel, 'lastBuildDate', '') || textOf(channel, 'pubDate', '')),
    datedAt,
    items: items.filter((item) => item !== null),
    complete: items.length < CUT,
  };
}

/** The item that stands, or was cut out, at a child of the channel; null when it is something else. */
function wholeItem(child: Element, parts: readonly string[], scope: Scope): Element | Unreadable | null {
  if (child.name !== 'item') return null;
  const part = parts[Number(child.attributes.cut)];
  let reason = '';
  const item = isolate(
    () => (part === undefined ? child : parseElement(part, scope)),
    (error) => {
      reason = `an item is not well formed: ${oneLine(sentenceOf(error)).slice(0, 200)}`;
    },
  );
  if (!item) return { ok: false, reason };
  return item.namespace === '' ? item : null;
}

/** Null: a replacement. */
const readNew = (item: Element): ReadItem | null =>
  REPLACEMENTS.has(announceType(item)) ? null : readItem(item);

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
    // Feeds have no comments.
    comment: null,
    journalRef: oneLine(textOf(item, 'journal_reference', ARXIV)) || null,
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

const later = (one: number | null, other: number | null): number | null =>
  one === null || other === null ? (one ?? other) : Math.max(one, other);

function readDate(text: string): number | null {
  const instant = Date.parse(text);
  return Number.isNaN(instant) ? null : instant;
}
