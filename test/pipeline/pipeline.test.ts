import { describe, expect, it } from 'vitest';
import { openArchive } from '#src/archive/archive.ts';
import { openCursors } from '#src/foundation/cursors.ts';
import { openDatabase } from '#src/foundation/database/database.ts';
import { openRuns } from '#src/foundation/runs.ts';
import { openOutbox } from '#src/outbox/outbox.ts';
import type { Poll } from '#src/paper/sighting.ts';
import { createMatcher } from '#src/pipeline/matcher.ts';
import { createPipeline } from '#src/pipeline/pipeline.ts';
import { openVoteStore } from '#src/reader/vote-store.ts';
import type { PollFailure, Source } from '#src/source/source.ts';
import { openUnusualStore } from '#src/subscription/unusual-store.ts';
import { createWelcomes } from '#src/subscription/welcomes.ts';
import { openZones } from '#src/subscription/zone.ts';
import { createTrendRule } from '#src/trend/trend-rule.ts';
import { aPoll, aSighting, MINUTE, MONDAY } from '#test/archive/some-papers.ts';
import { aPaper } from '#test/builders/a-paper.ts';
import { createFakeClock } from '#test/fakes/fake-clock.ts';
import { createKeptHappenings } from '#test/fakes/kept-happenings.ts';
import { createKeptLog } from '#test/fakes/kept-log.ts';
import { inC } from './some-deliveries.ts';
import { aGateway } from './some-servers.ts';
import { aStore, parse } from './some-subscriptions.ts';

const HOUR = 60 * MINUTE;

/** A pipeline of one source, `hugging-face`, whose next reading shows what `known.shows` says, and of an arXiv. */
async function open() {
  const db = await openDatabase(':memory:');
  const archive = await openArchive(db, []);
  const outbox = await openOutbox(db, MONDAY);
  const clock = createFakeClock(MONDAY);
  const log = createKeptLog();
  const did: string[] = [];
  const known = {
    shows: [] as (Poll | PollFailure)[],
    beforeList: async () => {},
    described: (ids: readonly string[]) => ids.map((id) => aPaper(id, { categories: ['cs.LG'] })),
  };
  const source: Source = {
    name: 'hugging-face',
    async *poll() {
      for (const one of known.shows) {
        await known.beforeList();
        yield one;
      }
    },
  };
  const arxiv: Source = {
    name: 'arxiv-api',
    async *poll() {},
    async describe(ids) {
      did.push(`describe ${ids.join()}`);
      return known.described(ids);
    },
  };
  const { subscriptionStore } = aStore([
    inC('s1', { since: 1 }),
    inC('s2', { since: 1, channelId: 'd', filter: 'cat:cs.LG' }),
  ]);
  const happenings = createKeptHappenings();
  const rooms = { db, archive, outbox, clock, log, happenings, cursors: openCursors(db), runs: openRuns(db) };
  const pipeline = await createPipeline({
    ...{
      ...rooms,
      subscriptionStore,
      parse,
      sources: [source, arxiv],
      servers: aGateway(),
      zones: openZones(),
    },
    trend: createTrendRule(),
    matcher: await createMatcher({ subscriptionStore, parse, clock, log }),
    postman: {} as never,
    delivery: { run: async () => void did.push('deliver'), stop: () => did.push('stop') },
    trouble: { probe: async () => void did.push('probe') } as never,
    obstacle: () => null,
    clockWatch: { check: async () => void did.push('check') },
    lost: () => [],
    unusualStore: await openUnusualStore(db),
    voteStore: await openVoteStore(db),
    welcomes: createWelcomes({ cursors: rooms.cursors }),
    readRhythms: async () => async () => null,
    pollInterval: () => 15 * MINUTE,
    trigger: (job) => did.push(`trigger ${job}`),
    forgetPapers: () => {},
    ...{ livingHours: 48, purgeAfterDays: 30 },
  });
  const queued = async () =>
    (await outbox.ledger({ limit: 99 }))
      .map(({ destination, paper, mode }) => `${destination} ${paper} ${mode}`)
      .sort();
  const list = (key: string, ...papers: string[]): Poll =>
    aPoll(
      clock.now(),
      papers.map((id, index) => aSighting(aPaper(id, { title: `Ocean ${id}` }), index + 1)),
      { key },
    );
  const read = (...shows: (Poll | PollFailure)[]) => {
    known.shows = shows;
    return pipeline.readings[0].read();
  };
  /** The first reading shows what is history. */
  await read(list('2026-03-02', 'old'));
  did.length = 0;
  log.lines.length = 0;
  happenings.kept.length = 0;
  await clock.advance(15 * MINUTE);
  return { ...rooms, pipeline, did, known, queued, list, read };
}

