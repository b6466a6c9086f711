import type { Clock } from '#src/foundation/clock.ts';
import { UserError } from '#src/foundation/failure.ts';
import type { Outbox } from '#src/outbox/outbox.ts';
import type { Post } from '#src/outbox/post.ts';
import type { DoubtAnswer } from '#src/render/doubt-notice.ts';
import { wording } from '#src/render/wording.ts';
import { moderatorFor, refuseChange } from './moderate.ts';
import type { Services } from './services.ts';

/** What the buttons of a notice about a post in doubt answer. Whoever presses too late hears what was done already. */
export function createSettleDoubt({
  outbox,
  clock,
}: {
  outbox: Outbox;
  clock: Clock;
}): Pick<Services, 'settleDoubt'> {
  return {
    async settleDoubt({ nonce, choice, ...asker }) {
      const moderator = await moderatorFor(asker, 'subscriptions');
      const post = outbox.postByNonce(nonce);
      if (post?.place.serverId !== moderator.serverId) throw new UserError(wording.forgottenPost);
      const { channelId } = post.place;
      refuseChange(moderator, channelId);
      const settled = outbox.decide(post.id, choice, 'a moderator left it as it was', clock.now());
      if (!settled) return whatBecameOf(post);
      if (choice === 'leave') return { kind: 'left', channelId };
      return { kind: settled.state === 'packed' ? 'again' : 'held', channelId };
    },
  };
}

function whatBecameOf({ state, message, place: { serverId, channelId } }: Post): DoubtAnswer {
  if (message) {
    const link = `https://discord.com/channels/${serverId}/${message.channelId}/${message.messageId}`;
    return { kind: 'there', channelId, link };
  }
  const isOnItsWay = state === 'packed' || state === 'attempted';
  return { kind: isOnItsWay ? 'on-its-way' : 'ended', channelId };
}
