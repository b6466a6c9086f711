import type { Archive } from '#src/archive/archive.ts';
import { readWhy } from '#src/decision/why.ts';
import type { Clock } from '#src/foundation/clock.ts';
import { channelOfDestination } from '#src/outbox/destination.ts';
import type { Outbox } from '#src/outbox/outbox.ts';
import type { Post } from '#src/outbox/post.ts';
import type { PostPlace, Receipt } from '#src/outbox/receipt.ts';
import type { MendedView } from '#src/render/wrong-page.ts';
import type { SubscriptionStore } from '#src/subscription/subscription-store.ts';
import { channel, markdown } from '#src/wording/phrase.ts';
import { UserError } from '#src/wording/user-error.ts';
import type { Asker } from './asker.ts';

export type DeletePostDeps = {
  archive: Pick<Archive, 'paper'>;
  outbox: Outbox;
  subscriptionStore: Pick<SubscriptionStore, 'noteDeleted'>;
  clock: Clock;
  /** Deletes a message of ours. */
  removeMessage(place: PostPlace, message: { channelId: string; messageId: string }): Promise<Receipt>;
};

type Asked = Asker & { key: string; nonce: string; isSure: boolean };

/** More channels of a server than can have a line for one paper. */
const LINES_AT_MOST = 500;

/**
 * Deletes a post's message. Its entries stay sent, so that its papers never come to the channel again. Whoever may was asked
 * before.
 */
export function createDeletePost(deps: DeletePostDeps): (asked: Asked) => Promise<MendedView> {
  const { outbox, subscriptionStore, clock, removeMessage } = deps;

  return async ({ key, nonce, isSure, userId }) => {
    const post = await outbox.postByNonce(nonce);
    if (!post) throw new UserError('why.forgottenPost');
    const channelId = channelOfDestination(post.place);
    const isExample = post.kind === 'example';
    if (post.deletedAt !== null) return { kind: 'gone', channelId, isExample };
    if (!post.message) throw new UserError('wrong.notThereYet');
    if (post.papers.length > 1 && !isSure)
      return { kind: 'confirm', key, channelId, papers: post.papers.length };
    const receipt = await removeMessage(post.place, post.message);
    if (receipt.kind !== 'delivered' && !isGone(receipt)) throw notDeleted(channelId, receipt);
    const isFirst = await outbox.noteDeleted(post.id, clock.now());
    if (receipt.kind !== 'delivered' || !isFirst) return { kind: 'gone', channelId, isExample };
    // What only showed how it will be is nothing that was changed.
    if (!isExample) {
      const title = await titleOf(deps, post);
      await subscriptionStore.noteDeleted(
        { serverId: post.place.serverId, channelId },
        { title, who: userId },
      );
    }
    return {
      kind: 'deleted',
      channelId,
      isExample,
      hasThread: post.place.kind !== 'message',
      lines: await linesTo(deps, post),
    };
  };
}

const isGone = (receipt: Receipt): boolean =>
  receipt.kind === 'refused' && (receipt.code === 'message-gone' || receipt.code === 'channel-gone');

function notDeleted(channelId: string, receipt: Receipt): UserError {
  const reason = 'reason' in receipt ? receipt.reason : '';
  return new UserError('wrong.notDeleted', {
    channel: channel(channelId),
    reason: typeof reason === 'string' ? markdown(reason, 300) : reason,
  });
}

async function titleOf({ archive }: DeletePostDeps, { papers: [first = ''] }: Post): Promise<string> {
  return (await archive.paper(first))?.paper.title || first;
}

/** In how many other channels it is a line whose link led to this message. */
async function linesTo({ outbox }: DeletePostDeps, { papers, place, message }: Post): Promise<number> {
  const channels = new Set<string>();
  for (const paper of papers)
    for (const other of await outbox.ledger({ paper, serverId: place.serverId, limit: LINES_AT_MOST }))
      if (other.state === 'sent' && readWhy(other.why)?.elsewhere?.messageId === message?.messageId)
        channels.add(other.destination);
  return channels.size;
}
