import { setImmediate as othersTurn } from 'node:timers/promises';
import { isDeepStrictEqual } from 'node:util';
import type { Clock } from '#src/foundation/clock.ts';
import { fromNowOn } from './from-now-on.ts';
import type { HeldSubscriptions } from './held-subscriptions.ts';
import { otherEntry, settingsEntry, subscriptionEntry } from './history.ts';
import type { ServerSettings } from './server-settings.ts';
import type { Subscription } from './subscription.ts';

/** What is there, and what is to be there instead: the same subscription, or null for none. */
export type Replacement = { present: Subscription | null; wanted: Subscription | null };

/** What of a server is to be as it was: subscriptions, what is no longer muted, its settings (null: those that are there). */
type WayBack = {
  subscriptions: readonly Replacement[];
  unmuted?: readonly string[];
  settings?: ServerSettings | null;
};

export type PutBack = {
  /**
   * Makes of a server what `decide` says in its turn, in one transaction, each change an entry of its own in the history; what it
   * throws refuses all of them. What is brought back wants what comes from now on. False where nothing had to change.
   */
  putBack(serverId: string, who: string, decide: () => WayBack | Promise<WayBack>): Promise<boolean>;
};

export function openPutBack(held: HeldSubscriptions, clock: Clock): PutBack {
  return {
    putBack: (serverId, who, decide) =>
      held.inTurn(serverId, async () => {
        const { subscriptions, unmuted = [], settings = null } = await decide();
        await othersTurn();
        const at = clock.now();
        const changes = subscriptions.map(({ present, wanted }) =>
          subscriptionEntry('undone', present, wanted && fromNowOn(present, wanted, at), who, at),
        );
        const [mutes, present] = [held.mutes(serverId), held.settings(serverId)];
        const gone = mutes.filter(({ text }) => unmuted.includes(text));
        const entries = [
          ...gone.map(({ text: about }) => otherEntry('unmuted', { channelId: null, about, who, at })),
          ...(settings && !isDeepStrictEqual(settings, present)
            ? [settingsEntry({ before: present, after: settings }, who, at)]
            : []),
        ];
        if (changes.length + entries.length === 0) return false;
        const left = gone.length > 0 ? mutes.filter((one) => !gone.includes(one)) : null;
        await held.write(serverId, changes, { settings, mutes: left, entries });
        return true;
      }),
  };
}
