import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { boundsByHand, filledForLife } from './bounded.ts';
import { files, withoutComments } from './imports.ts';

const foundIn = (poll: (text: string) => string[]) =>
  files.filter((file) => poll(withoutComments(readFileSync(file, 'utf8'))).length > 0);

describe('what is remembered', () => {
  it('in bounded numbers is kept by lru-cache, or says why not', () => {
    // Days go by their number, and zones are cheaper without: their comments tell.
    const others = ['src/subscription/zone.ts', 'src/trend/peak-store.ts', 'src/trend/vote-pace.ts'];
    expect(foundIn(boundsByHand).sort()).toEqual(others);
  });

  it('for as long as the process lives is bounded', () => {
    // Folders that are still to be removed: one for each database that is open; parts of a page that are drawn.
    const bounded = ['src/foundation/database/memory-place.ts', 'src/page/browser/store.ts'];
    expect(foundIn(filledForLife)).toEqual(bounded);
  });

  it.each([
    'const [oldest] = kept.keys();',
    'for (const oldest of this.#kept.keys()) {',
    'const oldest = kept.keys().next().value;',
    'if (known.size >= MOST) known.clear();',
    'if (this.#kept.size > 5) this.#kept.delete(name);',
    'if (days.size >= DAYS_KEPT) forget(first);',
    'if (this.#kept.size > KEPT) this.#forgetOldest();',
    'if (kept.size > MOST && oldest !== undefined) kept.delete(oldest);',
    'if (kept.size > MOST) {\n    kept.clear();',
  ])('by hand is recognised: %s', (line) => {
    expect(boundsByHand(`  ${line}`)).not.toEqual([]);
  });

  it.each([
    'const near = new Map<string, string | null>();',
    'export const left = new Set<string>();',
    'const seen: string[] = [];',
  ])('for life is recognised: %s', (line) => {
    expect(filledForLife(line)).not.toEqual([]);
  });

  it.each([
    'const NONE: ReadonlySet<number> = new Set();',
    '  const known = new Map<string, string>();',
    "const LEADS = new Set(['at', 'in']);",
    'const NONE: readonly string[] = [];',
  ])('for life is not mistaken for what is never filled, or goes with its caller: %s', (line) => {
    expect(filledForLife(line)).toEqual([]);
  });
});
