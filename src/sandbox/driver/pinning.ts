import { PermissionFlagsBits } from 'discord-api-types/v10';
import { setPinned } from '../changes/pins.ts';
import { may, permissionsOf } from '../permissions/permissions.ts';
import type { World } from '../world/world.ts';
import { channelSeenBy, messageSeenBy } from './people.ts';

export type PinInput = { user: string; channel: string; message: string; pinned: boolean };

/** Throws for who has not the right to pin there. */
export function pinAs(world: World, { pinned, ...at }: PinInput): void {
  const channel = channelSeenBy(world, at.user, at.channel);
  if (!may(permissionsOf(world, channel, at.user), PermissionFlagsBits.PinMessages))
    throw new Error(`The user ${at.user} may not pin in the channel ${at.channel}.`);
  setPinned(world, channel, messageSeenBy(world, at), at.user, pinned);
}
