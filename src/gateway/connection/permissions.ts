/** What the bot asks for when it is invited, and what it needs where. Bits: Discord, topics/permissions.mdx. */
import type { Carries, PostPlace } from '#src/pipeline/postman.ts';

export const BITS = {
  'View Channel': 1n << 10n,
  'Send Messages': 1n << 11n,
  'Embed Links': 1n << 14n,
  'Attach Files': 1n << 15n,
  'Read Message History': 1n << 16n,
  'Create Public Threads': 1n << 35n,
  'Send Messages in Threads': 1n << 38n,
} as const;

/** As Discord's settings call it. */
export type NamedPermission = keyof typeof BITS;

export const ADMINISTRATOR = 1n << 3n;
export const MANAGE_CHANNELS = 1n << 4n;
const MANAGE_SERVER = 1n << 5n;
const MENTION_EVERYONE = 1n << 17n;
export const MANAGE_THREADS = 1n << 34n;

/** Everything the bot is invited with; nothing that lets it change or remove what others made. */
export const INVITED_WITH: bigint = Object.values(BITS).reduce((all, bit) => all | bit, 0n);

const ALWAYS: readonly NamedPermission[] = [
  'View Channel',
  'Send Messages',
  'Embed Links',
  'Read Message History',
];

/** How a post goes to a place; `in-thread`: the place itself is a thread. */
export type PostingKind = PostPlace['kind'] | 'in-thread';

const NEEDED: Readonly<Record<PostingKind, readonly NamedPermission[]>> = {
  message: ALWAYS,
  thread: [...ALWAYS, 'Create Public Threads'],
  // A forum post needs only Send Messages (topics/threads.mdx).
  forum: ALWAYS,
  'in-thread': ['View Channel', 'Send Messages in Threads', 'Embed Links', 'Read Message History'],
};

/** Of these, what plain text needs. It is never looked for by reading. */
const FOR_WORDS: ReadonlySet<NamedPermission> = new Set([
  'View Channel',
  'Send Messages',
  'Send Messages in Threads',
]);

/** What the bot lacks, of what posting that at such a place needs, in the order of Discord's settings page. */
export function missingPermissions(
  kind: PostingKind,
  held: bigint,
  carries: Carries = 'papers',
): NamedPermission[] {
  if (held & ADMINISTRATOR) return [];
  return NEEDED[kind].filter((name) => !(held & BITS[name]) && (carries === 'papers' || FOR_WORDS.has(name)));
}

/** Whether who has these sees a channel. */
export function maySee(held: bigint): boolean {
  return (held & (BITS['View Channel'] | ADMINISTRATOR)) !== 0n;
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
  return Boolean(held & BITS['View Channel']) && Boolean(held & BITS['Read Message History']);
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
