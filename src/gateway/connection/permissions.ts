/** What the bot asks for when it is invited, and what it needs where. Bits: Discord, topics/permissions.mdx. */
import { PermissionFlagsBits } from 'discord-api-types/v10';
import type { Carries, PostPlace } from '#src/pipeline/postman.ts';
import type { PostPermission } from '#src/render/tell-lacked.ts';

export const BITS = {
  viewChannel: PermissionFlagsBits.ViewChannel,
  sendMessages: PermissionFlagsBits.SendMessages,
  embedLinks: PermissionFlagsBits.EmbedLinks,
  readMessageHistory: PermissionFlagsBits.ReadMessageHistory,
  createPublicThreads: PermissionFlagsBits.CreatePublicThreads,
  sendMessagesInThreads: PermissionFlagsBits.SendMessagesInThreads,
} as const satisfies Record<PostPermission, bigint>;

export const ADMINISTRATOR = PermissionFlagsBits.Administrator;
export const MANAGE_CHANNELS = PermissionFlagsBits.ManageChannels;
export const MANAGE_SERVER = PermissionFlagsBits.ManageGuild;
const MENTION_EVERYONE = PermissionFlagsBits.MentionEveryone;
export const MANAGE_THREADS = PermissionFlagsBits.ManageThreads;

/** Everything the bot is invited with; nothing that lets it change or remove what others made. */
export const INVITED_WITH: bigint = Object.values(BITS).reduce((all, bit) => all | bit, 0n);

const ALWAYS: readonly PostPermission[] = ['viewChannel', 'sendMessages', 'embedLinks', 'readMessageHistory'];

/** How a post goes to a place; `in-thread`: the place itself is a thread. */
type PostingKind = PostPlace['kind'] | 'in-thread';

const NEEDED: Readonly<Record<PostingKind, readonly PostPermission[]>> = {
  message: ALWAYS,
  thread: [...ALWAYS, 'createPublicThreads'],
  // A forum post needs only Send Messages (topics/threads.mdx).
  forum: ALWAYS,
  'in-thread': ['viewChannel', 'sendMessagesInThreads', 'embedLinks', 'readMessageHistory'],
};

/** Of these, what plain text needs. It is never looked for by reading. */
const FOR_WORDS: ReadonlySet<PostPermission> = new Set([
  'viewChannel',
  'sendMessages',
  'sendMessagesInThreads',
]);

/** What the bot lacks, of what posting that at such a place needs, in the order of Discord's settings page. */
export function missingPermissions(
  kind: PostingKind,
  held: bigint,
  carries: Carries = 'papers',
): PostPermission[] {
  if (held & ADMINISTRATOR) return [];
  return NEEDED[kind].filter((name) => !(held & BITS[name]) && (carries === 'papers' || FOR_WORDS.has(name)));
}

/** Whether who has these sees a channel. */
export function maySee(held: bigint): boolean {
  return (held & (BITS.viewChannel | ADMINISTRATOR)) !== 0n;
}

export function isAdministrator(held: bigint): boolean {
  return (held & ADMINISTRATOR) !== 0n;
}

/** Whether who has these in a server looks after its channels: Manage Channels or Manage Server. */
export function isModerator(held: bigint): boolean {
  return (held & (MANAGE_CHANNELS | MANAGE_SERVER)) !== 0n;
}

/** Whether the history of a channel shows itself to who has these; to others Discord shows an empty one. */
export function mayRead(held: bigint): boolean {
  if (held & ADMINISTRATOR) return true;
  return Boolean(held & BITS.viewChannel) && Boolean(held & BITS.readMessageHistory);
}

/** Whether who has these may mention roles that not everybody may. */
export function mayMentionAll(held: bigint): boolean {
  return (held & (MENTION_EVERYONE | ADMINISTRATOR)) !== 0n;
}

/** The link with which a server's owner invites the bot. */
export function inviteLink(applicationId: string): string {
  const query = new URLSearchParams({
    client_id: applicationId,
    scope: 'bot applications.commands',
    permissions: INVITED_WITH.toString(),
  });
  return `https://discord.com/oauth2/authorize?${query}`;
}
