/** Reading a place back: is the post there that nobody knows the outcome of? */
import { z } from 'zod';
import type { Found } from '#src/pipeline/postman.ts';
import type { Outcome } from './discord-call.ts';

export const messageShape = z.object({
  id: z.string(),
  channel_id: z.string(),
  author: z.object({ id: z.string() }).optional(),
  nonce: z.union([z.string(), z.number()]).optional(),
  components: z.unknown(),
});

export const threadShape = z.object({
  id: z.string(),
  parent_id: z.string().nullish(),
  owner_id: z.string().optional(),
});

export type Sought = { mark: string; nonce: string; botId: string /** UTC ms. */; since: number };

type Get = (path: `/${string}`) => Promise<Outcome>;

const PAGE = 100;
/** 2,000 messages after the attempt: beyond that the channel is too busy to tell. */
const MOST_PAGES = 20;

/** Pages forward through a channel's messages since `sought.since`. */
export async function findAmongMessages(get: Get, channelId: string, sought: Sought): Promise<Found> {
  let after = snowflakeAt(sought.since);
  for (let page = 0; page < MOST_PAGES; page++) {
    const outcome = await get(`/channels/${channelId}/messages?limit=${PAGE}&after=${after}`);
    if (!outcome.ok) return { kind: 'unreadable', reason: reasonOf(outcome) };
    const messages = z.array(messageShape).safeParse(outcome.answer);
    if (!messages.success) return { kind: 'unreadable', reason: 'Discord’s answer has another shape' };
    const hit = messages.data.find((message) => isSought(message, sought));
    if (hit) return { kind: 'found', messageId: hit.id, channelId };
    if (messages.data.length < PAGE) return { kind: 'absent' };
    after = newest(messages.data);
  }
  return { kind: 'unreadable', reason: `More than ${PAGE * MOST_PAGES} messages since` };
}

/** Looks at the first message of each thread that the bot opened in the forum since then, open or archived. */
export async function findAmongThreads(
  get: Get,
  place: { serverId: string; channelId: string },
  sought: Sought,
): Promise<Found> {
  const lists = [
    `/guilds/${place.serverId}/threads/active`,
    `/channels/${place.channelId}/threads/archived/public?limit=${PAGE}`,
  ] as const;
  for (const list of lists) {
    const outcome = await get(list);
    if (!outcome.ok) return { kind: 'unreadable', reason: reasonOf(outcome) };
    const answer = z.object({ threads: z.array(threadShape) }).safeParse(outcome.answer);
    if (!answer.success) return { kind: 'unreadable', reason: 'Discord’s answer has another shape' };
    for (const thread of answer.data.threads) {
      if (!isCandidate(thread, place.channelId, sought)) continue;
      const found = await findAmongMessages(get, thread.id, { ...sought, since: openedBefore(thread.id) });
      if (found.kind !== 'absent') return found;
    }
  }
  return { kind: 'absent' };
}

function isCandidate(
  thread: z.infer<typeof threadShape>,
  forumId: string,
  { botId, since }: Sought,
): boolean {
  const ours = thread.parent_id === forumId && thread.owner_id === botId;
  return ours && BigInt(thread.id) >= BigInt(snowflakeAt(since));
}

function isSought(message: z.infer<typeof messageShape>, { mark, nonce, botId }: Sought): boolean {
  if (message.author?.id !== botId) return false;
  return String(message.nonce) === nonce || carriesMark(message.components, mark);
}

function carriesMark(node: unknown, mark: string): boolean {
  if (Array.isArray(node)) return node.some((part) => carriesMark(part, mark));
  if (typeof node !== 'object' || node === null) return false;
  if ('custom_id' in node && node.custom_id === mark) return true;
  return Object.values(node).some((part) => carriesMark(part, mark));
}

function newest(messages: readonly { id: string }[]): string {
  return messages.toSorted((a, b) => (BigInt(a.id) < BigInt(b.id) ? 1 : -1))[0].id;
}

function reasonOf(outcome: Extract<Outcome, { ok: false }>): string {
  return outcome.receipt.reason;
}

const DISCORD_EPOCH = 1_420_070_400_000;

/** The smallest id that Discord may give at an instant (reference.mdx "Snowflakes"). */
export function snowflakeAt(instant: number): string {
  return (BigInt(Math.max(0, Math.floor(instant) - DISCORD_EPOCH)) << 22n).toString();
}

/** A thread's first message may carry the thread's own id, and `after` leaves its own id out. */
function openedBefore(threadId: string): number {
  return Number(BigInt(threadId) >> 22n) + DISCORD_EPOCH - 1;
}
