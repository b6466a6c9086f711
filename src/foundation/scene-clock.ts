import { type Clock, systemClock } from './clock.ts';

/**
 * A scene's time: `now()` runs at a speed that people choose, while `elapsed()` and `sleep` stay real. So what happens in the
 * scene hurries, and connections, rate limits and answers go on as ever. Setting the machine's clock does not move it.
 */
export type SceneClock = Clock & {
  /** How many times faster than real time; 0 while it stands still. */
  speed(): number;
  setSpeed(speed: number): void;
  /** Goes on from that instant, UTC ms. The scene never goes back: an instant that has come changes nothing. */
  jumpTo(instant: number): void;
  /** Hears of every change of speed and every jump, right after it. Returns how to stop listening. */
  onChange(listener: () => void): () => void;
};

/** From `elapsed` on the scene went on from `wall` at that speed. */
type Stretch = { elapsed: number; wall: number; speed: number };

type Scene = { startsAt: number; speed: number; base?: Pick<Clock, 'elapsed' | 'sleep'> };

/** Nobody asks for what was before the last hundred changes. */
const STRETCHES_KEPT = 100;

export function createSceneClock({ startsAt, speed, base = systemClock }: Scene): SceneClock {
  const stretches: Stretch[] = [{ elapsed: base.elapsed(), wall: startsAt, speed }];
  const listeners = new Set<() => void>();

  const last = (): Stretch => stretches[stretches.length - 1];
  const wallAt = (elapsed: number): number => {
    const stretch = stretches.findLast((one) => one.elapsed <= elapsed) ?? stretches[0];
    return stretch.wall + (elapsed - stretch.elapsed) * stretch.speed;
  };
  // Instants are kept in whole milliseconds.
  const now = (): number => Math.floor(wallAt(base.elapsed()));
  const goOn = (to: { wall?: number; speed?: number }): void => {
    const elapsed = base.elapsed();
    stretches.push({ elapsed, wall: wallAt(elapsed), speed: last().speed, ...to });
    if (stretches.length > STRETCHES_KEPT) stretches.shift();
    for (const listener of [...listeners]) listener();
  };

  return {
    now,
    elapsed: base.elapsed,
    sleep: base.sleep,
    expected: (_, elapsed) => Math.floor(wallAt(elapsed)),
    untilWall(instant) {
      const rest = instant - wallAt(base.elapsed());
      return rest <= 0 ? rest : rest / last().speed;
    },
    speed: () => last().speed,
    setSpeed(to) {
      if (!(to >= 0 && Number.isFinite(to))) throw new RangeError(`a scene cannot run at a speed of ${to}`);
      if (to !== last().speed) goOn({ speed: to });
    },
    jumpTo(instant) {
      if (instant > wallAt(base.elapsed())) goOn({ wall: instant });
    },
    onChange(listener) {
      listeners.add(listener);
      return () => {
        listeners.delete(listener);
      };
    },
  };
}
