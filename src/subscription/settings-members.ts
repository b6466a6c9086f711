import { takeBreaths } from '#src/foundation/breath.ts';
import type { Clock } from '#src/foundation/clock.ts';
import { idsIn, namesId } from '#src/foundation/ids-in.ts';
import { FORMER_MEMBER, type MemberRecord, type MemberRecords } from '#src/foundation/member-records.ts';
import type { HeldSubscriptions } from './held-subscriptions.ts';
import type { Subscription } from './subscription.ts';

/** Who made subscriptions and mutes: they are the server's and stay, without the name. */
export function openSettingsMembers(held: HeldSubscriptions, clock: Clock): MemberRecords {
  const ofServer = (serverId: string, memberId: string): MemberRecord[] => [
    ...held
      .inServer(serverId)
      .flatMap((stored): MemberRecord[] =>
        stored.createdBy === memberId ? [subscriptionRecord(stored)] : [],
      ),
    ...held
      .mutes(serverId)
      .flatMap((stored): MemberRecord[] =>
        stored.who === memberId ? [{ kind: 'mute', serverId, at: stored.at, stored }] : [],
      ),
  ];

  return {
    async of(memberId) {
      const breathe = takeBreaths(clock);
      const found: MemberRecord[] = [];
      for (const serverId of await held.serversNaming(memberId)) {
        found.push(...ofServer(serverId, memberId), ...(await unreadOf(held, serverId, memberId)));
        await breathe();
      }
      return found;
    },
    async ids() {
      const breathe = takeBreaths(clock);
      const ids = new Set<string>();
      for (const serverId of held.servers()) {
        for (const { value } of await held.stored(serverId)) for (const id of idsIn(value)) ids.add(id);
        await breathe();
      }
      return ids;
    },
    async forget(memberId) {
      const breathe = takeBreaths(clock);
      for (const serverId of await held.serversNaming(memberId)) {
        await held.inTurn(serverId, () => held.replaceId(serverId, memberId, FORMER_MEMBER));
        await breathe();
      }
    },
  };
}

/** What cannot be read is shown by its key alone: it is not known what of it is the member's. */
async function unreadOf(
  held: HeldSubscriptions,
  serverId: string,
  memberId: string,
): Promise<MemberRecord[]> {
  const unread = new Set(held.unreadIn(serverId).map(({ key }) => key));
  if (unread.size === 0) return [];
  return (await held.stored(serverId)).flatMap(({ key, value }): MemberRecord[] =>
    unread.has(key) && namesId(value, memberId)
      ? [{ kind: 'unread', serverId, at: null, stored: { key, member: memberId } }]
      : [],
  );
}

/** What it is by now is the server's. */
function subscriptionRecord({ id, channelId, createdAt, createdBy, serverId }: Subscription): MemberRecord {
  return {
    ...{ kind: 'subscription', serverId, at: createdAt },
    stored: { id, channelId, createdAt, createdBy },
  };
}
