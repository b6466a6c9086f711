import { ApplicationCommandOptionType } from 'discord-api-types/v10';
import type { Request } from './command.ts';

/** Look-ups answer for all to see, unless the asker wants otherwise. */
export const PRIVATE = {
  type: ApplicationCommandOptionType.Boolean,
  name: 'private',
  description: 'command.private',
} as const;

export const wantsPrivate = (request: Request): boolean => request.flag(PRIVATE.name) === true;
