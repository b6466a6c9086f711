import type { Post } from '#src/outbox/post.ts';
import type { Receipt } from '#src/outbox/receipt.ts';
import type { NextStep, Step } from '#src/outbox/second-steps.ts';
import { wording } from '#src/render/wording.ts';
import { threadNameOf } from './compose.ts';
import { calledThere, placeForNotice } from './place-for-notice.ts';
import type { Sending } from './send-post.ts';

const ANNOUNCEMENT = 5;

/** Tries the next step of a post that is there. Moderators are told once of what does not work, in each channel. */
export async function takeStep(rooms: Sending, { post, step }: NextStep): Promise<void> {
  const receipt = await tried(rooms, post, step);
  const after = rooms.outbox.settleStep(post.id, receipt, rooms.clock.now());
  if (after === null || after.to === 'done') return;
  const problem = after.to === 'given-up' ? after.reason : after.refused;
  rooms.log.info({ post: post.id, step, receipt, next: after.to }, 'second step of a post failed');
  if (problem !== null) tell(rooms, post, step, problem);
}

/** Null: there is nothing to do (any more). */
function tried(rooms: Sending, post: Post, step: Step): Promise<Receipt> | null {
  const { postman, servers } = rooms;
  if (!post.message) return null;
  const { channelId, messageId } = post.message;
  if (step === 'thread') return postman.openThread(post.place, messageId, threadNameOf(rooms, post));
  const type = servers.channel(channelId)?.type;
  // Discord publishes from announcement channels alone.
  return type !== undefined && type !== ANNOUNCEMENT ? null : postman.publish(channelId, messageId);
}

function tell(rooms: Sending, post: Post, step: Step, reason: string): void {
  const { outbox, servers, clock } = rooms;
  const where = placeForNotice(servers, post.place);
  if (!where || !outbox.noteStepTold(post)) return;
  outbox.packNotice(
    where,
    `step ${step} ${post.id}`,
    wording.stepFailed[step](calledThere(servers, where, post.place.channelId), reason),
    clock.now(),
  );
}
