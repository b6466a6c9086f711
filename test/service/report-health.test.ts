import { beforeEach, describe, expect, it } from 'vitest';
import { openArchive } from '#src/archive/archive.ts';
import { type Database, openDatabase } from '#src/foundation/database/database.ts';
import { openRuns } from '#src/foundation/runs.ts';
import { createSceneClock } from '#src/foundation/scene-clock.ts';
import { openOutbox } from '#src/outbox/outbox.ts';
import { createReportHealth } from '#src/service/report-health.ts';
import { createFakeClock, type FakeClock } from '#test/fakes/fake-clock.ts';
import { createKeptLog } from '#test/fakes/kept-log.ts';

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const PLACE = { serverId: '1', destination: 'channel:2', kind: 'message' } as const;

describe('what a supervisor hears', () => {
  let db: Database;
  let clock: FakeClock;
  let line = { wasReady: true, isReady: true, lasted: 2 * HOUR };
  let idle = 0;
  const house = async () => {
    const archive = await openArchive(db, []);
    const outbox = await openOutbox(db, clock.now());
    const log = createKeptLog();
    const rooms = { db, archive, runs: openRuns(db), outbox, clock, log };
    const health = createReportHealth({
      ...rooms,
      line: () => line,
      idle: () => idle,
      pollInterval: () => 15 * MINUTE,
    });
    return { ...rooms, health };
  };
  beforeEach(async () => {
    db = await openDatabase(':memory:');
    clock = createFakeClock();
    line = { wasReady: true, isReady: true, lasted: 2 * HOUR };
    idle = 0;
  });
  const entry = (paper: string, dueAt = clock.now()) => ({
    ...{
      serverId: '1',
      destination: 'channel:2' as const,
      paper,
      subscriptions: ['s'],
      why: {},
      score: 1,
      mode: 'card' as const,
    },
    ...{ decidedAt: clock.now(), dueAt },
  });

  it('is well while nothing is wrong', async () => {
    expect(await (await house()).health()).toEqual({ status: 'ok', lastRoundAt: null });
  });

  it('hears after a minute that Discord is not connected', async () => {
    const { health } = await house();
    line = { wasReady: true, isReady: false, lasted: 60 * SECOND };
    expect((await health()).status).toBe('ok');
    line.lasted = 61 * SECOND;
    expect(await health()).toMatchObject({
      status: 'failing',
      problems: ['Discord has not been connected for 61 s.'],
    });
  });

  it('hears two minutes after the start that Discord does not let the bot in', async () => {
    const { health } = await house();
    line = { wasReady: false, isReady: false, lasted: 120 * SECOND };
    expect((await health()).status).toBe('ok');
    line.lasted = 121 * SECOND;
    expect((await health()).problems).toEqual(['Discord has not let the bot in for 121 s.']);
  });

  it('hears that no job ran for three intervals', async () => {
    const { health } = await house();
    idle = 45 * MINUTE;
    expect((await health()).status).toBe('ok');
    idle = 46 * MINUTE;
    expect((await health()).problems).toEqual(['No job has run for 46 min.']);
  });

  it('hears that the database does not answer, and the log knows why', async () => {
    const { health, log } = await house();
    await db.close();
    expect(await health()).toEqual({
      ...{ status: 'failing', lastRoundAt: null },
      problems: ['The database does not answer.'],
    });
    expect(log.lines.at(-1)).toMatchObject({ message: 'the database does not answer' });
  });

  describe('of what waits', () => {
    const STUCK = ['A post that nothing hinders has waited for over 30 min.'];
    const afterwards = async (
      act: (rooms: Awaited<ReturnType<typeof house>>) => Promise<unknown>,
      wait = 31 * MINUTE,
    ) => {
      const rooms = await house();
      await act(rooms);
      await clock.advance(wait);
      return rooms.health();
    };

    it('hears when it could have gone for over half an hour', async () => {
      const health = await afterwards(({ outbox }) => outbox.add(entry('a')));
      expect(health).toMatchObject({ status: 'failing', problems: STUCK });
    });

    it('hears nothing of half an hour that a scene makes of half a second', async () => {
      const base = clock;
      const rooms = await house();
      const scene = createSceneClock({ startsAt: base.now(), speed: 3600, base });
      await rooms.outbox.add(entry('a'));
      await base.advance(10 * SECOND);
      const health = createReportHealth({
        ...{ ...rooms, clock: scene },
        ...{ line: () => line, idle: () => idle, pollInterval: () => 15 * MINUTE },
      });
      expect(await health()).toMatchObject({ status: 'ok' });
      await base.advance(20 * SECOND);
      expect(await health()).toMatchObject({ status: 'failing', problems: STUCK });
    });

    it('hears it of a message that is packed already', async () => {
      const health = await afterwards(async ({ outbox }) => {
        await outbox.add(entry('a'));
        await outbox.pack(PLACE, 'card', ['a'], clock.now());
      });
      expect(health.problems).toEqual(STUCK);
    });

    it('hears it of what should have become due meanwhile', async () => {
      const health = await afterwards(
        ({ outbox }) => outbox.add(entry('a', clock.now() + HOUR)),
        HOUR + 31 * MINUTE,
      );
      expect(health.problems).toEqual(STUCK);
    });

    it('hears nothing within half an hour, nor before its hour', async () => {
      expect((await afterwards(({ outbox }) => outbox.add(entry('a')), 29 * MINUTE)).status).toBe('ok');
      const later = await afterwards(({ outbox }) => outbox.add(entry('b', clock.now() + 12 * HOUR)), 0);
      expect(later.status).toBe('ok');
    });

    it('hears nothing of a channel that takes nothing, nor of a post that Discord asked to wait', async () => {
      const held = await afterwards(async ({ outbox }) => {
        await outbox.add(entry('a'));
        await outbox.hold(PLACE, { code: 'permission-missing', reason: 'no' }, clock.now());
        await outbox.add(entry('b'));
      });
      expect(held.status).toBe('ok');
      db = await openDatabase(':memory:');
      const limited = await afterwards(async ({ outbox }) => {
        await outbox.add(entry('a'));
        await outbox.add(entry('b'));
        const post = await outbox.pack(PLACE, 'card', ['a'], clock.now());
        await outbox.attempt(post?.id ?? 0, clock.now());
        await outbox.settle(
          post?.id ?? 0,
          { kind: 'later', at: clock.now() + HOUR, reason: 'wait' },
          clock.now(),
        );
      });
      expect(limited.status).toBe('ok');
    });

    it('hears nothing of what waited while Discord or Paperboy was away', async () => {
      const { outbox, health } = await house();
      await outbox.add(entry('a'));
      await clock.advance(10 * HOUR);
      line.lasted = MINUTE;
      expect((await health()).status).toBe('ok');
      line.lasted = 31 * MINUTE;
      expect((await health()).problems).toEqual(STUCK);
    });
  });

  it('hears of a late source without being told to start a healthy bot again', async () => {
    const { archive, health } = await house();
    const reason = 'Hugging Face answered 503';
    const failed = { failed: true, source: 'hugging-face', list: 'daily', key: '', reason } as const;
    await archive.notePoll({ ...failed, at: clock.now() });
    expect(await health()).toMatchObject({
      status: 'degraded',
      degraded: ['Hugging Face is late: Hugging Face answered 503'],
    });
  });
});
