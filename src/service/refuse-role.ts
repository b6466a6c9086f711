import { wording } from '#src/render/wording.ts';
import { UserError } from '#src/wording/user-error.ts';
import type { SubscribeOrder } from './subscribe-order.ts';

/** Refuses, before anything is saved, a role whose mention would not be what the moderator expects of it. */
export function refuseRole({ role, channel, serverId }: SubscribeOrder): void {
  if (role === null) return;
  if (role.id === serverId) throw new UserError('stored.text', { text: wording.everyoneNotMentioned });
  if (role.mentionable) return;
  if (!channel.mentionsAll.byBot)
    throw new UserError('stored.text', { text: wording.cannotMention(role.id, channel.id) });
  if (!channel.mentionsAll.byAsker)
    throw new UserError('stored.text', { text: wording.askerCannotMention(role.id, channel.id) });
}
