import { type Clock, type Moment, momentOf } from '#src/foundation/clock.ts';
import type { InstantSpan } from '#src/pipeline/postman.ts';

/** By whose word: the `Date` of an answer, or the time in an id that Discord gave just now. */
type TimeTeller = 'date' | 'id';

/** What time it is by Discord's clock. This machine's may be wrong by any amount, and be set at any moment. */
export type DiscordTime = {
  /** Discord told this instant (UTC ms) just now. What is no instant is not heard. */
  heard(by: TimeTeller, instant: number): void;
  now(): InstantSpan;
};

/** An answer's date has whole seconds. */
const DATE_STEP_MS = 1000;
const DAY_MS = 86_400_000;
/** Whoever tells an earlier instant numbers in a way of their own. */
const NO_TIME_BEFORE = Date.UTC(2016);

/**
 * What was heard last, and what passed since: by the wall clock, which may be set, and as it would be if nobody had set it,
 * which misses the machine's sleep. Whoever seeks in the whole span, seeks in the right time.
 */
export function createDiscordTime(clock: Clock): DiscordTime {
  const heard = new Map<TimeTeller, { instant: number; moment: Moment }>();

  const spans = (): InstantSpan[] =>
    [...heard.values()].map(({ instant, moment }) => {
      const present = momentOf(clock);
      const passed = [present.wall, clock.expected(moment, present.elapsed)].map(
        (wall) => wall - moment.wall,
      );
      return {
        from: Math.floor(instant + Math.min(...passed)),
        until: Math.ceil(instant + Math.max(...passed)) + DATE_STEP_MS,
      };
    });

  return {
    heard(by, instant) {
      if (!(instant >= NO_TIME_BEFORE)) return;
      heard.set(by, { instant, moment: momentOf(clock) });
    },
    now() {
      const told = spans();
      if (told.length === 0) return { from: clock.now() - DAY_MS, until: clock.now() + DAY_MS };
      return {
        from: Math.min(...told.map(({ from }) => from)),
        until: Math.max(...told.map(({ until }) => until)),
      };
    },
  };
}

const DISCORD_EPOCH = 1_420_070_400_000;

/** When Discord gave an id (reference.mdx "Snowflakes"), UTC ms. */
export function instantOf(id: string): number {
  return Number(BigInt(id) >> 22n) + DISCORD_EPOCH;
}

/** The smallest id that Discord can have given at that instant (UTC ms). */
export function idAt(instant: number): string {
  return (BigInt(Math.max(0, Math.ceil(instant) - DISCORD_EPOCH)) << 22n).toString();
}
