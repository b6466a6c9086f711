import { describe, expect, it } from 'vitest';
import { openArchive } from '#src/archive/archive.ts';
import { openCursors } from '#src/foundation/cursors.ts';
import { openDatabase } from '#src/foundation/database/database.ts';
import { FatalError } from '#src/foundation/failure.ts';
import { type Outbox, openOutbox } from '#src/outbox/outbox.ts';
import type { Paper } from '#src/paper/paper.ts';
import { createAddress } from '#src/pipeline/address.ts';
import { createMatcher } from '#src/pipeline/matcher.ts';
import { createReadings } from '#src/pipeline/readings.ts';
import type { Subscription } from '#src/subscription/subscription.ts';
import { openZones } from '#src/subscription/zone.ts';
import { createTrendRule, type TrendRule } from '#src/trend/trend-rule.ts';
import { aPoll, aSighting, MINUTE, MONDAY } from '#test/archive/some-papers.ts';
import { aPaper } from '#test/builders/a-paper.ts';
import { createFakeClock } from '#test/fakes/fake-clock.ts';
import { createKeptLog } from '#test/fakes/kept-log.ts';
import { HOUR } from '#test/outbox/some-posts.ts';
import { inC } from './some-deliveries.ts';
import { aStore, parse } from './some-subscriptions.ts';

const NOW = MONDAY + MINUTE;

type Broken = { outbox?: Partial<Outbox>; trend?: Partial<TrendRule>; match?: () => Subscription[] };

/** What is queued of papers that are seen on Monday, for these subscriptions. */
async function open(subscriptions: readonly Subscription[], broken: Broken = {}) {
  const db = await openDatabase(':memory:');
  const archive = await openArchive(db, []);
  const cursors = openCursors(db);
  const outbox = await openOutbox(db, MONDAY);
  const log = createKeptLog();
  const clock = createFakeClock(NOW);
  const readings = createReadings({ archive, cursors });
  await readings.begin('hugging-face', MONDAY - 9 * HOUR, MINUTE);
  await archive.keep(aPoll(MONDAY - 9 * HOUR, []));
  await readings.noteRead('hugging-face', MONDAY - 9 * HOUR);
  await readings.noteNotified('hugging-face', MONDAY - 9 * HOUR);
  const { subscriptionStore } = aStore(subscriptions);
  const { match } = await createMatcher({ subscriptionStore, parse, clock, log });
  const address = createAddress({
    ...{ db, archive, cursors, readings, log, clock, parse, zones: openZones() },
    outbox: { ...outbox, ...broken.outbox },
    trend: { ...createTrendRule(), ...broken.trend },
    matcher: { match: broken.match ?? match },
  });
  const queue = async (facts: Partial<Paper> = {}, ...more: string[]) => {
    const papers = [
      aPaper('p', { title: 'Ocean', ...facts }),
      ...more.map((id) => aPaper(id, { title: 'Ocean' })),
    ];
    await archive.keep(
      aPoll(
        MONDAY,
        papers.map((paper, n) => aSighting(paper, n + 1, { votes: 7, stars: 2 })),
      ),
    );
    const done = await address({ now: NOW });
    return { done, entries: await outbox.ledger({ limit: 9 }) };
  };
  return { queue, log, readings };
}

