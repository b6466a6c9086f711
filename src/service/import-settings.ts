import { createHash } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import { z } from 'zod';
import { takeBreaths } from '#src/foundation/breath.ts';
import type { Clock } from '#src/foundation/clock.ts';
import type { ConflictView } from '#src/render/conflict-page.ts';
import type { ImportSummary, ImportUndoneView, ImportView } from '#src/render/import-page.ts';
import type { Arrangement } from '#src/subscription/arrange.ts';
import type { SubscriptionStore } from '#src/subscription/subscription-store.ts';
import { phrase } from '#src/wording/phrase.ts';
import { DeniedError, UserError } from '#src/wording/user-error.ts';
import type { Asker } from './asker.ts';
import type { DiscordFiles, HandedFile } from './discord-files.ts';
import { draftOf } from './edit-subscription.ts';
import type { HeavyWork } from './heavy-work.ts';
import { type Moderator, moderatorFor } from './moderate.ts';
import { type ImportPlan, planImport } from './plan-import.ts';
import type { PlanDeps, PlannedSubscription } from './plan-subscription.ts';
import type { QuestionStore } from './question-store.ts';
import { placeInFile, readSettingsFile, type SettingsFile } from './read-settings-file.ts';
import type { RoomDeps } from './refuse-room.ts';
import { fileEntrySchema, fileServerSchema } from './settings-file.ts';
import { tellDifferences } from './tell-differences.ts';
import { keepChanges, keptChanges, type UndoChange } from './undo-change.ts';
import { keptSettingsSchema } from './undo-together.ts';

type Deps = Omit<PlanDeps, 'botIn'> & {
  subscriptionStore: SubscriptionStore;
  questions: QuestionStore;
  files: DiscordFiles;
  clock: Clock;
  heavy: HeavyWork;
  perChannel: number;
  perServer: number;
  takesWords: RoomDeps['takesWords'];
  undoAll: UndoChange['undoAll'];
};

type Importing = Asker & Pick<PlanDeps, 'botIn'>;

export type ImportSettings = {
  /** What a file would change, or all that is wrong with it. Nothing is saved. */
  previewImport(asked: Importing & { file: HandedFile }): Promise<ImportView>;
  /** Does what the preview showed, all or nothing; where something else would change by now, that is shown first. */
  importSettings(asked: Importing & { key: string }): Promise<ImportView>;
  /** What was imported is taken back, all of it; nothing is overwritten that somebody did since. */
  undoImport(asker: Asker & { key: string }): Promise<ImportUndoneView | ConflictView>;
  /** Throws DeniedError for whoever may not use the command. */
  mayImport(asker: Asker): Promise<void>;
};

const keptSchema = z.object({
  kind: z.literal('import'),
  serverId: z.string(),
  by: z.string(),
  file: z.object({ server: fileServerSchema, entries: z.array(fileEntrySchema) }),
  mark: z.string(),
});

const undoSchema = z.object({
  kind: z.literal('imported'),
  serverId: z.string(),
  /** The key of the way back for subscriptions. */
  subscriptions: z.string().nullable(),
  n: z.int(),
  mutes: z.array(z.string()),
  settings: keptSettingsSchema.nullable(),
});

