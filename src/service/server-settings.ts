import { z } from 'zod';
import type { ConflictView } from '#src/render/conflict-page.ts';
import type { ServerSettingsView } from '#src/render/server-settings-page.ts';
import type { ServerSettings } from '#src/subscription/server-settings.ts';
import type { SubscriptionStore } from '#src/subscription/subscription-store.ts';
import { UserError } from '#src/wording/user-error.ts';
import type { Asker } from './asker.ts';
import { managedServer } from './moderate.ts';
import { createNoticesRoom, type NoticesDeps, noticesView } from './notices-room.ts';
import type { QuestionStore } from './question-store.ts';
import { zoneOf } from './read-hours.ts';

/** One setting, and what it is to be; the channel for notices is checked, and changed by itself. */
type SettingChange = Pick<ServerSettings, 'samePaper'> | Pick<ServerSettings, 'zone'>;

const keptSchema = z.object({ kind: z.literal('unmuted'), serverId: z.string(), text: z.string() });

type Deps = NoticesDeps & {
  subscriptionStore: Pick<
    SubscriptionStore,
    'settings' | 'changeSettings' | 'mutes' | 'mute' | 'unmute' | 'unreadIn'
  >;
  questions: QuestionStore;
};

export type ManageServerSettings = {
  /** Throws DeniedError, as the others, for whoever may not manage the server. */
  showServerSettings(asker: Asker): Promise<ServerSettingsView>;
  /** The channel for notices; null: Paperboy picks. Throws UserError where it cannot take them. */
  chooseServerNotices(asker: Asker & { to: string | null }): Promise<ServerSettingsView>;
  undoServerNotices(
    asker: Asker & { to: string | null; from: string | null },
  ): Promise<ServerSettingsView | ConflictView>;
  changeServerSettings(asker: Asker & { to: SettingChange }): Promise<ServerSettingsView>;
  /** As somebody wrote it. Throws UserError, with what may be meant. */
  changeServerZone(asker: Asker & { written: string }): Promise<ServerSettingsView>;
  /** Back to `from`; where it is not `to` any more that is shown: somebody else changed it since. */
  undoServerSettings(
    asker: Asker & { to: SettingChange; from: SettingChange },
  ): Promise<ServerSettingsView | ConflictView>;
  /** Removes the mute that was made at that instant (UTC ms); one that is gone already stays so. */
  removeMute(asker: Asker & { at: number }): Promise<ServerSettingsView>;
  /** Brings back what was removed, by its key. */
  muteAgain(asker: Asker & { key: string }): Promise<ServerSettingsView>;
};

/** What holds in all channels of a server: for those who may use /subscriptions and manage the server. */
export function createManageServerSettings(deps: Deps): ManageServerSettings {
  const { subscriptionStore, questions } = deps;
  const isUnread = (serverId: string, name: 'settings' | 'mutes'): boolean =>
    subscriptionStore.unreadIn(serverId).some(({ key }) => key === `${serverId}:${name}`);
  const viewOf = async (
    asker: Asker,
    serverId: string,
    done: ServerSettingsView['done'],
    mute: ServerSettingsView['mute'] = null,
  ): Promise<ServerSettingsView> => ({
    ...{ settings: subscriptionStore.settings(serverId), done },
    ...{ mutes: subscriptionStore.mutes(serverId), mute },
    notices: await noticesView(deps, asker, serverId),
    unread: { settings: isUnread(serverId, 'settings'), mutes: isUnread(serverId, 'mutes') },
  });
  const notices = createNoticesRoom(deps);
  const changed = async (asker: Asker, to: SettingChange): Promise<ServerSettingsView> => {
    const serverId = await serverOf(asker);
    const from = await subscriptionStore.changeSettings(
      serverId,
      (present) => ({ ...present, ...to }),
      asker.userId,
    );
    return viewOf(asker, serverId, { what: 'saved', from });
  };

  return {
    async showServerSettings(asker) {
      return viewOf(asker, await serverOf(asker), null);
    },

    changeServerSettings: ({ to, ...asker }) => changed(asker, to),

    changeServerZone: ({ written, ...asker }) => changed(asker, { zone: zoneOf(written) }),

    async chooseServerNotices({ to, ...asker }) {
      const { serverId, before } = await notices.choose({ ...asker, to, through: 'subscriptions' });
      return viewOf(asker, serverId, { what: 'saved', from: before });
    },

    async undoServerNotices({ to, from, ...asker }) {
      const undone = await notices.undo({ ...asker, to, from, through: 'subscriptions' });
      if (undone.kind === 'conflict') return undone;
      return viewOf(asker, await serverOf(asker), { what: 'undone', isOld: undone.isDone });
    },

    async undoServerSettings({ to, from, ...asker }) {
      const serverId = await serverOf(asker);
      const present = subscriptionStore.settings(serverId);
      const settings = { before: { ...present, ...checked(from) }, after: { ...present, ...to } };
      const undone = await deps.undoSettings({ ...asker, through: 'subscriptions', settings });
      if (undone.kind === 'conflict') return undone;
      return viewOf(asker, serverId, { what: 'undone', isOld: undone.isDone });
    },

    async removeMute({ at, ...asker }) {
      const serverId = await serverOf(asker);
      const wanted = subscriptionStore.mutes(serverId).find((one) => one.at === at);
      if (!wanted) throw new UserError('serverSettings.noSuchMute');
      const { text } = wanted;
      await subscriptionStore.unmute(serverId, text, asker.userId);
      const undo = await questions.keep({ kind: 'unmuted', serverId, text, at });
      return viewOf(asker, serverId, null, { text, undo });
    },

    async muteAgain({ key, ...asker }) {
      const serverId = await serverOf(asker);
      const kept = keptSchema.safeParse(await questions.recall(key, 'undo.forgotten'));
      if (!kept.success || kept.data.serverId !== serverId) throw new UserError('undo.forgotten');
      const { text } = kept.data;
      await subscriptionStore.mute(serverId, text, asker.userId);
      return viewOf(asker, serverId, null, { text, undo: null });
    },
  };
}

/** It comes back as a custom id has it: a zone that nobody knows is not stored. Throws UserError. */
const checked = (from: SettingChange): SettingChange =>
  'zone' in from && from.zone !== null ? { zone: zoneOf(from.zone) } : from;

const serverOf = (asker: Asker): Promise<string> => managedServer(asker, 'subscriptions');
