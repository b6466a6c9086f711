import { toChannel } from '#src/outbox/destination.ts';
import type { NoticesView } from '#src/render/notices-line.ts';
import { tellLacked } from '#src/render/tell-lacked.ts';
import type { ServerSettings } from '#src/subscription/server-settings.ts';
import type { SubscriptionStore } from '#src/subscription/subscription-store.ts';
import { channel } from '#src/wording/phrase.ts';
import { DeniedError, UserError } from '#src/wording/user-error.ts';
import type { Asker } from './asker.ts';
import { managedServer } from './moderate.ts';
import type { FindLacked } from './subscribe-rules.ts';

export type NoticesDeps = {
  subscriptionStore: Pick<SubscriptionStore, 'settings' | 'changeSettings'>;
  /** The channel where words to moderators go at present; null: there is none. */
  noticesGoTo(serverId: string): string | null;
  isSeenByEverybody(channelId: string): boolean;
  /** Of that server, and of a type that takes words. */
  takesWords(serverId: string, channelId: string): boolean;
  lacked: FindLacked;
};

/** The command through which it is asked. */
type Through = 'doctor' | 'subscriptions';

type Choice = Asker & { to: string | null; through: Through };
/** The settings that were there. */
type Chosen = { serverId: string; before: ServerSettings };

type NoticesRoom = {
  /** Where words to moderators go from now on; null: where Paperboy picks. Throws UserError where they cannot go there. */
  choose(choice: Choice): Promise<Chosen>;
  /** Back to `from`; throws UserError where it is not `to` any more: somebody else changed it since. */
  undo(choice: Choice & { from: string | null }): Promise<Chosen>;
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
      const before = await subscriptionStore.changeSettings(
        serverId,
        (present) => {
          if (present.notices !== to && present.notices !== from)
            throw new UserError('serverSettings.changedSince');
          return { ...present, notices: from };
        },
        asker.userId,
      );
      return { serverId, before };
    },
  };
}

/** Where words to moderators go, as far as the asker may know it. */
export async function noticesView(
  deps: Omit<NoticesDeps, 'lacked'>,
  { rights }: Asker,
  serverId: string,
): Promise<NoticesView> {
  const chosen = deps.subscriptionStore.settings(serverId).notices;
  const goTo = deps.noticesGoTo(serverId);
  const shown = async (id: string | null) => (id !== null && (await rights.sees(id)) ? id : null);
  const seen = await shown(goTo);
  return {
    ...{ goTo: seen, chosen: await shown(chosen) },
    how: goTo === null ? 'nowhere' : chosen === null ? 'picked' : goTo === chosen ? 'chosen' : 'instead',
    isPublic: seen !== null && deps.isSeenByEverybody(seen),
    mayChange: rights.managesServer(),
  };
}

/** Throws UserError where words to moderators cannot go there, DeniedError where the asker does not see it. */
export async function refuseRoom(
  { lacked, takesWords }: Pick<NoticesDeps, 'lacked' | 'takesWords'>,
  { rights }: Asker,
  serverId: string,
  id: string,
): Promise<void> {
  if (!(await rights.sees(id))) throw new DeniedError('rights.hiddenChannel');
  if (!takesWords(serverId, id)) throw new UserError('notices.wrongType', { channel: channel(id) });
  const place = { serverId, destination: toChannel(id), kind: 'message' } as const;
  const [first, ...others] = lacked(place, { carries: 'words' });
  if (first) throw new UserError('subscribe.notSaved', { problem: tellLacked(first, others, id) });
}
