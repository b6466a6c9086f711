import { ChannelType } from 'discord-api-types/v10';
import { channelOfDestination } from '#src/outbox/destination.ts';
import type { Post, SecondStep } from '#src/outbox/post.ts';
import type { PostPlace, Receipt } from '#src/outbox/receipt.ts';
import type { NextStep } from '#src/outbox/second-steps.ts';
import { inEnglish, type KeptPhrase } from '#src/wording/kept-phrase.ts';
import { markdown, phrase, yesNo } from '#src/wording/phrase.ts';
import type { Phrase, Value } from '#src/wording/values.ts';
import { threadNameOf } from './compose.ts';
import { calledThere, placeForNotice } from './place-for-notice.ts';
import type { Servers } from './postman.ts';
import type { Sending } from './send-post.ts';

/** Tries the next step of a post that is there. Moderators are told once of what does not work, in each channel. */
export async function takeStep(deps: Sending, { post, step }: NextStep): Promise<void> {
  const receipt = await tried(deps, post, step);
  const after = await deps.outbox.settleStep(post.id, receipt, deps.clock.now());
  if (after === null || after.to === 'done') return;
  const isOver = after.to === 'given-up';
  const problem = isOver ? after.reason : after.refused;
  const why = receipt && 'reason' in receipt ? inEnglish(receipt.reason) : null;
  deps.log.info(
    { post: post.id, step, receipt: { ...receipt, reason: why }, next: after.to },
    'second step of a post failed',
  );
  // The gateway is about to say so: a deleted channel wants nothing more.
  const isGone = receipt?.kind === 'refused' && receipt.code === 'channel-gone';
  if (problem !== null && !isGone) await tell(deps, post, step, wordsOf(step, problem, isOver));
}

/** Null: there is nothing to do (any more). */
async function tried(deps: Sending, post: Post, step: SecondStep): Promise<Receipt | null> {
  const { postman, servers } = deps;
  if (!post.message || isDeleted(servers, post.place)) return null;
  const { channelId, messageId } = post.message;
  if (step === 'thread') return postman.openThread(post.place, messageId, await threadNameOf(deps, post));
  const type = servers.channel(channelId)?.type;
  // Discord publishes from announcement channels alone.
  return type !== undefined && type !== ChannelType.GuildAnnouncement
    ? null
    : postman.publish(channelId, messageId);
}

/** The gateway, which knows the server, does not know the channel. */
const isDeleted = (servers: Servers, place: PostPlace): boolean =>
  servers.presence(place.serverId) === 'here' &&
  servers.channel(channelOfDestination(place)) === null &&
  servers.channels(place.serverId).length > 0;

type Words = (called: Value) => Phrase;

const wordsOf =
  (step: SecondStep, problem: KeptPhrase, isOver: boolean): Words =>
  (channel) => {
    const reason = typeof problem === 'string' ? markdown(problem, 300) : problem;
    return phrase(`step.${step}`, { channel, reason, isOver: yesNo(isOver) });
  };

async function tell(
  { db, outbox, servers, clock }: Sending,
  post: Post,
  step: SecondStep,
  words: Words,
): Promise<void> {
  const { destination } = post.place;
  const now = clock.now();
  const where = placeForNotice(servers, post.place);
  if (!where) return;
  const text = words(calledThere(servers, where, channelOfDestination(post.place)));
  await db.transaction(async () => {
    if (await outbox.isStepNotified(destination, step, now)) return;
    const notice = await outbox.packNotice(where, `step ${step} ${post.id} ${now}`, text, now);
    if (notice) await outbox.noteStepNotified(post.id, step, notice.id);
  });
}
