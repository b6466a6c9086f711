/**
 * What a failed request to Discord means for the post it carried. The question that matters: was it sent, was it not,
 * or can nobody know? Codes: Discord, topics/opcodes-and-status-codes.mdx "JSON".
 */

import { DiscordAPIError, HTTPError, RateLimitError } from '@discordjs/rest';
import { RESTJSONErrorCodes } from 'discord-api-types/v10';
import { sentenceOf } from '#src/foundation/reduced.ts';
import type { PostRefusal, Receipt } from '#src/pipeline/postman.ts';
import { phrase, words } from '#src/wording/phrase.ts';

export type DiscordFailure = {
  /** Never `delivered`. */
  receipt: Exclude<Receipt, { kind: 'delivered' }>;
  /** Counts towards Discord's ban for invalid requests. */
  invalid: boolean;
  /** False when Discord did not answer, or only with a 5xx. */
  answered: boolean;
  /** Discord's own code, where it gave one. */
  code: number | null;
  /** Set for a 429: how long nothing may be sent, in this bucket or at all. */
  limited?: { everything: boolean; waitMs: number };
  /** The token is refused: nothing will ever be sent again. */
  tokenRefused?: true;
};

const HOUR_MS = 3_600_000;
const UNTOLD_LIMIT_MS = 5_000;
export const LONGEST_LIMIT_MS = 24 * HOUR_MS;

/** Reads what REST threw at `now` (UTC ms). Anything it does not know may have been sent. */
export function readFailure(error: unknown, now: number): DiscordFailure {
  if (error instanceof RateLimitError) return limited(error, now);
  if (error instanceof DiscordAPIError) return refused(error, now);
  if (error instanceof HTTPError) {
    return silent({ kind: 'unknown', reason: phrase('discord.answered', { status: error.status }) });
  }
  if (neverLeft(error)) {
    return silent({
      kind: 'later',
      at: now,
      reason: phrase('discord.unreachable', { code: words(codeOf(error) ?? '') }),
    });
  }
  const code = words(codeOf(error) ?? nameOf(error));
  return silent({ kind: 'unknown', reason: phrase('discord.noAnswer', { code }) });
}

function silent(receipt: DiscordFailure['receipt']): DiscordFailure {
  return { receipt, invalid: false, answered: false, code: null };
}

function limited(error: RateLimitError, now: number): DiscordFailure {
  const waitMs = toldWait(Math.max(error.retryAfter, error.timeToReset));
  return {
    receipt: { kind: 'later', at: now + waitMs, reason: phrase('discord.limits') },
    // A shared limit is not the bot's doing (topics/rate-limits.mdx).
    invalid: error.scope !== 'shared',
    answered: true,
    code: null,
    limited: { everything: error.global || error.scope === 'global', waitMs },
  };
}

/**
 * How long a limit lasts (ms). Discord tells at least a second; somebody in between may tell nothing, or what is no time, and
 * must not be asked again at once.
 */
function toldWait(told: number): number {
  return told > 0 ? Math.min(told, LONGEST_LIMIT_MS) : UNTOLD_LIMIT_MS;
}

function refused(error: DiscordAPIError, now: number): DiscordFailure {
  const code = Number.isInteger(error.code) ? Number(error.code) : null;
  const failure = { invalid: error.status === 401 || error.status === 403, answered: true, code };
  if (error.status === 401) {
    return {
      ...failure,
      receipt: { kind: 'later', at: now, reason: phrase('discord.refusesToken') },
      tokenRefused: true,
    };
  }
  const reason = `${sentenceOf(error)} (${code ?? error.status})`;
  // Not Discord's own words: a proxy or a block page in between. No setting is changed because of that.
  if (code === null) return { ...failure, receipt: { kind: 'later', at: now + HOUR_MS / 4, reason } };
  if (MENDED_BY_TIME.has(code)) return { ...failure, receipt: { kind: 'later', at: now + HOUR_MS, reason } };
  const refusal = REFUSALS[code] ?? (error.status === 403 ? 'permission-missing' : 'malformed');
  return { ...failure, receipt: { kind: 'refused', code: refusal, reason } };
}

const MENDED_BY_TIME: ReadonlySet<number> = new Set([
  RESTJSONErrorCodes.MaximumNumberOfEditsToMessagesOlderThanOneHourReached,
  RESTJSONErrorCodes.MaximumActiveThreads,
  RESTJSONErrorCodes.MaximumActiveAnnouncementThreads,
]);

const REFUSALS: Readonly<Record<number, PostRefusal>> = {
  [RESTJSONErrorCodes.UnknownChannel]: 'channel-gone',
  [RESTJSONErrorCodes.UnknownGuild]: 'server-left',
  [RESTJSONErrorCodes.UnknownMessage]: 'message-gone',
  [RESTJSONErrorCodes.TagRequiredToCreateAForumPostInThisChannel]: 'tag-required',
  // The member's own settings, or no server in common: the bot may not write there.
  [RESTJSONErrorCodes.CannotSendMessagesToThisUser]: 'permission-missing',
  [RESTJSONErrorCodes.CannotSendMessagesToThisUserDueToHavingNoMutualGuilds]: 'permission-missing',
  [RESTJSONErrorCodes.MissingAccess]: 'permission-missing',
  [RESTJSONErrorCodes.MissingPermissions]: 'permission-missing',
  [RESTJSONErrorCodes.InvalidActionOnArchivedThread]: 'thread-locked',
  [RESTJSONErrorCodes.ThreadLocked]: 'thread-locked',
  // AutoMod on the message and on a thread's title; the harmful-link filter.
  [RESTJSONErrorCodes.MessageWasBlockedByAutomaticModeration]: 'content-refused',
  [RESTJSONErrorCodes.TitleWasBlockedByAutomaticModeration]: 'content-refused',
  [RESTJSONErrorCodes.MessageBlockedByHarmfulLinksFilter]: 'content-refused',
};

/** Errors of name look-up and connecting: not one byte of the request has left. */
const BEFORE_SENDING: ReadonlySet<string> = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ENETDOWN',
  'UND_ERR_CONNECT_TIMEOUT',
]);

function neverLeft(error: unknown): boolean {
  const code = codeOf(error);
  return code !== null && BEFORE_SENDING.has(code);
}

function codeOf(error: unknown): string | null {
  if (!(error instanceof Error)) return null;
  if ('code' in error && typeof error.code === 'string') return error.code;
  return codeOf(error.cause);
}

function nameOf(error: unknown): string {
  return error instanceof Error ? error.name : 'unknown error';
}
