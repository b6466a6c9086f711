import type {
  Modal,
  OfferedCommand,
  PageMessage,
  Place,
  Scene,
  SceneTime,
  Server,
  ShownHappening,
  Told,
} from '../protocol.ts';

/** What the page knows. Pure values: each change makes a new one. */
export type State = {
  connection: 'connecting' | 'live' | 'lost';
  /** Whether the page is before the viewer's eyes; false: its tab is hidden. */
  isLooking: boolean;
  scene: Scene | null;
  time: SceneTime | null;
  /** When `time` was told, by the page's own clock (`performance.now()`). */
  timeHeardAt: number;
  /** The scene's minute that runs, by its beginning; null before its time is known. */
  sceneMinute: number | null;
  /** The open place; null: there is none. */
  placeId: string | null;
  logs: ReadonlyMap<string, PlaceLog>;
  /** What came while its place was not open or not before the viewer's eyes, by place, oldest first. */
  unread: ReadonlyMap<string, readonly PageMessage[]>;
  /** The first message of the open place that was unread when the viewer came to it. */
  newFrom: string | null;
  /** Newest last, a hundred at most. */
  happenings: readonly ShownHappening[];
  modal: { modal: Modal; channelId: string } | null;
  /** What the composer shall be filled with; null: nothing. */
  draft: string | null;
  /** The commands that the viewer is offered, by places that were open. */
  offered: ReadonlyMap<string, readonly OfferedCommand[]>;
  /** What went wrong last, for a while. */
  trouble: string | null;
  /** A message that shall be scrolled to and shown lit. */
  lit: { channelId: string; messageId: string } | null;
};

/** The messages of a place that are loaded, oldest first. */
export type PlaceLog = { messages: readonly PageMessage[]; hasEarlier: boolean };

export const BLANK: State = {
  connection: 'connecting',
  isLooking: true,
  scene: null,
  time: null,
  timeHeardAt: 0,
  sceneMinute: null,
  placeId: null,
  logs: new Map(),
  unread: new Map(),
  newFrom: null,
  happenings: [],
  modal: null,
  draft: null,
  offered: new Map(),
  trouble: null,
  lit: null,
};

const MOST_HAPPENINGS = 100;
const NO_MESSAGES: PlaceLog = { messages: [], hasEarlier: false };

/** What the server told, taken in; `at` by the page's own clock. Whatever belongs to no scene is not. */
export function heard(state: State, told: Told, at: number): State {
  if (told.told === 'scene') return heardScene(state, told.scene);
  if (!state.scene) return state;
  switch (told.told) {
    case 'messages':
      return heardLog(state, told.channelId, told);
    case 'message':
      return heardMessage(state, told.message);
    case 'gone':
      return heardGone(state, told.channelId, told.messageId);
    case 'time':
      return withMinute({ ...state, time: told.time, timeHeardAt: at }, at);
    case 'happening':
      return heardHappening(state, told.happening);
  }
}

/** Earlier messages, asked for by the viewer, put before those that are there. */
export function heardEarlier(state: State, channelId: string, { messages, hasEarlier }: PlaceLog): State {
  const known = logOf(state, channelId).messages;
  const first = known[0];
  const earlier = first ? messages.filter(({ id }) => isOlder(id, first.id)) : messages;
  return withLog(state, channelId, { messages: [...earlier, ...known], hasEarlier });
}

/** Opens a place: nothing there is unread any more. */
export function opened(state: State, placeId: string): State {
  const isSame = state.placeId === placeId;
  const first = state.unread.get(placeId)?.[0];
  if (isSame && !first) return state;
  const unread = withoutKey(state.unread, placeId);
  return { ...state, placeId, unread, newFrom: first?.id ?? null };
}

/** Opens the place of a message and has the message shown lit. */
export function openedAt(state: State, lit: NonNullable<State['lit']>): State {
  return { ...opened(state, lit.channelId), lit };
}

/** The tab is looked at again, or is hidden. */
export function looked(state: State, isLooking: boolean): State {
  const next = { ...state, isLooking };
  return isLooking && state.placeId !== null ? opened(next, state.placeId) : next;
}

/** Now, by the scene's clock, in UTC ms; 0 before it was told. `at` by the page's own clock. */
export function sceneNow({ time, timeHeardAt }: State, at: number): number {
  return time ? time.now + Math.max(0, at - timeHeardAt) * time.speed : 0;
}

const MINUTE_MS = 60_000;

/** Notes the scene's minute; the same state while that is the same. */
export function withMinute(state: State, at: number): State {
  const sceneMinute = state.time && Math.floor(sceneNow(state, at) / MINUTE_MS) * MINUTE_MS;
  return sceneMinute === state.sceneMinute ? state : { ...state, sceneMinute };
}

export function logOf(state: State, channelId: string): PlaceLog {
  return state.logs.get(channelId) ?? NO_MESSAGES;
}

/** A place that the viewer sees, direct messages too. */
export function placeOf({ scene }: State, placeId: string | null): Place | null {
  return scene ? (placesOf(scene).find(({ id }) => id === placeId) ?? null) : null;
}

