import fc from 'fast-check';
import { expect, it } from 'vitest';
import { HashBits } from '#src/match/arrays/hash-bits.ts';
import { IdTable } from '#src/match/arrays/id-table.ts';

/** Few enough that they meet: the same slots, the same hash, and both ends of a table. */
const hash = fc.constantFrom(0, 1, 2, 3, 7, -1, 0x01000000, 0x7f000001, -0x01000000);
const entry = fc.record({ hash, id: fc.nat(7), leaves: fc.boolean() });

function idsOf(table: IdTable, of: number): number[] {
  const ids: number[] = [];
  for (let id = table.first(of); id >= 0; id = table.next()) ids.push(id);
  return ids.toSorted((a, b) => a - b);
}

it('an id table tells all ids of a hash and no others, whatever was entered and taken out before', () => {
  fc.assert(
    fc.property(
      fc.constantFrom(1, 64, 256),
      fc.array(entry, { minLength: 60, maxLength: 200 }),
      (tables, entries) => {
        const table = new IdTable(tables);
        const wanted = new Map<number, Set<number>>();
        for (const { hash: of, id, leaves } of entries) {
          const ids = wanted.get(of) ?? new Set();
          wanted.set(of, ids);
          if (leaves && ids.delete(id)) table.delete(of, id);
          else if (!leaves && !ids.has(id)) table.insert(of, id);
          if (!leaves) ids.add(id);
        }
        for (const [of, ids] of wanted) expect(idsOf(table, of)).toEqual([...ids].toSorted((a, b) => a - b));
        expect(table.size).toBe([...wanted.values()].reduce((sum, ids) => sum + ids.size, 0));
      },
    ),
  );
});

it('a bit is there for every hash of a table, however far it has grown', () => {
  const table = new IdTable(64);
  const bits = new HashBits(table);
  const hashes = Array.from({ length: 5000 }, (_, id) => Math.imul(id, 0x9e3779b1));
  for (const [id, of] of hashes.entries()) {
    table.insert(of, id);
    bits.add(of);
  }
  expect(hashes.filter((of) => !bits.mayHave(of))).toEqual([]);
  const others = hashes.map((of) => of ^ 0x55555555);
  expect(others.filter((of) => bits.mayHave(of)).length).toBeLessThan(others.length / 2);
});
