import type { SamePaper } from '#src/decision/same-paper.ts';
import type { ServerSettingsView } from '#src/render/server-settings-page.ts';
import type { SubscriptionStore } from '#src/subscription/subscription-store.ts';
import { DeniedError, UserError } from '#src/wording/user-error.ts';
import type { Asker } from './asker.ts';
import { moderatorFor } from './moderate.ts';

type Change = { samePaper: SamePaper };

export type ManageServerSettings = {
  /** Throws DeniedError, as the others, for whoever may not manage the server. */
  showServerSettings(asker: Asker): Promise<ServerSettingsView>;
  changeServerSettings(asker: Asker & Change): Promise<ServerSettingsView>;
  /** Back to `from`; throws UserError where it is not `samePaper` any more: somebody else changed it since. */
  undoServerSettings(asker: Asker & Change & { from: SamePaper }): Promise<ServerSettingsView>;
};

/** What holds in all channels of a server: for those who may use /subscriptions and manage the server. */
export function createManageServerSettings({
  subscriptionStore,
}: {
  subscriptionStore: Pick<SubscriptionStore, 'settings' | 'changeSettings'>;
}): ManageServerSettings {
  return {
    async showServerSettings(asker) {
      const serverId = await serverOf(asker);
      return { ...subscriptionStore.settings(serverId), done: null };
    },

    async changeServerSettings({ samePaper, ...asker }) {
      const serverId = await serverOf(asker);
      const before = await subscriptionStore.changeSettings(serverId, (present) => ({
        ...present,
        samePaper,
      }));
      return { samePaper, done: { what: 'saved', from: before.samePaper } };
    },

    async undoServerSettings({ samePaper, from, ...asker }) {
      const serverId = await serverOf(asker);
      await subscriptionStore.changeSettings(serverId, (present) => {
        if (present.samePaper !== samePaper && present.samePaper !== from)
          throw new UserError('serverSettings.changedSince');
        return { ...present, samePaper: from };
      });
      return { samePaper: from, done: { what: 'undone' } };
    },
  };
}

async function serverOf(asker: Asker): Promise<string> {
  const { serverId } = await moderatorFor(asker, 'subscriptions');
  if (!asker.rights.managesServer()) throw new DeniedError('rights.manageServer');
  return serverId;
}
