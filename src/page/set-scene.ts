import type { Log } from '#src/foundation/log.ts';
import { reachOf } from '#src/foundation/network-place.ts';
import { createSceneClock, type SceneClock } from '#src/foundation/scene-clock.ts';
import { type OpenScene, openScene } from './scene.ts';

/** Somebody wants the scene from its beginning. */
const AGAIN = 'start again';

/** The scene of `npm start` without a token, and the time that it goes by. */
export type RunningScene = OpenScene & {
  clock: SceneClock;
  /** Resolves when somebody wants it from its beginning. */
  wantedAgain: Promise<typeof AGAIN>;
};

/** `startsAt`, `endsAt`: the scene's own time, UTC ms. `host`: where the page is shown. `write`: to the terminal. */
type Setting = {
  startsAt: number;
  endsAt: number;
  host: string;
  hasPage: boolean;
  remarks: readonly string[];
  log: Log;
  write(text: string): void;
};

/** Whoever reaches the page is its moderator and its owner. */
const NOT_FOR_ALL =
  'There is no page, because HTTP_ADDRESS is not of this machine alone: set it to 127.0.0.1:8080 for one.';
const isLoopback = (host: string): boolean => host === 'localhost' || reachOf(host) === 'loopback';

/** Its time stands still until it plays. */
export async function setScene({
  startsAt,
  endsAt,
  host,
  hasPage,
  remarks,
  log,
  write,
}: Setting): Promise<RunningScene> {
  const clock = createSceneClock({ startsAt, speed: 0 });
  const wantedAgain = Promise.withResolvers<typeof AGAIN>();
  const scene = await openScene({
    ...{ clock, endsAt, log },
    ...(isLoopback(host) ? { hasPage, remarks } : { hasPage: false, remarks: [...remarks, NOT_FOR_ALL] }),
    terminal: { write, input: process.stdin },
    again: () => wantedAgain.resolve(AGAIN),
  });
  return { ...scene, clock, wantedAgain: wantedAgain.promise };
}