const torn = (key: string): PollFailure => ({
  ...{ failed: true, source: 'hugging-face', list: 'daily', key, at: MONDAY, reason: `${key} is torn` },
});
const said = ({ log }: Awaited<ReturnType<typeof open>>) =>
  log.lines.filter(({ level }) => level !== 'debug');

describe('a reading of a source', () => {
  it('tells whoever looks on what it brought, then who wants it, and what could not be read', async () => {
    const house = await open();
    await house.read(torn('2026-03-03'), house.list('2026-03-02', 'a', 'old'));
    expect(house.happenings.told()).toEqual([
      'read: Hugging Face could not be read: 2026-03-03 is torn.',
      'read: Hugging Face was read: 2 papers, 1 of them new.',
      'wanted: “Ocean a” is wanted by <#c> (matches `ocean`).',
    ]);
  });

  it('queues its news, is told to the operator in one line, and has the rest done by others', async () => {
    const house = await open();
    await house.read(house.list('2026-03-02', 'a', 'b'));
    expect(await house.queued()).toEqual(['channel:c a card', 'channel:c b card']);
    expect(said(house)).toEqual([
      {
        level: 'info',
        message: 'a source was read',
        fields: { source: 'hugging-face', lists: 1, checked: 2, matched: 2, queued: 2 },
      },
    ]);
    expect(house.did).toEqual(['check', 'trigger deliver', 'trigger describe']);
    expect(await house.runs.last()).toEqual({
      ...{ startedAt: MONDAY + 15 * MINUTE, finishedAt: MONDAY + 15 * MINUTE },
      ...{ checked: 2, matched: 2, added: 2, problem: null },
    });
  });

  it('counts over all of its lists, and what could not be read', async () => {
    const house = await open();
    await house.read(house.list('2026-03-02', 'a'), { ...house.list('2026-03-03', 'b'), malformed: 3 });
    expect(said(house)[0].fields).toMatchObject({
      lists: 2,
      checked: 2,
      matched: 2,
      queued: 2,
      malformed: 3,
    });
  });

  it('of which a list failed is a warning, with how many and the first of them', async () => {
    const house = await open();
    await house.read(torn('2026-03-01'), house.list('2026-03-02', 'a'), torn('2026-02-28'));
    expect(said(house)).toMatchObject([
      {
        level: 'warn',
        message: 'a source was read',
        fields: { lists: 1, failed: 2, problem: '2026-03-01 is torn' },
      },
    ]);
    expect((await house.runs.last())?.problem).toBe('2026-03-01 is torn; 2026-02-28 is torn');
  });

  it('of which all lists failed is a warning that it could not be read', async () => {
    const house = await open();
    await house.read(torn('2026-03-01'));
    expect(said(house)).toMatchObject([
      { level: 'warn', message: 'a source could not be read', fields: { lists: 0, failed: 1 } },
    ]);
  });

  it('notes no more than 500 characters of what went wrong', async () => {
    const house = await open();
    await house.read(...Array.from({ length: 60 }, (_, n) => torn(`list ${n}`)));
    const problem = (await house.runs.last())?.problem ?? '';
    expect(problem.length).toBeLessThanOrEqual(501);
    expect(problem.length).toBeGreaterThan(450);
  });

  it('of which nothing was due is no line and no run', async () => {
    const house = await open();
    const before = await house.runs.last();
    await house.read();
    expect([said(house), await house.runs.last()]).toEqual([[], before]);
    expect(house.did).toContain('trigger deliver');
  });

  it('under way is joined by whoever wants one, and waited for at the end', async () => {
    const house = await open();
    const { promise, resolve } = Promise.withResolvers<void>();
    house.known.beforeList = () => promise;
    const first = house.read(house.list('2026-03-02', 'a'));
    expect(house.pipeline.readings[0].read()).toBe(first);
    let isSettled = false;
    const settled = house.pipeline.settled().then(() => {
      isSettled = true;
    });
    await house.clock.advance(1);
    expect(isSettled).toBe(false);
    resolve();
    await settled;
    expect(await house.queued()).toHaveLength(1);
    house.known.beforeList = async () => {};
    expect(house.pipeline.readings[0].read()).not.toBe(first);
  });

  it('tells of a list before the next one is there', async () => {
    const house = await open();
    const seen: string[][] = [];
    house.known.beforeList = async () => void seen.push(await house.queued());
    await house.read(house.list('2026-03-02', 'a'), house.list('2026-03-03', 'b'));
    expect(seen).toEqual([[], ['channel:c a card']]);
  });

  it('cut off because Paperboy stops counts as none', async () => {
    const house = await open();
    const before = await house.runs.last();
    house.known.beforeList = async () => house.pipeline.stop();
    await house.read(torn('2026-03-02'));
    expect([said(house), await house.runs.last()]).toEqual([[], before]);
    expect(house.did).toEqual(['check', 'stop']);
  });
});

