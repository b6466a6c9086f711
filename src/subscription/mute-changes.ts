import type { Clock } from '#src/foundation/clock.ts';
import { UserError } from '#src/wording/user-error.ts';
import type { HeldSubscriptions } from './held-subscriptions.ts';
import { otherEntry } from './history.ts';
import type { Mute } from './mute.ts';

/** So many mutes a server can have. */
export const MUTES_AT_MOST = 100;

/** What a server mutes, each change an entry of its own in the history. */
export type MuteChanges = {
  /** The oldest first; the very same list until it is changed. */
  mutes(serverId: string): readonly Mute[];
  /** False where it is muted already, as `isSame` says in its turn. Throws UserError where there are as many as there can be. */
  mute(serverId: string, text: string, who: string, isSame?: (mute: Mute) => boolean): Promise<boolean>;
  /** False where it is not muted (any more). */
  unmute(serverId: string, text: string, who: string): Promise<boolean>;
  /** Hears of a server whose mutes are others now; of those that are read at the start too. */
  onMutes(listener: (serverId: string) => void): void;
};

export function openMuteChanges(held: HeldSubscriptions, clock: Clock): MuteChanges {
  const isMuted = (serverId: string, text: string) => held.mutes(serverId).some((one) => one.text === text);
  const entry = (what: 'muted' | 'unmuted', about: string, who: string) =>
    otherEntry(what, { channelId: null, about, who, at: clock.now() });

  return {
    mutes: held.mutes,
    onMutes: held.onMutes,

    mute: (serverId, text, who, isSame = (one) => one.text === text) =>
      held.inTurn(serverId, async () => {
        if (held.mutes(serverId).some(isSame)) return false;
        const mutes = held.mutes(serverId);
        if (mutes.length >= MUTES_AT_MOST) throw new UserError('mute.tooMany', { most: MUTES_AT_MOST });
        // By its instant a mute is named in selects.
        const at = Math.max(clock.now(), (mutes.at(-1)?.at ?? 0) + 1);
        const after = [...mutes, { text, who, at }];
        await held.writeMutes(serverId, after, entry('muted', text, who));
        return true;
      }),

    unmute: (serverId, text, who) =>
      held.inTurn(serverId, async () => {
        if (!isMuted(serverId, text)) return false;
        const after = held.mutes(serverId).filter((one) => one.text !== text);
        await held.writeMutes(serverId, after, entry('unmuted', text, who));
        return true;
      }),
  };
}
