import { toChannel } from '#src/outbox/destination.ts';
import { tellLacked } from '#src/render/tell-lacked.ts';
import { channel } from '#src/wording/phrase.ts';
import { DeniedError, UserError } from '#src/wording/user-error.ts';
import type { Asker } from './asker.ts';
import type { FindLacked } from './subscribe-rules.ts';

export type RoomDeps = {
  /** Of that server, and of a type that takes words. */
  takesWords(serverId: string, channelId: string): boolean;
  lacked: FindLacked;
};

/** Throws UserError where words to moderators cannot go there, DeniedError where the asker does not see it. */
export async function refuseRoom(
  { lacked, takesWords }: RoomDeps,
  { rights }: Asker,
  serverId: string,
  id: string,
): Promise<void> {
  if (!(await rights.sees(id))) throw new DeniedError('rights.hiddenChannel');
  if (!takesWords(serverId, id)) throw new UserError('notices.wrongType', { channel: channel(id) });
  const place = { serverId, destination: toChannel(id), kind: 'message' } as const;
  const [first, ...others] = lacked(place, { carries: 'words' });
  if (first) throw new UserError('subscribe.notSaved', { problem: tellLacked(first, others, id) });
}
