import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { openDatabase } from '#src/foundation/database/database.ts';
import { instantsAhead, orderedBefore, putColumnsRight } from '#src/foundation/instants.ts';

const NOW = Date.UTC(2026, 2, 10, 12);
const DAY = 86_400_000;
const COLUMN = { table: 'event', column: 'at' };
const instant = fc.integer({ min: NOW - 300 * DAY, max: NOW + 3000 * DAY });

async function events(instants: readonly number[]) {
  const db = await openDatabase(':memory:');
  await db.run('CREATE TABLE event (id INTEGER PRIMARY KEY, at INTEGER) STRICT');
  const insert = 'INSERT INTO event (at) VALUES (?)';
  await db.transaction(async () => {
    for (const at of instants) await db.run(insert, at);
  });
  const select = 'SELECT at FROM event ORDER BY id';
  return { db, at: async () => (await db.all<{ at: number }>(select)).map(({ at }) => at) };
}

describe('instants that lie ahead of now', () => {
  it('are moved to right before it, those of the past stay', () => {
    const right = orderedBefore(NOW, [NOW + 60 * DAY, NOW - DAY, NOW + 1, NOW + 1, NOW]);
    expect([NOW - DAY, NOW, NOW + 1, NOW + 60 * DAY].map(right)).toEqual([NOW - DAY, NOW, NOW - 2, NOW - 1]);
    expect(right(NOW + 5)).toBe(NOW - 1);
  });

  it('keep their order, two milliseconds apart or two years, and come before what happens from now on', () => {
    fc.assert(
      fc.property(fc.uniqueArray(instant, { minLength: 2 }), (instants) => {
        const right = orderedBefore(NOW, instants);
        const moved = instants
          .filter((at) => at > NOW)
          .sort((a, b) => a - b)
          .map(right);
        expect(moved).toEqual([...new Set(moved)].sort((a, b) => a - b));
        expect(moved.every((at) => at < NOW)).toBe(true);
      }),
    );
  });

  it('are moved in the database just so, and once', async () => {
    const many = fc.array(instant, { minLength: 1, maxLength: 300, size: 'max' });
    await fc.assert(
      fc.asyncProperty(many, async (instants) => {
        const { db, at } = await events(instants);
        const right = orderedBefore(NOW, await instantsAhead(db, [COLUMN], NOW));
        const rows = await putColumnsRight(db, [COLUMN], NOW, right);
        expect(rows).toBe(instants.filter((one) => one > NOW).length);
        expect(await at()).toEqual(instants.map(right));
        expect(await instantsAhead(db, [COLUMN], NOW)).toEqual([]);
        await db.close();
      }),
      { numRuns: 20 },
    );
  });

  it('hold nobody up: others go on between the slices', async () => {
    const { db } = await events(Array.from({ length: 300 }, (_, index) => NOW + 1 + index));
    const right = orderedBefore(NOW, await instantsAhead(db, [COLUMN], NOW));
    let others = 0;
    const other = () => {
      others++;
      if (others < 5) setImmediate(other);
    };
    setImmediate(other);
    await putColumnsRight(db, [COLUMN], NOW, right);
    expect(others).toBe(5);
  });
});
