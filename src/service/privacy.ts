import { takeBreaths } from '#src/foundation/breath.ts';
import type { Clock } from '#src/foundation/clock.ts';
import type { MemberRecord, MemberRecords } from '#src/foundation/member-records.ts';
import type { Outbox } from '#src/outbox/outbox.ts';
import type { VoteStore } from '#src/reader/vote-store.ts';
import type { Stored, StoredView } from '#src/render/privacy-page.ts';
import type { SubscriptionStore } from '#src/subscription/subscription-store.ts';
import type { UnusualStore } from '#src/subscription/unusual-store.ts';
import { DeniedError } from '#src/wording/user-error.ts';
import type { Asker } from './asker.ts';
import type { HeavyWork } from './heavy-work.ts';

type Asked = Asker & { about: 'me' | 'server' };

export type Privacy = {
  /** What is stored about the asker, or of the server for an administrator. */
  showStored(asked: Asked): Promise<StoredView>;
  /** The same with all of it, as JSON; of each kind the newest. */
  exportStored(asked: Asked): Promise<StoredView & { text: string }>;
  /** Deletes it; what is the servers' stays, without the asker's id. */
  deleteStored(asked: Asked): Promise<{ about: Asked['about']; isLogEmpty: boolean }>;
};

type Deps = {
  memberRecords: readonly MemberRecords[];
  subscriptionStore: SubscriptionStore;
  unusualStore: Pick<UnusualStore, 'all'>;
  voteStore: Pick<VoteStore, 'countIn'>;
  outbox: Pick<Outbox, 'rowsOf'>;
  forgetting: {
    forgetMember(memberId: string): Promise<boolean>;
    forgetServer(serverId: string): Promise<boolean>;
  };
  heavy: HeavyWork;
  clock: Clock;
  contact: string | null;
};

/** A file is to stay below what Discord takes, and is written in one go: no more of each kind. */
const MOST = 2000;

/** By kind: how many there are, and as they are stored, the newest first, as far as they fit. */
type Found = { [Kind in keyof Stored]?: { count: number; stored: readonly unknown[] } };

export function createPrivacy(deps: Deps): Privacy {
  const { forgetting, heavy, contact, clock } = deps;

  const read = (asked: Asked): Promise<Found> =>
    heavy.run(asked.userId, () =>
      asked.about === 'me' ? readMember(deps, asked.userId) : readServer(deps, serverOf(asked)),
    );

  const viewOf = ({ about }: Asked, found: Found): StoredView => {
    const counts = Object.entries(found).map(([kind, { count }]) => [kind, count]);
    return { about, contact, most: MOST, stored: Object.fromEntries(counts) };
  };

  return {
    showStored: async (asked) => viewOf(asked, await read(asked)),

    async exportStored(asked) {
      const { about, userId, serverId } = asked;
      const found = await read(asked);
      const stored = Object.entries(found).map(([kind, one]) => [kind, one.stored]);
      const whose = about === 'me' ? { member: userId } : { server: serverId };
      const exportedAt = new Date(clock.now()).toISOString();
      const text = JSON.stringify(
        { paperboy: 1, exportedAt, ...whose, ...Object.fromEntries(stored) },
        null,
        1,
      );
      return { ...viewOf(asked, found), text };
    },

    async deleteStored(asked) {
      const { about } = asked;
      const isLogEmpty =
        about === 'me'
          ? await forgetting.forgetMember(asked.userId)
          : await forgetting.forgetServer(serverOf(asked));
      return { about, isLogEmpty };
    },
  };
}

/** Throws DeniedError outside of servers, and for whoever does not administer it. */
function serverOf({ serverId, rights }: Asker): string {
  if (serverId === null) throw new DeniedError('rights.serverOnly');
  if (!rights.administers()) throw new DeniedError('rights.administrator');
  return serverId;
}

async function readMember({ memberRecords }: Deps, memberId: string): Promise<Found> {
  const records: MemberRecord[] = [];
  for (const one of memberRecords) records.push(...(await one.of(memberId)));
  const newest = records.toSorted((a, b) => (b.at ?? 0) - (a.at ?? 0));
  const kinds = [...Map.groupBy(newest, ({ kind }) => kind)];
  return Object.fromEntries(
    kinds.map(([kind, those]) => [
      kind,
      counted(those.map(({ serverId: server, stored }) => ({ server, ...stored }))),
    ]),
  );
}

async function readServer(deps: Deps, serverId: string): Promise<Found> {
  const { subscriptionStore, unusualStore, voteStore, outbox, clock } = deps;
  const rows = await outbox.rowsOf(serverId, MOST, takeBreaths(clock));
  const unusual = (await unusualStore.all()).filter((one) => one.serverId === serverId);
  const isKnown = subscriptionStore.servers().includes(serverId);
  // Who voted is told to nobody.
  const votes = await voteStore.countIn(serverId);
  const troubles = [...rows.troubles, ...unusual];
  return {
    settings: counted(isKnown ? [subscriptionStore.settings(serverId)] : []),
    subscriptions: counted(subscriptionStore.inServer(serverId)),
    mutes: counted(subscriptionStore.mutes(serverId)),
    changes: counted((await subscriptionStore.history(serverId)).toReversed()),
    papers: { count: rows.entryCount, stored: rows.entries },
    posts: { count: rows.postCount, stored: rows.posts },
    votes: { count: votes, stored: votes === 0 ? [] : [{ votes }] },
    troubles: counted(troubles),
  };
}

const counted = (stored: readonly unknown[]) => ({ count: stored.length, stored: stored.slice(0, MOST) });
