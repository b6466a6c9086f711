import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { undoingOf } from '#src/service/undo-state.ts';
import { areAlike } from '#src/subscription/alike.ts';
import type { Subscription } from '#src/subscription/subscription.ts';
import { aSubscription } from '#test/builders/a-subscription.ts';

const patch = fc.record(
  {
    filter: fc.constantFrom('ocean', 'ice', 'wind'),
    cap: fc.integer({ min: 1, max: 3 }),
    silent: fc.boolean(),
    place: fc.constantFrom('message' as const, 'thread' as const),
  },
  { requiredKeys: [] },
);
const state = fc.option(patch, { freq: 5 }).map((one) => one && aSubscription('a', one));
type State = Subscription | null;

describe('an Undo', () => {
  it('right after its change brings back what was there, whatever it was', () => {
    fc.assert(
      fc.property(state, state, (before, after) => {
        const undoing = undoingOf({ before, after }, after, undefined);
        const result: State = undoing.kind === 'done' ? after : undoing.wanted;
        expect(undoing.kind).not.toBe('conflict');
        expect(areAlike(result, before)).toBe(true);
      }),
    );
  });

  it('changes nothing that its change did not change, and is in conflict where that is another by now', () => {
    fc.assert(
      fc.property(patch, patch, patch, (one, other, third) => {
        const [before, after, present] = [one, other, third].map((facts) => aSubscription('a', facts));
        const undoing = undoingOf({ before, after }, present, undefined);
        const names = ['filter', 'cap', 'silent', 'place'] as const;
        const changed = names.filter((name) => before[name] !== after[name]);
        const isEach = (version: Subscription) => changed.every((name) => present[name] === version[name]);
        const kind = isEach(before) ? 'done' : isEach(after) ? 'open' : 'conflict';
        expect(undoing.kind).toBe(kind);
        if (undoing.kind === 'done') return;
        for (const name of names)
          expect(undoing.wanted?.[name]).toBe((changed.includes(name) ? before : present)[name]);
      }),
    );
  });

  it('goes over a conflict for whoever saw it as it is, and for nobody else', () => {
    fc.assert(
      fc.property(state, state, state, state, (before, after, present, seen) => {
        const undoing = undoingOf({ before, after }, present, undefined);
        fc.pre(undoing.kind === 'conflict');
        const over = undoingOf({ before, after }, present, seen);
        expect(over.kind).toBe(areAlike(present, seen) ? 'open' : 'conflict');
      }),
    );
  });
});
