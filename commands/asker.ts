import type { Asker } from '#src/service/asker.ts';
import type { Request } from './command.ts';

/** Who asks, as services want to know it. */
export const askerOf = ({ serverId, userId, rights, now }: Request): Asker => ({
  serverId,
  userId,
  rights,
  now,
});
