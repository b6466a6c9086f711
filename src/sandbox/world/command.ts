import type { Json } from './json.ts';

export type RegisteredCommand = { id: string; guildId: string | null; version: string; body: Json };

/** https://discord.com/developers/docs/interactions/application-commands */
export const CommandType = { chatInput: 1, user: 2, message: 3, entryPoint: 4 } as const;

/** A command without a type is a CHAT_INPUT one. */
export function typeOf(command: Json): number {
  return typeof command.type === 'number' ? command.type : CommandType.chatInput;
}
