import { openDatabase } from '#src/foundation/database/database.ts';
import type { Destination } from '#src/outbox/destination.ts';
import type { NewEntry } from '#src/outbox/entry.ts';
import { type Outbox, openOutbox } from '#src/outbox/outbox.ts';
import type { Post } from '#src/outbox/post.ts';
import type { PostPlace, Receipt } from '#src/outbox/receipt.ts';

type Packing = { place?: PostPlace; kind?: 'card' | 'digest'; at?: number };

export const NOON = Date.UTC(2026, 2, 2, 12);
export const SECOND = 1000;
export const MINUTE = 60_000;
export const HOUR = 3_600_000;

export function anEntry(paper: string, rest: Partial<NewEntry> = {}): NewEntry {
  return {
    serverId: 's1',
    destination: 'channel:c1',
    paper,
    subscriptions: ['x1'],
    why: { score: 2.5 },
    score: 1,
    mode: 'card',
    decidedAt: NOON,
    dueAt: NOON,
    ...rest,
  };
}

export function aPlace(
  destination: Destination = 'channel:c1',
  kind: PostPlace['kind'] = 'message',
): PostPlace {
  return { serverId: 's1', destination, kind };
}

export async function anOutbox() {
  const db = await openDatabase(':memory:');
  const outbox = await openOutbox(db, NOON);
  return { db, outbox };
}

export const DELIVERED: Receipt = { kind: 'delivered', messageId: 'm1', channelId: 'c1' };
export const TIMED_OUT: Receipt = { kind: 'unknown', reason: 'time-out' };

/** A paper of its own, queued and packed at that instant. */
export async function packPaper(
  outbox: Outbox,
  paper: string,
  { place = aPlace(), kind = 'card', at = NOON }: Packing = {},
): Promise<Post> {
  const { serverId, destination } = place;
  await outbox.add(anEntry(paper, { serverId, destination, mode: kind, decidedAt: at, dueAt: at }));
  const post = await outbox.pack(place, kind, [paper], at);
  if (!post) throw new Error('nothing to pack');
  return post;
}

/** The same, and handed to Discord, which says that; the post's id. */
export async function tryPaper(
  outbox: Outbox,
  paper: string,
  receipt: Receipt | null = null,
  packing: Packing = {},
): Promise<number> {
  const { id } = await packPaper(outbox, paper, packing);
  await outbox.attempt(id, packing.at ?? NOON);
  if (receipt) await outbox.settle(id, receipt, packing.at ?? NOON);
  return id;
}
