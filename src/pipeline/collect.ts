import type { Archive } from '#src/archive/archive.ts';
import type { Clock } from '#src/foundation/clock.ts';
import { OutsideError } from '#src/foundation/failure.ts';
import type { Log } from '#src/foundation/log.ts';
import type { Source } from '#src/source/source.ts';

/** How many ids one arXiv request may describe. */
const DESCRIBED_AT_ONCE = 100;

/**
 * What one collection brought; a failed list is a problem, not an exception. `gap`: the longest time (ms) since a daily
 * list that was read now had been read before: how much was missed of a source that was down.
 */
export type Collected = { looks: number; papers: number; gap: number; problems: readonly string[] };

/**
 * Looks at every source and keeps what it shows, look by look: a source that hangs or fails holds nothing back,
 * and a crash loses at most the look in hand, which the next run sees again.
 */
export async function collect(house: {
  sources: readonly Source[];
  archive: Archive;
  clock: Clock;
  log: Log;
}): Promise<Collected> {
  const before = dailyLists(house.archive);
  const perSource = await Promise.all(house.sources.map((source) => collectFrom(source, house)));
  const problems = [...perSource.flatMap(({ problems }) => problems), ...(await describeNewcomers(house))];
  return {
    looks: perSource.reduce((sum, { looks }) => sum + looks, 0),
    papers: new Set(perSource.flatMap(({ papers }) => papers)).size,
    gap: longestGap(before, dailyLists(house.archive)),
    problems,
  };
}

/** When each source's daily lists were last read. */
function dailyLists(archive: Archive): Map<string, number> {
  const daily = archive.health().filter(({ list }) => list === 'daily');
  return new Map(daily.map(({ source, succeededAt }) => [source, succeededAt ?? 0]));
}

function longestGap(before: Map<string, number>, after: Map<string, number>): number {
  const gaps = [...after].map(([source, at]) => at - (before.get(source) || at));
  return Math.max(0, ...gaps);
}

async function collectFrom(
  source: Source,
  { archive, clock, log }: { archive: Archive; clock: Clock; log: Log },
): Promise<{ looks: number; papers: string[]; problems: string[] }> {
  const brought = { looks: 0, papers: [] as string[], problems: [] as string[] };
  for await (const look of source.looks(clock.now())) {
    archive.noteLook(look);
    if ('failed' in look) {
      log.warn({ source: look.source, list: look.list, key: look.key, reason: look.reason }, 'a list failed');
      brought.problems.push(look.reason);
      continue;
    }
    const { fresh, changed } = archive.keep(look);
    brought.looks++;
    brought.papers.push(...look.sightings.map(({ paper }) => paper.id));
    log.debug(
      { source: look.source, list: look.list, key: look.key, fresh: fresh.length, changed: changed.length },
      'a list was read',
    );
  }
  return brought;
}

/** Hugging Face's lists carry no categories: arXiv is asked once a day at most for papers that lack them. */
async function describeNewcomers({
  sources,
  archive,
  clock,
  log,
}: {
  sources: readonly Source[];
  archive: Archive;
  clock: Clock;
  log: Log;
}): Promise<string[]> {
  const arxiv = sources.find((source) => source.describe !== undefined);
  const ids = archive.lackingCategories(DESCRIBED_AT_ONCE, clock.now());
  if (!arxiv?.describe || ids.length === 0) return [];
  try {
    const described = await arxiv.describe(ids);
    archive.describe(described);
    archive.noteAsked(ids, clock.now());
    return [];
  } catch (error) {
    if (!(error instanceof OutsideError)) throw error;
    log.warn({ err: error }, 'categories could not be asked for');
    return [error.message];
  }
}
