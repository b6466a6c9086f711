import { UserError } from '#src/foundation/failure.ts';
import { wording } from '#src/render/wording.ts';
import type { Subscription } from '#src/subscription/subscription.ts';
import type { SubscriptionBook } from '#src/subscription/subscription-book.ts';
import type { Authority } from './rights.ts';
import type { Asker } from './services.ts';

/** Who may use a moderators' command, and the server they ask for. */
export type Moderator = Authority & { serverId: string };

/** Throws UserError for whoever may not use that command, and outside of servers. */
export async function moderatorFor({ serverId, rights }: Asker, command: string): Promise<Moderator> {
  if (serverId === null) throw new UserError(wording.serverOnly);
  const authority = await rights.through(command);
  if (!authority) throw new UserError(wording.moderatorsOnly(command));
  return { ...authority, serverId };
}

/** Throws UserError when the moderator may not change what is posted in that channel of the server. */
export function refuseChange(moderator: Authority, channelId: string): void {
  const lack = moderator.lacks(channelId);
  if (lack === 'View Channel') throw new UserError(wording.hiddenChannel);
  if (lack === 'Manage Channels') throw new UserError(wording.otherChannel(channelId));
  if (lack !== null) throw new UserError(wording.cannotWrite(channelId, lack));
}

/** One that the moderator may change. Throws UserError when it is gone, another server's, or not theirs to change. */
export function ownSubscription(book: SubscriptionBook, moderator: Moderator, id: string): Subscription {
  const subscription = stillThere(book.byId(id));
  if (subscription.serverId !== moderator.serverId) throw new UserError(wording.noSuchSubscription);
  refuseChange(moderator, subscription.channelId);
  return subscription;
}

/** What the book did to a subscription. Throws UserError when somebody else was faster and removed it. */
export function stillThere(subscription: Subscription | null): Subscription {
  if (!subscription) throw new UserError(wording.noSuchSubscription);
  return subscription;
}
