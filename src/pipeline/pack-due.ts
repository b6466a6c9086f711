import { fairShares } from '#src/decision/fair-shares.ts';
import { askedBy, readWhy, type Why } from '#src/decision/why.ts';
import { takeBreaths } from '#src/foundation/breath.ts';
import { channelOf, type Destination } from '#src/outbox/destination.ts';
import type { Post, Step } from '#src/outbox/post.ts';
import type { Lane } from '#src/outbox/promise.ts';
import type { Due } from '#src/outbox/promises-due.ts';
import type { Place } from '#src/outbox/receipt.ts';
import type { SubscriptionBook } from '#src/subscription/subscription-book.ts';
import { type Answer, type AskAgain, subscriptionOf } from './ask-again.ts';
import type { ChannelPlans } from './channel-plans.ts';
import { promisesOf } from './compose.ts';
import type { Sending } from './send-post.ts';
import type { StillWanted, Wanting } from './still-wanted.ts';

export type Packing = Pick<Sending, 'db' | 'outbox' | 'clock'> & {
  book: Pick<SubscriptionBook, 'inChannel' | 'isChanging'>;
  plans: ChannelPlans;
  stillWanted: StillWanted;
  askAgain: AskAgain;
};

type Going = Extract<Answer, { kind: 'goes' }>;

const NOT_WANTED = 'no subscription of the channel wants it any more';
const ASKED_AGAIN = 'asked again before it was sent';

/**
 * Packs of what is due what is wanted still and may go now; the rest is put off, or taken back for good. True when something
 * was: then the channel's next may be due.
 */
export async function packDue(rooms: Packing, due: Due): Promise<boolean> {
  const { db, clock, plans } = rooms;
  const isAsAsked = watched(rooms, due);
  const answers = await rooms.askAgain(due.promises);
  const now = clock.now();
  const going = answers.filter((answer) => answer.kind === 'goes');
  const capped =
    due.lane === 'card' && going.length > 0
      ? await plans.deferredUntil(due.destination, going[0].by.map(subscriptionOf), now)
      : null;
  await takeBack(rooms, answers, now);
  return db.transaction(async () => {
    // It comes again, and is asked by what is wanted then.
    if (!isAsAsked()) return true;
    for (const answer of answers) await putOff(rooms, answer);
    if (capped !== null) await rooms.outbox.defer(due.destination, going[0].promised.paper, capped);
    else if (going.length > 0) await pack(rooms, due, going, now);
    return capped !== null || going.length < answers.length;
  }, 'soon');
}

/**
 * Whether a packed post, surely unsent, may go as it is: then what tells, in the transaction in which it is attempted, whether
 * that holds still. Else null: its papers are due anew, to be asked and packed again.
 */
export async function staysPacked(rooms: Packing, post: Post): Promise<(() => boolean) | null> {
  if (post.kind === 'notice') return () => true;
  const { outbox, clock, askAgain } = rooms;
  const isAsAsked = watched(rooms, post.place);
  const answers = await askAgain(await promisesOf(outbox, post));
  if (answers.every((answer) => answer.kind === 'goes' && isAsTold(answer))) return isAsAsked;
  await outbox.unpack(post.id, ASKED_AGAIN, clock.now());
  return null;
}

/**
 * Tells whether the channel's subscriptions are still those that were there when it was called. Inside a transaction nobody
 * else changes them: a change that was written before it, and is not told yet, counts.
 */
function watched({ book }: Packing, of: { destination: Destination }): () => boolean {
  const channelId = channelOf(of);
  const asked = book.inChannel(channelId);
  return () => !book.isChanging(channelId) && isSame(asked, book.inChannel(channelId));
}

/**
 * What nobody wants any more. It may have become news for another since it was asked: of what is promised already nobody
 * promises it again, so it is asked once more where nothing comes in between.
 */
