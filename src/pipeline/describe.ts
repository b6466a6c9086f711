import type { Archive } from '#src/archive/archive.ts';
import type { Clock } from '#src/foundation/clock.ts';
import { FatalError } from '#src/foundation/failure.ts';
import type { Log } from '#src/foundation/log.ts';
import type { Source } from '#src/source/source.ts';

type Deps = { archive: Archive; clock: Clock; log: Log; isStopping?(): boolean };

/** How many ids one arXiv request may describe. */
const AT_ONCE = 100;
/** After a request that failed as a whole: a few at a time, so that one odd id cannot stand in front of all for ever. */
const FEW = 10;
const FIRST_REST = 60_000;
const LONGEST_REST = 3_600_000;

/**
 * Hugging Face's lists carry no categories, and arXiv's feeds no comments, which tell where a paper was accepted: arXiv is
 * asked for papers that lack them, until none is left that may be asked for. An arXiv that does not answer is asked again
 * after a minute, then ever more rarely, at least hourly.
 */
export function createDescriber(sources: readonly Source[], { archive, clock, log, isStopping }: Deps) {
  const arxiv = sources.find((source) => source.describe !== undefined);
  let atOnce = AT_ONCE;
  let failures = 0;
  let restsUntil = Number.NEGATIVE_INFINITY;

  const rest = (): void => {
    atOnce = FEW;
    restsUntil = clock.elapsed() + Math.min(FIRST_REST * 2 ** failures++, LONGEST_REST);
  };
  const rested = (): void => {
    atOnce = AT_ONCE;
    failures = 0;
  };
  const lacking = async (limit: number): Promise<string[]> => {
    if (clock.elapsed() < restsUntil) return [];
    const ids = await archive.lackingCategories(limit, clock.now());
    return ids.length > 0 ? ids : await archive.lackingComments(limit, clock.now());
  };

  /** How many papers were described; null when there was nothing to ask for, or no answer. */
  const describeSome = async (): Promise<number | null> => {
    const ids = await lacking(atOnce);
    if (!arxiv?.describe || ids.length === 0) return null;
    try {
      const { changed, refused } = await archive.describe(await arxiv.describe(ids), arxiv.name, clock.now());
      await archive.noteAsked(ids, clock.now());
      rested();
      if (refused.length > 0)
        log.warn({ source: arxiv.name, refused }, 'descriptions of papers could not be kept');
      return changed.length;
    } catch (error) {
      if (error instanceof FatalError) throw error;
      // What is given up at the end is nobody's fault.
      if (isStopping?.()) return null;
      rest();
      log.warn({ source: arxiv.name, err: error }, 'categories and comments could not be asked for');
      return null;
    }
  };

  return {
    /** Whether there is anything to ask for. */
    isWanted: async (): Promise<boolean> => arxiv !== undefined && (await lacking(1)).length > 0,
    describeSome,
  };
}
