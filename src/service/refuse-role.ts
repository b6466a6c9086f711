import { channel as at, role as named } from '#src/wording/phrase.ts';
import { notSaved } from './not-saved.ts';
import type { SubscribeOrder } from './subscribe-order.ts';

/** Refuses, before anything is saved, a role whose mention would not be what the moderator expects of it. */
export function refuseRole({
  role,
  channel,
  serverId,
}: Pick<SubscribeOrder, 'role' | 'channel' | 'serverId'>): void {
  if (role === null) return;
  if (role.id === serverId) throw notSaved('subscribe.everyone');
  if (role.mentionable) return;
  const mention = { role: named(role.id), channel: at(channel.id) };
  if (!channel.mentionsAll.byBot) throw notSaved('subscribe.cannotMention', mention);
  if (!channel.mentionsAll.byAsker) throw notSaved('subscribe.askerCannotMention', mention);
}
