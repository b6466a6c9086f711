import { channelOfDestination, toChannel } from '#src/outbox/destination.ts';
import type { Episode } from '#src/outbox/episodes.ts';
import type { LastKnown } from '#src/outbox/last-known.ts';
import type { Outbox } from '#src/outbox/outbox.ts';
import { CHANGES_PER_PAGE, type ChangeView, type HistoryView } from '#src/render/history-page.ts';
import { troubleOf } from '#src/render/hold-notice.ts';
import { pageWithin } from '#src/render/paper-list.ts';
import type { HistoryEntry } from '#src/subscription/history.ts';
import type { SubscriptionStore } from '#src/subscription/subscription-store.ts';
import type { Asker } from './asker.ts';
import { moderatorFor } from './moderate.ts';
import type { QuestionStore } from './question-store.ts';
import { keepReturn } from './undo-change.ts';

/** So many of Paperboy's own pauses are shown, on the first page. */
const PAUSES_SHOWN = 5;

export type ShowHistory = {
  /** Who changed what when in this server; `of`: of one subscription alone. */
  showHistory(asker: Asker & { page: number; of?: string | null }): Promise<HistoryView>;
  /** What was known of a channel when it was deleted; null where nothing is. */
  lastKnown(channelId: string): Promise<LastKnown | null>;
};

/** A change with what is stored of it. */
type Change = ChangeView & { entry: HistoryEntry };

const inChannel = (episode: Episode) => ({ ...episode, channelId: channelOfDestination(episode) });

/** A server's history as the asker may see it: members' changes, and apart from them what Paperboy paused by itself. */
export function createShowHistory({
  subscriptionStore,
  outbox,
  questions,
}: {
  subscriptionStore: SubscriptionStore;
  outbox: Outbox;
  questions: QuestionStore;
}): ShowHistory {
  return {
    lastKnown: (channelId) => outbox.episodes.lastKnown(toChannel(channelId)),

    async showHistory({ page, of = null, ...asker }) {
      const { serverId, lacks } = await moderatorFor(asker, 'subscriptions');
      const isSeen = async (channelId: string | null) =>
        channelId === null || (await lacks(channelId)) !== 'viewChannel';
      const seenOf = async <T extends { channelId: string | null }>(some: readonly T[]): Promise<T[]> => {
        const seen: T[] = [];
        for (const one of some) if (await isSeen(one.channelId)) seen.push(one);
        return seen;
      };
      const known = (await subscriptionStore.history(serverId))
        .filter(({ before, after }) => of === null || (after ?? before)?.id === of)
        .flatMap(changeOf)
        .reverse();
      const withWayBack = async ({ entry, ...view }: Change): Promise<ChangeView> => {
        const { before, what } = entry;
        if (what !== 'ended' || !before || subscriptionStore.byId(before.id)) return view;
        return { ...view, back: await keepReturn({ questions }, before) };
      };
      const all = await seenOf(known);
      const shown = pageWithin(page, all.length, CHANGES_PER_PAGE);
      const first = shown * CHANGES_PER_PAGE;
      const pauses =
        shown === 0 && of === null
          ? await seenOf((await outbox.episodes.ofServer(serverId)).map(inChannel))
          : [];
      return {
        changes: await Promise.all(all.slice(first, first + CHANGES_PER_PAGE).map(withWayBack)),
        pauses: pauses.slice(0, PAUSES_SHOWN).map((one) => ({ ...one, trouble: troubleOf(one) })),
        total: all.length,
        hidden: known.length - all.length,
        page: shown,
        of,
      };
    },
  };
}

function changeOf(entry: HistoryEntry): Change[] {
  const { at, who, what, channelId, before, after, about = '' } = entry;
  if (who === null && what !== 'ended') return [];
  const [from, to] = [before?.filter ?? null, after?.filter ?? null];
  return [{ at, who, what, channelId, entry, before: from, after: to, about }];
}