describe('after a gap', () => {
  it('what was missed comes as one digest, and nothing is told of it before all lists are there', async () => {
    const house = await open();
    await house.clock.advance(3 * HOUR);
    const seen: string[][] = [];
    house.known.beforeList = async () => void seen.push(await house.queued());
    await house.read(house.list('2026-03-02', 'a'), house.list('2026-03-03', 'b'));
    expect(seen).toEqual([[], []]);
    expect(await house.queued()).toEqual(['channel:c a catch-up', 'channel:c b catch-up']);
    await house.clock.advance(15 * MINUTE);
    await house.read(house.list('2026-03-02', 'd'));
    expect((await house.queued()).at(-1)).toBe('channel:c d card');
  });

  it('that a failed reading did not end, it goes on', async () => {
    const house = await open();
    await house.clock.advance(3 * HOUR);
    await house.read(torn('2026-03-02'));
    await house.clock.advance(15 * MINUTE);
    await house.read(house.list('2026-03-02', 'a'));
    expect(await house.queued()).toEqual(['channel:c a catch-up']);
  });

  it('a list that comes late is one, though its source was always read', async () => {
    const house = await open();
    await house.read({ ...house.list('2026-03-03', 'a'), late: true });
    expect(await house.queued()).toEqual(['channel:c a catch-up']);
  });
});

describe('categories', () => {
  it('are asked for until none is lacking, and what they make news is queued and delivered', async () => {
    const house = await open();
    await house.read(house.list('2026-03-02', 'a'));
    house.did.length = 0;
    await Promise.all([house.pipeline.describe(), house.pipeline.describe()]);
    expect(house.did).toEqual(['describe a,old', 'trigger deliver']);
    expect(await house.queued()).toEqual(['channel:c a card', 'channel:d a card']);
    await house.pipeline.describe();
    expect(house.did).toHaveLength(2);
  });

  it('are asked for no more once Paperboy stops', async () => {
    const house = await open();
    await house.read(house.list('2026-03-02', 'a'));
    house.pipeline.stop();
    house.did.length = 0;
    await house.pipeline.describe();
    expect(house.did).toEqual([]);
  });

  it('that change nothing make nobody deliver', async () => {
    const house = await open();
    house.known.described = () => [];
    await house.pipeline.describe();
    expect(house.did).toEqual(['describe old']);
  });
});

describe('each job of the pipeline', () => {
  it('looks at the clocks first', async () => {
    const house = await open();
    for (const job of ['deliver', 'refresh', 'prune'] as const) {
      house.did.length = 0;
      await house.pipeline[job]().catch(() => {});
      expect(house.did[0]).toBe('check');
    }
  });

  it('in one round reads, sends, asks for categories and sends what they made due', async () => {
    const house = await open();
    house.known.shows = [house.list('2026-03-02', 'a')];
    await house.pipeline.round();
    const done = house.did.filter((one) => /^(deliver|describe)/.test(one));
    expect(done).toEqual(['deliver', 'describe a,old', 'deliver']);
  });

  it('that delivers sends what is due, and once more what was chosen meanwhile', async () => {
    const house = await open();
    await house.pipeline.deliver();
    expect(house.did).toEqual(['check', 'deliver', 'deliver']);
  });

  it('that refreshes tries channels on hold again', async () => {
    const house = await open();
    await house.pipeline.refresh();
    expect(house.did).toEqual(['check', 'probe']);
  });
});
