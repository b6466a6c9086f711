import { beforeEach, describe, expect, it } from 'vitest';
import { type Judged, judgeThen } from '#src/service/judge-then.ts';
import { readPaperPast } from '#src/service/paper-past.ts';
import type { StoredEntry } from '#src/subscription/history.ts';
import type { Mute } from '#src/subscription/mute.ts';
import { createMutes } from '#src/subscription/mutes.ts';
import { SETTINGS_OF_NEW } from '#src/subscription/server-settings.ts';
import type { Subscription } from '#src/subscription/subscription.ts';
import { mutesThen, subscriptionsThen } from '#src/subscription/then.ts';
import { phrase } from '#src/wording/phrase.ts';
import { aSubscription } from '#test/builders/a-subscription.ts';
import { parse } from '#test/pipeline/some-subscriptions.ts';
import { aLibrary, idOf, NOON } from './a-library.ts';

const HOUR = 3_600_000;
const ALL = { what: { kind: 'all' } } as const;
const BALANCED = { what: { kind: 'trending', sensitivity: 'balanced' } } as const;
const paused = { reason: phrase('subscriptions.pausedByModerator'), at: 0 };

let library: Awaited<ReturnType<typeof aLibrary>>;
beforeEach(async () => {
  library = await aLibrary([{ title: 'Ocean ice' }]);
});

type Standing = { subscriptions: Subscription[]; mutes: Mute[]; history: StoredEntry[] };
type Told = Partial<Standing> & { candidates?: number[]; until?: number; newsAt?: number | null };
/** Of the paper, which was first seen at noon and is news since then. */
async function judged(told: Told): Promise<Judged[]> {
  const { candidates = [NOON], until = NOON + HOUR, newsAt = NOON, ...standing } = told;
  const stored = await library.archive.paper(idOf(1));
  if (!stored) throw new Error('no such paper');
  const past = await readPaperPast(library.archive, { ...stored, newsAt, risesSince: null });
  const mutes = createMutes({ subscriptionStore: { mutes: () => [], onMutes: () => {} }, parse });
  const there: Standing = { subscriptions: [], mutes: [], history: [], ...standing };
  const standingAt = (at: number) => ({
    subscriptions: subscriptionsThen(there.subscriptions, there.history, at),
    mutes: mutesThen(there.mutes, there.history, at),
    settings: SETTINGS_OF_NEW,
  });
  return judgeThen({ ...library, parse, mutes }, past, standingAt, { candidates, until });
}
const obstacles = async (told: Told) => (await judged(told)).map(({ obstacle }) => obstacle);
const one = async (facts: Partial<Subscription>, told: Told = {}) => {
  const [only] = await judged({ subscriptions: [aSubscription('a', { ...ALL, ...facts })], ...told });
  return only;
};
const change = (facts: Partial<StoredEntry>): StoredEntry => ({
  ...{ id: 1, at: NOON, who: 'ada', what: 'changed', channelId: '5', before: null, after: null },
  ...facts,
});

describe('what stood between a paper and a subscription', () => {
  it.each<[Judged['obstacle'], Partial<Subscription>, Told]>([
    [null, {}, {}],
    ['filter', { filter: 'desert' }, {}],
    ['filter', { filter: 'desert', paused, until: { day: '2026-03-10', zone: 'UTC', at: NOON } }, {}],
    ['ended', { until: { day: '2026-03-10', zone: 'UTC', at: NOON } }, {}],
    [null, { until: { day: '2026-03-10', zone: 'UTC', at: NOON + 1 } }, {}],
    ['since', { since: NOON + 1 }, {}],
    ['new', {}, { newsAt: null }],
    ['sensitivity', BALANCED, {}],
    ['mute', {}, { mutes: [{ text: 'ice', who: 'ada', at: 0 }] }],
    ['mute', { paused }, { mutes: [{ text: 'ice', who: 'ada', at: 0 }] }],
    ['sensitivity', BALANCED, { mutes: [{ text: 'ice', who: 'ada', at: 0 }] }],
    ['paused', { paused }, {}],
    [null, { paused: { ...paused, until: NOON } }, {}],
    ['best', { what: { kind: 'top', n: 3 } }, {}],
    ['paused', { what: { kind: 'top', n: 3 }, paused }, {}],
  ])('is %s where it is so: %o', async (obstacle, facts, told) => {
    expect((await one(facts, told)).obstacle).toBe(obstacle);
  });

  it('is that it was made later, where it was not there yet', async () => {
    const facts = { createdAt: NOON + 1, since: NOON + 1 };
    expect(await one(facts)).toMatchObject({ obstacle: 'later', at: NOON + HOUR });
    expect(await judged({ subscriptions: [aSubscription('a', facts)], until: NOON })).toEqual([]);
  });
});