export function serverOf({ scene }: State, serverId: string | null): Server | null {
  return scene?.servers.find(({ id }) => id === serverId) ?? null;
}

/** Whether a place has messages or posts to open. */
export function isOpenable({ kind }: Place): boolean {
  return kind !== 'category' && kind !== 'voice';
}

const placesOf = ({ servers, directs }: Scene): readonly Place[] => [
  ...servers.flatMap(({ places }) => places),
  ...directs,
];

/** Another scene, or another viewer's sight of it: what was known of the old one does not hold. */
function heardScene(state: State, scene: Scene): State {
  const isSameScene = state.scene?.id === scene.id;
  const isSame = isSameScene && state.scene?.viewer.id === scene.viewer.id;
  const { isLooking, draft, happenings, time, timeHeardAt, sceneMinute } = state;
  const shared = isSameScene ? { happenings, time, timeHeardAt, sceneMinute } : {};
  const kept = isSame ? state : { ...BLANK, isLooking, draft, placeId: state.placeId, ...shared };
  const next: State = { ...kept, connection: 'live', scene };
  const placeId = placeIn(scene, state);
  return placeId === null ? { ...next, placeId } : placeId === next.placeId ? next : opened(next, placeId);
}

/** The open place, else the one of that name in the server of that name, else the first of that server, else the first. */
function placeIn(scene: Scene, state: State): string | null {
  if (placesOf(scene).some(({ id }) => id === state.placeId)) return state.placeId;
  const before = placeOf(state, state.placeId);
  const serverBefore = serverOf(state, before?.serverId ?? null);
  const server = scene.servers.find(({ name }) => name === serverBefore?.name);
  const found =
    server?.places.find((one) => one.name === before?.name && one.kind === before.kind) ??
    server?.places.find(isOpenable) ??
    placesOf(scene).find(isOpenable);
  return found?.id ?? null;
}

/**
 * The newest messages of a place, when the page begins or comes back. Those before them stay when nothing can lie between;
 * what came meanwhile is unread.
 */
function heardLog(state: State, channelId: string, { messages, hasEarlier }: PlaceLog): State {
  const known = state.logs.get(channelId);
  const first = messages[0];
  if (!known || !first) return withLog(state, channelId, { messages, hasEarlier });
  const last = known.messages.at(-1);
  const cameMeanwhile = messages.filter(({ id }) => !last || isOlder(last.id, id));
  const isJoined = known.messages.some(({ id }) => id === first.id);
  const earlier = isJoined ? known.messages.filter(({ id }) => isOlder(id, first.id)) : [];
  const log = {
    messages: [...earlier, ...messages],
    hasEarlier: earlier.length > 0 ? known.hasEarlier : hasEarlier,
  };
  return cameMeanwhile.reduce(withUnread, withLog(state, channelId, log));
}

function heardMessage(state: State, message: PageMessage): State {
  const log = logOf(state, message.channelId);
  if (log.messages.some(({ id }) => id === message.id)) {
    const messages = log.messages.map((one) => (one.id === message.id ? message : one));
    return withLog(state, message.channelId, { ...log, messages });
  }
  const last = log.messages.at(-1);
  // A change of what is not loaded: it comes as it is then when the viewer goes back that far.
  if (last && isOlder(message.id, last.id)) return state;
  const next = withLog(state, message.channelId, { ...log, messages: [...log.messages, message] });
  return withUnread(next, message);
}

function heardGone(state: State, channelId: string, messageId: string): State {
  const isOther = ({ id }: PageMessage) => id !== messageId;
  const log = logOf(state, channelId);
  const next = withLog(state, channelId, { ...log, messages: log.messages.filter(isOther) });
  const unread = state.unread.get(channelId)?.filter(isOther) ?? [];
  if (unread.length === 0) return { ...next, unread: withoutKey(state.unread, channelId) };
  return { ...next, unread: new Map(state.unread).set(channelId, unread) };
}

/** All are told again to who comes back. */
function heardHappening(state: State, happening: ShownHappening): State {
  if (state.happenings.some(({ id }) => id === happening.id)) return state;
  return { ...state, happenings: [...state.happenings, happening].slice(-MOST_HAPPENINGS) };
}

function withUnread(state: State, message: PageMessage): State {
  const { channelId, author } = message;
  const isSeen = state.isLooking && channelId === state.placeId;
  if (isSeen || author.id === state.scene?.viewer.id) return state;
  const unread = [...(state.unread.get(channelId) ?? []), message];
  return { ...state, unread: new Map(state.unread).set(channelId, unread) };
}

function withLog(state: State, channelId: string, log: PlaceLog): State {
  return { ...state, logs: new Map(state.logs).set(channelId, log) };
}

function withoutKey<T>(map: ReadonlyMap<string, T>, key: string): ReadonlyMap<string, T> {
  return new Map([...map].filter(([one]) => one !== key));
}

/** Ids are numbers that rise. */
function isOlder(id: string, other: string): boolean {
  return id.length === other.length ? id < other : id.length < other.length;
}
