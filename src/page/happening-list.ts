import type { Happened } from './serve/page-scene.ts';

/** What the bot just did and why, as Discord's markdown. */
export type ToldHappening = Omit<Happened, 'id'>;

const KEPT = 100;

/** The newest hundred happenings, for whoever opens the page later. */
export function createHappeningList() {
  let last = 0;
  let kept: readonly Happened[] = [];
  const listeners = new Set<(happened: Happened) => void>();
  return {
    /** Oldest first. */
    recent: () => kept,
    /** Returns how to stop. */
    listen(listener: (happened: Happened) => void) {
      listeners.add(listener);
      return () => {
        listeners.delete(listener);
      };
    },
    tell(happening: ToldHappening) {
      last += 1;
      const happened = { ...happening, id: last };
      kept = [...kept, happened].slice(-KEPT);
      for (const listener of listeners) listener(happened);
    },
  };
}
