import { fairShares } from '#src/decision/fair-shares.ts';
import { askedBy, type Elsewhere, readWhy, type Why } from '#src/decision/why.ts';
import { takeBreaths } from '#src/foundation/breath.ts';
import { channelOfDestination, type Destination } from '#src/outbox/destination.ts';
import type { Due } from '#src/outbox/due-entries.ts';
import type { OutboxEntry, SendMode } from '#src/outbox/entry.ts';
import type { Post, SecondStep } from '#src/outbox/post.ts';
import type { PostPlace } from '#src/outbox/receipt.ts';
import type { SubscriptionStore } from '#src/subscription/subscription-store.ts';
import { channel, phrase } from '#src/wording/phrase.ts';
import { type AskAgain, type AskedAgain, subscriptionOf } from './ask-again.ts';
import type { ChannelPlans } from './channel-plans.ts';
import { entriesOfPost } from './compose.ts';
import { inOnePlace, type PlacedEntry, type SettledEntry } from './in-one-place.ts';
import type { Sending } from './send-post.ts';
import type { StillWanted, Wanting } from './still-wanted.ts';
import { tellDropped, tellElsewhere, tellWait } from './tell-waits.ts';

export type Packing = Pick<Sending, 'db' | 'outbox' | 'archive' | 'happenings' | 'clock' | 'servers'> & {
  subscriptionStore: Pick<SubscriptionStore, 'inChannel' | 'isChanging' | 'settings'>;
  plans: ChannelPlans;
  stillWanted: StillWanted;
  askAgain: AskAgain;
};

const ASKED_AGAIN = phrase('post.askedAgain');

/**
 * Packs of what is due what is wanted still and may go now; the rest is put off, or taken back for good. True when something
 * was: then the channel's next may be due.
 */
export async function packDue(deps: Packing, due: Due): Promise<boolean> {
  const { db, clock, plans } = deps;
  const isAsAsked = watched(deps, due);
  const answers = await deps.askAgain(due.entries);
  const now = clock.now();
  const placing = await inOnePlace(
    deps,
    answers.filter((answer) => answer.kind === 'goes'),
  );
  if (placing.kind === 'wait') return await waitForOthers(deps, due, isAsAsked);
  const { going, settled } = placing;
  const capped =
    due.mode === 'card' && going.length > 0
      ? await plans.deferredUntil(due.destination, going[0].by.map(subscriptionOf), now, () =>
          deps.stillWanted.isStrict(going[0].entry.paper, going[0].entry.decidedAt),
        )
      : null;
  await takeBack(deps, answers, now);
  const packed = await db.transaction(async () => {
    // It comes again, and is asked by what is wanted then.
    if (!isAsAsked()) return null;
    for (const answer of answers) await putOff(deps, answer);
    for (const one of settled) await settleElsewhere(deps, one, now);
    if (capped !== null) await deps.outbox.defer(due.destination, going[0].entry.paper, capped);
    else if (going.length > 0) await pack(deps, due, going, now);
    return { hasWaiting: capped !== null || going.length < answers.length };
  }, 'soon');
  if (packed === null) return true;
  for (const { entry, at } of settled) await tellElsewhere(deps, entry, at.channelId);
  await tellWaiting(deps, answers, capped === null ? null : { entry: going[0].entry, until: capped }, now);
  return packed.hasWaiting;
}

/**
 * What becomes of a paper in another channel is known soon: all of this one is due once more then, or when delivery next looks.
 * False: nothing of the channel can go before that.
 */
async function waitForOthers(
  { db, outbox, clock }: Packing,
  due: Due,
  isAsAsked: () => boolean,
): Promise<false> {
  await db.transaction(async () => {
    if (!isAsAsked()) return;
    for (const { destination, paper, mode } of due.entries)
      await outbox.defer(destination, paper, clock.now(), mode);
  }, 'soon');
  return false;
}

async function settleElsewhere({ outbox }: Packing, { entry, at }: SettledEntry, now: number): Promise<void> {
  const reason = phrase('post.elsewhere', { channel: channel(at.channelId) });
  await outbox.settleElsewhere(entry.destination, entry.paper, reason, now);
}

/** For whoever looks on. `capped`: the card that has to wait for another day. */
async function tellWaiting(
  deps: Packing,
  answers: readonly AskedAgain[],
  capped: { entry: OutboxEntry; until: number } | null,
  now: number,
): Promise<void> {
  for (const answer of answers) {
    if (answer.kind !== 'later' || answer.cause !== 'quiet') continue;
    await tellWait(deps, answer.entry, { until: answer.until, now, cause: 'quiet' });
  }
  if (capped) await tellWait(deps, capped.entry, { until: capped.until, now, cause: 'cap' });
}

/**
 * Whether a packed post, surely unsent, may go as it is: then what tells, in the transaction in which it is attempted, whether
 * that holds still. Else null: its papers are due anew, to be asked and packed again.
 */
export async function staysPacked(deps: Packing, post: Post): Promise<(() => boolean) | null> {
  if (post.kind === 'notice') return () => true;
  const { outbox, clock, askAgain } = deps;
  const isAsAsked = watched(deps, post.place);
  if (post.kind === 'example') {
    const there = deps.subscriptionStore.inChannel(channelOfDestination(post.place));
    if (there.some(({ id }) => id === post.about)) return isAsAsked;
    await outbox.unpack(post.id, ASKED_AGAIN, clock.now());
    return null;
  }
  const answers = await askAgain(await entriesOfPost(outbox, post));
  if (answers.every((answer) => answer.kind === 'goes' && isAsTold(answer))) return isAsAsked;
  await outbox.unpack(post.id, ASKED_AGAIN, clock.now());
  return null;
}

