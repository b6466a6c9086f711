import { setImmediate as othersTurn } from 'node:timers/promises';
import { isDeepStrictEqual } from 'node:util';
import type { Keyv } from 'keyv';
import { takeBreaths } from '#src/foundation/breath.ts';
import type { Clock } from '#src/foundation/clock.ts';
import type { PutRight } from '#src/foundation/instants.ts';
import { createTurns } from '#src/foundation/turns.ts';
import { openDocuments, type Unread } from './book-documents.ts';
import { fromNowOn } from './from-now-on.ts';
import {
  type HistoryEntry,
  lastUndoable,
  muteEntry,
  subscriptionEntry,
  undoneEntry,
  withEntry,
} from './history.ts';
import { instantsOf, withInstantsRight } from './instants.ts';
import type { Draft, Subscription } from './subscription.ts';
import { newSubscriptionId } from './subscription-id.ts';
import { changed, createShelf } from './subscription-shelf.ts';

/** What a listener hears, after it is durable. */
export type BookChange =
  | { kind: 'subscription'; before: Subscription | null; after: Subscription | null }
  | { kind: 'mutes'; serverId: string; mutes: readonly string[] };

export type Patch = Partial<
  Omit<Subscription, 'id' | 'serverId' | 'channelId' | 'createdAt' | 'createdBy' | 'since' | 'was'>
>;

/** Looks at what is there in the very turn in which it is changed; what it throws refuses the change. */
export type Check<T> = (present: T) => void | Promise<void>;

/** What is there, and what is to be there instead: the same subscription, or null for none. */
export type Replacement = { present: Subscription | null; wanted: Subscription | null };

type Place = { serverId: string; channelId: string };

type Change = { what: HistoryEntry['what']; after: Subscription | null };

/**
 * Which channel wants what. All subscriptions are in memory after `load`; a change is durable, with its history entry,
 * before its promise resolves, and is heard by the listeners then. Changes in one server come one after the other.
 * `who` is a member's id. Throws UserError where a channel's settings cannot be read.
 */
export type SubscriptionBook = {
  /** Reads all documents, once, before anything else. Those that cannot be read are kept as they are, and returned. */
  load(): Promise<readonly Unread[]>;
  unreadIn(serverId: string): readonly Unread[];
  /** Every server of which anything is stored, subscriptions or not. */
  servers(): readonly string[];
  all(): Iterable<Subscription>;
  byId(id: string): Subscription | null;
  inChannel(channelId: string): readonly Subscription[];
  inServer(serverId: string): readonly Subscription[];
  /** Whether a change in the channel is being written: what is told of it is perhaps not what is durable. */
  isChanging(channelId: string): boolean;
  /** `present` sees the channel's subscriptions when its turn comes; one that it returns stands there already, and is returned. */
  add(
    place: Place,
    draft: Draft,
    who: string,
    present?: (subscriptions: readonly Subscription[]) => Subscription | undefined,
  ): Promise<Subscription>;
  /**
   * Null when there is no such subscription (any more). One that is so already stays as it is. With another filter or
   * scope it wants what comes from now on.
   */
  change(id: string, patch: Patch, who: string, check?: Check<Subscription>): Promise<Subscription | null>;
  remove(id: string, who: string): Promise<Subscription | null>;
  copy(id: string, channelId: string, who: string): Promise<Subscription | null>;
  /**
   * Pauses it for that reason, or resumes it for null: then only what comes from now on is posted. One that is so already
   * stays as it is. Returns it as it is after.
   */
  setPaused(
    id: string,
    reason: string | null,
    who: string,
    check?: Check<Subscription>,
  ): Promise<Subscription | null>;
  /** The newest last. */
  history(serverId: string): Promise<readonly HistoryEntry[]>;
  /** Takes back the newest change by a member that was not taken back yet; null when there is none. */
  undo(serverId: string, who: string): Promise<HistoryEntry | null>;
  /**
   * Makes of subscriptions of one server what `decide` says in their turn, all or none, each an entry of its own in the history;
   * what it throws refuses all of them. What is brought back wants what comes from now on.
   */
  putBack(serverId: string, who: string, decide: () => readonly Replacement[]): Promise<void>;
  /** Filters whose matches the whole server does not want. */
  mutes(serverId: string): readonly string[];
  /** False when it was muted already. */
  mute(serverId: string, filter: string, who: string): Promise<boolean>;
  /** False when it was not muted. */
  unmute(serverId: string, filter: string, who: string): Promise<boolean>;
  /** Removes history older than 400 days and what is left of channels without subscriptions. Others have their turn. */
  prune(): Promise<void>;
  /**
   * Deletes everything of a server, unreadable documents too, in its turn. `together` is given what deletes it, for a
   * transaction with more; where it resolves with false, having deleted nothing, all stays as it is. Resolves with the same.
   */
  forgetServer(
    serverId: string,
    together?: (deleteAll: () => Promise<void>) => Promise<boolean>,
  ): Promise<boolean>;
  /** The instants of all subscriptions that lie ahead of `now`. */
  ahead(now: number): number[];
  /** Puts them right. Returns how many subscriptions had some. */
  putRight(now: number, right: PutRight): Promise<number>;
  /** Returns how to stop listening. */
  onChange(listener: (change: BookChange) => void): () => void;
};

