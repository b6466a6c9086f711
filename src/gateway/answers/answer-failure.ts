/**
 * What a failed answer to an interaction means for the next try. Codes: Discord,
 * topics/opcodes-and-status-codes.mdx "JSON".
 */

import { DiscordAPIError } from '@discordjs/rest';
import { RESTJSONErrorCodes } from 'discord-api-types/v10';
import { own } from '#src/foundation/own.ts';

/** Nothing from Discord that can be read: a broken line, a 5xx, somebody in between. Whether it was taken, nobody knows. */
class NoAnswer extends Error {
  override name = 'NoAnswer';
}

export type AnswerFailure =
  /** The interaction has its first response: an earlier try did arrive. */
  | 'acknowledged'
  /** What was to be changed is not there: never acknowledged, or deleted meanwhile. */
  | 'absent'
  /** Too late, for whatever is tried. */
  | 'expired'
  /** It was not taken, and never will be as it is. */
  | 'refused'
  /** Nobody knows whether it was taken. */
  | 'unknown';

/** Reads what a Responder rejected with. */
export function readAnswerFailure(error: unknown): AnswerFailure {
  if (error instanceof NoAnswer) return 'unknown';
  return (error instanceof DiscordAPIError && own(MEANINGS, error.code)) || 'refused';
}

/** Hands on Discord's own words; whatever else `request` rejects with becomes NoAnswer. */
export async function answeredByDiscord(request: Promise<unknown>): Promise<void> {
  try {
    await request;
  } catch (cause) {
    // Discord gives each of its refusals a code; 0 and none are those of whoever stands in between.
    if (cause instanceof DiscordAPIError && cause.code) throw cause;
    throw new NoAnswer('No answer of Discord', { cause });
  }
}

const MEANINGS: Readonly<Record<string | number, AnswerFailure>> = {
  [RESTJSONErrorCodes.UnknownMessage]: 'absent',
  [RESTJSONErrorCodes.UnknownWebhook]: 'absent',
  [RESTJSONErrorCodes.UnknownInteraction]: 'expired',
  [RESTJSONErrorCodes.InteractionHasAlreadyBeenAcknowledged]: 'acknowledged',
  [RESTJSONErrorCodes.InvalidWebhookToken]: 'expired',
};
