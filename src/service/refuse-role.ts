import { UserError } from '#src/foundation/failure.ts';
import { wording } from '#src/render/wording.ts';
import type { SubscribeOrder } from './subscribe-order.ts';

/** Refuses, before anything is saved, a role whose mention would not be what the moderator expects of it. */
export function refuseRole({ role, channel, serverId }: SubscribeOrder): void {
  if (role === null) return;
  if (role.id === serverId) throw new UserError(wording.everyoneNotMentioned);
  if (role.mentionable) return;
  if (!channel.mentionsAll.byBot) throw new UserError(wording.cannotMention(role.id, channel.id));
  if (!channel.mentionsAll.byAsker) throw new UserError(wording.askerCannotMention(role.id, channel.id));
}
