import { setImmediate } from 'node:timers/promises';
import type { Archive } from '#src/archive/archive.ts';
import type { Clock } from '#src/foundation/clock.ts';
import type { Database } from '#src/foundation/database/database.ts';
import { channelOfDestination } from '#src/outbox/destination.ts';
import type { Outbox } from '#src/outbox/outbox.ts';
import type { Post } from '#src/outbox/post.ts';
import { type DoubtView, doubtNotice } from '#src/render/doubt-notice.ts';
import { isHiddenThere, placeForNotice } from './place-for-notice.ts';
import type { Servers } from './postman.ts';

type Deps = { db: Database; outbox: Outbox; archive: Archive; servers: Servers; clock: Clock };

const DAY = 86_400_000;
const AT_ONCE = 50;
const DISCORD_EPOCH = 1_420_070_400_000;

/**
 * What has been in doubt for a day is moderators' to decide: they are told once, with the choice; again a day later where
 * Discord refused the word.
 */
export async function notifyDoubts(deps: Deps): Promise<void> {
  const before = deps.clock.now() - DAY;
  for (let after = 0; ; await setImmediate()) {
    const page = await deps.outbox.longDoubted(before, AT_ONCE, after);
    for (const post of page) await tellDoubt(deps, post);
    if (page.length < AT_ONCE) return;
    after = page[page.length - 1].id;
  }
}

async function tellDoubt({ db, outbox, archive, servers, clock }: Deps, post: Post): Promise<void> {
  const where = placeForNotice(servers, post.place);
  // Nowhere to say it: perhaps later.
  if (!where) return;
  const now = clock.now();
  const titles = await Promise.all(
    post.papers.map(async (paper) => (await archive.paper(paper))?.paper.title ?? `arXiv:${paper}`),
  );
  const text = doubtNotice({
    ...viewOf(post, titles),
    isHidden: isHiddenThere(servers, where, channelOfDestination(post.place)),
  });
  await db.transaction(async () => {
    // It may have been settled meanwhile.
    if ((await outbox.post(post.id))?.state !== 'unknown') return;
    await outbox.packNotice(where, `doubt ${post.id} ${now}`, text, now, post.nonce);
    await outbox.noteNotified(post.id, now);
  });
}

/**
 * Nothing is owed to a channel that has been gone for a day, or whose server was left long ago: what waits or is in doubt
 * there ends.
 */
export async function forgetGone(
  { db, outbox, servers, clock }: Omit<Deps, 'archive'>,
  leftDays: number,
): Promise<void> {
  const gone = [
    ...(await outbox.gone('channel-gone', clock.now() - DAY, AT_ONCE)),
    ...(await outbox.gone('server-left', clock.now() - leftDays * DAY, AT_ONCE)),
  ];
  for (const held of gone)
    await db.transaction(async () => {
      const isBack = servers.channel(channelOfDestination(held)) !== null;
      const isGone = (await outbox.holdOf(held.destination))?.code === held.code;
      if (!isBack && isGone) await outbox.abandon(held, held.reason, clock.now());
    });
}

function viewOf({ place, doubtSince, attempted }: Post, titles: readonly string[]): DoubtView {
  const since = doubtSince ?? 0;
  const near = (BigInt(Math.max(0, (attempted?.from ?? since) - DISCORD_EPOCH)) << 22n).toString();
  return { serverId: place.serverId, channelId: channelOfDestination(place), near, titles, since };
}
