import type { Clock } from '#src/foundation/clock.ts';
import type { HeldSubscriptions } from './held-subscriptions.ts';
import { muteEntry, withEntry } from './history.ts';

export type ServerMutes = {
  /** Filters whose matches the whole server does not want. */
  mutes(serverId: string): readonly string[];
  /** False when it was muted already. */
  mute(serverId: string, filter: string, who: string): Promise<boolean>;
  /** False when it was not muted. */
  unmute(serverId: string, filter: string, who: string): Promise<boolean>;
};

export function openServerMutes(held: HeldSubscriptions, clock: Clock): ServerMutes {
  const setMute = (serverId: string, filter: string, isMuted: boolean, who: string): Promise<boolean> =>
    held.inTurn(serverId, async () => {
      const before = held.mutes(serverId);
      if (before.includes(filter) === isMuted) return false;
      const entry = muteEntry(isMuted ? 'muted' : 'unmuted', filter, who, clock.now());
      await held.writeMutes(
        serverId,
        toggled(before, filter),
        withEntry(await held.history(serverId), entry),
      );
      return true;
    });

  return {
    mutes: held.mutes,
    mute: (serverId, filter, who) => setMute(serverId, filter, true, who),
    unmute: (serverId, filter, who) => setMute(serverId, filter, false, who),
  };
}

/** With that filter where it was not among them, without it where it was. */
export function toggled(mutes: readonly string[], filter: string): string[] {
  return mutes.includes(filter) ? mutes.filter((mute) => mute !== filter) : [...mutes, filter];
}
