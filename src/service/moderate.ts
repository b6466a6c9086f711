import type { Subscription } from '#src/subscription/subscription.ts';
import type { SubscriptionStore } from '#src/subscription/subscription-store.ts';
import { channel, code, phrase } from '#src/wording/phrase.ts';
import { DeniedError, GoneError } from '#src/wording/user-error.ts';
import type { Asker } from './asker.ts';
import type { Authority } from './rights.ts';

/** Who may use a moderators' command, and the server they ask for. */
export type Moderator = Authority & { serverId: string };

/** Throws DeniedError for whoever may not use that command, and outside of servers. */
export async function moderatorFor({ serverId, rights }: Asker, command: string): Promise<Moderator> {
  if (serverId === null) throw new DeniedError('rights.serverOnly');
  const authority = await rights.through(command);
  if (!authority) throw new DeniedError('rights.moderatorsOnly', { command: code(`/${command}`) });
  return { ...authority, serverId };
}

/** The server whose settings they may change by that command. Throws DeniedError for whoever may not, or does not manage it. */
export async function managedServer(asker: Asker, command: string): Promise<string> {
  const { serverId } = await moderatorFor(asker, command);
  if (!asker.rights.managesServer()) throw new DeniedError('rights.manageServer');
  return serverId;
}

/** Throws DeniedError when the moderator may not change what is posted in that channel of the server. */
export async function refuseChange(moderator: Authority, channelId: string): Promise<void> {
  const lack = await moderator.lacks(channelId);
  if (lack === null) return;
  if (lack === 'viewChannel') throw new DeniedError('rights.hiddenChannel');
  const there = { channel: channel(channelId) };
  if (lack === 'manageChannels') throw new DeniedError('rights.otherChannel', there);
  throw new DeniedError('rights.cannotWrite', { ...there, permission: phrase(`permission.${lack}`) });
}

/** One that the moderator may change. Throws GoneError when it is gone, DeniedError when it is another server's or not theirs to change. */
export async function ownSubscription(
  subscriptionStore: SubscriptionStore,
  moderator: Moderator,
  id: string,
): Promise<Subscription> {
  const subscription = stillThere(subscriptionStore.byId(id));
  if (subscription.serverId !== moderator.serverId) throw new DeniedError('subscriptions.gone');
  await refuseChange(moderator, subscription.channelId);
  return subscription;
}

/** What the store did to a subscription. Throws GoneError when somebody else was faster and removed it. */
export function stillThere(subscription: Subscription | null): Subscription {
  if (!subscription) throw new GoneError('subscriptions.gone');
  return subscription;
}