async function takeBack(
  { db, clock, outbox, stillWanted }: Packing,
  answers: readonly Answer[],
  now: number,
): Promise<void> {
  const breathe = takeBreaths(clock);
  for (const { kind, promised } of answers) {
    if (kind !== 'unwanted') continue;
    await db.transaction(async () => {
      const isUnwanted = (await stillWanted.wanting(promised, now)).length === 0;
      if (isUnwanted) await outbox.refuse(promised.destination, promised.paper, NOT_WANTED, now);
    }, 'soon');
    await breathe();
  }
}

/** A card that has to wait comes with the channel's next digest. */
async function putOff({ outbox }: Packing, answer: Answer): Promise<void> {
  const { destination, paper, lane } = answer.promised;
  if (answer.kind === 'later')
    await outbox.defer(destination, paper, answer.until, lane === 'card' ? 'digest' : lane);
}

async function pack(rooms: Packing, due: Due, going: readonly Going[], now: number): Promise<void> {
  const shares = fairShares(going, ({ by }) => by.map(subscriptionOf));
  for (const { item, giver } of shares) await tellAnew(rooms, item, giver.id, now);
  const place = rooms.plans.placeOf(due.serverId, channelOf(due));
  const papers = shares.map(({ item }) => item.promised.paper);
  const kind = papers.length === 1 ? 'card' : due.lane;
  // A digest in a text channel is a message, also where cards get threads.
  const at: Place = kind !== 'card' && place.kind === 'thread' ? { ...place, kind: 'message' } : place;
  await rooms.outbox.pack(at, kind, papers, now, stepsOf(due.lane, going, at));
}

/** Only digests are published, be it of one paper: Discord allows ten an hour. */
function stepsOf(lane: Lane, going: readonly Going[], { kind }: Place): Step[] {
  const isPublished =
    lane !== 'card' && going.some(({ by }) => by.some(({ subscription }) => subscription.publish));
  return [...(kind === 'thread' ? ['thread' as const] : []), ...(isPublished ? ['publish' as const] : [])];
}

/**
 * Keeps with the promise who wants it now, by which words and why, the one who gives it first: that is what is shown, on
 * every page and after a restart. What was decided stays where it cannot be read.
 */
async function tellAnew(
  { outbox, stillWanted }: Packing,
  going: Going,
  giver: string,
  now: number,
): Promise<void> {
  const { promised, by } = going;
  const inOrder = [...by].sort(
    (a, b) => Number(b.subscription.id === giver) - Number(a.subscription.id === giver),
  );
  const subscriptions = inOrder.map(({ subscription }) => subscription.id);
  const filters = filtersOf(inOrder);
  const [first] = inOrder;
  const told = readWhy(promised.why);
  if (!told) return;
  if (first.news === null && isSame(subscriptions, promised.subscriptions) && isSame(filters, told.filters))
    return;
  const isTold = first.subscription.id === promised.subscriptions[0];
  const news =
    first.news ?? (isTold ? null : await stillWanted.newsOf(promised, first.subscription, now)) ?? told.news;
  const why: Why = { ...told, filters, news, ...askedBy(first.subscription) };
  await outbox.tellAnew(promised.destination, promised.paper, subscriptions, why);
}

/** Whether what was told of it is who wants it now, and by which words. */
function isAsTold({ promised, by }: Going): boolean {
  const ids = by.map(({ subscription }) => subscription.id);
  const told = readWhy(promised.why);
  if (!told) return true;
  return (
    isSame(ids.toSorted(), promised.subscriptions.toSorted()) &&
    isSame(filtersOf(by).toSorted(), told.filters.toSorted())
  );
}

const filtersOf = (by: readonly Wanting[]): string[] => [
  ...new Set(by.map(({ subscription }) => subscription.filter)),
];

const isSame = <T>(some: readonly T[], others: readonly T[]): boolean =>
  some.length === others.length && some.every((one, index) => one === others[index]);
