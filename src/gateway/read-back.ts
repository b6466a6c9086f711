/** Reading a place back: is the post there that nobody knows the outcome of? */
import { z } from 'zod';
import type { Found } from '#src/pipeline/postman.ts';
import type { Outcome } from './discord-call.ts';

export const messageShape = z.object({
  id: z.string(),
  channel_id: z.string(),
  timestamp: z.string().optional(),
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
const ALWAYS_READ = 10;
/** 2,000 messages after the attempt: beyond that the channel is too busy to tell. */
const MOST_PAGES = 20;

/**
 * Pages back through a channel's messages, the newest first, to those written before `sought.since`. By their times, not
 * by their ids: what stands between us and Discord may number messages in its own way.
 */
export async function findAmongMessages(get: Get, channelId: string, sought: Sought): Promise<Found> {
  let before = '';
  for (let page = 0; page < MOST_PAGES; page++) {
    const outcome = await get(`/channels/${channelId}/messages?limit=${PAGE}${before}`);
    if (!outcome.ok) return { kind: 'unreadable', reason: reasonOf(outcome) };
    const messages = z.array(messageShape).safeParse(outcome.answer);
    if (!messages.success) return { kind: 'unreadable', reason: 'Discord’s answer has another shape' };
    const hit = messages.data.find((message) => isSought(message, sought));
    if (hit) return { kind: 'found', messageId: hit.id, channelId };
    const oldest = messages.data.at(-1);
    if (!oldest || messages.data.length < PAGE || writtenAt(oldest) < sought.since) return { kind: 'absent' };
    before = `&before=${oldest.id}`;
  }
  return { kind: 'unreadable', reason: `More than ${PAGE * MOST_PAGES} messages since` };
}

function writtenAt({ id, timestamp }: z.infer<typeof messageShape>): number {
  const told = timestamp === undefined ? Number.NaN : Date.parse(timestamp);
  return Number.isNaN(told) ? instantOf(id) : told;
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
    for (const thread of candidates(answer.data.threads, place.channelId, sought)) {
      const found = await findAmongMessages(get, thread.id, { ...sought, since: Number.NEGATIVE_INFINITY });
      if (found.kind !== 'absent') return found;
    }
  }
  return { kind: 'absent' };
}

/** The bot's threads in the forum, the newest first: those opened since then, and a few more in case ids tell no times. */
function candidates(
  threads: readonly z.infer<typeof threadShape>[],
  forumId: string,
  { botId, since }: Sought,
): z.infer<typeof threadShape>[] {
  const ours = threads.filter((thread) => thread.parent_id === forumId && thread.owner_id === botId);
  const newestFirst = ours.sort((a, b) => (BigInt(a.id) > BigInt(b.id) ? -1 : 1));
  return newestFirst.filter((thread, index) => index < ALWAYS_READ || instantOf(thread.id) >= since);
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

function reasonOf(outcome: Extract<Outcome, { ok: false }>): string {
  return outcome.receipt.reason;
}

const DISCORD_EPOCH = 1_420_070_400_000;

/** When Discord gave an id (reference.mdx "Snowflakes"), UTC ms. */
export function instantOf(id: string): number {
  return Number(BigInt(id) >> 22n) + DISCORD_EPOCH;
}
