import type { Phrase } from '#src/wording/values.ts';
import type { Subscription } from './subscription.ts';
import type { Zones } from './zone.ts';

/** What a mention of a role does: `everyone` is no role that Paperboy mentions; `silent`: nobody is notified. */
export type RoleMention = 'rings' | 'silent' | 'gone' | 'everyone';

/** Something that a subscription names and that does not do what it is for any more. */
export type Lost =
  /** Nothing matches: a topic that the catalogue lost, or words of another version. `problem`: why. */
  | { kind: 'filter'; problem: Phrase }
  | { kind: 'zone'; zone: string }
  | { kind: 'role'; roleId: string; mention: Exclude<RoleMention, 'rings'> };

export type FindLost = (subscription: Subscription) => Lost[];

type Deps = {
  /** Why a subscription's filter cannot be read; null when it can. */
  problemOf(id: string): Phrase | null;
  mention(place: { serverId: string; channelId: string }, roleId: string): RoleMention;
  zones: Zones;
};

/** Asks of everything that a subscription names whether it is still there; cheap enough to be asked whenever it is shown. */
export function createFindLost({ problemOf, mention, zones }: Deps): FindLost {
  return (subscription) => {
    const { id, when, quiet, roleId } = subscription;
    const lost: Lost[] = [];
    const problem = problemOf(id);
    if (problem !== null) lost.push({ kind: 'filter', problem });
    const named = new Set([when.kind === 'now' ? null : when.zone, quiet?.zone ?? null]);
    for (const zone of named) if (zone !== null && !isZone(zone, zones)) lost.push({ kind: 'zone', zone });
    const mentioned = roleId === null ? 'rings' : mention(subscription, roleId);
    if (roleId !== null && mentioned !== 'rings') lost.push({ kind: 'role', roleId, mention: mentioned });
    return lost;
  };
}

function isZone(zone: string, zones: Zones): boolean {
  try {
    zones(zone);
    return true;
  } catch (error) {
    if (error instanceof RangeError) return false;
    throw error;
  }
}
