import { setImmediate as othersTurn } from 'node:timers/promises';
import { takeBreaths } from '#src/foundation/breath.ts';
import type { Clock } from '#src/foundation/clock.ts';
import { OutsideError } from '#src/foundation/failure.ts';
import type { Paper } from '#src/paper/paper.ts';
import { type Announcement, readAnnouncement } from './arxiv-announcement.ts';
import { type CutXml, cutXml } from './cut-xml.ts';
import type { ReadItem } from './place-in-list.ts';
import { oneLine } from './plain-text.ts';
import { partAt } from './read-part.ts';
import { childrenNamed, type Element, parseElement, textOf, withoutControls } from './xml.ts';

/** arXiv's announcements of one day for one category. */
export type Feed = {
  /** When the feed was made, UTC ms; null when it does not tell. */
  builtAt: number | null;
  /** The newest date of its items, replacements too: they carry the day of their announcement. Null without any. */
  datedAt: number | null;
  /** Papers new to the category; replacements of older ones are no new papers and left out. */
  items: ReadItem[];
  /** New versions of papers that were announced before. */
  replaced: Paper[];
  /** False when arXiv cut the feed: of a set that is too wide, it is the new papers that are lost. */
  complete: boolean;
  /** It ended before its end: the items behind are there when it is asked for again. */
  isBroken: boolean;
};

const CUT = 2000;

/**
 * Reads the body of rss.arxiv.org/rss/CATEGORY, item by item, and gives way between them: an item that is not well formed
 * costs itself alone. Throws when it is no feed, OutsideError when it is a `Feed error`.
 */
export async function readFeed(body: string, clock: Pick<Clock, 'elapsed' | 'now'>): Promise<Feed> {
  // A long body has just been put together, which is work enough for one turn.
  await othersTurn();
  const breathe = takeBreaths(clock);
  const clean = withoutControls(body).trimStart();
  await breathe();
  const { root, parts, isBroken } = await outline(clean, false, breathe).catch(() =>
    outline(clean, true, breathe),
  );
  const channel = childrenNamed(root, 'channel', '')[0];
  if (root.name !== 'rss' || !channel) throw new Error('a page came instead of a feed');
  if (textOf(channel, 'title', '').startsWith('Feed error')) throw feedError(channel);
  if (isBroken && parts.length === 0) throw new Error('the feed broke off before its first item');
  const now = clock.now();
  const items: Announcement[] = [];
  let datedAt: number | null = null;
  for (const child of channel.children) {
    const item = child.name === 'item' ? partAt(child, parts, channel.scope, '') : null;
    if (item !== null) items.push('ok' in item ? item : readAnnouncement(item, now));
    if (item !== null && !('ok' in item)) datedAt = later(datedAt, readDate(textOf(item, 'pubDate', '')));
    await breathe();
  }
  return {
    builtAt: readDate(textOf(channel, 'lastBuildDate', '') || textOf(channel, 'pubDate', '')),
    datedAt,
    items: items.filter((item) => !('isReplacement' in item)),
    replaced: items.flatMap((item) => (item.ok && 'isReplacement' in item ? item.sighting.paper : [])),
    complete: items.length < CUT && !isBroken,
    isBroken,
  };
}

type Outline = Pick<CutXml, 'parts' | 'isBroken'> & { root: Element };

/** The feed without its items. Throws where it is not well formed between them. */
async function outline(xml: string, mending: boolean, breathe: () => Promise<void>): Promise<Outline> {
  const { rest, ...cut } = cutXml(xml, 'item', 2, mending);
  await breathe();
  const root = parseElement(rest);
  await breathe();
  return { ...cut, root };
}

function feedError(channel: Element): OutsideError {
  const told = oneLine(textOf(channel, 'description', '')).slice(0, 200);
  return new OutsideError('arXiv RSS', told || 'feed error', { retryable: false });
}

const later = (one: number | null, other: number | null): number | null =>
  one === null || other === null ? (one ?? other) : Math.max(one, other);

function readDate(text: string): number | null {
  const instant = Date.parse(text);
  return Number.isNaN(instant) ? null : instant;
}
