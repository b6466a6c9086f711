/**
 * The Postman over Discord's REST API.
 *
 * Places. Message: one message. Thread: the card is an ordinary message, and a thread is opened under it, which can be
 * repeated without harm (a message has one thread at most). Forum: a post of its own, which has no nonce: after an unknown outcome only reading back tells.
 */

import { z } from 'zod';
import { wallIn } from '#src/foundation/clock.ts';
import { FatalError } from '#src/foundation/failure.ts';
import type { Log } from '#src/foundation/log.ts';
import {
  type Carries,
  channelOfDestination,
  type Parcel,
  type Postman,
  type PostPlace,
  type Receipt,
} from '#src/pipeline/postman.ts';
import { plain } from '#src/render/escape-markdown.ts';
import { sayPlain, sayValuePlain } from '#src/render/say.ts';
import { withCommandIds } from '#src/wording/command-mentions.ts';
import { phrase } from '#src/wording/phrase.ts';
import type { Value } from '#src/wording/values.ts';
import { type CallDeps, type CallOutcome, type CallPlan, callDiscord } from '../connection/discord-call.ts';
import type { Obstacle } from '../connection/obstacles.ts';
import { HourlyBudget } from '../pace/hourly-budget.ts';
import { type FindDeps, findPost } from './find-post.ts';
import { fitMessage } from './fit-message.ts';
import { type PlaceKind, post } from './post-job.ts';
import { carriedBy, type MessageBody, renderParcel, renderRenewed } from './render-letter.ts';

type PostmanDeps = CallDeps &
  FindDeps & {
    log: Log;
    /** What the gateway told about servers, channels and permissions; null when nothing hinders or nothing is known. */
    obstacle(place: PostPlace, carries?: Carries): Obstacle | null;
    /** The id that Discord gave a command; null while that is not known. */
    commandId(name: string): string | null;
  };

/** Discord publishes ten messages an hour and channel; observed by others, not documented. */
const PUBLISHED_AN_HOUR = 10;
const ALREADY_PUBLISHED = 40033;
const THREAD_EXISTS = 160004;
/** After so long what could not be rendered is tried again. */
const RENDERED_AGAIN_MS = 3_600_000;
const ONE_DAY_MINUTES = 1440;

export function createDiscordPostman(deps: PostmanDeps): Postman {
  const { clock } = deps;
  const published = new HourlyBudget(PUBLISHED_AN_HOUR);
  const messages = messageKind(deps);
  const forumPosts = forumKind(deps);
  const call = (plan: CallPlan) => callDiscord(deps, plan);

  return {
    post: (parcel) => {
      const obstacle = deps.obstacle(parcel.place, carriedBy(parcel.letter));
      if (obstacle) return Promise.resolve({ kind: 'refused', ...obstacle });
      const kind = parcel.place.kind === 'forum' ? forumPosts : messages;
      try {
        return post(kind, parcel);
      } catch (error) {
        return notRendered(deps, parcel, error);
      }
    },

    time: deps.time.now,

    find: (place, sought) => {
      const bucket = `find:${channelOfDestination(place)}`;
      const asked = { bucket, server: place.serverId, queuedAt: clock.now(), method: 'GET' } as const;
      return findPost(deps, (path) => call({ ...asked, path }), place, sought);
    },

    edit: async (channelId, messageId, letter) => {
      const outcome = await call({
        bucket: `edit:${channelId}`,
        server: '',
        queuedAt: clock.now(),
        spare: true,
        method: 'PATCH',
        path: `/channels/${channelId}/messages/${messageId}`,
        json: JSON.stringify({
          allowed_mentions: { parse: [] },
          ...fitted(deps, () => renderRenewed(letter)),
        }),
      });
      return outcome.ok ? { kind: 'delivered', messageId, channelId } : outcome.receipt;
    },

    remove: async ({ serverId }, { channelId, messageId }) => {
      const outcome = await call({
        bucket: `delete:${channelId}`,
        server: serverId,
        queuedAt: clock.now(),
        method: 'DELETE',
        path: `/channels/${channelId}/messages/${messageId}`,
      });
      return outcome.ok ? { kind: 'delivered', messageId, channelId } : outcome.receipt;
    },

    openThread: async (place, messageId, name) => {
      const obstacle = deps.obstacle(place);
      if (obstacle) return { kind: 'refused', ...obstacle };
      const { serverId } = place;
      const channelId = channelOfDestination(place);
      const outcome = await call({
        bucket: `thread:${channelId}`,
        server: serverId,
        queuedAt: clock.now(),
        method: 'POST',
        path: `/channels/${channelId}/messages/${messageId}/threads`,
        json: JSON.stringify({ name: threadName(name), auto_archive_duration: ONE_DAY_MINUTES }),
      });
      const done = outcome.ok || outcome.code === THREAD_EXISTS;
      return done ? { kind: 'delivered', messageId, channelId } : explained(deps, place, outcome.receipt);
    },

    publish: async (channelId, messageId) => {
      const now = clock.elapsed();
      const wait = published.freeAt(channelId, now) - now;
      const reason = phrase('discord.publishesTen');
      if (wait > 0) return { kind: 'later', at: Math.ceil(wallIn(clock, wait)), reason };
      published.note(channelId, now);
      const outcome = await call({
        bucket: `publish:${channelId}`,
        server: '',
        queuedAt: clock.now(),
        method: 'POST',
        path: `/channels/${channelId}/messages/${messageId}/crosspost`,
      });
      const done = outcome.ok || outcome.code === ALREADY_PUBLISHED;
      return done ? { kind: 'delivered', messageId, channelId } : outcome.receipt;
    },
  };
}