export function createSubscriptionBook(keyv: Keyv, clock: Clock): SubscriptionBook {
  const documents = openDocuments(keyv);
  const shelf = createShelf();
  const listeners = new Set<(change: BookChange) => void>();
  /** One at a time in a server. */
  const changing = new Set<string>();
  const inTurn = createTurns();

  const tell = (change: BookChange): void => {
    for (const listener of listeners) listener(change);
  };

  /** Writes subscriptions' changes and their history together, all or none; then holds them and tells of them. */
  const write = async (
    serverId: string,
    changes: readonly HistoryEntry[],
    entries?: readonly HistoryEntry[],
  ): Promise<void> => {
    const channels = new Map<string, readonly Subscription[]>();
    for (const change of changes) {
      const channelId = channelOf(change);
      channels.set(channelId, changed(channels.get(channelId) ?? shelf.inChannel(channelId), change));
    }
    for (const channelId of channels.keys()) changing.add(channelId);
    try {
      const history = changes.reduce(withEntry, entries ?? (await documents.history(serverId)));
      await documents.writeChannels(serverId, channels, history);
      for (const { before, after } of changes) shelf.put(before, after);
    } finally {
      for (const channelId of channels.keys()) changing.delete(channelId);
    }
    for (const { before, after } of changes) tell({ kind: 'subscription', before, after });
  };

  /** `next` sees what is there in its turn and decides: `after: null` removes, null leaves it as it is. */
  const alter = (
    id: string,
    who: string,
    next: (before: Subscription) => Promise<Change | null>,
  ): Promise<Subscription | null> =>
    inTurn(shelf.byId(id)?.serverId ?? '', async () => {
      const before = shelf.byId(id);
      if (!before) return null;
      const change = await next(before);
      if (!change) return before;
      const { what, after: wanted } = change;
      const now = clock.now();
      const after = wanted && fromNowOn(before, wanted, now);
      await write(before.serverId, [subscriptionEntry(what, before, after, who, now)]);
      return after ?? before;
    });

  const addInTurn = async (
    what: 'added' | 'copied',
    place: Place,
    draft: Draft,
    who: string,
  ): Promise<Subscription> => {
    const id = newSubscriptionId((taken) => shelf.byId(taken) !== null);
    const now = clock.now();
    const added = { ...draft, ...place, id, createdAt: now, createdBy: who, since: now, paused: null };
    await write(place.serverId, [subscriptionEntry(what, null, added, who, now)]);
    return added;
  };

  const writeMutes = async (
    serverId: string,
    mutes: readonly string[],
    entries: HistoryEntry[],
  ): Promise<void> => {
    await documents.writeMutes(serverId, mutes, entries);
    tell({ kind: 'mutes', serverId, mutes });
  };

  const setMute = (serverId: string, filter: string, isMuted: boolean, who: string): Promise<boolean> =>
    inTurn(serverId, async () => {
      const before = documents.mutes(serverId);
      if (before.includes(filter) === isMuted) return false;
      const entry = muteEntry(isMuted ? 'muted' : 'unmuted', filter, who, clock.now());
      await writeMutes(
        serverId,
        toggled(before, filter),
        withEntry(await documents.history(serverId), entry),
      );
      return true;
    });

  const undo = (serverId: string, who: string): Promise<HistoryEntry | null> =>
    inTurn(serverId, async () => {
      const entries = await documents.history(serverId);
      const index = lastUndoable(entries);
      if (index < 0) return null;
      const wrong = entries[index];
      const marked = entries.with(index, { ...wrong, undone: true });
      const now = clock.now();
      const after = wrong.before && fromNowOn(wrong.after, wrong.before, now);
      const entry = { ...undoneEntry(wrong, who, now), after };
      if (wrong.mute === null) await write(serverId, [entry], marked);
      else
        await writeMutes(serverId, toggled(documents.mutes(serverId), wrong.mute), withEntry(marked, entry));
      return wrong;
    });

  const putBack: SubscriptionBook['putBack'] = (serverId, who, decide) =>
    inTurn(serverId, async () => {
      const now = clock.now();
      const changes = decide().map(({ present, wanted }) =>
        subscriptionEntry('undone', present, wanted && fromNowOn(present, wanted, now), who, now),
      );
      if (changes.length > 0) await write(serverId, changes);
    });

  const isAhead = (subscription: Subscription, now: number): boolean =>
    instantsOf(subscription).some((instant) => instant > now);

  const putRightOne = (id: string, now: number, right: PutRight): Promise<number> =>
    inTurn(shelf.byId(id)?.serverId ?? '', async () => {
      const before = shelf.byId(id);
      if (!before || !isAhead(before, now)) return 0;
      const after = withInstantsRight(before, right);
      const { serverId, channelId } = before;
      await documents.putChannel(serverId, channelId, changed(shelf.inChannel(channelId), { before, after }));
      shelf.put(before, after);
      tell({ kind: 'subscription', before, after });
      return 1;
    });

  const putRight = async (now: number, right: PutRight): Promise<number> => {
    const wrong = [...shelf.all()].filter((subscription) => isAhead(subscription, now));
    let count = 0;
    const breathe = takeBreaths(clock);
    for (const { id } of wrong) {
      count += await putRightOne(id, now, right);
      await breathe();
    }
    return count;
  };

  const forgetServer: SubscriptionBook['forgetServer'] = (serverId, together = alone) =>
    inTurn(serverId, async () => {
      if (!(await together(() => documents.deleteServer(serverId)))) return false;
      documents.dropServer(serverId);
      for (const gone of shelf.inServer(serverId)) {
        shelf.put(gone, null);
        tell({ kind: 'subscription', before: gone, after: null });
      }
      tell({ kind: 'mutes', serverId, mutes: [] });
      return true;
    });

  const prune = async (): Promise<void> => {
    const isEmpty = (channel: string) => shelf.inChannel(channel).length === 0;
    for (const serverId of documents.servers()) {
      await inTurn(serverId, () => documents.prune(serverId, isEmpty, clock.now()));
      await othersTurn();
    }
  };

  return {
    async load() {
      const { subscriptions, unread } = await documents.load();
      for (const subscription of subscriptions) shelf.put(null, subscription);
      return unread;
    },
    unreadIn: documents.unreadIn,
    servers: documents.servers,
    all: shelf.all,
    byId: shelf.byId,
    inChannel: shelf.inChannel,
    inServer: shelf.inServer,
    isChanging: (channelId) => changing.has(channelId),
    add: (place, draft, who, present) =>
      inTurn(place.serverId, async () => {
        const known = present?.(shelf.inChannel(place.channelId));
        return known ?? addInTurn('added', place, draft, who);
      }),
    change: (id, patch, who, check) =>
      alter(id, who, async (before) => {
        await check?.(before);
        const after = { ...before, ...patch };
        return isDeepStrictEqual(after, before) ? null : { what: 'changed', after };
      }),
    remove: (id, who) => alter(id, who, async () => ({ what: 'removed', after: null })),
    copy: (id, channelId, who) =>
      inTurn(shelf.byId(id)?.serverId ?? '', async () => {
        const model = shelf.byId(id);
        if (!model) return null;
        return addInTurn('copied', { serverId: model.serverId, channelId }, draftOf(model), who);
      }),
    setPaused: (id, reason, who, check) =>
      alter(id, who, async (before) => {
        await check?.(before);
        if ((before.paused === null) === (reason === null)) return null;
        if (reason === null) return { what: 'resumed', after: { ...before, paused: null } };
        return { what: 'paused', after: { ...before, paused: { reason, at: clock.now() } } };
      }),
    history: documents.history,
    undo,
    putBack,
    mutes: documents.mutes,
    mute: (serverId, filter, who) => setMute(serverId, filter, true, who),
    unmute: (serverId, filter, who) => setMute(serverId, filter, false, who),
    prune,
    forgetServer,
    ahead: (now) => [...shelf.all()].flatMap(instantsOf).filter((instant) => instant > now),
    putRight,
    onChange(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

async function alone(deleteAll: () => Promise<void>): Promise<boolean> {
  await deleteAll();
  return true;
}

const channelOf = ({ before, after }: Pick<HistoryEntry, 'before' | 'after'>): string =>
  (after ?? before)?.channelId ?? '';

/** The oldest first: the order in which subscriptions of a channel have their turn. */
export function oldestFirst(subscriptions: readonly Subscription[]): Subscription[] {
  return [...subscriptions].sort((a, b) => a.createdAt - b.createdAt || (a.id < b.id ? -1 : 1));
}

function draftOf(model: Subscription): Draft {
  const { id: _, serverId: __, channelId: ___, createdAt, createdBy, since, was, paused, ...draft } = model;
  return draft;
}

function toggled(mutes: readonly string[], filter: string): string[] {
  return mutes.includes(filter) ? mutes.filter((mute) => mute !== filter) : [...mutes, filter];
}
