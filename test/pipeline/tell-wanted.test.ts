import { describe, expect, it } from 'vitest';
import { openArchive } from '#src/archive/archive.ts';
import { openCursors } from '#src/foundation/cursors.ts';
import { openDatabase } from '#src/foundation/database/database.ts';
import { toChannel } from '#src/outbox/destination.ts';
import type { NewEntry } from '#src/outbox/entry.ts';
import { openOutbox } from '#src/outbox/outbox.ts';
import { createMatcher } from '#src/pipeline/matcher.ts';
import { createReadings } from '#src/pipeline/readings.ts';
import { createTellWanted } from '#src/pipeline/tell-wanted.ts';
import { localHours } from '#src/subscription/schedule.ts';
import type { Subscription } from '#src/subscription/subscription.ts';
import { openZones } from '#src/subscription/zone.ts';
import type { TrendEvent } from '#src/trend/trend-event.ts';
import { createTrendRule } from '#src/trend/trend-rule.ts';
import { phrase } from '#src/wording/phrase.ts';
import { aPoll, aSighting, DAY, MINUTE, MONDAY } from '#test/archive/some-papers.ts';
import { aPaper } from '#test/builders/a-paper.ts';
import { createFakeClock } from '#test/fakes/fake-clock.ts';
import { createKeptHappenings } from '#test/fakes/kept-happenings.ts';
import { createKeptLog } from '#test/fakes/kept-log.ts';
import { HOUR } from '#test/outbox/some-posts.ts';
import { inC, why } from './some-deliveries.ts';
import { aStore, parse } from './some-subscriptions.ts';

const NOW = MONDAY + 12 * HOUR;
const TRENDING: Partial<Subscription> = { what: { kind: 'trending', sensitivity: 'balanced' } };
/** Balanced hears of it, strict does not. */
const RISE: TrendEvent = {
  ...{ paper: 'p', at: MONDAY + 9 * HOUR, from: 1, score: 3 },
  reason: { kind: 'rank', rank: 1 },
};

/** Paper `p`, Ocean, which rose on Monday morning. */
async function open(subscriptions: readonly Subscription[]) {
  const db = await openDatabase(':memory:');
  const archive = await openArchive(db, []);
  const outbox = await openOutbox(db, MONDAY);
  const happenings = createKeptHappenings();
  const log = createKeptLog();
  const trend = createTrendRule();
  await archive.keep(aPoll(MONDAY - MINUTE, []));
  await archive.endReading('hugging-face', MONDAY - MINUTE);
  await archive.keep(aPoll(MONDAY, [aSighting(aPaper('p', { title: 'Ocean' }), 1)]));
  await archive.keepTrendEvents([RISE]);
  const { subscriptionStore } = aStore(subscriptions);
  const { noteTrend, addressed } = createTellWanted({
    ...{ archive, outbox, happenings, subscriptionStore, trend, log },
    matcher: await createMatcher({ subscriptionStore, parse, clock: createFakeClock(NOW), log }),
    readings: createReadings({ archive, cursors: openCursors(db) }),
    newsBefore: () => null,
    hours: localHours(openZones()),
  });
  const queue = (channel: string, facts: Partial<NewEntry> = {}) =>
    outbox.add({
      ...{ serverId: 's', destination: toChannel(channel), paper: 'p', subscriptions: ['s1'], why: why() },
      ...{ score: 1, mode: 'card', decidedAt: NOW, dueAt: NOW, ...facts },
    });
  const address = async () => {
    const [{ paper }] = await archive.changesAfter(0, 9);
    await addressed(paper, { now: NOW });
    return happenings.told();
  };
  return { noteTrend, address, queue, outbox };
}

/** What is told where the paper is newly trending. */
async function trending(...subscriptions: Subscription[]) {
  const { noteTrend, address } = await open(subscriptions);
  noteTrend('p');
  return await address();
}
const inD = (facts: Partial<Subscription>) => inC('s2', { channelId: 'd', ...TRENDING, ...facts });

