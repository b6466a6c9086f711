import { takeBreaths } from '#src/foundation/breath.ts';
import type { Clock } from '#src/foundation/clock.ts';
import type { ExportView } from '#src/render/export-page.ts';
import { inListOrder, type SubscriptionStore } from '#src/subscription/subscription-store.ts';
import type { Asker } from './asker.ts';
import { moderatorFor } from './moderate.ts';
import { entryOf, type FileEntry, serverPartOf } from './settings-file.ts';

type Deps = {
  subscriptionStore: Pick<SubscriptionStore, 'inServer' | 'settings' | 'mutes'>;
  clock: Clock;
  /** As Discord calls it; null: unknown, or gone. */
  channelName(channelId: string): string | null;
};

export type ExportSettings = {
  /**
   * The server's subscriptions in channels that the asker sees; the others are counted. Settings and mutes go along for who
   * manages the server.
   */
  exportSettings(asker: Asker): Promise<ExportView>;
};

export function createExportSettings({ subscriptionStore, clock, channelName }: Deps): ExportSettings {
  return {
    async exportSettings(asker) {
      const { serverId, lacks } = await moderatorFor(asker, 'filter');
      const breathe = takeBreaths(clock);
      const all = inListOrder(subscriptionStore.inServer(serverId));
      const isSeen = new Map<string, boolean>();
      const subscriptions: FileEntry[] = [];
      for (const one of all) {
        const { channelId } = one;
        if (!isSeen.has(channelId)) isSeen.set(channelId, (await lacks(channelId)) !== 'viewChannel');
        if (isSeen.get(channelId)) subscriptions.push(entryOf(one, channelName(channelId)));
        await breathe();
      }
      const hasServer = asker.rights.managesServer();
      const [settings, mutes] = [subscriptionStore.settings(serverId), subscriptionStore.mutes(serverId)];
      const { notices } = settings;
      const room = {
        isSeen: notices === null || (await asker.rights.sees(notices)),
        name: notices === null ? null : channelName(notices),
      };
      const file = {
        paperboy: 1,
        exportedAt: new Date(asker.now).toISOString(),
        ...(hasServer && { server: serverPartOf(settings, mutes, room) }),
        subscriptions,
      };
      return {
        name: `paperboy-${new Date(asker.now).toISOString().slice(0, 10)}.json`,
        text: `${JSON.stringify(file, null, 2)}\n`,
        subscriptions: subscriptions.length,
        channels: [...isSeen.values()].filter(Boolean).length,
        hidden: all.length - subscriptions.length,
        mutes: hasServer ? mutes.length : null,
      };
    },
  };
}
