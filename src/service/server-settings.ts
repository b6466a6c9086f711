import { isDeepStrictEqual } from 'node:util';
import { z } from 'zod';
import type { ServerSettingsView } from '#src/render/server-settings-page.ts';
import type { ServerSettings } from '#src/subscription/server-settings.ts';
import type { SubscriptionStore } from '#src/subscription/subscription-store.ts';
import { DeniedError, UserError } from '#src/wording/user-error.ts';
import type { Asker } from './asker.ts';
import { moderatorFor } from './moderate.ts';
import type { QuestionStore } from './question-store.ts';
import { zoneOf } from './read-hours.ts';

/** One setting, and what it is to be. */
type SettingChange = {
  [Name in keyof ServerSettings]: Pick<ServerSettings, Name>;
}[keyof ServerSettings];

const keptSchema = z.object({ kind: z.literal('unmuted'), serverId: z.string(), text: z.string() });

export type ManageServerSettings = {
  /** Throws DeniedError, as the others, for whoever may not manage the server. */
  showServerSettings(asker: Asker): Promise<ServerSettingsView>;
  changeServerSettings(asker: Asker & { to: SettingChange }): Promise<ServerSettingsView>;
  /** As somebody wrote it. Throws UserError, with what may be meant. */
  changeServerZone(asker: Asker & { written: string }): Promise<ServerSettingsView>;
  /** Back to `from`; throws UserError where it is not `to` any more: somebody else changed it since. */
  undoServerSettings(asker: Asker & { to: SettingChange; from: SettingChange }): Promise<ServerSettingsView>;
  /** Removes the mute that was made at that instant (UTC ms); one that is gone already stays so. */
  removeMute(asker: Asker & { at: number }): Promise<ServerSettingsView>;
  /** Brings back what was removed, by its key. */
  muteAgain(asker: Asker & { key: string }): Promise<ServerSettingsView>;
};

/** What holds in all channels of a server: for those who may use /subscriptions and manage the server. */
export function createManageServerSettings({
  subscriptionStore,
  questions,
}: {
  subscriptionStore: Pick<SubscriptionStore, 'settings' | 'changeSettings' | 'mutes' | 'mute' | 'unmute'>;
  questions: QuestionStore;
}): ManageServerSettings {
  const viewOf = (
    serverId: string,
    done: ServerSettingsView['done'],
    mute: ServerSettingsView['mute'] = null,
  ): ServerSettingsView => ({
    ...{ settings: subscriptionStore.settings(serverId), done },
    ...{ mutes: subscriptionStore.mutes(serverId), mute },
  });
  const changed = async (asker: Asker, to: SettingChange): Promise<ServerSettingsView> => {
    const serverId = await serverOf(asker);
    const from = await subscriptionStore.changeSettings(serverId, (present) => ({ ...present, ...to }));
    return viewOf(serverId, { what: 'saved', from });
  };

  return {
    async showServerSettings(asker) {
      return viewOf(await serverOf(asker), null);
    },

    changeServerSettings: ({ to, ...asker }) => changed(asker, to),

    changeServerZone: ({ written, ...asker }) => changed(asker, { zone: zoneOf(written) }),

    async undoServerSettings({ to, from, ...asker }) {
      const serverId = await serverOf(asker);
      await subscriptionStore.changeSettings(serverId, (present) => {
        if (!isSo(present, to) && !isSo(present, from)) throw new UserError('serverSettings.changedSince');
        return { ...present, ...from };
      });
      return viewOf(serverId, { what: 'undone' });
    },

    async removeMute({ at, ...asker }) {
      const serverId = await serverOf(asker);
      const wanted = subscriptionStore.mutes(serverId).find((one) => one.at === at);
      if (!wanted) throw new UserError('serverSettings.noSuchMute');
      const { text } = wanted;
      await subscriptionStore.unmute(serverId, text, asker.userId);
      const undo = await questions.keep({ kind: 'unmuted', serverId, text, at });
      return viewOf(serverId, null, { text, undo });
    },

    async muteAgain({ key, ...asker }) {
      const serverId = await serverOf(asker);
      const kept = keptSchema.safeParse(await questions.recall(key, 'undo.forgotten'));
      if (!kept.success || kept.data.serverId !== serverId) throw new UserError('undo.forgotten');
      const { text } = kept.data;
      await subscriptionStore.mute(serverId, text, asker.userId);
      return viewOf(serverId, null, { text, undo: null });
    },
  };
}

const isSo = (settings: ServerSettings, one: SettingChange): boolean =>
  isDeepStrictEqual({ ...settings, ...one }, settings);

async function serverOf(asker: Asker): Promise<string> {
  const { serverId } = await moderatorFor(asker, 'subscriptions');
  if (!asker.rights.managesServer()) throw new DeniedError('rights.manageServer');
  return serverId;
}
