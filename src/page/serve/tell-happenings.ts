import type { ShownHappening, Viewer } from '../protocol.ts';
import { readText } from '../show/text.ts';
import type { EventStream } from './event-stream.ts';
import type { Happened, PageScene } from './page-scene.ts';

/** Tells what Paperboy did lately and does from now on. Returns how to stop. */
export function tellHappenings(
  scene: PageScene,
  viewer: Viewer,
  stream: Pick<EventStream, 'tell'>,
): () => void {
  const tell = (happened: Happened) =>
    stream.tell({ told: 'happening', happening: shown(scene, viewer, happened) });
  for (const happened of scene.happenings.recent()) tell(happened);
  return scene.happenings.listen(tell);
}

function shown({ world }: PageScene, viewer: Viewer, happened: Happened): ShownHappening {
  const { id, at, link, markdown } = happened;
  return { id, at, link, text: readText(markdown, { world, viewerId: viewer.id, guild: null, calls: null }) };
}
