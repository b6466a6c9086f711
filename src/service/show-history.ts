import { channelOfDestination, toChannel } from '#src/outbox/destination.ts';
import type { Episode } from '#src/outbox/episodes.ts';
import type { LastKnown } from '#src/outbox/last-known.ts';
import type { Outbox } from '#src/outbox/outbox.ts';
import { CHANGES_PER_PAGE, type ChangeView, type HistoryView } from '#src/render/history-page.ts';
import { troubleOf } from '#src/render/hold-notice.ts';
import { pageWithin } from '#src/render/paper-list.ts';
import type { ChangedChannel, HistoryScope } from '#src/subscription/change-reader.ts';
import type { StoredEntry } from '#src/subscription/history.ts';
import type { SubscriptionStore } from '#src/subscription/subscription-store.ts';
import type { Asker } from './asker.ts';
import { moderatorFor } from './moderate.ts';
import { noticesSeenIn, tellChanged, tellSettings } from './tell-changed.ts';

/** So many of Paperboy's own changes, and of its pauses, are shown, on the first page. */
const OWN_SHOWN = 5;

export type ShowHistory = {
  /** Who changed what when in this server, or of one subscription or one channel alone. */
  showHistory(asker: Asker & { page: number } & Partial<HistoryScope>): Promise<HistoryView>;
  /** What was known of a channel when it was deleted; null where nothing is. */
  lastKnown(channelId: string): Promise<LastKnown | null>;
};

type Deps = {
  subscriptionStore: Pick<SubscriptionStore, 'changedChannels' | 'historyPage'>;
  outbox: Outbox;
  /** As Discord calls it; null: unknown, or gone. */
  channelName(channelId: string): string | null;
};

type IsSeen = (channelId: string) => Promise<boolean>;

const inChannel = (episode: Episode) => ({ ...episode, channelId: channelOfDestination(episode) });

/** A server's history as the asker may see it: members' changes, and apart from them what Paperboy did by itself. */
export function createShowHistory({ subscriptionStore, outbox, channelName }: Deps): ShowHistory {
  const pausesOf = async (
    serverId: string,
    { channelId, isSeen }: { channelId: string | null; isSeen: IsSeen },
  ): Promise<HistoryView['pauses']> => {
    const all = (await outbox.episodes.ofServer(serverId)).map(inChannel);
    const seen: typeof all = [];
    for (const one of all) {
      if (seen.length === OWN_SHOWN) break;
      if (channelId !== null && one.channelId !== channelId) continue;
      if (await isSeen(one.channelId)) seen.push(one);
    }
    return seen.map((one) => ({ ...one, trouble: troubleOf(one) }));
  };

  return {
    lastKnown: (channelId) => outbox.episodes.lastKnown(toChannel(channelId)),

    async showHistory({ page, subscription = null, channelId = null, ...asker }) {
      const { serverId, lacks } = await moderatorFor(asker, 'subscriptions');
      const isSeen = async (id: string) => (await lacks(id)) !== 'viewChannel';
      const scope = { subscription, channelId };
      const { seen, hidden } = await apart(
        await subscriptionStore.changedChannels(serverId, subscription),
        isSeen,
      );
      const countIn = (channels: readonly ChangedChannel[]): number =>
        channels
          .filter((one) => channelId === null || one.channelId === channelId)
          .reduce((sum, { byMembers }) => sum + byMembers, 0);
      const total = countIn(seen);
      const shown = pageWithin(page, total, CHANGES_PER_PAGE);
      const read = (by: 'members' | 'paperboy', from: number, most: number) =>
        subscriptionStore.historyPage(serverId, scope, {
          ...{ by, from, most },
          hidden: hidden.flatMap((one) => one.channelId ?? []),
        });
      const viewsOf = async (entries: readonly StoredEntry[]): Promise<ChangeView[]> => {
        const noticesSeen = await noticesSeenIn(entries.flatMap(settingsIn), asker.rights);
        return entries.map((entry) => changeView(entry, { channelName, noticesSeen }));
      };
      const isFirst = shown === 0;
      return {
        changes: await viewsOf(await read('members', shown * CHANGES_PER_PAGE, CHANGES_PER_PAGE)),
        own: isFirst ? await viewsOf((await read('paperboy', 0, OWN_SHOWN)).filter(isEnd)) : [],
        pauses: isFirst && subscription === null ? await pausesOf(serverId, { channelId, isSeen }) : [],
        total,
        hidden: countIn(hidden),
        page: shown,
        ...scope,
        channels: seen.flatMap((one) =>
          one.channelId === null || one.byMembers === 0
            ? []
            : { channelId: one.channelId, name: channelName(one.channelId), changes: one.byMembers },
        ),
      };
    },
  };
}

/** In earlier versions Paperboy noted there what Discord refused, too: that is told by the pauses. */
const isEnd = ({ what }: StoredEntry): boolean => what === 'ended';

async function apart(
  channels: readonly ChangedChannel[],
  isSeen: IsSeen,
): Promise<{ seen: ChangedChannel[]; hidden: ChangedChannel[] }> {
  const seen: ChangedChannel[] = [];
  const hidden: ChangedChannel[] = [];
  for (const one of channels)
    (one.channelId === null || (await isSeen(one.channelId)) ? seen : hidden).push(one);
  return { seen, hidden };
}

const settingsIn = ({ settings }: StoredEntry) => (settings ? [settings.before, settings.after] : []);

/** `channelName`: null where nobody is to be told; `noticesSeen`: the channels for notices that the asker sees. */
export function changeView(
  entry: StoredEntry,
  { channelName, noticesSeen }: Pick<Deps, 'channelName'> & { noticesSeen: ReadonlySet<string> },
): ChangeView {
  const { id, at, who, what, channelId, before, after, about = '', settings } = entry;
  return {
    ...{ id, at, who, what, channelId, about },
    channelName: channelId === null ? null : channelName(channelId),
    before: before?.filter ?? null,
    after: after?.filter ?? null,
    steps: settings
      ? tellSettings(settings.before, settings.after, noticesSeen)
      : before && after
        ? tellChanged(before, after)
        : [],
    until: (what === 'paused' && after?.paused?.until) || null,
  };
}
