import { beforeEach, describe, expect, it } from 'vitest';
import { openVoteStore } from '#src/reader/vote-store.ts';
import type { WhyView } from '#src/render/why-view.ts';
import type { Judged } from '#src/service/judge-then.ts';
import { readPaperPast } from '#src/service/paper-past.ts';
import { triesFor } from '#src/service/try-wider.ts';
import { createWrongAlert } from '#src/service/wrong-alert.ts';
import { createMutes } from '#src/subscription/mutes.ts';
import { DEFAULTS, type Subscription, type SubscriptionDraft } from '#src/subscription/subscription.ts';
import type { TrendEvent } from '#src/trend/trend-event.ts';
import { aWhy } from '#test/builders/a-why.ts';
import { parse } from '#test/pipeline/some-subscriptions.ts';
import { aDesk, MODERATOR } from './a-desk.ts';
import { idOf, NOON } from './a-library.ts';

const ALL = { what: { kind: 'all' } } as const;
const trending = (sensitivity: 'sure' | 'balanced' | 'early' | 'wide'): Partial<SubscriptionDraft> => ({
  what: { kind: 'trending', sensitivity },
});
const OBSTACLE = { kind: 'obstacle', obstacle: 'filter' } as const;

let desk: Awaited<ReturnType<typeof aDesk>>;
beforeEach(async () => {
  desk = await aDesk([{ title: 'Ocean ice' }, { title: 'Ocean ice floes' }, { title: 'Desert' }]);
});
const subscribe = (filter: string, terms: Partial<SubscriptionDraft> = ALL) =>
  desk.subscriptionStore.add({ serverId: '1', channelId: '5' }, { ...DEFAULTS, filter, ...terms }, 'ada');
/** The first paper rose to these scores, one after the other. */
const rises = async (...scores: number[]) => {
  const rise = (score: number, n: number): TrendEvent => ({
    ...{ paper: idOf(1), at: NOON + 10 + n, from: 0, score, reason: { kind: 'rank', rank: 1 } },
  });
  await desk.archive.keepTrendEvents(scores.map(rise));
};
const tries = async (subscription: Subscription | null, outcome: WhyView['outcome'] = OBSTACLE) => {
  const stored = await desk.archive.paper(idOf(1));
  if (!stored) throw new Error('no such paper');
  const past = await readPaperPast(desk.archive, stored);
  const judged = (subscription ? [{ subscription }] : []) as Judged[];
  return triesFor(desk, { view: aWhy({ outcome }), judged, past, now: NOON + 60_000 });
};

describe('a filter that keeps a paper out', () => {
  it('is offered without the clauses that do, the paper’s words or not, with how much more that brings', async () => {
    const lacks = await tries(await subscribe('ocean sand'));
    expect(lacks).toMatchObject([{ days: 1, more: 2, what: { kind: 'without', clauses: ['sand'] } }]);
    const has = await tries(await subscribe('ocean -ice -desert wind'));
    expect(has).toMatchObject([{ more: 2, what: { kind: 'without', clauses: ['ice', 'wind'] } }]);
  });

  it('is changed by the button: it goes on without them, and nothing else of it is another', async () => {
    const subscription = await subscribe('ocean sand ice');
    const [{ key }] = await tries(subscription);
    const { mend } = createWrongAlert({
      ...desk,
      mutes: createMutes({ subscriptionStore: desk.subscriptionStore, parse }),
      voteStore: await openVoteStore(desk.db),
      removeMessage: async () => ({ kind: 'delivered', messageId: '9', channelId: '5' }),
    });
    await mend({ ...MODERATOR, key, mend: 'wider' });
    const present = desk.subscriptionStore.byId(subscription.id);
    expect(present).toMatchObject({ filter: 'ocean ice', what: ALL.what });
    await expect(mend({ ...MODERATOR, key, mend: 'exclude' })).rejects.toThrow('no longer there');
  });

  it.each(['desert', 'desert OR sand', 'desert -ice', 'ocean votes:>10 ('])(
    'is not offered where nothing would be left of it: %s',
    async (filter) => {
      expect(await tries(await subscribe(filter))).toEqual([]);
    },
  );

  it('is not offered where it stands there already, in whatever words', async () => {
    const subscription = await subscribe('ocean ice sand');
    await subscribe('ocean AND ice');
    expect(await tries(subscription)).toEqual([]);
  });
});

describe('a sensitivity that does not hear of a paper', () => {
  it('is offered the next that does', async () => {
    await rises(desk.trend.thresholdFor('wide'));
    expect(await tries(await subscribe('ocean', trending('sure')))).toMatchObject([
      { more: 1, what: { kind: 'wider', sensitivity: { key: 'sensitivity.wide' } } },
    ]);
    await rises(desk.trend.thresholdFor('early'));
    const [early] = await tries(await subscribe('ice', trending('sure')));
    expect(early).toMatchObject({ what: { sensitivity: { key: 'sensitivity.early' } } });
  });

  it('is left where none hears of it, where it hears already, or where it is asked for otherwise', async () => {
    expect(await tries(await subscribe('ocean', trending('sure')))).toEqual([]);
    await rises(desk.trend.thresholdFor('balanced'));
    expect(await tries(await subscribe('ice', trending('balanced')))).toEqual([]);
    expect(await tries(await subscribe('floes OR ice', { what: { kind: 'top', n: 3 } }))).toEqual([]);
  });
});

it('nothing is offered of what came, nor where nothing is subscribed any more', async () => {
  const subscription = await subscribe('ocean sand');
  for (const kind of ['soon', 'going', 'unwanted', 'notListed'] as const)
    expect(await tries(subscription, { kind })).toEqual([]);
  expect(await tries(null)).toEqual([]);
  await desk.subscriptionStore.remove(subscription.id, 'ada');
  expect(await tries(subscription)).toEqual([]);
});
