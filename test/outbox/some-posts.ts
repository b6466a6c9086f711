import { openDatabase } from '#src/foundation/database/database.ts';
import type { Destination } from '#src/outbox/destination.ts';
import { openOutbox } from '#src/outbox/outbox.ts';
import type { NewPromise } from '#src/outbox/promise.ts';
import type { Place } from '#src/outbox/receipt.ts';

export const NOON = Date.UTC(2026, 2, 2, 12);
export const SECOND = 1000;
export const MINUTE = 60_000;
export const HOUR = 3_600_000;

export function aPromise(paper: string, rest: Partial<NewPromise> = {}): NewPromise {
  return {
    serverId: 's1',
    destination: 'channel:c1',
    paper,
    subscriptions: ['x1'],
    why: { heat: 2.5 },
    score: 1,
    lane: 'card',
    decidedAt: NOON,
    dueAt: NOON,
    ...rest,
  };
}

export function aPlace(destination: Destination = 'channel:c1', kind: Place['kind'] = 'message'): Place {
  return { serverId: 's1', destination, kind };
}

export async function anOutbox() {
  const db = await openDatabase(':memory:');
  const outbox = await openOutbox(db, NOON);
  return { db, outbox };
}
