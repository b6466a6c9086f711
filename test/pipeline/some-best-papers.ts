import { openArchive } from '#src/archive/archive.ts';
import { openCursors } from '#src/foundation/cursors.ts';
import { openDatabase } from '#src/foundation/database/database.ts';
import { openOutbox } from '#src/outbox/outbox.ts';
import type { Paper } from '#src/paper/paper.ts';
import { createMatcher } from '#src/pipeline/matcher.ts';
import { addTopPapers } from '#src/pipeline/top-papers.ts';
import type { Subscription } from '#src/subscription/subscription.ts';
import { openZones } from '#src/subscription/zone.ts';
import { createTrendRule } from '#src/trend/trend-rule.ts';
import { aPoll, aSighting, MINUTE, MONDAY } from '#test/archive/some-papers.ts';
import { aPaper } from '#test/builders/a-paper.ts';
import { aSubscription } from '#test/builders/a-subscription.ts';
import { createKeptLog } from '#test/fakes/kept-log.ts';
import { plainClock } from '#test/fakes/plain-clock.ts';
import { aStore, parse } from './some-subscriptions.ts';

export const NINE = MONDAY + 9 * 60 * MINUTE;
export const clock = plainClock({ now: () => NINE, elapsed: () => 0 });

export const top = (id: string, n: number, patch: Partial<Subscription> = {}) =>
  aSubscription(id, {
    what: { kind: 'top', n },
    when: { kind: 'daily', at: '09:00', zone: 'UTC' },
    since: MONDAY,
    ...patch,
  });

/** Papers seen a minute after each other from midnight on, with votes. */
export async function openKiosk(
  subscriptions: readonly Subscription[],
  papers: readonly (Partial<Paper> & { title: string; votes: number | null })[],
) {
  const db = await openDatabase(':memory:');
  const archive = await openArchive(db, []);
  await archive.keep(aPoll(MONDAY, []));
  await archive.endReading('hugging-face', MONDAY);
  for (const [number, { votes, ...facts }] of papers.entries()) {
    const sighting = aSighting(aPaper(`p${number}`, facts), 1, { votes });
    await archive.keep(aPoll(MONDAY + (number + 1) * MINUTE, [sighting], { complete: false }));
  }
  const log = createKeptLog();
  const { subscriptionStore, put } = aStore(subscriptions);
  const matcher = await createMatcher({ subscriptionStore, parse, clock, log });
  const outbox = await openOutbox(db, MONDAY);
  const rooms = {
    db,
    archive,
    cursors: openCursors(db),
    subscriptionStore,
    matcher,
    outbox,
    clock,
    log,
    zones: openZones(),
    trend: createTrendRule(),
  };
  return { ...rooms, put, serve: (now = NINE) => addTopPapers(rooms, now) };
}