describe('the nearest subscription', () => {
  it('stands first: who wants it, what a moderator set, what the paper is, what the filter says', async () => {
    const at = (n: number, facts: Partial<Subscription>) =>
      aSubscription(`${n}`, { createdAt: n, ...ALL, ...facts });
    const subscriptions = [
      at(1, { createdAt: NOON + 1 }),
      at(2, { until: { day: '2026-03-10', zone: 'UTC', at: NOON } }),
      at(3, { filter: 'ocean sand wind' }),
      at(4, { filter: 'ocean -ice' }),
      at(5, { since: NOON + 1 }),
      at(6, { what: { kind: 'top', n: 3 } }),
      at(7, BALANCED),
      at(8, { paused }),
      at(9, {}),
      at(10, {}),
    ];
    const told = (await judged({ subscriptions })).map(({ subscription: { id }, obstacle }) => [
      id,
      obstacle,
    ]);
    expect(told).toEqual([
      ['9', null],
      ['10', null],
      ['8', 'paused'],
      ['7', 'sensitivity'],
      ['6', 'best'],
      ['5', 'since'],
      ['4', 'filter'],
      ['3', 'filter'],
      ['2', 'ended'],
      ['1', 'later'],
    ]);
  });

  it('is among filters that fail one that would have been news, then that with the fewest clauses', async () => {
    const subscriptions = [
      aSubscription('no news', { filter: 'sand', createdAt: 1, ...BALANCED }),
      aSubscription('two clauses', { filter: 'sand wind', createdAt: 2, ...ALL }),
      aSubscription('one clause', { filter: 'ocean -ice', createdAt: 3, ...ALL }),
    ];
    expect((await judged({ subscriptions })).map(({ subscription: { id } }) => id)).toEqual([
      ...['one clause', 'two clauses', 'no news'],
    ]);
  });
});

describe('a subscription is judged as it was then', () => {
  it('whatever was changed since, and though it was removed', async () => {
    const [then, now] = ['ocean', 'desert'].map((filter) => aSubscription('a', { ...ALL, filter }));
    const changed = change({ at: NOON + 1, before: then, after: now });
    const removed = change({ id: 2, at: NOON + 2, what: 'removed', before: now, after: null });
    const [only, ...others] = await judged({ history: [changed, removed] });
    expect([only.obstacle, only.subscription.filter, others]).toEqual([null, 'ocean', []]);
    expect(await obstacles({ history: [changed, removed], candidates: [NOON + 1] })).toEqual(['filter']);
    expect(await judged({ history: [changed, removed], candidates: [NOON + 2] })).toEqual([]);
  });

  it('at the first instant at which it was news for it, else at the last at which it stood there', async () => {
    const rise = { paper: idOf(1), at: NOON + 5, from: 0, score: library.trend.thresholdFor('balanced') };
    await library.archive.keepTrendEvents([{ ...rise, reason: { kind: 'rank', rank: 1 } }]);
    const candidates = [NOON, NOON + 5, NOON + 9];
    expect(await one(BALANCED, { candidates })).toMatchObject({ at: NOON + 5, obstacle: null });
    expect(await one(ALL, { candidates })).toMatchObject({ at: NOON, news: { kind: 'new' } });
    const sure = { what: { kind: 'trending', sensitivity: 'sure' } } as const;
    expect(await one(sure, { candidates })).toMatchObject({
      at: NOON + 9,
      obstacle: 'sensitivity',
      news: null,
    });
  });

  it('with what was muted then, and is not any more', async () => {
    const unmuted = change({ at: NOON + 1, what: 'unmuted', channelId: null, about: 'ice' });
    expect(await one({}, { history: [unmuted] })).toMatchObject({ obstacle: 'mute', mute: { text: 'ice' } });
    expect(await one({}, { history: [unmuted], candidates: [NOON + 1] })).toMatchObject({ obstacle: null });
  });

  it('with the news that it would have been, had it begun earlier', async () => {
    expect(await one({ since: NOON + 1 })).toMatchObject({ obstacle: 'since', news: { kind: 'new' } });
    expect(await one({}, { newsAt: null })).toMatchObject({ obstacle: 'new', news: null });
  });
});

describe('what a filter said of the paper', () => {
  it('is the words it found, or what failed, with where an excluded word stands', async () => {
    const said = async (filter: string) => (await one({ filter })).filter;
    expect(await said('Oceans')).toEqual({ kind: 'matches', words: ['Ocean'] });
    expect(await said('ocean -ice sand')).toMatchObject({
      ...{ kind: 'fails', excluded: ['ice'], lacking: ['sand'] },
      passage: expect.stringContaining('ice'),
    });
    expect(await said('sand')).toEqual({ kind: 'fails', excluded: [], lacking: ['sand'], passage: null });
    expect(await said('(')).toEqual({ kind: 'unreadable' });
  });
});
