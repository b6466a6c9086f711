import type { Database } from '#src/foundation/database/database.ts';
import type { KeptPhrase } from '#src/wording/kept-phrase.ts';
import type { Destination } from './destination.ts';
import { type Post, type PostRow, postOf, type SecondStep } from './post.ts';
import { AT_ONCE, growing } from './post-states.ts';
import { IN_VAIN } from './posts-found.ts';
import type { Receipt } from './receipt.ts';

// What is done to a post once it is there. It stands in the post's row from the moment the post is packed, so that neither a
// crash nor a refusal forgets it: it is tried until it is done, or given up and told. Repeating a step does no harm: a message
// has one thread at most and is published once.

/** A post that is there, and what is to be done to it next. */
export type NextStep = { post: Post; step: SecondStep };

/** `again`: at that instant (UTC ms). `refused`: why Discord does not let us, which may be mended. */
type AfterStep =
  | { to: 'done' }
  | { to: 'again'; at: number; tries: number; refused: KeptPhrase | null }
  | { to: 'given-up'; reason: KeptPhrase };

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
/** After so long nobody looks for the thread of a paper any more. */
const TRIED_FOR = 7 * DAY;
/** As `step_told` has it; 0: nobody was told. */
const NUMBER: Readonly<Record<SecondStep, number>> = { thread: 1, publish: 2 };
/** The longest that a step waits for its next try. */
export const LONGEST_STEP_PAUSE = 6 * HOUR;

/** What follows from one try at a post's next step. */
function afterStep({ stepTries, settledAt }: Post, receipt: Receipt, now: number): AfterStep {
  // A message that was deleted wants nothing more.
  if (receipt.kind === 'delivered' || isDeleted(receipt)) return { to: 'done' };
  const { reason } = receipt;
  if (now - (settledAt ?? now) > TRIED_FOR) return { to: 'given-up', reason };
  if (receipt.kind === 'later') {
    const at = Math.max(receipt.at, now + SECOND);
    return { to: 'again', at, tries: stepTries, refused: null };
  }
  const tries = stepTries + 1;
  if (receipt.kind === 'unknown')
    return { to: 'again', at: now + growing(5 * SECOND, 10 * MINUTE, stepTries), tries, refused: null };
  // Discord counts what it refuses: a few a day at the most.
  return {
    to: 'again',
    at: now + growing(10 * MINUTE, LONGEST_STEP_PAUSE, stepTries),
    tries,
    refused: reason,
  };
}

function isDeleted(receipt: Receipt): boolean {
  return receipt.kind === 'refused' && receipt.code === 'message-gone';
}

/** Every method is one transaction. */
export type SecondSteps = {
  /** Posts whose next step may be tried at `now`, at most `limit`; none of a channel on hold. */
  steps(now: number, limit: number): Promise<NextStep[]>;
  /** What became of a try; `receipt` null: there is nothing to do any more. Null when there was no such step. */
  settleStep(postId: number, receipt: Receipt | null, now: number): Promise<AfterStep | null>;
  /** Whether moderators know that such a step does not work in that channel; forgotten once one does. */
  isStepNotified(destination: Destination, step: SecondStep, now: number): Promise<boolean>;
  /** `notice`: the post that tells them. Should Discord refuse it, they do not know a day later. */
  noteStepNotified(postId: number, step: SecondStep, notice: number): Promise<void>;
};

export function openSecondSteps(db: Database, get: (id: number) => Promise<Post | null>): SecondSteps {
  const due = `SELECT * FROM post WHERE step_at <= ? AND NOT EXISTS (SELECT 1 FROM hold WHERE hold.destination = post.destination)
     ORDER BY step_at LIMIT ?`;
  const next = 'UPDATE post SET steps = ?, step_at = ?, step_tries = ? WHERE id = ?';
  const again = 'UPDATE post SET step_at = ?, step_tries = ? WHERE id = ?';
  const told = `SELECT 1 FROM post WHERE destination = ? AND step_notified = ? AND NOT EXISTS
    (SELECT 1 FROM post AS word WHERE word.id = post.step_notice AND word.settled_at < ? AND ${IN_VAIN})`;
  const noteNotified = 'UPDATE post SET step_notified = ?, step_notice = ? WHERE id = ?';
  const works = 'UPDATE post SET step_notified = 0 WHERE destination = ? AND step_notified = ?';

  const goOn = async ({ id, steps }: Post): Promise<void> => {
    const left = steps.slice(1);
    await db.run(next, JSON.stringify(left), left.length > 0 ? AT_ONCE : null, 0, id);
  };

  return {
    steps: async (now, limit) =>
      (await db.all<PostRow>(due, now, limit)).map(postOf).map((post) => ({ post, step: post.steps[0] })),
    settleStep: (postId, receipt, now) =>
      db.transaction(async () => {
        const post = await get(postId);
        if (!post || post.steps.length === 0) return null;
        const after: AfterStep = receipt ? afterStep(post, receipt, now) : { to: 'done' };
        if (receipt?.kind === 'delivered') await db.run(works, post.place.destination, NUMBER[post.steps[0]]);
        if (after.to === 'again') await db.run(again, after.at, after.tries, postId);
        else await goOn(post);
        return after;
      }, 'soon'),
    isStepNotified: async (destination, step, now) =>
      (await db.get(told, destination, NUMBER[step], now - DAY)) !== undefined,
    async noteStepNotified(postId, step, notice) {
      await db.run(noteNotified, NUMBER[step], notice, postId);
    },
  };
}
