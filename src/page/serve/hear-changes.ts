import { setImmediate as othersTurn } from 'node:timers/promises';
import type { PageScene } from './page-scene.ts';

/** Places change in bursts: a server is made, rights are set one by one. */
const PLACES_WAIT_MS = 100;

export type MessagePlace = { channelId: string; messageId: string };

/** What changed in the world and was not told yet. */
type HeardChanges = {
  /** Resolves when something is to be told, and at the latest when it was stopped. */
  next(): Promise<void>;
  /** Several changes to one message are one. */
  takeMessages(): MessagePlace[];
  /** Whether places, people, rights or tasks changed since they were taken. */
  readonly arePlacesOld: boolean;
  takePlaces(): void;
  stop(): void;
};

export function hearChanges({ driver, tasks }: Pick<PageScene, 'driver' | 'tasks'>): HeardChanges {
  const messages = new Map<string, MessagePlace>();
  let arePlacesOld = false;
  let later: NodeJS.Timeout | undefined;
  let bell = Promise.withResolvers<void>();
  const ring = () => bell.resolve();

  const changePlaces = () => {
    arePlacesOld = true;
    later ??= setTimeout(ring, PLACES_WAIT_MS);
  };
  const stops = [
    tasks.onChange(changePlaces),
    driver.hear((heard) => {
      if (heard.kind === 'place') return changePlaces();
      if (!('messageId' in heard)) return;
      const { channelId, messageId } = heard;
      messages.set(`${channelId} ${messageId}`, { channelId, messageId });
      ring();
    }),
  ];

  return {
    async next() {
      await bell.promise;
      bell = Promise.withResolvers();
      // Whoever changes something changes more in the same breath.
      await othersTurn();
    },
    takeMessages() {
      const taken = [...messages.values()];
      messages.clear();
      return taken;
    },
    get arePlacesOld() {
      return arePlacesOld;
    },
    takePlaces() {
      arePlacesOld = false;
      clearTimeout(later);
      later = undefined;
    },
    stop() {
      for (const stop of stops) stop();
      clearTimeout(later);
      ring();
    },
  };
}