/**
 * Tells whether the channel's subscriptions are still those that were there when it was called. Inside a transaction nobody
 * else changes them: a change that was written before it, and is not told yet, counts.
 */
function watched({ subscriptionStore }: Packing, of: { destination: Destination }): () => boolean {
  const channelId = channelOfDestination(of);
  const asked = subscriptionStore.inChannel(channelId);
  return () =>
    !subscriptionStore.isChanging(channelId) && isSame(asked, subscriptionStore.inChannel(channelId));
}

/**
 * What nobody wants any more. It may have become news for another since it was asked: of what is queued already nobody
 * adds it again, so it is asked once more where nothing comes in between.
 */
async function takeBack(
  { db, clock, outbox, archive, happenings, stillWanted }: Packing,
  answers: readonly AskedAgain[],
  now: number,
): Promise<void> {
  const breathe = takeBreaths(clock);
  for (const { kind, entry } of answers) {
    if (kind !== 'unwanted') continue;
    const isTaken = await db.transaction(async () => {
      const isUnwanted = (await stillWanted.wanting(entry, now)).length === 0;
      if (!isUnwanted) return false;
      const reason = await stillWanted.whyUnwanted(entry, now);
      return outbox.refuse(entry.destination, entry.paper, reason, now);
    }, 'soon');
    if (isTaken) await tellDropped({ happenings, archive }, entry);
    await breathe();
  }
}

/** A card that has to wait comes with the channel's next digest. */
async function putOff({ outbox }: Packing, answer: AskedAgain): Promise<void> {
  const { destination, paper, mode } = answer.entry;
  if (answer.kind === 'later')
    await outbox.defer(destination, paper, answer.until, mode === 'card' ? 'digest' : mode);
}

async function pack(deps: Packing, due: Due, going: readonly PlacedEntry[], now: number): Promise<void> {
  const shares = fairShares(going, ({ by }) => by.map(subscriptionOf));
  for (const { item, giver } of shares) await tellAnew(deps, item, giver.id, now);
  const place = deps.plans.placeOf(due.serverId, channelOfDestination(due));
  const papers = shares.map(({ item }) => item.entry.paper);
  const kind = papers.length === 1 ? 'card' : due.mode;
  const isLine = kind === 'card' && shares[0].item.elsewhere !== null;
  // A digest or a line in a text channel is a message, also where cards get threads.
  const at: PostPlace =
    (kind !== 'card' || isLine) && place.kind === 'thread' ? { ...place, kind: 'message' } : place;
  await deps.outbox.pack(at, kind, papers, now, stepsOf(due.mode, going, at));
}

/** Only digests are published, be it of one paper: Discord allows ten an hour. */
function stepsOf(mode: SendMode, going: readonly PlacedEntry[], { kind }: PostPlace): SecondStep[] {
  const isPublished =
    mode !== 'card' && going.some(({ by }) => by.some(({ subscription }) => subscription.publish));
  return [...(kind === 'thread' ? ['thread' as const] : []), ...(isPublished ? ['publish' as const] : [])];
}

/**
 * Keeps with the entry who wants it now, by which words and why, the one who gives it first: that is what is shown, on
 * every page and after a restart. What was decided stays where it cannot be read.
 */
async function tellAnew(
  { outbox, stillWanted }: Packing,
  going: PlacedEntry,
  giver: string,
  now: number,
): Promise<void> {
  const { entry, by, elsewhere } = going;
  const inOrder = [...by].sort(
    (a, b) => Number(b.subscription.id === giver) - Number(a.subscription.id === giver),
  );
  const subscriptions = inOrder.map(({ subscription }) => subscription.id);
  const filters = filtersOf(inOrder);
  const [first] = inOrder;
  const told = readWhy(entry.why);
  if (!told) return;
  if (first.news === null && isSame(subscriptions, entry.subscriptions) && isSame(filters, told.filters)) {
    if (!isSamePlace(elsewhere, told.elsewhere))
      await outbox.decideAnew(entry.destination, entry.paper, subscriptions, withPlace(told, elsewhere));
    return;
  }
  const isFirst = first.subscription.id === entry.subscriptions[0];
  const news =
    first.news ??
    (isFirst ? null : await stillWanted.newsOf(entry.paper, first.subscription, now)) ??
    told.news;
  const why = withPlace({ ...told, filters, news, ...askedBy(first.subscription) }, elsewhere);
  await outbox.decideAnew(entry.destination, entry.paper, subscriptions, why);
}

const withPlace = (why: Why, elsewhere: Elsewhere | null): Why => ({
  ...why,
  elsewhere: elsewhere ?? undefined,
});

const isSamePlace = (one: Elsewhere | null, other: Elsewhere | undefined): boolean =>
  one?.messageId === other?.messageId;

/** Whether what was told of it is who wants it now, and by which words. */
function isAsTold({ entry, by }: Extract<AskedAgain, { kind: 'goes' }>): boolean {
  const ids = by.map(({ subscription }) => subscription.id);
  const told = readWhy(entry.why);
  if (!told) return true;
  return (
    isSame(ids.toSorted(), entry.subscriptions.toSorted()) &&
    isSame(filtersOf(by).toSorted(), told.filters.toSorted())
  );
}

const filtersOf = (by: readonly Wanting[]): string[] => [
  ...new Set(by.map(({ subscription }) => subscription.filter)),
];

const isSame = <T>(some: readonly T[], others: readonly T[]): boolean =>
  some.length === others.length && some.every((one, index) => one === others[index]);
