import { ChannelType } from 'discord-api-types/v10';
import { toChannel } from '#src/outbox/destination.ts';
import type { SubscribeOrder } from '#src/service/subscribe-order.ts';
import { allRights } from '#test/fakes/all-rights.ts';
import { createRandom } from '../filter-generator.ts';
import type { SoakHouse } from './soak-house.ts';
import { oldId } from './soak-newspaper.ts';
import type { Town } from './soak-town.ts';

/** What subscriptions of the town look like: every kind that there is, twice each in a year's beginning. */
const KINDS: readonly Partial<SubscribeOrder>[] = [
  {},
  { sensitivity: 'wide' },
  { sensitivity: 'about 3 a day' },
  { what: 'all', cap: 3 },
  { what: 'all', quiet: '22:00-07:00' },
  { what: 'all', when: 'daily', at: '09:00' },
  { what: 'all', when: 'daily', at: '18:30', zone: 'America/New_York' },
  { sensitivity: 'wide', when: 'weekly friday', at: '16:00' },
  { what: 'top 3' },
  { what: 'top 5', when: 'daily', at: '07:00' },
  { sensitivity: 'early', place: 'thread' },
  { what: 'all', when: 'weekly monday', silent: true },
];
export const SUBSCRIPTIONS = KINDS.length * 2;

const FILTERS = ['video', 'diffusion', 'agent', 'reasoning', 'language model', 'benchmark', 'robot', 'image'];
const PAIRS = FILTERS.flatMap((a) => FILTERS.filter((b) => b !== a).map((b) => `${a} OR ${b}`));
const LOOKED_UP_A_DAY = 4;
const MEMBER = 'ada';
/** Looked-up ids never meet those that searches bring. */
const FIRST_ID = 500_000;

export type Members = {
  /** Subscribes the town's channels. */
  settleIn(): Promise<void>;
  /** What people do on that day (0 is the first). */
  liveThrough(day: number): Promise<void>;
};

type Rooms = { house: SoakHouse; town: Town; now(): number };

/** People who look papers up, search, turn pages, ask why, edit and remove subscriptions, and lock channels. */
export function createMembers({ house, town, now }: Rooms): Members {
  const { services, subscriptionStore, outbox, trouble } = house;
  const random = createRandom(3);
  const one = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)];
  let asked = FIRST_ID;

  /** One of these that the channel does not have: a channel has each filter once. */
  const unused = (channelId: string, filters: readonly string[]): string => {
    const used = new Set(subscriptionStore.inChannel(channelId).map(({ filter }) => filter));
    return one([...filters, ...PAIRS].filter((filter) => !used.has(filter)).slice(0, filters.length));
  };

  const mentionsAll = { byBot: false, byAsker: false };
  const asker = (serverId: string) => ({ serverId, userId: 'mod', rights: allRights, now: now() });
  const order = (channelId: string, kind: Partial<SubscribeOrder>): SubscribeOrder => ({
    ...asker(town.serverOf(channelId)),
    ...{
      topic: '',
      keywords: unused(channelId, FILTERS),
      when: '',
      at: '',
      zone: 'UTC',
      role: null,
      what: '',
      mention: '',
      sensitivity: '',
      cap: null,
    },
    ...{ quiet: '', place: '', silent: false, publish: false },
    channel: {
      id: channelId,
      name: `papers-${channelId}`,
      type: ChannelType.GuildText,
      botPermissions: null,
      mentionsAll,
    },
    ...kind,
  });

  const question = (query: string) => ({
    ...{ query, since: '', sort: '', page: 0, now: now(), userId: MEMBER },
  });

  const lookAround = async (): Promise<void> => {
    for (let i = 0; i < LOOKED_UP_A_DAY; i++) await services.findPaper(oldId(asked++), MEMBER);
    await services.findPaper(oldId(asked - 10), MEMBER);
    const common = await services.searchPapers(question(one(FILTERS)));
    const next = { page: 1, userId: MEMBER, now: now() };
    if (common.kind === 'list') await services.turnSearchPage(common.key, next);
    await services.searchPapers(question(`nobody${asked}`));
    const list = await services.listTrending({ ...next, page: 0, period: 'week', topic: one(FILTERS) });
    await services.turnTrendingPage(list.key, next);
    const [posted] = await outbox.ledger({ destination: toChannel(one(town.channels())), limit: 1 });
    const post = posted?.postId ? await outbox.post(posted.postId) : null;
    if (post)
      await services.explainPost({ ...asker(post.place.serverId), userId: MEMBER, nonce: post.nonce });
  };

  /** Edits one, pauses and resumes one, removes one and subscribes another in its place. */
  const moderate = async (): Promise<void> => {
    const { id, serverId, channelId: place } = one([...subscriptionStore.all()]);
    await services.editFilter({
      ...asker(serverId),
      id,
      shown: null,
      filter: unused(place, PAIRS),
    });
    const { id: restless, serverId: itsServer, channelId } = one([...subscriptionStore.all()]);
    if (!(await outbox.holdOf(toChannel(channelId))))
      for (const isPaused of [true, false])
        await services.setPaused({ ...asker(itsServer), ids: [restless], isPaused });
    const leaving = one([...subscriptionStore.all()]);
    await services.removeSubscriptions({
      ...asker(leaving.serverId),
      ids: [leaving.id],
    });
    await services.subscribeChannel(order(one(town.channels()), one(KINDS)));
  };

  /** A channel goes for good; another is subscribed instead of it. */
  const moveAway = async (): Promise<void> => {
    const old = one(town.channels());
    const serverId = town.serverOf(old);
    const wanted = subscriptionStore.inChannel(old);
    town.deleteChannel(old);
    await trouble.onChannelGone(serverId, old, null);
    await services.removeSubscriptions({
      ...asker(serverId),
      ids: wanted.map(({ id }) => id),
    });
    const fresh = town.addChannel();
    for (const { filter } of wanted)
      await services.subscribeChannel(order(fresh, { ...one(KINDS), keywords: filter }));
  };

  const lock = async (isClosed: boolean): Promise<void> => {
    for (const channelId of town.channels().slice(0, 2)) {
      town.setClosed(channelId, isClosed);
      await trouble.probe({ serverId: town.serverOf(channelId), channelId });
    }
  };

  return {
    async settleIn() {
      const channels = town.channels();
      for (const [index, kind] of [...KINDS, ...KINDS].entries())
        await services.subscribeChannel(order(channels[index % channels.length], kind));
    },
    async liveThrough(day) {
      await lookAround();
      if (day % 7 === 2) await moderate();
      if (day % 30 === 10) await lock(true);
      if (day % 30 === 15) await lock(false);
      if (day % 45 === 20) await moveAway();
    },
  };
}
