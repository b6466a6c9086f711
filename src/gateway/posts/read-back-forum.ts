/** Reading a forum back: each of its posts is a thread, and what was posted its first message. */

import { z } from 'zod';
import type { PostPlace, ReadBack } from '#src/pipeline/postman.ts';
import { channelOfDestination } from '#src/pipeline/postman.ts';
import { phrase } from '#src/wording/phrase.ts';
import { instantOf } from '../connection/discord-time.ts';
import { type Get, isSought, messageShape, otherShape, type SoughtByBot, unread } from './read-back.ts';

const threadShape = z.object({
  id: z.string(),
  parent_id: z.string().nullish(),
  owner_id: z.string().optional(),
  thread_metadata: z
    .object({ archive_timestamp: z.string(), create_timestamp: z.string().nullish() })
    .optional(),
});
const listShape = z.object({ threads: z.array(threadShape), has_more: z.boolean().optional() });

type Thread = z.infer<typeof threadShape>;
type List = z.infer<typeof listShape>;

const PAGE = 100;
const MOST_PAGES = 20;
/** A reading ends after so many questions; the next goes on there. */
const MOST_QUESTIONS = 100;
/** Discord opened no forum before: an id that says so tells no time. */
const BEFORE_FORUMS = Date.UTC(2016);
const MINUTE_MS = 60_000;
/** A first message has its thread's id; some more, should something in between number in its own way. */
const FIRST_MESSAGES = 10;
const THREAD_GONE = 10003;

/**
 * Looks for it among the forum's threads: those that are open, the archived ones back to the attempts, and once more those
 * that are open, for one that was opened again meanwhile.
 */
export async function findAmongThreads(
  get: Get,
  place: Pick<PostPlace, 'serverId' | 'destination'>,
  wanted: SoughtByBot,
): Promise<ReadBack> {
  const forumId = channelOfDestination(place);
  const open = () => findOpen(get, place.serverId, forumId, wanted);
  const first = await open();
  if (first.kind !== 'absent') return first;
  const archived = await findArchived(get, forumId, wanted);
  if (archived.kind !== 'absent') return archived;
  return open();
}

async function findOpen(get: Get, serverId: string, forumId: string, wanted: SoughtByBot): Promise<ReadBack> {
  const list = await readList(get, `/guilds/${serverId}/threads/active`, wanted.readTo);
  if ('kind' in list) return list;
  return findIn(get, candidates(list.threads, forumId, wanted), wanted, wanted.readTo);
}

async function findArchived(get: Get, forumId: string, wanted: SoughtByBot): Promise<ReadBack> {
  let { readTo } = wanted;
  let questions = 0;
  for (let page = 0; page < MOST_PAGES && questions < MOST_QUESTIONS; page++) {
    const before = readTo === null ? '' : `&before=${encodeURIComponent(readTo)}`;
    const path = `/channels/${forumId}/threads/archived/public?limit=${PAGE}${before}` as const;
    const list = await readList(get, path, readTo);
    if ('kind' in list) return list;
    const sought = candidates(list.threads, forumId, wanted);
    const found = await findIn(get, sought, wanted, readTo);
    if (found.kind !== 'absent') return found;
    questions += 1 + sought.length;
    const oldest = archivedAt(list.threads.at(-1));
    const isAll = !(list.has_more ?? list.threads.length >= PAGE) || oldest === null;
    if (isAll || oldest < wanted.written.from) return { kind: 'absent' };
    // Those that were archived within that very millisecond are listed again.
    const next = new Date(oldest + 1).toISOString();
    if (next === readTo) return { kind: 'unreadable', reason: phrase('discord.threadsUnlisted'), readTo };
    readTo = next;
  }
  return { kind: 'partly', readTo };
}

async function readList(get: Get, path: `/${string}`, readTo: string | null): Promise<List | ReadBack> {
  const outcome = await get(path);
  if (!outcome.ok) return unread(outcome, readTo);
  const list = listShape.safeParse(outcome.answer);
  return list.success ? list.data : otherShape(readTo);
}

/** Among the first messages of each of the threads. */
async function findIn(
  get: Get,
  threads: readonly Thread[],
  wanted: SoughtByBot,
  readTo: string | null,
): Promise<ReadBack> {
  for (const { id } of threads) {
    const outcome = await get(`/channels/${id}/messages?limit=${FIRST_MESSAGES}&after=${BigInt(id) - 1n}`);
    if (!outcome.ok && outcome.code === THREAD_GONE) continue;
    if (!outcome.ok) return unread(outcome, readTo);
    const messages = z.array(messageShape).safeParse(outcome.answer);
    if (!messages.success) return otherShape(readTo);
    const hit = messages.data.find((message) => isSought(message, wanted));
    if (hit) return { kind: 'found', messageId: hit.id, channelId: id };
  }
  return { kind: 'absent' };
}

/** The bot's threads in the forum that were opened in that time, or whose time nobody can tell. */
function candidates(threads: readonly Thread[], forumId: string, { botId, written }: SoughtByBot): Thread[] {
  return threads.filter((thread) => {
    if (thread.parent_id !== forumId || thread.owner_id !== botId) return false;
    const openedAt = openedWhen(thread);
    return openedAt === null || (openedAt >= written.from && openedAt <= written.until);
  });
}

function openedWhen(thread: Thread): number | null {
  const told = Date.parse(thread.thread_metadata?.create_timestamp ?? '');
  if (!Number.isNaN(told)) return told;
  const byId = instantOf(thread.id);
  // A thread is archived, or last touched, after it was opened.
  const latest = (archivedAt(thread) ?? byId) + MINUTE_MS;
  return byId < BEFORE_FORUMS || byId > latest ? null : byId;
}

function archivedAt(thread: Thread | undefined): number | null {
  const told = Date.parse(thread?.thread_metadata?.archive_timestamp ?? '');
  return Number.isNaN(told) ? null : told;
}