/** A server's settings from a file. Everything is checked before anything is saved, by the rules of /subscribe. */
export function createImportSettings(deps: Deps): ImportSettings {
  const { subscriptionStore, questions, clock, heavy, perServer } = deps;

  const plan = (file: SettingsFile, moderator: Moderator, { botIn, ...asker }: Importing) =>
    planImport({ ...deps, botIn }, file, { asker, moderator }, takeBreaths(clock));

  const keep = (file: SettingsFile, mark: string, serverId: string, { userId }: Asker) =>
    questions.keep({ kind: 'import', serverId, by: userId, file, mark });

  const preview = async (file: SettingsFile, moderator: Moderator, asked: Importing): Promise<ImportView> => {
    const planned = await plan(file, moderator, asked);
    if (!planned.ok) return { kind: 'problems', problems: planned.problems };
    const { serverId } = moderator;
    if (isEmpty(planned.plan)) return nothing(planned.plan, false);
    const key = await keep(file, markOf(planned.plan), serverId, asked);
    return { kind: 'preview', key, isOther: false, summary: summaryOf(planned.plan) };
  };

  return {
    async mayImport(asker) {
      await moderatorFor(asker, 'filter');
    },

    async previewImport({ file: handed, ...asked }) {
      const moderator = await moderatorFor(asked, 'filter');
      const text = await deps.files.read(handed);
      return heavy.run(asked.userId, async () => {
        const read = await readSettingsFile(text, { perServer, breathe: takeBreaths(clock) });
        if (!read.ok) {
          const rest = read.rest && (await plan(read.rest, moderator, asked));
          return {
            kind: 'problems',
            problems: [...read.problems, ...(rest?.ok === false ? rest.problems : [])],
          };
        }
        return preview(read.file, moderator, asked);
      });
    },

    async importSettings({ key, ...asked }) {
      const moderator = await moderatorFor(asked, 'filter');
      const { serverId } = moderator;
      const kept = keptSchema.safeParse(await questions.recall(key, 'import.forgotten'));
      if (!kept.success || kept.data.serverId !== serverId) throw new UserError('import.forgotten');
      const { by, file, mark } = kept.data;
      if (by !== asked.userId) throw new DeniedError('import.others');
      return heavy.run(asked.userId, async () => {
        const isUnchanged = seenNow(subscriptionStore, serverId, file);
        const planned = await plan(file, moderator, asked);
        if (!planned.ok) return { kind: 'problems', problems: planned.problems };
        const wanted = planned.plan;
        if (isEmpty(wanted)) return nothing(wanted, true);
        const breathe = takeBreaths(clock);
        const present = markOf(wanted);
        await breathe();
        if (present !== mark) {
          const other = await keep(file, present, serverId, asked);
          return { kind: 'preview', key: other, isOther: true, summary: summaryOf(wanted) };
        }
        const changes = await subscriptionStore.arrange(serverId, asked.userId, () => {
          if (!isUnchanged()) throw new UserError('import.changedJustNow');
          return arrangementOf(wanted);
        });
        await breathe();
        const back = changes.length > 0 ? await keepChanges(deps, serverId, 'filter', changes) : null;
        await breathe();
        const undo = await questions.keep({
          ...{ kind: 'imported', serverId, subscriptions: back, n: changes.length },
          ...{ mutes: wanted.mutes, settings: wanted.settings },
        });
        return { kind: 'imported', undo, summary: summaryOf(wanted) };
      });
    },

    async undoImport({ key, ...asker }) {
      const moderator = await moderatorFor(asker, 'filter');
      const kept = undoSchema.safeParse(await questions.recall(key, 'undo.forgotten'));
      if (!kept.success || kept.data.serverId !== moderator.serverId) throw new UserError('undo.forgotten');
      const { subscriptions, n, mutes, settings } = kept.data;
      const changes = subscriptions === null ? [] : (await keptChanges(deps, subscriptions)).changes;
      const undone = await deps.undoAll(
        {
          ...asker,
          together: { changes, mutes, settings },
          keep: async (seen) =>
            questions.keep({
              ...{ ...kept.data, settings: seen.settings },
              subscriptions:
                subscriptions && (await keepChanges(deps, moderator.serverId, 'filter', seen.changes)),
            }),
        },
        moderator,
      );
      if (undone.kind === 'conflict') return undone;
      return {
        kind: 'undone',
        isDone: undone.isDone,
        subscriptions: n,
        mutes: mutes.length,
        hasSettings: settings !== null,
      };
    },
  };
}

const isChanged = ({ kind }: PlannedSubscription): boolean => kind !== 'same';

const isEmpty = ({ subscriptions, mutes, settings }: ImportPlan): boolean =>
  !subscriptions.some(isChanged) && mutes.length === 0 && settings === null;

const nothing = ({ subscriptions }: ImportPlan, isOld: boolean): ImportView => ({
  ...{ kind: 'nothing', isOld, same: subscriptions.length },
});

/** Whether what the file is about is still as it is at this moment; to be asked in the turn of the server. */
function seenNow(
  { settings, mutes, inChannel, inServer }: SubscriptionStore,
  serverId: string,
  { entries }: SettingsFile,
): () => boolean {
  const ids = [...new Set(entries.map(({ channel }) => channel.id))];
  const look = () => [settings(serverId), inServer(serverId).length, mutes(serverId), ...ids.map(inChannel)];
  const before = look();
  return () => isDeepStrictEqual(look(), before);
}

function arrangementOf({ subscriptions, mutes, settings }: ImportPlan): Arrangement {
  return {
    subscriptions: subscriptions.filter(isChanged),
    mutes,
    settings: settings?.after ?? null,
  };
}

/** Of what would change, from what: by it a later plan is known to be another. */
function markOf({ subscriptions, mutes, settings }: ImportPlan): string {
  const changes = subscriptions
    .filter(isChanged)
    .map(({ channelId, present, draft, paused }) => [
      ...[channelId, present && draftOf(present), present?.paused?.until ?? present?.paused !== null],
      ...[draft, paused?.until ?? paused !== null],
    ]);
  const text = JSON.stringify([changes, mutes, settings]);
  return createHash('sha256').update(text).digest('base64url').slice(0, 16);
}

function summaryOf({ subscriptions, mutes, settings }: ImportPlan): ImportSummary {
  const channels = [...Map.groupBy(subscriptions, ({ channelId }) => channelId)].map(([channelId, those]) => {
    const count = (kind: PlannedSubscription['kind']) => those.filter((one) => one.kind === kind).length;
    return { channelId, added: count('new'), changed: count('differs'), same: count('same') };
  });
  return {
    channels,
    differs: subscriptions.flatMap(({ kind, channelId, present, draft, paused }) =>
      kind === 'differs' && present
        ? [
            {
              ...{ channelId, filter: present.filter },
              newFilter: draft.filter === present.filter ? null : draft.filter,
              before: [...tellDifferences(present), ...pauseOf(present.paused)],
              after: [...tellDifferences(draft), ...pauseOf(paused)],
            },
          ]
        : [],
    ),
    ...{ mutes, settings },
    notes: subscriptions.flatMap(({ at, notes }) =>
      notes.map((told) => ({ place: placeInFile(['subscriptions', at]), told })),
    ),
  };
}

const pauseOf = (paused: object | null) => (paused ? [phrase('choice.paused')] : []);
