import type { Archive } from '#src/archive/archive.ts';
import type { Clock } from '#src/foundation/clock.ts';
import { OutsideError } from '#src/foundation/failure.ts';
import type { Log } from '#src/foundation/log.ts';
import type { Source } from '#src/source/source.ts';

/** How many ids one arXiv request may describe. */
const DESCRIBED_AT_ONCE = 100;

/** What one reading of a source brought; a failed list is a problem, not an exception. */
export type Collected = { looks: number; problems: readonly string[] };

type Rooms = { archive: Archive; clock: Clock; log: Log };

/**
 * Looks at a source and keeps what it shows, look by look: a list that hangs or fails holds nothing back, and a
 * crash loses at most the look in hand, which the next reading sees again. `onLate` is called before anything is kept that
 * was missed and is read late.
 */
export async function collect(
  source: Source,
  { archive, clock, log }: Rooms,
  onLate: () => void = () => {},
): Promise<Collected> {
  const brought = { looks: 0, problems: [] as string[] };
  for await (const look of source.looks(clock.now())) {
    archive.noteLook(look);
    const { source: name, list, key } = look;
    if ('failed' in look) {
      log.warn({ source: name, list, key, reason: look.reason }, 'a list failed');
      brought.problems.push(look.reason);
      continue;
    }
    if (look.late) onLate();
    const { fresh, changed } = archive.keep(look);
    brought.looks++;
    log.debug({ source: name, list, key, fresh: fresh.length, changed: changed.length }, 'a list was read');
  }
  return brought;
}

/**
 * Hugging Face's lists carry no categories: arXiv is asked for papers that lack them, once a day for each.
 * Returns how many papers were described; an arXiv that does not answer is asked again another time.
 */
export async function describeNewcomers(
  sources: readonly Source[],
  { archive, clock, log }: Rooms,
): Promise<number> {
  const arxiv = sources.find((source) => source.describe !== undefined);
  const ids = archive.lackingCategories(DESCRIBED_AT_ONCE, clock.now());
  if (!arxiv?.describe || ids.length === 0) return 0;
  try {
    const described = archive.describe(await arxiv.describe(ids));
    archive.noteAsked(ids, clock.now());
    return described.length;
  } catch (error) {
    if (!(error instanceof OutsideError)) throw error;
    log.warn({ err: error }, 'categories could not be asked for');
    return 0;
  }
}
