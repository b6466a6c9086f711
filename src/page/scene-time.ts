import type { SceneClock } from '#src/foundation/scene-clock.ts';
import type { SceneTime } from './protocol.ts';

/** The time of a scene, in the hands of whoever watches it. */
type SceneTimeControl = {
  state(): SceneTime;
  /** 0: it stands still. Whoever is under way stays where the scene is. */
  setSpeed(speed: number): void;
  /** Goes to the next poll; resolves when all that it brings has happened. */
  toNextPoll(): Promise<void>;
  /**
   * Goes to the next digest from poll to poll, so that everything on the way happens at its own time. Resolves when it was
   * posted, at once where none is due, and where it stopped when it was called off.
   */
  toNextDigest(): Promise<void>;
  /** Hears of every change of speed, every leap, and when somebody sets out or arrives. Returns how to stop listening. */
  onChange(listener: () => void): () => void;
  /** Calls off what is under way; resolves when nothing is. */
  stop(): Promise<void>;
};

type Deps = {
  clock: SceneClock;
  /** When the sample days are over; instants are UTC ms. */
  endsAt: number;
  /** Null where there is none. */
  nextPollAt(): number | null;
  nextDigestAt(): number | null;
  /** Resolves when all that is due has happened. */
  settled(): Promise<void>;
};

type Way = { to: number; isCalledOff: boolean; arrived: Promise<void> };

/** One is under way at a time: who sets out calls off the one before. */
export function createSceneTime({
  clock,
  endsAt,
  nextPollAt,
  nextDigestAt,
  settled,
}: Deps): SceneTimeControl {
  const listeners = new Set<() => void>();
  let way: Way | null = null;

  const tell = (): void => {
    for (const listener of [...listeners]) listener();
  };
  const goFrom = async (own: Way): Promise<void> => {
    while (clock.now() < own.to && !own.isCalledOff) {
      clock.jumpTo(Math.min(nextPollAt() ?? own.to, own.to));
      await settled();
    }
  };
  const stop = async (): Promise<void> => {
    if (way === null) return;
    way.isCalledOff = true;
    // Whoever set out hears of what went wrong.
    await way.arrived.catch(() => {});
  };
  const setOut = async (next: () => number | null): Promise<void> => {
    await stop();
    const to = next();
    if (to === null) return;
    const own: Way = { to, isCalledOff: false, arrived: Promise.resolve() };
    way = own;
    own.arrived = goFrom(own).finally(() => {
      if (way === own) way = null;
      tell();
    });
    return own.arrived;
  };

  clock.onChange(tell);
  return {
    state: () => ({
      ...{ now: clock.now(), speed: clock.speed(), nextPollAt: nextPollAt(), nextDigestAt: nextDigestAt() },
      ...{ endsAt, isOver: clock.now() >= endsAt, goingTo: way?.to ?? null },
    }),
    setSpeed(speed) {
      if (way !== null) way.isCalledOff = true;
      clock.setSpeed(speed);
    },
    toNextPoll: () => setOut(nextPollAt),
    toNextDigest: () => setOut(nextDigestAt),
    onChange(listener) {
      listeners.add(listener);
      return () => {
        listeners.delete(listener);
      };
    },
    stop,
  };
}
