import type { Clock } from '#src/foundation/clock.ts';
import type { Log } from '#src/foundation/log.ts';
import type { Poll } from '#src/paper/sighting.ts';
import type { Source } from '#src/source/source.ts';
import { type AskedSource, askOneSource } from './ask-one-source.ts';

type Deps = { clock: Clock; log: Log; closing?: AbortSignal };

/** A source that takes longer than this is not waited for: the next is asked beside it. */
const HEAD_START_MS = 400;

/**
 * One paper, from the first source that knows it. Each has a head start before the next, which need not be asked where the
 * first is quick; two that take 0.7 s each have answered after 1.1 s. Who has not answered when it is found is let go, and
 * is no part of the answer. Never throws OutsideError.
 */
export async function askInTurn(deps: Deps, sources: readonly Source[], id: string): Promise<AskedSource[]> {
  const found = new AbortController();
  const answers: AskedSource[] = [];

  const askOne = async (source: Source): Promise<void> => {
    const ask = async (signal: AbortSignal) => onlyOf(id, (await source.find?.(id, signal)) ?? null);
    const answer = await askOneSource(deps, source, ask, found.signal);
    if (found.signal.aborted) return;
    answers.push(answer);
    if (answer.said.kind === 'found') found.abort(FOUND);
  };

  const askFrom = async ([source, ...others]: readonly Source[]): Promise<void> => {
    if (!source || found.signal.aborted) return;
    const asking = askOne(source);
    const answered = new AbortController();
    const headStart = deps.clock.sleep(HEAD_START_MS, answered.signal).catch(() => {});
    await Promise.race([asking, headStart]);
    answered.abort(FOUND);
    await Promise.all([asking, askFrom(others)]);
  };

  await askFrom(sources);
  return sources.flatMap((source) => answers.find((answer) => answer.source === source) ?? []);
}

/** A source may answer with another paper: that is none of this id. */
function onlyOf(id: string, poll: Poll | null): Poll | null {
  return poll && { ...poll, sightings: poll.sightings.filter(({ paper }) => paper.id === id) };
}

/** A reason of our own: without one each abort makes an error with a stack. */
const FOUND = 'found';
