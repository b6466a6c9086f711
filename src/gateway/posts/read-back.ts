/**
 * Reading a place back: is the post there that nobody knows the outcome of?
 *
 * Rule: `absent` is proven. The reading goes back, page by page, from after the attempts to before them, by the times that
 * Discord wrote on the messages; what one reading does not reach, the next goes on with. Whether the bot may read there at
 * all is the caller's to make sure of: Discord shows an empty channel to whom it hides the history.
 */

import { z } from 'zod';
import type { ReadBack, Sought } from '#src/pipeline/postman.ts';
import { phrase } from '#src/wording/phrase.ts';
import type { CallOutcome } from '../connection/discord-call.ts';
import { idAt, instantOf } from '../connection/discord-time.ts';

export const messageShape = z.object({
  id: z.string(),
  channel_id: z.string(),
  timestamp: z.string().optional(),
  author: z.object({ id: z.string() }).optional(),
  nonce: z.union([z.string(), z.number()]).optional(),
  components: z.unknown(),
});

type Message = z.infer<typeof messageShape>;
export type SoughtByBot = Sought & { botId: string };
export type Get = (path: `/${string}`) => Promise<CallOutcome>;

const PAGE = 100;
/** 2,000 messages a reading; the next goes on from there. */
const MOST_PAGES = 20;
const TIMES_AGREE_MS = 60_000;

/** Looks for it among a channel's messages. */
export async function findAmongMessages(get: Get, channelId: string, wanted: SoughtByBot): Promise<ReadBack> {
  let { readTo } = wanted;
  for (let page = 0; page < MOST_PAGES; page++) {
    const before = readTo === null ? '' : `&before=${readTo}`;
    const outcome = await get(`/channels/${channelId}/messages?limit=${PAGE}${before}`);
    if (!outcome.ok) return unread(outcome, readTo);
    const messages = z.array(messageShape).safeParse(outcome.answer);
    if (!messages.success) return otherShape(readTo);
    const hit = messages.data.find((message) => isSought(message, wanted));
    if (hit) return { kind: 'found', messageId: hit.id, channelId };
    const oldest = messages.data.at(-1);
    const isAll = !oldest || messages.data.length < PAGE || writtenAt(oldest) < wanted.written.from;
    if (isAll) return { kind: 'absent' };
    readTo = nextPlace(messages.data, oldest, wanted);
  }
  return { kind: 'partly', readTo };
}

/** Whatever was written after the attempts is passed over, where the ids tell times. */
function nextPlace(
  messages: readonly Message[],
  oldest: Message,
  { written: { until } }: SoughtByBot,
): string {
  if (writtenAt(oldest) <= until) return oldest.id;
  const agree = messages.every(
    (message) => Math.abs(writtenAt(message) - instantOf(message.id)) < TIMES_AGREE_MS,
  );
  return agree ? idAt(until + 1) : oldest.id;
}

function writtenAt({ id, timestamp }: Message): number {
  const told = timestamp === undefined ? Number.NaN : Date.parse(timestamp);
  return Number.isNaN(told) ? instantOf(id) : told;
}

export function isSought(message: Message, { mark, nonce, botId }: SoughtByBot): boolean {
  if (message.author?.id !== botId) return false;
  return String(message.nonce) === nonce || carriesMark(message.components, mark);
}

function carriesMark(node: unknown, mark: string): boolean {
  if (Array.isArray(node)) return node.some((part) => carriesMark(part, mark));
  if (typeof node !== 'object' || node === null) return false;
  if ('custom_id' in node && node.custom_id === mark) return true;
  return Object.values(node).some((part) => carriesMark(part, mark));
}

/** What a question without an answer means for the one who seeks. */
export function unread(
  { receipt, code }: Extract<CallOutcome, { ok: false }>,
  readTo: string | null,
): ReadBack {
  const { reason } = receipt;
  if (receipt.kind === 'later') return { kind: 'later', at: receipt.at, reason, readTo };
  if (receipt.kind === 'refused' && code !== null && CLOSED.has(receipt.code))
    return { kind: 'refused', code: receipt.code, reason, asked: true };
  return { kind: 'unreadable', reason, readTo, ...(receipt.kind === 'unknown' && { silent: true }) };
}

const CLOSED: ReadonlySet<string> = new Set(['channel-gone', 'server-left', 'permission-missing']);

export function otherShape(readTo: string | null): ReadBack {
  return { kind: 'unreadable', reason: phrase('discord.otherShape'), readTo };
}
