import { takeBreaths } from '#src/foundation/breath.ts';
import { systemClock } from '#src/foundation/clock.ts';
import type { Message } from '#src/sandbox/world/message.ts';
import type { World } from '#src/sandbox/world/world.ts';
import type { EarlierMessages, PageMessage, Place, Scene, Viewer } from '../protocol.ts';
import { showMessage } from '../show/message.ts';
import { showDirects, showServers } from '../show/scene.ts';
import { seesMessage } from '../show/sight.ts';
import type { PageScene } from './page-scene.ts';

/** How many messages come at once. */
const AT_ONCE = 50;

/** The scene as one person sees it. */
export function sceneFor({ sceneId, world, people, tasks }: PageScene, viewer: Viewer): Scene {
  return {
    id: sceneId,
    viewer: { id: viewer.id, name: viewer.name, isBot: viewer.isBot },
    people,
    bot: { id: world.bot.id, name: world.bot.displayName, isBot: true },
    servers: showServers(world, viewer.id),
    directs: showDirects(world, viewer.id),
    tasks: tasks.list(),
  };
}

/** Where messages stand. */
export function placesOfMessages({ servers, directs }: Pick<Scene, 'servers' | 'directs'>): Place[] {
  const all = [...servers.flatMap(({ places }) => places), ...directs];
  return all.filter(({ kind }) => kind !== 'category' && kind !== 'forum');
}

type Log = { messages: readonly Message[]; hasEarlier: boolean };

/** The newest messages of a place, or those before one, oldest first, that this person sees. */
export function seenLog(
  world: World,
  viewerId: string,
  channelId: string,
  before: string | null = null,
): Log {
  const newestFirst: Message[] = [];
  for (const message of backwards(world, channelId, before)) {
    if (!seesMessage(world, message, viewerId)) continue;
    if (newestFirst.push(message) > AT_ONCE) break;
  }
  const messages = newestFirst.slice(0, AT_ONCE).reverse();
  return { messages, hasEarlier: newestFirst.length > AT_ONCE };
}

/** The messages as that person sees them; everybody else has a turn meanwhile. */
export async function showLog(world: World, viewerId: string, log: Log): Promise<EarlierMessages> {
  const breathe = takeBreaths(systemClock);
  const messages: PageMessage[] = [];
  for (const message of log.messages) {
    messages.push(showMessage(world, message, viewerId));
    await breathe();
  }
  return { messages, hasEarlier: log.hasEarlier };
}

function* backwards(world: World, channelId: string, before: string | null): Generator<Message> {
  const log = world.channels.get(channelId)?.messages;
  for (let at = before; log !== undefined; ) {
    const page = log.page(at === null ? {} : { before: at }, AT_ONCE);
    if (page.length === 0) return;
    yield* page;
    at = page[page.length - 1].id;
  }
}