describe('what a paper is queued with', () => {
  it('is whose it is, when it was decided, and why', async () => {
    const { queue } = await open([inC('s1')]);
    const { done, entries } = await queue({ repository: 'https://github.com/a/b' });
    expect(done).toEqual({ checked: 1, matched: 1, added: 1 });
    expect(entries).toMatchObject([
      {
        ...{ serverId: 's', destination: 'channel:c', paper: 'p', subscriptions: ['s1'] },
        ...{ score: 0, mode: 'card', decidedAt: NOW, dueAt: NOW },
      },
    ]);
    expect(entries[0].why).toEqual({
      ...{ filters: ['ocean'], news: { kind: 'new', at: MONDAY }, asked: { kind: 'all' } },
      ...{ votes: 7, stars: 2, repository: true },
    });
  });

  it('names all of a channel that want it, each filter once, and asks for what the first of them did', async () => {
    const weekly = { kind: 'weekly', weekday: 1, at: '09:00', zone: 'UTC' } as const;
    const { queue } = await open([
      inC('s1', { when: weekly }),
      inC('s2'),
      inC('s3', { filter: 'p OR ocean' }),
    ]);
    const [{ subscriptions, why, mode, dueAt }] = (await queue()).entries;
    expect(subscriptions.toSorted()).toEqual(['s1', 's2', 's3']);
    expect((why as { filters: string[] }).filters.toSorted()).toEqual(['ocean', 'p OR ocean']);
    expect([mode, dueAt]).toEqual(['card', NOW]);
  });

  it('is its score', async () => {
    const { queue } = await open([inC('s1')], { trend: { score: () => ({ score: 2.5 }) as never } });
    expect((await queue()).entries[0].score).toBe(2.5);
  });

  it('after a gap is since when it was missed: it comes as one digest', async () => {
    const { queue, readings } = await open([inC('s1')]);
    await readings.begin('hugging-face', MONDAY, MINUTE);
    const [{ mode, why }] = (await queue()).entries;
    expect([mode, why]).toEqual(['catch-up', expect.objectContaining({ missedSince: MONDAY - 9 * HOUR })]);
  });
});

describe('what goes wrong with one is told to the operator', () => {
  const errors = ({ log }: Awaited<ReturnType<typeof open>>) =>
    log.lines.filter(({ level }) => level === 'error');

  it('a paper that cannot be matched', async () => {
    const room = await open([inC('s1')], {
      match: () => {
        throw new RangeError('odd');
      },
    });
    expect((await room.queue()).entries).toEqual([]);
    expect(errors(room)).toMatchObject([{ fields: { paper: 'p', err: { name: 'RangeError' } } }]);
  });

  it('a subscription that cannot be asked, and one whose hours cannot be told', async () => {
    const nowhere = { from: '09:00', to: '10:00', zone: 'No/Where' };
    const odd = [inC('s1', { what: null as never }), inC('s2', { channelId: 'd', quiet: nowhere })];
    const room = await open([], { match: () => odd });
    await room.queue();
    expect(errors(room)).toMatchObject([
      { message: 'a subscription could not be evaluated', fields: { subscription: 's1', err: {} } },
      {
        message: 'a post could not be queued',
        fields: { paper: 'p', channel: 'd', err: { name: 'RangeError' } },
      },
    ]);
  });

  it('an entry that cannot be kept, which costs its paper’s others nothing', async () => {
    const add: Outbox['add'] = async (...given) => {
      if (given.some(({ destination }) => destination === 'channel:d')) throw new RangeError('odd');
      return given.length;
    };
    const room = await open([inC('s1'), inC('s2', { channelId: 'd' })], { outbox: { add } });
    expect((await room.queue()).done).toEqual({ checked: 1, matched: 1, added: 1 });
    expect(room.log.lines).toMatchObject([
      { level: 'debug', fields: { paper: 'p', err: { name: 'RangeError' } } },
      { level: 'error', fields: { paper: 'p', channel: 'd', err: { name: 'RangeError' } } },
    ]);
  });

  it('a paper that could be kept nowhere does not count as matched', async () => {
    const add: Outbox['add'] = async (...given) => {
      if (given.some(({ paper }) => paper === 'q')) throw new RangeError('odd');
      return given.length;
    };
    const room = await open([inC('s1')], { outbox: { add } });
    expect((await room.queue({}, 'q')).done).toEqual({ checked: 2, matched: 1, added: 1 });
  });

  it('and what concerns everybody ends the run', async () => {
    const add = async () => {
      throw new FatalError('lost');
    };
    await expect((await open([inC('s1')], { outbox: { add } })).queue()).rejects.toThrow('lost');
  });
});
