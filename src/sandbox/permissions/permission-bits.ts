import { PermissionFlagsBits } from 'discord-api-types/v10';
export type PermissionName = keyof typeof PermissionFlagsBits;

/** Permissions as a number, its decimal text, or names. */
export type PermissionSet = bigint | string | readonly PermissionName[];

export const ALL_PERMISSIONS = Object.values(PermissionFlagsBits).reduce((all, bit) => all | bit, 0n);

/** What @everyone may in a server that nobody has configured. */
export const USUAL_PERMISSIONS = toBits([
  'CreateInstantInvite',
  'AddReactions',
  'ViewChannel',
  'SendMessages',
  'EmbedLinks',
  'AttachFiles',
  'ReadMessageHistory',
  'MentionEveryone',
  'UseExternalEmojis',
  'UseApplicationCommands',
  'CreatePublicThreads',
  'CreatePrivateThreads',
  'SendMessagesInThreads',
  'SendPolls',
]);

/** Any form of a permission set as one number. */
export function toBits(set: PermissionSet): bigint {
  if (typeof set === 'bigint') return set;
  if (typeof set === 'string') return BigInt(set);
  return set.reduce((bits, name) => bits | PermissionFlagsBits[name], 0n);
}
