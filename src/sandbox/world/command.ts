import { ApplicationCommandType } from 'discord-api-types/v10';
import type { Json } from './json.ts';

export type RegisteredCommand = { id: string; guildId: string | null; version: string; body: Json };

/** A command without a type is a CHAT_INPUT one. */
export function typeOf(command: Json): number {
  return typeof command.type === 'number' ? command.type : ApplicationCommandType.ChatInput;
}
