import type { Place } from '../../protocol.ts';
import { isOpenable, placeOf, type State } from '../state.ts';

/** How a place is named where it stands alone: `#vision`, or the name of a thread or a person. */
export function placeName({ kind, name }: Place): string {
  return kind === 'text' || kind === 'announcement' || kind === 'forum' ? `#${name}` : name;
}

export const KIND_WORDS: Readonly<Record<Place['kind'], string>> = {
  text: 'text channel',
  announcement: 'announcement channel',
  forum: 'forum',
  category: 'category',
  voice: 'voice channel',
  thread: 'thread',
  direct: 'direct message',
};

type Unread = State['unread'];

/** The rows of a server's list: without archived threads and without posts of forums, unless they are open or have news. */
export function listedPlaces(
  places: readonly Place[],
  openId: string | null,
  unread: Unread,
): readonly Place[] {
  const forums = new Set(places.filter(({ kind }) => kind === 'forum').map(({ id }) => id));
  return places.filter(({ id, kind, isArchived, parentId }) => {
    if (kind !== 'thread' || id === openId || unread.has(id)) return true;
    return !isArchived && !forums.has(parentId ?? '');
  });
}

/** The place that many rows further in the list, round its ends. */
export function placeBeside(rows: readonly Place[], openId: string | null, step: 1 | -1): Place | null {
  const openable = rows.filter(isOpenable);
  const at = openable.findIndex(({ id }) => id === openId);
  return openable.at((at + step) % openable.length) ?? null;
}

/** How many messages of these places are unread, and how many of them call the viewer. */
export function unreadIn(places: readonly Place[], unread: Unread): { messages: number; pings: number } {
  const found = places.flatMap(({ id }) => unread.get(id) ?? []);
  return { messages: found.length, pings: found.filter(({ pings }) => pings).length };
}

/** `3 unread, 1 of them calls you`; empty where nothing is. */
export function unreadWords({ messages, pings }: { messages: number; pings: number }): string {
  if (messages === 0) return '';
  if (pings === 0) return `${messages} unread`;
  return `${messages} unread, ${pings} of them ${pings === 1 ? 'calls' : 'call'} you`;
}

/** The title of the tab: `(2) #vision · Paperboy sandbox`. */
export function pageTitle(state: State): string {
  const { scene, placeId, unread } = state;
  const place = placeOf(state, placeId);
  const all = scene ? [...scene.servers.flatMap(({ places }) => places), ...scene.directs] : [];
  const { messages } = unreadIn(all, unread);
  const name = place ? `${placeName(place)} · Paperboy sandbox` : 'Paperboy sandbox';
  return messages > 0 ? `(${messages}) ${name}` : name;
}
