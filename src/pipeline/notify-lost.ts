import { takeBreaths } from '#src/foundation/breath.ts';
import type { Clock } from '#src/foundation/clock.ts';
import type { Cursors } from '#src/foundation/cursors.ts';
import type { Database } from '#src/foundation/database/database.ts';
import { toChannel } from '#src/outbox/destination.ts';
import type { Outbox } from '#src/outbox/outbox.ts';
import type { FindLost, Lost } from '#src/subscription/lost.ts';
import type { Subscription } from '#src/subscription/subscription.ts';
import type { SubscriptionStore } from '#src/subscription/subscription-store.ts';
import { phrase, quoted } from '#src/wording/phrase.ts';
import type { Phrase, Value } from '#src/wording/values.ts';
import { calledTogether, placeForNotice } from './place-for-notice.ts';
import type { Servers } from './postman.ts';

type Deps = {
  db: Database;
  cursors: Cursors;
  subscriptionStore: SubscriptionStore;
  outbox: Outbox;
  servers: Servers;
  clock: Clock;
  lost: FindLost;
};

/** One thing that is gone, and the subscriptions of a server that named it. */
type Loss = { about: Lost; of: Subscription[] };

/** The beginning of the cursors that keep when moderators were told of what a subscription lost. */
const TOLD = 'told of lost ';
const DAY = 86_400_000;

/** Moderators are told once of what their subscriptions name and is gone; of what was lost again after it was mended, again. */
export async function notifyLost(deps: Deps): Promise<void> {
  const { cursors, subscriptionStore, clock } = deps;
  const breathe = takeBreaths(clock);
  const untold = new Map<string, Loss>();
  const present = new Set<string>();
  for (const subscription of [...subscriptionStore.all()]) {
    for (const name of namesFor(deps, subscription)) present.add(name);
    for (const about of lostOf(deps, subscription))
      if (!(await isNotified(deps, subscription, about))) gather(untold, subscription, about);
    await breathe();
  }
  for (const loss of untold.values()) {
    await tell(deps, loss);
    await breathe();
  }
  for (const { name } of await cursors.startingWith(TOLD)) if (!present.has(name)) await cursors.remove(name);
}

const lostOf = ({ lost }: Deps, subscription: Subscription): Lost[] => lost(subscription).filter(isToNotify);

/** The cursors that stay. Of a server that cannot be reached nobody knows what is there again. */
function namesFor(deps: Deps, subscription: Subscription): string[] {
  const isKnown = deps.servers.presence(subscription.serverId) === 'here';
  const kinds = isKnown ? lostOf(deps, subscription).map(({ kind }) => kind) : KINDS;
  return kinds.flatMap((kind) => [cursorOf(subscription, kind), noticeOf(subscription, kind)]);
}

/** What Discord refused to take was told to nobody: it is told anew a day later. */
async function isNotified(
  { cursors, outbox, clock }: Deps,
  subscription: Subscription,
  { kind }: Lost,
): Promise<boolean> {
  const notifiedAt = await cursors.get(cursorOf(subscription, kind));
  if (notifiedAt === 0) return false;
  const notice = await outbox.post(await cursors.get(noticeOf(subscription, kind)));
  const isInVain = notice?.state === 'refused' && notice.doubtSince === null;
  return !isInVain || clock.now() - notifiedAt < DAY;
}

/** A role that only cannot be mentioned for now stands in the list. */
const isToNotify = (about: Lost): boolean => about.kind !== 'role' || about.mention === 'gone';

function gather(untold: Map<string, Loss>, subscription: Subscription, about: Lost): void {
  const key = `${subscription.serverId} ${JSON.stringify(about)}`;
  const known = untold.get(key);
  if (known) known.of.push(subscription);
  else untold.set(key, { about, of: [subscription] });
}

/**
 * The word and that it was said are one transaction; nothing is said of what was mended or removed before it. Where there is
 * nowhere to say it: perhaps later.
 */
async function tell(deps: Deps, { about, of: found }: Loss): Promise<void> {
  const { db, cursors, subscriptionStore, outbox, servers, clock } = deps;
  const now = clock.now();
  await db.transaction(async () => {
    const of = found.filter((subscription) => subscriptionStore.byId(subscription.id) === subscription);
    if (of.length === 0) return;
    const [first] = of;
    const where = placeForNotice(servers, { ...first, destination: toChannel(first.channelId) });
    if (!where) return;
    const { named: channels } = calledTogether(
      servers,
      where,
      of.map(({ channelId }) => channelId),
    );
    const key = `${cursorOf(first, about.kind)} ${now}`;
    const notice = await outbox.packNotice(where, key, sentence(about, channels), now);
    for (const subscription of of) {
      await cursors.set(cursorOf(subscription, about.kind), now);
      await cursors.set(noticeOf(subscription, about.kind), notice?.id ?? 0);
    }
  });
}

const KINDS = ['filter', 'zone', 'role'] as const satisfies readonly Lost['kind'][];

const cursorOf = ({ id }: Subscription, kind: Lost['kind']): string => `${TOLD}${kind} ${id}`;
/** Which post told of it. */
const noticeOf = (subscription: Subscription, kind: Lost['kind']): string =>
  `${cursorOf(subscription, kind)} by`;

function sentence(about: Lost, channels: Value): Phrase {
  if (about.kind === 'filter') return phrase('lost.toldFilter', { channels, problem: about.problem });
  if (about.kind === 'zone') return phrase('lost.toldZone', { channels, zone: quoted(about.zone, 60) });
  return phrase('lost.toldRole', { channels });
}
