import type { Scene } from '../../protocol.ts';
import type { Pickable } from '../../typed-command.ts';

/** Everybody and everything that the viewer can pick in a server; in direct messages the two who talk there. */
export function pickablesIn(scene: Scene, serverId: string | null): readonly Pickable[] {
  const server = scene.servers.find(({ id }) => id === serverId);
  const people = server?.members ?? [scene.viewer, scene.bot];
  return [
    ...people.map(({ id, name }): Pickable => ({ id, name, of: 'user', channelKind: null })),
    ...(server?.roles ?? []).map(({ id, name }): Pickable => ({ id, name, of: 'role', channelKind: null })),
    ...(server?.places ?? []).map(
      ({ id, name, kind }): Pickable => ({ id, name, of: 'channel', channelKind: kind }),
    ),
  ];
}

/** As it is written in a chat: `#vision`, `@Ana`. */
export function signedName({ of, name, channelKind }: Pickable): string {
  if (of !== 'channel') return name.startsWith('@') ? name : `@${name}`;
  return channelKind === 'category' || channelKind === 'voice' ? name : `#${name}`;
}

/** What it is, in a word, for lists in which names alone do not tell. */
export function kindWord({ of, channelKind }: Pickable): string {
  if (of === 'user') return 'Member';
  if (of === 'role') return 'Role';
  return channelKind === null ? 'Channel' : CHANNEL_WORDS[channelKind];
}

const CHANNEL_WORDS = {
  text: 'Text channel',
  announcement: 'Announcement channel',
  forum: 'Forum',
  category: 'Category',
  voice: 'Voice channel',
  thread: 'Thread',
  direct: 'Direct message',
} as const;
