import { createHash } from 'node:crypto';

/**
 * Which mutants of a room are tried when there are many: a Stryker checker, named `sample`, that turns the others away. It
 * draws by what a mutant is and not by its place in the list, so that a change elsewhere in the file leaves most of it as it was.
 */
export const SAMPLE = { seed: 1, size: 300 } as const;

/** Why a mutant that is not in the sample was not tried. */
export const NOT_DRAWN = 'not in the sample';

/** A mutant, as Stryker tells of it. */
export type Drawable = {
  id: string;
  fileName: string;
  mutatorName: string;
  replacement?: string;
  location: { start: { line: number; column: number } };
};

type Verdict = { status: 'passed' } | { status: 'compileError'; reason: string };

/** The ids of at most `size` of them, the same ones each time. */
export function draw(
  mutants: readonly Drawable[],
  { seed, size }: { seed: number; size: number },
): Set<string> {
  const lots = mutants.map((mutant) => ({ id: mutant.id, lot: lotOf(mutant, seed) }));
  lots.sort((a, b) => (a.lot < b.lot ? -1 : 1));
  return new Set(lots.slice(0, size).map(({ id }) => id));
}

const sample = {
  init: async (): Promise<void> => {},
  /** All at once: what is drawn depends on how many there are. */
  group: async (mutants: readonly Drawable[]): Promise<string[][]> => [mutants.map(({ id }) => id)],
  async check(mutants: readonly Drawable[]): Promise<Record<string, Verdict>> {
    const drawn = draw(mutants, SAMPLE);
    return Object.fromEntries(
      mutants.map(({ id }) => [
        id,
        drawn.has(id) ? { status: 'passed' } : { status: 'compileError', reason: NOT_DRAWN },
      ]),
    );
  },
};

export const strykerPlugins = [{ kind: 'Checker', name: 'sample', value: sample }];

function lotOf({ fileName, mutatorName, replacement, location }: Drawable, seed: number): string {
  const { line, column } = location.start;
  // Other folders have other names above the project.
  const place = fileName.replace(/^.*[\\/](?=(?:src|commands)[\\/])/, '').replaceAll('\\', '/');
  return createHash('sha256')
    .update([seed, place, line, column, mutatorName, replacement].join(' '))
    .digest('hex');
}
