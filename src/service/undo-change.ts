import { setImmediate as othersTurn } from 'node:timers/promises';
import { z } from 'zod';
import { takeBreaths } from '#src/foundation/breath.ts';
import type { ConflictView } from '#src/render/conflict-page.ts';
import type { UndoneView } from '#src/render/undone-page.ts';
import { areAlike } from '#src/subscription/alike.ts';
import type { HistoryEntry, StoredEntry } from '#src/subscription/history.ts';
import type { Subscription } from '#src/subscription/subscription.ts';
import type { SubscriptionStore } from '#src/subscription/subscription-store.ts';
import { UserError } from '#src/wording/user-error.ts';
import type { Asker } from './asker.ts';
import { type Moderator, moderatorFor } from './moderate.ts';
import type { QuestionStore } from './question-store.ts';
import type { BeforeAndAfter } from './undo-state.ts';
import {
  keptChangeSchema,
  keptSettingsSchema,
  refuseServerWide,
  type Together,
  type UndoTogetherDeps,
  undoTogether,
} from './undo-together.ts';

/** The command that made a change, and that whoever undoes it needs to be allowed. */
type Through = 'subscribe' | 'subscriptions' | 'filter' | 'doctor';

type UndoDeps = UndoTogetherDeps & { subscriptionStore: SubscriptionStore; questions: QuestionStore };

const keptSchema = z.object({
  kind: z.literal('change'),
  serverId: z.string(),
  through: z.enum(['subscribe', 'subscriptions', 'filter', 'doctor']),
  changes: z.array(z.unknown()).default([]),
  /** The keys of them where they are many. */
  parts: z.array(z.string()).default([]),
  settings: keptSettingsSchema.nullable().default(null),
});
const partSchema = z.object({
  kind: z.literal('changes'),
  serverId: z.string(),
  changes: z.array(z.unknown()),
});

/** So many lie together: of a thousand in one piece each reading and writing holds everybody up. */
const PART = 100;

/** A moderator's deed: what was done, to which subscriptions, with which command. */
type Deed = { what: HistoryEntry['what']; ids: readonly string[]; through: Through };

/**
 * Keeps what is behind an Undo: the newest change of each of these subscriptions, as the history has it. So whoever does a
 * thing once more, which changes nothing, gets the way back from when it was done. Null where the history has none, or
 * where something else was done since: that is not taken back.
 */
export async function keepChange(
  { subscriptionStore, questions }: Pick<UndoDeps, 'subscriptionStore' | 'questions'>,
  serverId: string,
  { what, ids, through }: Deed,
): Promise<string | null> {
  const changes: BeforeAndAfter[] = [];
  for (const id of ids) {
    const [newest] = await subscriptionStore.changesOf(serverId, id, 1);
    if (newest?.what === what && areAlike(newest.after, subscriptionStore.byId(id)))
      changes.push({ before: newest.before, after: newest.after });
  }
  return changes.length === 0 ? null : keepChanges({ questions }, serverId, through, changes);
}

type Undone = UndoneView | ConflictView;

/** Keeps what is behind an Undo of changes that were made together: all of them are taken back, or none. */
export async function keepChanges(
  { questions }: Pick<UndoDeps, 'questions'>,
  serverId: string,
  through: Through,
  changes: readonly BeforeAndAfter[],
  settings: Together['settings'] = null,
): Promise<string> {
  if (changes.length <= PART) return questions.keep({ kind: 'change', serverId, through, changes, settings });
  const parts: string[] = [];
  for (let at = 0; at < changes.length; at += PART) {
    parts.push(await questions.keep({ kind: 'changes', serverId, changes: changes.slice(at, at + PART) }));
    await othersTurn();
  }
  // Without changes of its own: an earlier version takes it for one that is too old, not for a part of it.
  return questions.keep({ kind: 'change', serverId, through, parts, settings });
}

/** Throws UserError where it is forgotten, or cannot be read (any more): all or nothing. */
export async function keptChanges(
  { questions, clock }: Pick<UndoDeps, 'questions' | 'clock'>,
  key: string,
): Promise<Together & { serverId: string; through: Through }> {
  const kept = keptSchema.safeParse(await questions.recall(key, 'undo.forgotten'));
  if (!kept.success) throw new UserError('undo.forgotten');
  const { through, serverId, settings, parts } = kept.data;
  const stored = [...kept.data.changes];
  for (const one of parts) {
    const part = partSchema.safeParse(await questions.recall(one, 'undo.forgotten'));
    if (!part.success || part.data.serverId !== serverId) throw new UserError('undo.forgotten');
    stored.push(...part.data.changes);
    await othersTurn();
  }
  const breathe = takeBreaths(clock);
  const changes: Together['changes'][number][] = [];
  for (const one of stored) {
    const read = keptChangeSchema.safeParse(one);
    if (!read.success) throw new UserError('undo.forgotten');
    changes.push(read.data);
    await breathe();
  }
  return { changes, mutes: [], settings, serverId, through };
}

