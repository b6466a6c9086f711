import { openArchive } from '#src/archive/archive.ts';
import { openDatabase } from '#src/foundation/database/database.ts';
import { channelOfDestination, toChannel } from '#src/outbox/destination.ts';
import type { NewEntry, SendMode } from '#src/outbox/entry.ts';
import { openOutbox } from '#src/outbox/outbox.ts';
import type { SecondStep } from '#src/outbox/post.ts';
import type { Receipt } from '#src/outbox/receipt.ts';
import { NO_FIGURES, renewingFigures } from '#src/paper/figures.ts';
import type { Paper } from '#src/paper/paper.ts';
import { createAskAgain } from '#src/pipeline/ask-again.ts';
import { createChannelPlans } from '#src/pipeline/channel-plans.ts';
import { createDelivery, type DeliverDeps } from '#src/pipeline/deliver.ts';
import type { Parcel, Postman, Servers } from '#src/pipeline/postman.ts';
import { createStillWanted } from '#src/pipeline/still-wanted.ts';
import type { Subscription } from '#src/subscription/subscription.ts';
import { openZones } from '#src/subscription/zone.ts';
import { createTrendRule } from '#src/trend/trend-rule.ts';
import { aPoll, aSighting, MINUTE, MONDAY } from '#test/archive/some-papers.ts';
import { aPaper } from '#test/builders/a-paper.ts';
import { aSubscription } from '#test/builders/a-subscription.ts';
import { createFakeClock } from '#test/fakes/fake-clock.ts';
import { createKeptHappenings } from '#test/fakes/kept-happenings.ts';
import { createKeptLog } from '#test/fakes/kept-log.ts';
import { HOUR } from '#test/outbox/some-posts.ts';
import { aGateway } from './some-servers.ts';
import { aStore, parse } from './some-subscriptions.ts';

/** Papers are seen at midnight and decided in the morning. */
export const DECIDED = MONDAY + 11 * HOUR;
export const NOON = MONDAY + 12 * HOUR;

/** A subscription of channel `c` to every paper about the ocean. */
export const inC = (id: string, facts: Partial<Subscription> = {}): Subscription =>
  aSubscription(id, { serverId: 's', channelId: 'c', what: { kind: 'all' }, ...facts });

type Given = {
  subscriptions?: readonly Subscription[];
  /** `a` and `b` about the ocean, where they are not given. */
  papers?: readonly Paper[];
  servers?: Servers;
};

const OCEANS = ['a', 'b'].map((id) => aPaper(id, { title: `Ocean ${id}` }));

/** Everything that sends posts, at noon, with a postman that answers as `answer` says, and keeps what he was given. */
export async function openCounter({
  subscriptions = [inC('s1')],
  papers = OCEANS,
  servers = aGateway(),
}: Given = {}) {
  const db = await openDatabase(':memory:');
  const archive = await openArchive(db, []);
  const outbox = await openOutbox(db, MONDAY);
  const clock = createFakeClock(NOON);
  const log = createKeptLog();
  const happenings = createKeptHappenings();
  const zones = openZones();
  await archive.keep(aPoll(MONDAY - MINUTE, []));
  await archive.endReading('hugging-face', MONDAY - MINUTE);
  await archive.keep(
    aPoll(
      MONDAY,
      papers.map((paper, index) => aSighting(paper, index + 1, { votes: Math.max(0, 9 - index) })),
    ),
  );
  const { subscriptionStore, put } = aStore(subscriptions);
  const plans = createChannelPlans(subscriptionStore, outbox, servers, zones);
  const stillWanted = createStillWanted({ archive, subscriptionStore, parse, trend: createTrendRule() });
  const askAgain = createAskAgain({ stillWanted, plans, clock, log });
  const posted: Parcel[] = [];
  const did: string[] = [];
  const answer = {
    post: ({ place }: Parcel): Receipt => there(channelOfDestination(place)),
    step: (): Receipt => there('c'),
  };
  const postman: Postman = {
    async post(parcel) {
      posted.push(parcel);
      return answer.post(parcel);
    },
    time: () => ({ from: clock.now(), until: clock.now() }),
    find: async () => ({ kind: 'absent' }),
    async edit(channel, message) {
      did.push(`edit ${channel} ${message}`);
      return answer.step();
    },
    async openThread(_, message) {
      did.push(`thread ${message}`);
      return answer.step();
    },
    remove: async (_, message) => ({ kind: 'delivered', ...message }),
    async publish(channel, message) {
      did.push(`publish ${channel} ${message}`);
      return answer.step();
    },
  };
  const rooms: DeliverDeps = {
    ...{ db, archive, outbox, subscriptionStore, plans, stillWanted, askAgain, postman, servers },
    ...{ zones, parse, clock, log, happenings },
    subscription: subscriptionStore.byId,
    onHold: async (place, { code }) => void did.push(`hold ${place.destination} ${code}`),
    onRecovered: async (place) => void did.push(`recovered ${place.destination}`),
    notifyBegun: async () => false,
  };
  const queue = (paper: string, facts: Partial<NewEntry> = {}) =>
    outbox.add({
      ...{ serverId: 's', destination: toChannel('c'), paper, subscriptions: ['s1'], why: why() },
      ...{ score: 1, mode: 'card', decidedAt: DECIDED, dueAt: NOON },
      ...facts,
    });
  /** A post of these papers into channel `c`. */
  const packed = async (kind: SendMode, papers: readonly string[], steps: readonly SecondStep[] = []) => {
    for (const paper of papers) await queue(paper, { mode: kind });
    const at = { serverId: 's', destination: toChannel('c'), kind: 'message' } as const;
    const post = await outbox.pack(at, kind, papers, NOON, steps);
    if (!post) throw new Error('nothing to pack');
    return post;
  };
  const states = async () =>
    (await outbox.ledger({ limit: 99 })).map(({ paper, state }) => `${paper} ${state}`).sort();
  return {
    ...{ ...rooms, clock, log, happenings, put, posted, did, answer, queue, packed, states, rooms },
    run: (patch: Partial<DeliverDeps> = {}) => createDelivery({ ...rooms, ...patch }).run(),
  };
}

const there = (channelId: string): Receipt => ({ kind: 'delivered', messageId: 'm', channelId });

/** Why a paper was decided for whom it was queued. */
export const why = (facts: object = {}) => ({
  ...{ filters: ['ocean'], news: { kind: 'new', at: MONDAY }, repository: false },
  ...renewingFigures(NO_FIGURES),
  ...facts,
});
