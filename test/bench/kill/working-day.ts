import { type Clock, runsAsElapsed, systemClock } from '#src/foundation/clock.ts';
import { isWeekend, openBatchDay } from '#src/source/batch-day.ts';

const DAY_MS = 24 * 3_600_000;
/** The longest run. */
const AHEAD_MS = 3_600_000;

/**
 * How far before this machine's time the run takes place, ms: on weekends Hugging Face's batch is read hourly, so next to
 * nothing would happen while the bot lives. Whole days; 0 on a working day.
 */
export const EARLIER_MS = earlier(Date.now());

/** The time of day as it is, of a working day. */
export const workingDay: Clock = { ...systemClock, ...runsAsElapsed(now), now };

function now(): number {
  return Date.now() - EARLIER_MS;
}

function earlier(machineTime: number): number {
  const isQuiet = (at: number) => isWeekend(openBatchDay(at)) || isWeekend(openBatchDay(at + AHEAD_MS));
  let days = 0;
  while (isQuiet(machineTime - days * DAY_MS)) days++;
  return days * DAY_MS;
}
