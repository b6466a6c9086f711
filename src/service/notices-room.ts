import type { ConflictView } from '#src/render/conflict-page.ts';
import type { NoticesView } from '#src/render/notices-line.ts';
import type { UndoneView } from '#src/render/undone-page.ts';
import type { ServerSettings } from '#src/subscription/server-settings.ts';
import type { SubscriptionStore } from '#src/subscription/subscription-store.ts';
import type { Asker } from './asker.ts';
import { managedServer } from './moderate.ts';
import { type RoomDeps, refuseRoom } from './refuse-room.ts';
import type { UndoChange } from './undo-change.ts';

export type NoticesDeps = RoomDeps & {
  subscriptionStore: Pick<SubscriptionStore, 'settings' | 'changeSettings'>;
  /** The channel where words to moderators go at present; null: there is none. */
  noticesGoTo(serverId: string): string | null;
  isSeenByEverybody(channelId: string): boolean;
  /** Discord has no such channel any more, as far as is known. */
  isGone(place: { serverId: string; channelId: string }): boolean;
  undoSettings: UndoChange['undoSettings'];
};

/** The command through which it is asked. */
type Through = 'doctor' | 'subscriptions';

type Choice = Asker & { to: string | null; through: Through };
/** The settings that were there. */
type Chosen = { serverId: string; before: ServerSettings };

type NoticesRoom = {
  /** Where words to moderators go from now on; null: where Paperboy picks. Throws UserError where they cannot go there. */
  choose(choice: Choice): Promise<Chosen>;
  /** Back to `from`; where it is not `to` any more that is shown: somebody else changed it since. */
  undo(choice: Choice & { from: string | null }): Promise<UndoneView | ConflictView>;
};

/** For those who may use the command and manage the server. */
export function createNoticesRoom(deps: NoticesDeps): NoticesRoom {
  const { subscriptionStore } = deps;
  return {
    async choose({ to, through, ...asker }) {
      const serverId = await managedServer(asker, through);
      if (to !== null) await refuseRoom(deps, asker, serverId, to);
      const before = await subscriptionStore.changeSettings(
        serverId,
        (present) => ({
          ...present,
          notices: to,
        }),
        asker.userId,
      );
      return { serverId, before };
    },

    async undo({ to, from, through, ...asker }) {
      const serverId = await managedServer(asker, through);
      if (from !== null) await refuseRoom(deps, asker, serverId, from);
      const present = subscriptionStore.settings(serverId);
      const settings = { before: { ...present, notices: from }, after: { ...present, notices: to } };
      return deps.undoSettings({ ...asker, through, settings });
    },
  };
}

/** Where words to moderators go, as far as the asker may know it. */
export async function noticesView(
  deps: Omit<NoticesDeps, 'lacked' | 'undoSettings'>,
  { rights }: Asker,
  serverId: string,
): Promise<NoticesView> {
  const chosen = deps.subscriptionStore.settings(serverId).notices;
  const goTo = deps.noticesGoTo(serverId);
  const shown = async (id: string | null) => (id !== null && (await rights.sees(id)) ? id : null);
  const seen = await shown(goTo);
  const isLost = chosen !== null && deps.isGone({ serverId, channelId: chosen });
  return {
    ...{ goTo: seen, chosen: await shown(chosen) },
    how:
      goTo === null
        ? 'nowhere'
        : chosen === null
          ? 'picked'
          : goTo === chosen
            ? 'chosen'
            : isLost
              ? 'deleted'
              : 'instead',
    isPublic: seen !== null && deps.isSeenByEverybody(seen),
    mayChange: rights.managesServer(),
  };
}