export type UndoChange = {
  /** What is behind an Undo, by its key. Nothing is overwritten that somebody did since: that is shown. */
  undoChange(asker: Asker & { key: string }): Promise<Undone>;
  /** The same for one of the history, by its id. */
  undoEntry(asker: Asker & { id: number }): Promise<Undone>;
  /** The same for a subscription that was made. */
  undoSubscribe(asker: Asker & { id: string }): Promise<Undone>;
  /** The same for other settings of the server. */
  undoSettings(asker: Asker & SettingsDeed): Promise<Undone>;
  /** The same for what was done together; `keep`: keeps it with what is in the way, and returns its key. */
  undoAll(
    asker: Asker & { together: Together; keep(seen: Together): Promise<string> },
    moderator: Moderator,
  ): Promise<Undone>;
};

/** Settings before and after, and the command that changed them. */
type SettingsDeed = { through: Through; settings: NonNullable<Together['settings']> };

/** Taking back what a moderator did, whoever did it: what was is there again, as it was; it posts what comes from now on. */
export function createUndoChange(deps: UndoDeps): UndoChange {
  const { subscriptionStore } = deps;

  const undoAll: UndoChange['undoAll'] = async ({ together, keep, ...asker }, moderator) => {
    const undone = await undoTogether(deps, together, moderator, asker);
    if (undone.kind === 'undone') return undone;
    const { seen, ...told } = undone;
    return { ...told, key: await keep(seen) };
  };

  const undo = (
    together: Partial<Together>,
    through: Through,
    moderator: Moderator,
    asker: Asker,
  ): Promise<Undone> =>
    undoAll(
      {
        ...asker,
        together: { changes: [], mutes: [], settings: null, ...together },
        keep: ({ changes, settings }) => keepChanges(deps, moderator.serverId, through, changes, settings),
      },
      moderator,
    );

  const undoMute = async (
    { what, about: text = '' }: StoredEntry,
    { serverId }: Moderator,
    asker: Asker,
  ): Promise<Undone> => {
    refuseServerWide(asker);
    const again = what === 'muted' ? subscriptionStore.unmute : subscriptionStore.mute;
    const isDone = !(await again(serverId, text, asker.userId));
    return {
      kind: 'undone',
      isDone,
      items: [{ kind: what === 'muted' ? 'unmuted' : 'muted', text }],
      more: 0,
    };
  };

  return {
    undoAll,

    async undoChange({ key, ...asker }) {
      const { through, serverId, ...together } = await keptChanges(deps, key);
      const moderator = await moderatorFor(asker, through);
      if (serverId !== moderator.serverId) throw new UserError('subscriptions.gone');
      return undo(together, through, moderator, asker);
    },

    async undoSettings({ through, settings, ...asker }) {
      return undo({ settings }, through, await moderatorFor(asker, through), asker);
    },

    async undoEntry({ id, ...asker }) {
      const through = 'subscriptions';
      const moderator = await moderatorFor(asker, through);
      const entry = await subscriptionStore.storedChange(moderator.serverId, id);
      if (!entry) throw new UserError('undo.noSuchChange');
      const { what, before, after, settings } = entry;
      if (settings) return undo({ settings }, through, moderator, asker);
      if (what === 'muted' || what === 'unmuted') return undoMute(entry, moderator, asker);
      if (what === 'deleted') throw new UserError('undo.deletedPost');
      const change = { before: what === 'ended' ? withoutEnd(before) : before, after };
      return undo({ changes: [change] }, through, moderator, asker);
    },

    async undoSubscribe({ id, ...asker }) {
      const through = 'subscribe';
      const moderator = await moderatorFor(asker, through);
      const made = (await subscriptionStore.addingOf(moderator.serverId, id))?.after;
      const present = subscriptionStore.byId(id);
      // The history is bounded: what is older is taken back as it is.
      const after = made ?? (present?.serverId === moderator.serverId ? present : null);
      if (!after) throw new UserError('subscriptions.gone');
      return undo({ changes: [{ before: null, after }] }, through, moderator, asker);
    },
  };
}

/** One that ended by itself comes back without an end. */
function withoutEnd(ended: Subscription | null): Subscription | null {
  if (!ended) return null;
  const { until: _, ...rest } = ended;
  return rest;
}
