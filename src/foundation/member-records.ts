/** Stands where a member's id stood once they had it deleted. What is a server's, as its settings are, stays. */
export const FORMER_MEMBER = 'former';

/** What names a member. `typed` and `vote` are theirs alone, and go with them; the rest is a server's. */
export type RecordKind =
  | 'vote'
  | 'typed'
  | 'change'
  | 'others'
  | 'subscription'
  | 'mute'
  | 'channel'
  | 'unread';

/** One thing that names a member, as it is stored. `at`: since when, UTC ms; null: not known. */
export type MemberRecord = { kind: RecordKind; serverId: string | null; at: number | null; stored: object };

/** Every room that keeps ids of members has one, and whoever shows or forgets a member asks all of them. */
export type MemberRecords = {
  /** All that names this member. */
  of(memberId: string): Promise<readonly MemberRecord[]>;
  /** Every id that stands there, those of channels and servers perhaps among them. */
  ids(): Promise<ReadonlySet<string>>;
  /** Afterwards nothing there names the member. Done twice it changes nothing. */
  forget(memberId: string): Promise<void>;
};

/** Several as one. */
export const joinedRecords = (...all: readonly MemberRecords[]): MemberRecords => ({
  of: async (memberId) => (await Promise.all(all.map((one) => one.of(memberId)))).flat(),
  ids: async () => new Set((await Promise.all(all.map((one) => one.ids()))).flatMap((ids) => [...ids])),
  async forget(memberId) {
    for (const one of all) await one.forget(memberId);
  },
});
