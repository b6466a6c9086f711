import { setImmediate } from 'node:timers/promises';
import type { Archive } from '#src/archive/archive.ts';
import { readWhy, type Why } from '#src/decision/why.ts';
import type { Clock } from '#src/foundation/clock.ts';
import { FatalError } from '#src/foundation/failure.ts';
import type { Log } from '#src/foundation/log.ts';
import type { Outbox } from '#src/outbox/outbox.ts';
import type { Post } from '#src/outbox/post.ts';
import { RENEWING_FIGURES, type RenewingFigures, recordOf } from '#src/paper/figures.ts';
import { cardLetter, entriesOfPost } from './compose.ts';
import type { Postman, Servers } from './postman.ts';

/** So many cards are edited in one run at the most: a small part of what Discord allows. */
const EDITS_A_RUN = 30;
/** So many cards are looked at before others on this thread have their turn. */
const PAGE = 50;

/** What a card shows that can change. */
type Shown = Record<keyof RenewingFigures, number> & { repository: boolean };

type Deps = {
  outbox: Outbox;
  archive: Archive;
  servers: Pick<Servers, 'channel'>;
  postman: Postman;
  clock: Clock;
  log: Log;
};

/**
 * Edits posted cards in place whose paper's figures have changed enough to matter, for `hours` after posting.
 * Never while anything waits to be posted: an edit must not delay an alert. Returns how many were edited.
 */
export async function refreshCards(deps: Deps, hours: number): Promise<number> {
  const { outbox, clock } = deps;
  const since = clock.now() - hours * 3_600_000;
  let edited = 0;
  let last: Post | undefined;
  for (;;) {
    if (await outbox.isBusy(clock.now())) return edited;
    const page = await outbox.living(since, PAGE, last);
    for (const post of page) {
      if (await refreshedApart(deps, post)) edited++;
      if (edited >= EDITS_A_RUN) return edited;
    }
    if (page.length < PAGE) return edited;
    last = page[page.length - 1];
    await setImmediate();
  }
}

/** A card that cannot be written anew stays as it is, and holds up no other. */
async function refreshedApart(deps: Deps, post: Post): Promise<boolean> {
  try {
    return await refreshCard(deps, post);
  } catch (error) {
    if (error instanceof FatalError) throw error;
    deps.log.error({ post: post.id, err: error }, 'a card cannot be written anew');
    return false;
  }
}

async function refreshCard({ outbox, archive, servers, postman }: Deps, post: Post): Promise<boolean> {
  const stored = await archive.paper(post.papers[0]);
  if (!stored || !post.message) return false;
  const entries = await entriesOfPost(outbox, post);
  const why = readWhy(entries[0]?.why);
  // Written anew it would lose its reason, and a line has no figures: it stays as it is.
  if (!why || why.elsewhere) return false;
  const before = readShown(post.shown, why);
  const now = shownOf(stored.signals, stored.paper.repository !== null);
  if (!isWorthAnEdit(before, now)) return false;
  const receipt = await postman.edit(
    post.message.channelId,
    post.message.messageId,
    await cardLetter({ archive, servers }, post, entries),
  );
  // A refused edit (message deleted, channel gone) is not tried again for these figures.
  if (receipt.kind === 'delivered' || receipt.kind === 'refused')
    await outbox.noteShown(post.id, JSON.stringify(now));
  return receipt.kind === 'delivered';
}

/** A quarter more votes and at least five (FIGURES tells which, and how many), or code that was not there before. */
export function isWorthAnEdit(before: Shown, now: Shown): boolean {
  if (now.repository && !before.repository) return true;
  return RENEWING_FIGURES.some(
    ({ name, renews }) => now[name] - before[name] >= Math.max(renews.least, before[name] / renews.part),
  );
}

function shownOf(known: Partial<RenewingFigures>, repository: boolean): Shown {
  const names = RENEWING_FIGURES.map(({ name }) => name);
  return { ...recordOf(names, (name) => known[name] ?? 0), repository };
}

function readShown(shown: string | null, why: Why): Shown {
  // What was written before a figure was known lacks it.
  const seen: Partial<Why | Shown> = shown === null ? why : JSON.parse(shown);
  return shownOf(seen, seen.repository ?? false);
}
