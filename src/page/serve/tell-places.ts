import { takeBreaths } from '#src/foundation/breath.ts';
import { systemClock } from '#src/foundation/clock.ts';
import type { Viewer } from '../protocol.ts';
import { showMessage } from '../show/message.ts';
import { seesMessage } from '../show/sight.ts';
import type { EventStream } from './event-stream.ts';
import { hearChanges, type MessagePlace } from './hear-changes.ts';
import type { PageScene } from './page-scene.ts';
import { placesOfMessages, sceneFor, seenLog, showLog } from './seen-places.ts';

/**
 * Tells one person the places that they see with their newest messages, then what changes, until the stream ends. The scene
 * itself is told at once. A slow reader is told less often: of several changes to a message the last.
 */
export async function tellPlaces(scene: PageScene, viewer: Viewer, stream: EventStream): Promise<void> {
  const { world } = scene;
  const breathe = takeBreaths(systemClock);
  const changes = hearChanges(scene);
  stream.onEnd(changes.stop);
  /** Places whose messages were told. */
  let told: ReadonlySet<string> = new Set();

  /** `news`: what is told right after as a message, so that it counts as unread. */
  const tellScene = async (news?: MessagePlace) => {
    changes.takePlaces();
    const shown = sceneFor(scene, viewer);
    stream.tell({ told: 'scene', scene: shown });
    const ids = placesOfMessages(shown).map(({ id }) => id);
    const fresh = ids.filter((id) => !told.has(id));
    told = new Set(ids);
    for (const channelId of fresh) {
      const before = channelId === news?.channelId ? news.messageId : null;
      const log = await showLog(world, viewer.id, seenLog(world, viewer.id, channelId, before));
      stream.tell({ told: 'messages', channelId, ...log });
      await stream.taken();
    }
  };

  const tellMessage = ({ channelId, messageId }: MessagePlace) => {
    if (!told.has(channelId)) return;
    const message = world.channels.get(channelId)?.messages.get(messageId);
    if (!message) stream.tell({ told: 'gone', channelId, messageId });
    else if (seesMessage(world, message, viewer.id))
      stream.tell({ told: 'message', message: showMessage(world, message, viewer.id) });
  };

  await tellScene();
  while (stream.isOpen) {
    await changes.next();
    for (const place of changes.takeMessages()) {
      if (!told.has(place.channelId) && changes.arePlacesOld) await tellScene(place);
      tellMessage(place);
      await breathe();
      await stream.taken();
    }
    if (changes.arePlacesOld) await tellScene();
  }
}
