import { type Clock, runsAsElapsed } from '#src/foundation/clock.ts';

/** A clock of these parts, whose wall goes on as time elapses; nobody sleeps where nothing else is said. */
export const plainClock = ({
  now,
  elapsed,
  sleep = async () => {},
}: Pick<Clock, 'now' | 'elapsed'> & Partial<Clock>): Clock => ({
  ...{ now, elapsed, sleep },
  ...runsAsElapsed(now),
});
