import { expect, it } from 'vitest';
import { openArchive } from '#src/archive/archive.ts';
import { openDatabase } from '#src/foundation/database/database.ts';
import type { Paper } from '#src/paper/paper.ts';
import { createTellTrends } from '#src/pipeline/tell-trends.ts';
import type { Subscription } from '#src/subscription/subscription.ts';
import type { TrendEvent } from '#src/trend/trend-event.ts';
import { createTrendRule } from '#src/trend/trend-rule.ts';
import { phrase } from '#src/wording/phrase.ts';
import { aPoll, aSighting, MINUTE, MONDAY } from '#test/archive/some-papers.ts';
import { aPaper } from '#test/builders/a-paper.ts';
import { createFakeClock } from '#test/fakes/fake-clock.ts';
import { createKeptHappenings } from '#test/fakes/kept-happenings.ts';
import { HOUR } from '#test/outbox/some-posts.ts';
import { inC } from './some-deliveries.ts';
import { aStore } from './some-subscriptions.ts';

const EARLY: Partial<Subscription> = { what: { kind: 'trending', sensitivity: 'early' } };
/** Balanced hears from 3 on, early from 2.5. */
const rise = (from: number, score: number, at = MONDAY + 9 * HOUR): TrendEvent => ({
  ...{ paper: 'p', at, from, score },
  reason: { kind: 'votes', place: 1, papers: 24, votes: 36, ageHours: 9, pace: 27.4 },
});
const TOLD =
  'trend: “Ocean” is newly trending: 1st of 24 papers of 2 March (36 upvotes at 9 h; the top tenth had 27).';

type Given = { subscriptions?: readonly Subscription[]; facts?: Partial<Paper>; isHistory?: boolean };

/** Paper `p`, seen on Monday. */
async function open({ subscriptions = [], facts = {}, isHistory = false }: Given = {}) {
  const archive = await openArchive(await openDatabase(':memory:'), []);
  const happenings = createKeptHappenings();
  const polls = [
    aPoll(MONDAY - MINUTE, []),
    aPoll(MONDAY, [aSighting(aPaper('p', { title: 'Ocean', ...facts }), 1)]),
  ];
  for (const poll of isHistory ? polls.slice(1) : polls) {
    await archive.keep(poll);
    await archive.endReading('hugging-face', poll.seenAt);
  }
  const { subscriptionStore } = aStore(subscriptions);
  const clock = createFakeClock(MONDAY + 10 * HOUR);
  const noted: string[] = [];
  const deps = { archive, happenings, subscriptionStore, trend: createTrendRule(), clock };
  const tell = createTellTrends(deps, (paper) => noted.push(paper));
  const risen = async (...trendEvents: TrendEvent[]) => {
    await archive.keepTrendEvents(trendEvents);
    await tell(trendEvents);
  };
  return { risen, told: happenings.told, noted };
}

it('a paper that is newly trending is told with its reason, the one that its alert shows', async () => {
  const { risen, told, noted } = await open();
  await risen(rise(2.9, 3));
  expect(told()).toEqual([TOLD]);
  expect(noted).toEqual(['p']);
});

it('a rise by which nobody hears of it is not told', async () => {
  const { risen, told, noted } = await open();
  await risen(rise(Number.NEGATIVE_INFINITY, 2.95), rise(3, 9));
  expect([told(), noted]).toEqual([[], []]);
});

it('where somebody wants to hear sooner it is told then, and that it rises further when others hear', async () => {
  const subscriptions = [
    inC('s1', { what: { kind: 'trending', sensitivity: 'balanced' } }),
    inC('s2', EARLY),
  ];
  const { risen, told } = await open({ subscriptions });
  await risen(rise(1, 2.5));
  expect(told()).toEqual([TOLD]);
  await risen(rise(2.5, 3, MONDAY + 10 * HOUR));
  expect(told()[1]).toMatch(/^trend: “Ocean” rises further: /);
});

it('who paused, or wants all or the best, does not make it told sooner', async () => {
  const paused = { reason: phrase('subscriptions.pausedByModerator'), at: MONDAY };
  const { risen, told } = await open({
    subscriptions: [inC('s1', { ...EARLY, paused }), inC('s2'), inC('s3', { what: { kind: 'top', n: 5 } })],
  });
  await risen(rise(1, 2.5));
  expect(told()).toEqual([]);
});

it('a rise by which only others would hear that nobody asked for is not told', async () => {
  const { risen, told } = await open({ subscriptions: [inC('s1', EARLY)] });
  await risen(rise(2.5, 3));
  expect(told()).toEqual([]);
});

it('one rise that several hear of is told once', async () => {
  const { risen, told } = await open({ subscriptions: [inC('s1', EARLY), inC('s2', EARLY)] });
  await risen(rise(1, 9));
  expect(told()).toEqual([TOLD]);
});

it('what rose before its list was first read is history', async () => {
  const { risen, told } = await open({ isHistory: true });
  await risen(rise(1, 3, MONDAY));
  expect(told()).toEqual([]);
});

it('what its authors withdrew is not told', async () => {
  const { risen, told } = await open({ facts: { withdrawn: { at: null } } });
  await risen(rise(1, 3));
  expect(told()).toEqual([]);
});
