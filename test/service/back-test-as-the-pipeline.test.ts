import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { openArchive } from '#src/archive/archive.ts';
import { openPaperSearch } from '#src/archive/paper-search.ts';
import type { PastPost } from '#src/decision/past.ts';
import { hourOf, type Terms, type What, type When } from '#src/decision/terms.ts';
import { openCursors } from '#src/foundation/cursors.ts';
import { openDatabase } from '#src/foundation/database/database.ts';
import { createHappenings } from '#src/foundation/happenings.ts';
import { silentLog as log } from '#src/foundation/log.ts';
import { nextDueAt } from '#src/outbox/next-due.ts';
import { openOutbox } from '#src/outbox/outbox.ts';
import { createAddress } from '#src/pipeline/address.ts';
import { createAskAgain } from '#src/pipeline/ask-again.ts';
import { createChannelPlans } from '#src/pipeline/channel-plans.ts';
import { createDelivery } from '#src/pipeline/deliver.ts';
import { createMatcher } from '#src/pipeline/matcher.ts';
import type { Servers } from '#src/pipeline/postman.ts';
import { createStillWanted } from '#src/pipeline/still-wanted.ts';
import { addTopPapers } from '#src/pipeline/top-papers.ts';
import { pastOf, postsIn } from '#src/service/back-test.ts';
import { localHours } from '#src/subscription/schedule.ts';
import { openZones } from '#src/subscription/zone.ts';
import { createReplayPostman } from '#src/tools/replay-post.ts';
import { createTrendRule } from '#src/trend/trend-rule.ts';
import { aPoll, aSighting, DAY, MINUTE, MONDAY } from '#test/archive/some-papers.ts';
import { aPaper } from '#test/builders/a-paper.ts';
import { aSubscription } from '#test/builders/a-subscription.ts';
import { NOTHING_MUTED } from '#test/fakes/nothing-muted.ts';
import { plainClock } from '#test/fakes/plain-clock.ts';
import { aStore, parse } from '../pipeline/some-subscriptions.ts';

const FROM = MONDAY;
const NOW = FROM + 30 * DAY;
const zones = openZones();
const hours = localHours(zones);
const rule = createTrendRule();

/** A paper of the 30 days, and the rises of its score: how long (min) after it came, and how high. */
type Told = { title: string; minute: number; rises: readonly { after: number; score: number }[] };

const anyPaper: fc.Arbitrary<Told> = fc.record({
  title: fc.constantFrom('ocean', 'ocean ice', 'desert'),
  minute: fc.oneof(fc.integer({ min: 1, max: 30 * 1440 - 1 }), fc.integer({ min: 1, max: 4000 })),
  rises: fc.uniqueArray(
    fc.record({
      after: fc.integer({ min: 1, max: 3000 }),
      score: fc.integer({ min: 20, max: 90 }).map((steps) => steps / 20),
    }),
    { maxLength: 3, selector: ({ after }) => after },
  ),
});
const anyPapers = fc
  .array(anyPaper, { minLength: 5, maxLength: 30 })
  .map((papers) => papers.toSorted((a, b) => a.minute - b.minute));

const zone = fc.constantFrom('UTC', 'Europe/Berlin', 'America/New_York', 'Asia/Kolkata');
const hour = fc.constantFrom('00:00', '02:30', '09:00', '10:30', '18:00', '23:00');
const anyWhat: fc.Arbitrary<What> = fc.oneof(
  fc.constant<What>({ kind: 'all' }),
  fc
    .constantFrom('sure' as const, 'balanced' as const, 'early' as const, 'wide' as const)
    .map((sensitivity): What => ({ kind: 'trending', sensitivity })),
  fc.integer({ min: 1, max: 3 }).map((n): What => ({ kind: 'top', n })),
);
const anyWhen: fc.Arbitrary<When> = fc.oneof(
  fc.constant<When>({ kind: 'now' }),
  fc.record({ kind: fc.constant('daily' as const), at: hour, zone }),
  fc.record({ kind: fc.constant('daily' as const), at: hour, zone, weekdays: fc.constant<number[]>([1, 4]) }),
  fc.record({
    kind: fc.constant('weekly' as const),
    weekday: fc.integer({ min: 1, max: 7 }),
    at: hour,
    zone,
  }),
);
const anyTerms: fc.Arbitrary<Terms> = fc.record({
  what: anyWhat,
  when: anyWhen,
  cap: fc.integer({ min: 1, max: 4 }),
  quiet: fc.option(fc.record({ from: hour, to: hour, zone })),
});