function messageKind(deps: PostmanDeps): PlaceKind {
  return {
    ...deps,
    bucket: channelOfDestination,
    path: (place) => `/channels/${channelOfDestination(place)}/messages`,
    json: (parcel) =>
      JSON.stringify({
        ...{ allowed_mentions: { parse: [] }, ...fitted(deps, () => renderParcel(parcel)) },
        ...{ nonce: parcel.nonce, enforce_nonce: true },
      }),
    receipt: (place, outcome) => readPosted(deps, place, outcome),
  };
}

/** As Discord takes it, the commands in it such as a press writes. */
function fitted({ log, commandId }: PostmanDeps, render: () => MessageBody): MessageBody {
  const { parts, cut } = fitMessage(withCommandIds(commandId, render));
  if (cut.length > 0) log.warn({ cut }, 'A post over Discord’s limits was cut');
  return parts;
}

const postedShape = z.object({ id: z.string(), channel_id: z.string() });

function readPosted(deps: PostmanDeps, place: PostPlace, outcome: CallOutcome): Receipt {
  if (!outcome.ok) return explained(deps, place, outcome.receipt);
  const posted = postedShape.safeParse(outcome.answer);
  if (!posted.success) return { kind: 'unknown', reason: phrase('discord.otherShape') };
  return { kind: 'delivered', messageId: posted.data.id, channelId: posted.data.channel_id };
}

const forumPostShape = z.object({ id: z.string(), message: z.object({ id: z.string() }).optional() });

function forumKind(deps: PostmanDeps): PlaceKind {
  return {
    ...deps,
    bucket: (place) => `thread:${channelOfDestination(place)}`,
    path: (place) => `/channels/${channelOfDestination(place)}/threads`,
    json: (parcel) =>
      JSON.stringify({
        name: threadName(parcel.threadName),
        auto_archive_duration: 7 * ONE_DAY_MINUTES,
        applied_tags: parcel.tagIds?.slice(0, 5) ?? [],
        message: { allowed_mentions: { parse: [] }, ...fitted(deps, () => renderParcel(parcel)) },
      }),
    receipt: (place, outcome) => readForumPost(deps, place, outcome),
  };
}

function readForumPost(deps: PostmanDeps, place: PostPlace, outcome: CallOutcome): Receipt {
  if (!outcome.ok) return explained(deps, place, outcome.receipt);
  const post = forumPostShape.safeParse(outcome.answer);
  if (!post.success) return { kind: 'unknown', reason: phrase('discord.otherShape') };
  // A forum post's first message has the post's id (resources/channel.mdx).
  return { kind: 'delivered', messageId: post.data.message?.id ?? post.data.id, channelId: post.data.id };
}

/** What cannot be rendered, through a fault of ours, was not sent: it is kept, and holds up nobody. */
async function notRendered({ log, clock }: PostmanDeps, { nonce }: Parcel, error: unknown): Promise<Receipt> {
  if (error instanceof FatalError) throw error;
  log.error({ nonce, err: error }, 'a post cannot be rendered');
  return { kind: 'later', at: clock.now() + RENDERED_AGAIN_MS, reason: phrase('post.notWritten') };
}

/** Discord says that something is missing; the gateway may know what. */
function explained(deps: PostmanDeps, place: PostPlace, receipt: Receipt): Receipt {
  if (receipt.kind !== 'refused') return receipt;
  if (receipt.code !== 'permission-missing' && receipt.code !== 'channel-gone') return receipt;
  return { ...receipt, ...deps.obstacle(place) };
}

function threadName(name: Value | undefined): string {
  const trimmed = plain(sayValuePlain(name ?? ''), 100)
    .trim()
    .toWellFormed();
  return trimmed === '' ? sayPlain('card.untitled') : trimmed;
}
