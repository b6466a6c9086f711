import type { Database, SqlValue } from '#src/foundation/database/database.ts';
import { type ChangeRow, readChange } from './change-rows.ts';
import type { StoredEntry } from './history.ts';
import type { Mute } from './mute.ts';
import type { ServerSettings } from './server-settings.ts';
import type { Subscription } from './subscription.ts';
import { type MuteThen, mutesThen, settingsThen, subscriptionsThen } from './then.ts';

/** What holds in a channel: its own subscriptions, and what its server mutes and has set. */
export type Standing = {
  subscriptions: readonly Subscription[];
  mutes: readonly MuteThen[];
  settings: ServerSettings;
};

type Place = { serverId: string; channelId: string };

/** What stood in a channel, and what was done there since. However long a history is, a few rows of it are read. */
export type StandingReader = {
  /** What stood there at each of these instants (UTC ms), and at no other. */
  standings(place: Place, instants: readonly number[]): Promise<(instant: number) => Standing>;
  /** What was done after that instant to what holds there, deleted posts aside: the newest last, at most so many. */
  changedSince(place: Place, at: number, most: number): Promise<readonly StoredEntry[]>;
  /** How a subscription there came to an end last by that instant; null where none did. */
  lastEnd(place: Place, until: number): Promise<StoredEntry | null>;
};

type Present = {
  inChannel(channelId: string): readonly Subscription[];
  mutes(serverId: string): readonly Mute[];
  settings(serverId: string): ServerSettings;
};

/** Of each thing the change that tells how it stood at an instant: the last until then, else the first after it. */
const TELLING = 'coalesce(max(CASE WHEN at <= ? THEN id END), min(id))';

// What the telling change left, or found, as nothing is told by no change just as well, unless it is there now. What is muted since
// before the instant needs no change to tell it.

const OF_SUBSCRIPTIONS = `SELECT * FROM change
  WHERE id IN (SELECT ${TELLING} FROM change
    WHERE server = ? AND channel = ? AND subscription IS NOT NULL GROUP BY subscription)
  AND (CASE WHEN at <= ? THEN after ELSE before END IS NOT NULL OR subscription IN (SELECT value FROM json_each(?)))
  ORDER BY id`;

const OF_MUTES = `SELECT * FROM change
  WHERE id IN (SELECT ${TELLING} FROM change
    WHERE server = ? AND channel IS NULL AND subscription IS NULL AND about IS NOT NULL
    AND about NOT IN (SELECT value FROM json_each(?)) GROUP BY about)
  AND (what = CASE WHEN at <= ? THEN 'muted' ELSE 'unmuted' END OR about IN (SELECT value FROM json_each(?)))
  ORDER BY id`;

const OF_SETTINGS = `SELECT * FROM change
  WHERE id = (SELECT ${TELLING} FROM change
    WHERE server = ? AND channel IS NULL AND subscription IS NULL AND about IS NULL)`;

const SINCE = `SELECT * FROM change WHERE id IN (SELECT id FROM change
  WHERE server = ? AND (channel IS NULL OR (channel = ? AND subscription IS NOT NULL)) AND at > ?
  ORDER BY at DESC, id DESC LIMIT ?) ORDER BY at, id`;

const LAST_END = `SELECT * FROM change
  WHERE server = ? AND channel = ? AND subscription IS NOT NULL AND at <= ? AND before IS NOT NULL AND after IS NULL
  ORDER BY at DESC, id DESC LIMIT 1`;

export function createStandingReader(db: Database, present: Present): StandingReader {
  const entriesOf = async (
    known: Map<number, StoredEntry | null>,
    sql: string,
    ...values: SqlValue[]
  ): Promise<StoredEntry[]> => {
    const rows = await db.all<ChangeRow>(sql, ...values);
    return rows.flatMap((row) => {
      const entry = known.get(row.id) ?? readChange(row);
      known.set(row.id, entry);
      return entry ?? [];
    });
  };

  return {
    async standings({ serverId, channelId }, instants) {
      // Most of what tells of one instant tells of the others too.
      const known = new Map<number, StoredEntry | null>();
      const subscriptions = present.inChannel(channelId);
      const mutes = present.mutes(serverId);
      const settings = present.settings(serverId);
      const ids = JSON.stringify(subscriptions.map(({ id }) => id));
      const texts = (of: readonly Mute[]): string => JSON.stringify(of.map(({ text }) => text));
      const byInstant = new Map<number, Standing>();
      for (const at of new Set(instants)) {
        const ofChannel = [at, serverId, channelId, at, ids];
        const [before, later] = [mutes.filter((one) => one.at <= at), mutes.filter((one) => one.at > at)];
        const ofMutes = [at, serverId, texts(before), at, texts(later)];
        byInstant.set(at, {
          subscriptions: subscriptionsThen(
            subscriptions,
            await entriesOf(known, OF_SUBSCRIPTIONS, ...ofChannel),
            at,
          ),
          mutes: mutesThen(mutes, await entriesOf(known, OF_MUTES, ...ofMutes), at),
          settings: settingsThen(settings, await entriesOf(known, OF_SETTINGS, at, serverId), at),
        });
      }
      return (instant) => {
        const standing = byInstant.get(instant);
        if (!standing) throw new RangeError('nobody asked what stood there at that instant');
        return standing;
      };
    },

    changedSince: ({ serverId, channelId }, at, most) =>
      entriesOf(new Map(), SINCE, serverId, channelId, at, most),

    lastEnd: async ({ serverId, channelId }, until) =>
      (await entriesOf(new Map(), LAST_END, serverId, channelId, until))[0] ?? null,
  };
}