/** Lives through the days from event to event with the pipeline's own steps; what waits at the end is still sent. */
async function live(papers: readonly Told[], terms: Terms) {
  let now = FROM;
  const clock = plainClock({ now: () => now, elapsed: () => now });
  const db = await openDatabase(':memory:');
  const archive = await openArchive(db, []);
  await archive.keep(aPoll(FROM - DAY, [], { key: dayOf(FROM - DAY) }));
  await archive.endReading('hugging-face', FROM - DAY);
  const outbox = await openOutbox(db, FROM);
  const { subscriptionStore } = aStore([aSubscription('a', { ...terms, since: FROM })]);
  const peaks = new Map<string, number>();
  const score = (id: string) => {
    const peak = peaks.get(id);
    return peak === undefined ? null : { score: peak, peak };
  };
  const trend = { ...rule, score } as unknown as typeof rule;
  const posts: PastPost[] = [];
  const channelNames = new Map<string, string>();
  const postman = createReplayPostman({ channelNames, now: clock.now }, ({ papers }) =>
    posts.push(...papers.map((paper) => ({ paper, at: now }))),
  );
  const servers = { channel: () => null, mention: () => 'rings' } as unknown as Servers;
  const plans = createChannelPlans(subscriptionStore, outbox, servers, zones);
  const stillWanted = createStillWanted({ archive, subscriptionStore, parse, trend });
  const cursors = openCursors(db);
  const shared = {
    db,
    archive,
    cursors,
    outbox,
    subscriptionStore,
    trend,
    postman,
    servers,
    zones,
    parse,
    clock,
    log,
    happenings: createHappenings({ clock, log }),
  };
  const delivery = createDelivery({
    ...{ ...shared, plans, stillWanted, askAgain: createAskAgain({ stillWanted, plans, clock, log }) },
    subscription: subscriptionStore.byId,
    ...{ onHold: () => {}, onRecovered: () => {}, notifyBegun: () => false },
  } as unknown as Parameters<typeof createDelivery>[0]);
  const matcher = await createMatcher({ subscriptionStore, parse, clock, log });
  const readings = { missedOf: async () => ({ has: () => false, since: () => null }) };
  const address = createAddress({ ...shared, matcher, readings: readings as never });

  const events = papers.flatMap(({ title, minute, rises }, number) => {
    const paper = `p${number}`;
    // No two at one instant: which of them goes first is nobody's promise.
    const at = FROM + minute * MINUTE + number * 1000;
    const sighting = aSighting(aPaper(paper, { title }), 1, { votes: 1 });
    const keep = () =>
      archive.keep(aPoll(at, [{ ...sighting, batchDay: dayOf(at) }], { key: dayOf(at), complete: false }));
    const risen = rises
      .toSorted((a, b) => a.after - b.after)
      .filter(({ score }, index, all) => all.slice(0, index).every((before) => before.score < score))
      .map(({ after, score }, index, all) => ({
        at: at + after * MINUTE,
        happen: async () => {
          const from = all[index - 1]?.score ?? 0;
          const reason = { kind: 'rank', rank: 1 } as const;
          await archive.keepTrendEvents([{ paper, at: at + after * MINUTE, from, score, reason }]);
          peaks.set(paper, score);
        },
      }));
    return [{ at, happen: keep }, ...risen];
  });
  const past = events.filter(({ at }) => at <= NOW).toSorted((a, b) => a.at - b.at);
  const firing = hourOf(terms);
  for (;;) {
    const top = terms.what.kind === 'top' && firing ? hours.next(firing, now) : Number.POSITIVE_INFINITY;
    const next = Math.min(
      past[0]?.at ?? Number.POSITIVE_INFINITY,
      (await nextDueAt(db)) ?? Number.POSITIVE_INFINITY,
    );
    now = Math.min(next, top <= NOW ? top : Number.POSITIVE_INFINITY);
    if (now === Number.POSITIVE_INFINITY) break;
    if (past[0]?.at === now) {
      await past.shift()?.happen();
      await address({ now });
    }
    await addTopPapers({ ...shared, matcher }, now);
    await delivery.run();
  }
  return { archive, posts, trend, clock };
}

const dayOf = (at: number) => new Date(at).toISOString().slice(0, 10);
const inOrder = (posts: readonly PastPost[]) =>
  posts.map(({ paper, at }) => `${new Date(at).toISOString()} ${paper}`).toSorted();

/** As the view has them: the best of as many hours as there were whole days, or weeks. */
function shown(posts: readonly PastPost[], { what, when }: Terms): PastPost[] {
  if (what.kind !== 'top') return [...posts];
  const instants = [...new Set(posts.map(({ at }) => at))].toSorted((a, b) => b - a);
  const whole = instants.slice(0, when.kind === 'weekly' ? 4 : 30);
  return posts.filter(({ at }) => whole.includes(at));
}

describe('the last 30 days of a subscription', () => {
  it('are told paper by paper and instant by instant as the pipeline would have posted them', {
    timeout: 120_000,
  }, async () => {
    let told = 0;
    await fc.assert(
      fc.asyncProperty(anyPapers, anyTerms, async (papers, terms) => {
        const { archive, posts, trend, clock } = await live(papers, terms);
        const parsed = parse('ocean');
        if (!parsed.ok) throw new Error('no filter');
        const rooms = {
          archive,
          trend,
          zones,
          clock,
          search: openPaperSearch(archive),
          mutes: NOTHING_MUTED,
        };
        const past = await pastOf(rooms, 'server', parsed.filter, NOW);
        const expected = shown(posts, terms);
        told += expected.length;
        expect(inOrder(postsIn(rooms, past, terms))).toEqual(inOrder(expected));
      }),
      { numRuns: 150 },
    );
    expect(told).toBeGreaterThan(500);
  });
});
