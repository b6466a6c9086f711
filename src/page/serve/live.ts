import type { ServerResponse } from 'node:http';
import { createContain } from '#src/foundation/contain.ts';
import type { Viewer } from '../protocol.ts';
import { type EventStream, openEventStream } from './event-stream.ts';
import type { PageScene } from './page-scene.ts';
import { tellHappenings } from './tell-happenings.ts';
import { tellPlaces } from './tell-places.ts';
import { tellTime } from './tell-time.ts';

/** Browsers and what stands between take a silent connection for a dead one. */
const ALIVE_EVERY_MS = 15_000;

/** Everybody who looks at the scene just now. */
export type Live = {
  /** Answers with what that person sees, from the beginning and for as long as somebody reads it. */
  follow(viewer: Viewer, response: ServerResponse): void;
  close(): void;
};

export function createLive(scene: PageScene): Live {
  const contain = createContain(scene.log, () => {});
  const open = new Set<EventStream>();
  return {
    follow(viewer, response) {
      const stream = openEventStream(response);
      open.add(stream);
      stream.onEnd(() => open.delete(stream));
      void contain({}, 'the page could not be told of the scene', () =>
        tellEverything(scene, viewer, stream),
      );
    },
    close() {
      for (const stream of open) stream.end();
    },
  };
}

/** Whoever cannot be told begins again: the browser does so by itself. */
async function tellEverything(scene: PageScene, viewer: Viewer, stream: EventStream): Promise<void> {
  const saying = setInterval(stream.sayAlive, ALIVE_EVERY_MS);
  stream.onEnd(() => clearInterval(saying));
  try {
    // The page takes nothing in before it knows the scene, which is told first and at once.
    await Promise.all([tellPlaces(scene, viewer, stream), tellAround(scene, viewer, stream)]);
  } catch (error) {
    stream.end();
    throw error;
  }
}

async function tellAround(scene: PageScene, viewer: Viewer, stream: EventStream): Promise<void> {
  stream.onEnd(tellTime(scene, stream));
  stream.onEnd(tellHappenings(scene, viewer, stream));
}
