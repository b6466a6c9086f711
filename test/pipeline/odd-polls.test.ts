import { describe, expect, it } from 'vitest';
import { openArchive } from '#src/archive/archive.ts';
import { openDatabase } from '#src/foundation/database/database.ts';
import { collect } from '#src/pipeline/collect.ts';
import type { Source } from '#src/source/source.ts';
import { aPoll, aSighting, MONDAY } from '#test/archive/some-papers.ts';
import { aPaper } from '#test/builders/a-paper.ts';
import { createFakeClock } from '#test/fakes/fake-clock.ts';
import { interruptedDatabase } from '#test/fakes/interrupted-database.ts';
import { createKeptLog } from '#test/fakes/kept-log.ts';

describe('what a source yields that is no poll', () => {
  it.each([
    ['nothing', undefined],
    ['null', null],
    ['a number', 7],
    ['a text', 'look'],
    ['a list', []],
    ['an empty object', {}],
    ['a failure without a reason', { failed: true, source: 'hugging-face', list: 'daily', key: 'x', at: 0 }],
    ['a failure whose reason is null', { failed: true, reason: null }],
  ])('%s: the lists behind it are kept, and it counts as a problem', async (_, odd) => {
    const db = await openDatabase(':memory:');
    const archive = await openArchive(db, []);
    const source: Source = {
      name: 'hugging-face',
      async *poll() {
        yield odd as never;
        yield aPoll(MONDAY, [aSighting(aPaper('good'), 1, { votes: 9 })]);
      },
    };
    const rooms = { archive, clock: createFakeClock(MONDAY), log: createKeptLog() };
    const brought = await collect(source, rooms);
    expect(await archive.paper('good')).not.toBeNull();
    expect(brought.polls).toBe(1);
    expect(brought.problems).toEqual([expect.any(String)]);
  });

  it('lists that fail without an end: others have their turn', async () => {
    let isOver = false;
    const source: Source = {
      name: 'hugging-face',
      async *poll() {
        while (!isOver)
          yield { failed: true, source: 'hugging-face', list: 'daily', key: 'x', at: 0, reason: 'torn' };
      },
    };
    const clock = createFakeClock(MONDAY);
    const collected = collect(source, {
      archive: await openArchive(await openDatabase(':memory:'), []),
      clock,
      log: createKeptLog(),
    });
    setTimeout(() => {
      isOver = true;
    }, 20);
    expect((await collected).polls).toBe(0);
  });
});

it('a list that could not be written at first is kept all the same, before its source takes it for read', async () => {
  const db = interruptedDatabase(await openDatabase(':memory:'));
  const archive = await openArchive(db, []);
  const known: number[] = [];
  const source: Source = {
    name: 'hugging-face',
    async *poll() {
      yield aPoll(MONDAY, [aSighting(aPaper('good'), 1, { votes: 9 })]);
      known.push(await archive.size());
    },
  };
  db.fail(/INSERT INTO poll/);
  const brought = await collect(source, { archive, clock: createFakeClock(MONDAY), log: createKeptLog() });
  expect(brought).toMatchObject({ polls: 1, problems: [] });
  expect(known).toEqual([1]);
  expect(await archive.sightings('good')).toHaveLength(1);
});
