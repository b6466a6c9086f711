import { setImmediate } from 'node:timers/promises';

/** What a search has done since its last break, and before it, in steps along a list: whoever does more than a step counts it. */
export type Work = { steps: number; all: number };

/** Steps between two breaks: about a millisecond's work. */
const STEPS_A_SLICE = 20_000;
/** Steps a question may take in all: about a second's work, many times what questions usually take. */
const STEPS_A_QUESTION = 20_000_000;

export function isDueABreak(work: Work): boolean {
  return work.steps > STEPS_A_SLICE;
}

/** Ends a slice: others have their turn. */
export function* takeBreath(work: Work): Generator<void> {
  work.all += work.steps;
  work.steps = 0;
  yield;
}

/** Whether the question asked for more work than one may. */
export function isTooMuch(work: Work): boolean {
  return work.all > STEPS_A_QUESTION;
}

/** Does the work, others having their turn between its slices. */
export async function inSlices<T>(work: Generator<void, T>): Promise<T> {
  for (let slice = work.next(); ; slice = work.next()) {
    if (slice.done) return slice.value;
    await setImmediate();
  }
}

/** Does the work at once. */
export function atOnce<T>(work: Generator<void, T>): T {
  for (let slice = work.next(); ; slice = work.next()) if (slice.done) return slice.value;
}
