import type { Clock } from '#src/foundation/clock.ts';
import { channelOfDestination } from '#src/outbox/destination.ts';
import type { Outbox } from '#src/outbox/outbox.ts';
import type { Post } from '#src/outbox/post.ts';
import type { DoubtAnswer, DoubtChoice } from '#src/render/doubt-notice.ts';
import { phrase } from '#src/wording/phrase.ts';
import { UserError } from '#src/wording/user-error.ts';
import type { Asker } from './asker.ts';
import { moderatorFor, refuseChange } from './moderate.ts';

type Deps = {
  outbox: Outbox;
  clock: Clock;
  /** When something of a post may go by what its channel's subscriptions want now; an instant in UTC ms. */
  firstToGo(post: Post): Promise<'now' | 'never' | number>;
};

export type SettleDoubt = {
  /** A moderator's word on a post of which nobody knows whether it arrived; `nonce` names it. */
  settleDoubt(asker: Asker & { nonce: string; choice: DoubtChoice }): Promise<DoubtAnswer>;
};

/** What the buttons of a notice about a post in doubt answer. Whoever presses too late hears what was done already. */
export function createSettleDoubt({ outbox, clock, firstToGo }: Deps): SettleDoubt {
  return {
    async settleDoubt({ nonce, choice, ...asker }) {
      const moderator = await moderatorFor(asker, 'subscriptions');
      const post = await outbox.postByNonce(nonce);
      if (post?.place.serverId !== moderator.serverId) throw new UserError('why.forgottenPost');
      const channelId = channelOfDestination(post.place);
      await refuseChange(moderator, channelId);
      const settled = await outbox.decide(post.id, choice, phrase('post.leftByModerator'), clock.now());
      if (!settled) return whatBecameOf((await outbox.post(post.id)) ?? post);
      if (choice === 'leave') return { kind: 'left', channelId };
      if (settled.state !== 'packed') return { kind: 'held', channelId };
      const goes = await firstToGo(post);
      if (typeof goes === 'number') return { kind: 'quiet', channelId, until: goes };
      return { kind: goes === 'now' ? 'again' : 'unwanted', channelId };
    },
  };
}

function whatBecameOf({ state, message, place }: Post): DoubtAnswer {
  const channelId = channelOfDestination(place);
  if (message) {
    const link = `https://discord.com/channels/${place.serverId}/${message.channelId}/${message.messageId}`;
    return { kind: 'there', channelId, link };
  }
  // What was taken apart waits for its hour.
  const isOnItsWay = state === 'packed' || state === 'attempted' || state === 'dissolved';
  return { kind: isOnItsWay ? 'on-its-way' : 'ended', channelId };
}
