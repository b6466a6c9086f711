import { channelOfDestination } from '#src/outbox/destination.ts';
import type { Outbox } from '#src/outbox/outbox.ts';
import type { Post } from '#src/outbox/post.ts';
import { UserError } from '#src/wording/user-error.ts';
import type { Asker } from './asker.ts';

/** The post whose button carries that nonce, for whoever can see it where it stands. Throws UserError for everybody else. */
export async function visiblePost(
  outbox: Pick<Outbox, 'postByNonce'>,
  { serverId, rights, nonce }: Asker & { nonce: string },
): Promise<Post> {
  const post = await outbox.postByNonce(nonce);
  if (!post || post.place.serverId !== serverId) throw new UserError('why.forgottenPost');
  if (!(await rights.sees(channelOfDestination(post.place)))) throw new UserError('why.hiddenPost');
  return post;
}
