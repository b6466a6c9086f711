import { UserError } from '#src/foundation/failure.ts';
import { wording } from '#src/render/wording.ts';
import type { Subscription } from '#src/subscription/subscription.ts';
import type { SubscriptionBook } from '#src/subscription/subscription-book.ts';
import type { Asker } from './services.ts';

/** The server that a moderator asks for. Throws UserError for anybody else, and outside of servers. */
export function moderatedServer(asker: Asker): string {
  if (asker.serverId === null) throw new UserError(wording.serverOnly);
  if (!asker.moderator) throw new UserError(wording.moderatorsOnly);
  return asker.serverId;
}

/** One of the server's own subscriptions. Throws UserError when it is gone, or another server's. */
export function ownSubscription(book: SubscriptionBook, serverId: string, id: string): Subscription {
  const subscription = stillThere(book.byId(id));
  if (subscription.serverId !== serverId) throw new UserError(wording.noSuchSubscription);
  return subscription;
}

/** What the book did to a subscription. Throws UserError when somebody else was faster and removed it. */
export function stillThere(subscription: Subscription | null): Subscription {
  if (!subscription) throw new UserError(wording.noSuchSubscription);
  return subscription;
}
