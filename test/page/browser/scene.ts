import type { PageMessage, Place, Scene, Server, Viewer } from '#src/page/protocol.ts';

const PEOPLE: readonly Viewer[] = [
  { id: '1', name: 'Ana', isBot: false, role: 'member' },
  { id: '2', name: 'Mo', isBot: false, role: 'moderator' },
];
const BOT = { id: '3', name: 'Paperboy', isBot: true };

/** A place of the server `lab`, a text channel unless something else is said. */
export function place(more: Partial<Place>): Place {
  return {
    id: '10',
    serverId: 'lab',
    name: 'vision',
    kind: 'text',
    parentId: null,
    topic: null,
    isArchived: false,
    mayWrite: true,
    botLacks: [],
    tags: [],
    lastMessageId: null,
    ...more,
  };
}

/** A message of the bot. */
export function message(more: Partial<PageMessage>): PageMessage {
  return {
    id: '100',
    channelId: '10',
    author: BOT,
    at: 0,
    editedAt: null,
    content: [],
    embeds: [],
    parts: [],
    files: [],
    poll: null,
    isEphemeral: false,
    isThinking: false,
    asked: null,
    replyTo: null,
    thread: null,
    pings: false,
    push: null,
    ...more,
  };
}

type Asked = {
  id?: string;
  places: readonly Place[];
  viewer?: string;
  others?: readonly Pick<Server, 'id' | 'name' | 'places'>[];
  directs?: readonly Place[];
};

/** A scene with these places in its server `Sandbox Lab`, looked at as Ana unless somebody else is named. */
export function scene({ id = 'scene', places, viewer = 'Ana', others = [], directs = [] }: Asked): Scene {
  const servers = [{ id: 'lab', name: 'Sandbox Lab', places }, ...others];
  return {
    id,
    viewer: PEOPLE.find(({ name }) => name === viewer) ?? PEOPLE[0],
    people: PEOPLE,
    bot: BOT,
    servers: servers.map((server) => ({ ...server, roles: [], members: [] })),
    directs,
    tasks: [],
  };
}
