import { describe, expect, it } from 'vitest';
import type { NewEntry } from '#src/outbox/entry.ts';
import type { Post } from '#src/outbox/post.ts';
import { catchUpFacts, digestFacts } from '#src/pipeline/digest-facts.ts';
import type { Subscription } from '#src/subscription/subscription.ts';
import { inEnglish } from '#src/wording/kept-phrase.ts';
import { phrase } from '#src/wording/phrase.ts';
import { DAY, MINUTE, MONDAY } from '#test/archive/some-papers.ts';
import { HOUR } from '#test/outbox/some-posts.ts';
import { DECIDED, inC, NOON, openCounter, why } from './some-deliveries.ts';
import { aGateway } from './some-servers.ts';

const TOKYO = 9 * HOUR;
const daily = (at: string, zone = 'UTC') => ({ kind: 'daily', at, zone }) as const;
const weekly = (zone = 'UTC') => ({ kind: 'weekly', weekday: 1, at: '12:00', zone }) as const;
const place = { serverId: 's', destination: 'channel:c', kind: 'message' } as const;
const post = { place, packedAt: NOON } as Partial<Post> as Post;

/** Of papers that these subscriptions wanted. */
async function open(wanting: Partial<Subscription>[], entries: Partial<NewEntry>[] = [{}]) {
  const subscriptions = wanting.map((facts, n) => inC(`s${n}`, facts));
  const counter = await openCounter({ subscriptions });
  const decided = entries.map((facts, n) => ({
    ...{ paper: `p${n}`, subscriptions: [...subscriptions.map(({ id }) => id), 'removed'], reason: null },
    ...{ decidedAt: DECIDED, dueAt: NOON, why: why() },
    ...facts,
  })) as never[];
  const between: [number, number][] = [];
  const archive = {
    arrivedBetween: async (from: number, until: number) => {
      between.push([from, until]);
      return 37;
    },
  };
  return { deps: { ...counter, archive }, decided, between };
}

describe('a digest’s heading tells', () => {
  const facts = async (wanting: Partial<Subscription>[], entries?: Partial<NewEntry>[]) => {
    const { deps, decided, between } = await open(wanting, entries);
    return { ...(await digestFacts(deps, post, decided)), between };
  };

  it('of a day how many papers were read between its hour and the one before', async () => {
    expect(await facts([{ when: daily('12:00') }], [{}, {}])).toEqual({
      ...{ period: 'day', wall: NOON, sinceWall: DECIDED, papers: 2, read: 37, best: false },
      between: [[NOON - DAY, NOON]],
    });
  });

  it('of a digest that was late the day that ended with its hour', async () => {
    expect((await facts([{ when: daily('08:00') }])).between).toEqual([
      [MONDAY + 8 * HOUR - DAY, MONDAY + 8 * HOUR],
    ]);
  });

  it('of a week how many were read in it', async () => {
    expect(await facts([{ when: weekly() }])).toMatchObject({
      period: 'week',
      between: [[NOON - 7 * DAY, NOON]],
    });
  });

  it('the day, where one wants it daily and another weekly', async () => {
    expect(await facts([{ when: weekly() }, { when: daily('12:00') }])).toMatchObject({ period: 'day' });
  });

  it('of what waited since when, and asks for no number of papers read', async () => {
    const late = [{ decidedAt: DECIDED + MINUTE }, { decidedAt: DECIDED - MINUTE }];
    expect(await facts([{}], late)).toEqual({
      ...{ period: 'waited', wall: NOON, sinceWall: DECIDED - MINUTE, papers: 2, read: 0, best: false },
      between: [],
    });
  });

  it('whether one of those who want it asked for the best', async () => {
    const best = { when: daily('12:00'), what: { kind: 'top', n: 2 } } as const;
    expect(await facts([{ when: daily('12:00') }, best])).toMatchObject({ best: true });
  });

  it('the hour of its digests’ zone, else of the quiet hours’, else of UTC', async () => {
    const quiet = { from: '01:00', to: '02:00', zone: 'Asia/Tokyo' };
    expect(await facts([{}, { quiet }])).toMatchObject({ wall: NOON + TOKYO, sinceWall: DECIDED + TOKYO });
    expect(await facts([{ when: daily('12:00'), quiet }])).toMatchObject({ wall: NOON });
    expect(await facts([])).toMatchObject({ wall: NOON, period: 'waited' });
  });
});

describe('a catch-up tells', () => {
  const facts = async (entries: object[], wanting: Partial<Subscription>[] = [{}]) => {
    const { deps, decided } = await open(wanting, entries);
    const { cause, ...told } = catchUpFacts(deps, post, decided);
    return { ...told, cause: inEnglish(cause) };
  };
  const inTime = { decidedAt: DECIDED, dueAt: NOON };
  const late = { decidedAt: NOON, dueAt: NOON };

  it('from when to when, and of which channel', async () => {
    const quiet = { from: '01:00', to: '02:00', zone: 'Asia/Tokyo' };
    expect(await facts([inTime, late], [{ quiet }])).toMatchObject({
      ...{ channel: '#c', papers: 2, zone: 'Asia/Tokyo' },
      ...{ fromWall: DECIDED + TOKYO, untilWall: NOON + TOKYO },
    });
  });

  it('from the beginning of the gap on, where a source could not be read', async () => {
    const missed = { ...late, why: why({ missedSince: MONDAY }) };
    expect((await facts([missed, late])).fromWall).toBe(MONDAY);
    expect((await facts([{ ...late, why: 'odd' }])).fromWall).toBe(NOON);
  });

  it.each([
    [
      'what hindered the channel',
      [inTime, { ...inTime, reason: phrase('hold.threadLocked') }],
      'The thread was locked.',
    ],
    [
      'that Discord did not take what was decided in time',
      [late, inTime],
      'Discord could not be reached, or Paperboy was not running.',
    ],
    [
      'that a source was not read where it was decided late',
      [late],
      'A source could not be read, or Paperboy was not running.',
    ],
  ])('%s', async (_, entries, cause) => {
    expect((await facts(entries)).cause).toBe(cause);
  });

  it('of this channel where its name is not known', async () => {
    const { deps, decided } = await open([{}]);
    const unknown = { ...deps, servers: aGateway([]) };
    expect(catchUpFacts(unknown, post, decided).channel).toEqual(phrase('channel.this'));
  });
});