describe('a paper that is newly trending', () => {
  it('is told with the channels that want it and their filters, and with the others and why they do not', async () => {
    expect(
      await trending(
        inC('s1', TRENDING),
        inC('s3', { ...TRENDING, filter: 'p OR ocean' }),
        inD({ filter: 'desert' }),
      ),
    ).toEqual([
      'wanted: “Ocean” is wanted by <#c> (matches `ocean` and `p OR ocean`); the filter of <#d> does not match.',
    ]);
  });

  it('and that all want is told without others', async () => {
    expect(await trending(inD({}), inC('s1', TRENDING))).toEqual([
      'wanted: “Ocean” is wanted by <#c> (matches `ocean`) and <#d> (matches `ocean`).',
    ]);
  });

  it('and that no channel wants is told too', async () => {
    expect(await trending(inD({ filter: 'desert' }))).toEqual([
      'wanted: No channel wants “Ocean”: the filter of <#d> does not match.',
    ]);
    expect(await trending()).toEqual(['wanted: No channel wants “Ocean”: nothing is subscribed.']);
  });

  const strict = { kind: 'trending', sensitivity: 'sure' } as const;
  it.each<[string, Partial<Subscription>[], string]>([
    [
      'no filter of the channel matches',
      [{ filter: 'desert' }, { filter: 'lake' }],
      'the filters of <#d> do not match',
    ],
    ['the channel asks for more', [{ what: strict }], '<#d> asks for papers that stand out more'],
    ['it rose before that', [{ since: MONDAY + 10 * HOUR }], 'for <#d> that came before it subscribed'],
    [
      'it is new no more',
      [{ what: { kind: 'all' }, since: MONDAY + HOUR }],
      'for <#d> that came before it subscribed',
    ],
    ['the best come later', [{ what: { kind: 'top', n: 5 } }], '<#d> gets its best papers at a set hour'],
    [
      'the channel is paused',
      [{ paused: { reason: phrase('subscriptions.pausedByModerator'), at: MONDAY } }],
      '<#d> is paused',
    ],
    [
      'what matches is nearer than what does not',
      [{ filter: 'desert' }, { what: strict }],
      '<#d> asks for papers that stand out more',
    ],
  ])('is not wanted because %s', async (_, own, reason) => {
    const told = await trending(...own.map((facts, n) => inD({ ...facts, id: `d${n}` })));
    expect(told).toEqual([`wanted: No channel wants “Ocean”: ${reason}.`]);
  });

  it('is told of five channels that do not want it, and how many more there are', async () => {
    const others = [...'defghij'].map((id) => inD({ id, channelId: id, filter: 'desert' }));
    const [told] = await trending(...others);
    expect(told.match(/<#\w>/g)).toEqual(['<#d>', '<#e>', '<#f>', '<#g>', '<#h>']);
    expect(told).toMatch(/and 2 more channels do not either\.$/);
    expect((await trending(...others.slice(0, 5)))[0]).not.toContain('more');
  });

  it('is told to be there already, or to wait there, where that is so', async () => {
    const { noteTrend, address, queue, outbox } = await open([inC('s1', TRENDING), inD({})]);
    await queue('c');
    await queue('d');
    const place = { serverId: 's', destination: toChannel('c'), kind: 'message' } as const;
    const post = await outbox.pack(place, 'card', ['p'], NOW, []);
    await outbox.attempt(post?.id ?? 0, NOW, { from: NOW, until: NOW });
    await outbox.settle(post?.id ?? 0, { kind: 'delivered', messageId: 'm', channelId: 'c' }, NOW);
    noteTrend('p');
    expect(await address()).toEqual([
      'wanted: No channel wants “Ocean”: an earlier alert is in <#c> and <#d> has it waiting already.',
    ]);
  });

  it('is told once', async () => {
    const { noteTrend, address } = await open([inD({ filter: 'desert' })]);
    noteTrend('p');
    expect(await address()).toEqual(await address());
  });
});

describe('any other paper', () => {
  it('is told where somebody wants it that had it not before', async () => {
    const { address, queue } = await open([inC('s1', TRENDING), inD({ filter: 'desert' })]);
    expect(await address()).toEqual(['wanted: “Ocean” is wanted by <#c> (matches `ocean`).']);
    await queue('c');
    expect(await address()).toHaveLength(1);
  });
});

describe('a paper that does not go at once', () => {
  const waits = async (facts: Partial<Subscription>) =>
    (await trending(inC('s1', { ...TRENDING, ...facts }))).slice(1);
  const timeOf = (at: number, style: string) => `<t:${at / 1000}:${style}>`;

  it('is told to wait for the end of quiet hours', async () => {
    const quiet = { from: '11:00', to: '13:00', zone: 'UTC' };
    expect(await waits({ quiet })).toEqual([
      `waits: “Ocean” waits until ${timeOf(NOW + HOUR, 't')}: <#c> has quiet hours.`,
    ]);
    expect(await waits({ quiet: { ...quiet, from: '12:30' } })).toEqual([]);
  });

  it('is told to wait for its digest, with the day where that is not within one', async () => {
    const daily = { kind: 'daily', at: '09:00', zone: 'UTC' } as const;
    const quiet = { from: '11:00', to: '09:00', zone: 'UTC' };
    expect(await waits({ when: daily, quiet })).toEqual([
      `waits: “Ocean” waits until ${timeOf(MONDAY + DAY + 9 * HOUR, 't')}: then <#c> gets its digest.`,
    ]);
    const weekly = { kind: 'weekly', weekday: 2, at: '12:00', zone: 'UTC' } as const;
    expect(await waits({ when: weekly })).toEqual([
      `waits: “Ocean” waits until ${timeOf(NOW + DAY, 'f')}: then <#c> gets its digest.`,
    ]);
  });

  it('is told to wait for its channel, which cannot be posted in', async () => {
    const { noteTrend, address, outbox } = await open([inC('s1', TRENDING)]);
    const place = { serverId: 's', destination: toChannel('c') };
    await outbox.hold(place, { code: 'permission-missing', reason: phrase('hold.threadLocked') }, NOW);
    noteTrend('p');
    expect((await address()).slice(1)).toEqual(['waits: “Ocean” waits: <#c> cannot be posted in.']);
  });
});
