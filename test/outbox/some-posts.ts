import { openDatabase } from '#src/foundation/database/database.ts';
import type { Destination } from '#src/outbox/destination.ts';
import type { NewEntry } from '#src/outbox/entry.ts';
import { openOutbox } from '#src/outbox/outbox.ts';
import type { PostPlace } from '#src/outbox/receipt.ts';

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
