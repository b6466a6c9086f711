import { describe, expect, it } from 'vitest';
import { type Archive, openArchive } from '#src/archive/archive.ts';
import { openDatabase } from '#src/foundation/database/database.ts';
import { FatalError } from '#src/foundation/failure.ts';
import type { Poll } from '#src/paper/sighting.ts';
import { collect } from '#src/pipeline/collect.ts';
import type { PollFailure, Source } from '#src/source/source.ts';
import { aPoll, aSighting, MONDAY } from '#test/archive/some-papers.ts';
import { aPaper } from '#test/builders/a-paper.ts';
import { createFakeClock } from '#test/fakes/fake-clock.ts';
import { createKeptLog } from '#test/fakes/kept-log.ts';

const listOf = (key: string, ...ids: string[]): Poll =>
  aPoll(
    MONDAY,
    ids.map((id, index) => aSighting(aPaper(id), index + 1)),
    { key },
  );
const failure = (key: string): PollFailure => ({
  ...{ failed: true, source: 'hugging-face', list: 'daily', key, at: MONDAY, reason: `${key} is torn` },
});
const torn = (error = new Error('the line was cut')) => error;
/** A list that no archive takes. */
const unkeepable = { ...listOf('2026-03-04'), seenAt: 'never' } as unknown as Poll;

async function read(shown: readonly (Poll | PollFailure | Error)[], patch: Partial<Archive> = {}) {
  const archive = await openArchive(await openDatabase(':memory:'), []);
  const log = createKeptLog();
  const clock = createFakeClock(MONDAY + 1000);
  const known = { isStopping: false, told: [] as string[], asked: 0 };
  const source: Source = {
    name: 'hugging-face',
    async *poll() {
      for (const one of shown) {
        if (one instanceof Error) throw one;
        known.asked++;
        yield one;
      }
    },
  };
  const deps = { archive: { ...archive, ...patch }, clock, log, isStopping: () => known.isStopping };
  const taker = {
    onLate: async () => void known.told.push('late'),
    onKept: async () => void known.told.push('kept'),
  };
  const lines = () =>
    log.lines.map(({ level, message, fields }) => ({
      level,
      message,
      fields: fields as Record<string, unknown>,
    }));
  return {
    archive,
    known,
    lines,
    collected: () => collect(source, deps, taker),
    health: () => archive.health(),
  };
}

describe('a reading of a source', () => {
  it('brings its lists one after the other, and tells how many, with what could not be read', async () => {
    const odd = { ...listOf('2026-03-03', 'c'), malformed: 2 };
    const reading = await read([listOf('2026-03-02', 'a', 'b'), odd]);
    expect(await reading.collected()).toEqual({ polls: 2, problems: [], malformed: 2, cut: false });
    expect(reading.known.told).toEqual(['kept', 'kept']);
    expect(reading.lines()).toMatchObject([
      {
        level: 'debug',
        fields: { source: 'hugging-face', list: 'daily', key: '2026-03-02', fresh: 2, changed: 0 },
      },
      { level: 'debug', fields: { key: '2026-03-03', fresh: 1 } },
    ]);
  });

  it('goes on behind a list that failed, which /status shows with the reason', async () => {
    const reading = await read([failure('2026-03-03'), listOf('2026-03-02', 'a')]);
    expect(await reading.collected()).toEqual({
      ...{ polls: 1, malformed: 0, cut: false, problems: ['2026-03-03 is torn'] },
    });
    expect(reading.lines()[0]).toMatchObject({
      level: 'debug',
      fields: { source: 'hugging-face', list: 'daily', key: '2026-03-03', reason: '2026-03-03 is torn' },
    });
    expect(await reading.health()).toMatchObject([
      { list: 'daily', failedAt: MONDAY + 1000, reason: '2026-03-03 is torn', items: 1 },
    ]);
  });

  it('tells before it keeps it that a list comes late', async () => {
    const reading = await read([
      listOf('2026-03-02', 'a'),
      { ...listOf('2026-03-01', 'b'), late: true },
      failure('2026-02-28'),
    ]);
    await reading.collected();
    expect(reading.known.told).toEqual(['kept', 'late', 'kept']);
  });

  it('that breaks off counts so, at the list that it had read last', async () => {
    const reading = await read([listOf('2026-03-02', 'a'), torn()]);
    expect(await reading.collected()).toMatchObject({
      ...{ polls: 1, cut: false, problems: ['hugging-face broke off: the line was cut'] },
    });
    const failed = reading.lines().find(({ fields }) => 'reason' in fields);
    expect(failed?.fields).toMatchObject({ list: 'daily', key: '2026-03-02' });
  });

  it('that breaks off before its first list counts at the list that the source is known for', async () => {
    const reading = await read([torn()]);
    expect((await reading.collected()).polls).toBe(0);
    expect(reading.lines()[0].fields).toMatchObject({ source: 'hugging-face', list: 'daily', key: '' });
  });

  it('ends with the process where something is wrong that concerns everybody', async () => {
    await expect((await read([torn(new FatalError('lost'))])).collected()).rejects.toThrow('lost');
    const keepInSlices = async () => {
      throw new FatalError('lost');
    };
    await expect((await read([listOf('x', 'a')], { keepInSlices })).collected()).rejects.toThrow('lost');
  });
});

describe('a list that cannot be kept', () => {
  it('counts as failed, and the others are kept', async () => {
    const reading = await read([unkeepable, listOf('2026-03-02', 'a')]);
    const { polls, problems } = await reading.collected();
    expect([polls, problems]).toEqual([
      1,
      [expect.stringMatching(/^hugging-face sent a list that cannot be kept: ./)],
    ]);
    expect(reading.known.told).toEqual(['kept']);
    expect(reading.lines()[0]).toMatchObject({
      level: 'debug',
      fields: { source: 'hugging-face', list: 'daily', key: '2026-03-04', err: expect.anything() },
    });
  });

  it('whose failure cannot be noted either is told to the operator', async () => {
    const notePoll = async () => {
      throw new Error('full');
    };
    const reading = await read([failure('2026-03-03')], { notePoll });
    expect((await reading.collected()).problems).toHaveLength(1);
    expect(reading.lines().at(-1)).toMatchObject({
      level: 'error',
      fields: { source: 'hugging-face', key: '2026-03-03', err: { name: 'Error' } },
    });
  });

  it('in some of its items is kept without these; ten reasons at the most are logged', async () => {
    const odd = Array.from({ length: 12 }, (_, index) =>
      aSighting(aPaper(`odd${index}`, { title: undefined as never }), index + 2),
    );
    const reading = await read([aPoll(MONDAY, [aSighting(aPaper('good'), 1), ...odd])]);
    expect(await reading.collected()).toMatchObject({ polls: 1, problems: [], malformed: 12 });
    const [{ level, fields }] = reading.lines();
    expect([level, fields.malformed, (fields.reasons as string[]).length]).toEqual(['debug', 12, 10]);
    expect(fields).toMatchObject({ source: 'hugging-face', list: 'daily', key: '2026-03-02' });
  });
});

describe('when Paperboy stops', () => {
  it.each([
    ['a list that fails', failure('2026-03-03')],
    ['a source that breaks off', torn()],
  ])('%s then is nobody’s fault: the reading counts as cut, and is over', async (_, last) => {
    const reading = await read([last, listOf('2026-03-02', 'a')]);
    reading.known.isStopping = true;
    expect(await reading.collected()).toEqual({ polls: 0, problems: [], malformed: 0, cut: true });
    expect([reading.known.told, reading.lines()]).toEqual([[], []]);
  });

  it('a list that was read is kept all the same', async () => {
    const reading = await read([listOf('2026-03-02', 'a')]);
    reading.known.isStopping = true;
    expect(await reading.collected()).toMatchObject({ polls: 1, cut: false });
  });
});
