import { DiscordAPIError } from '@discordjs/rest';
import { RESTJSONErrorCodes } from 'discord-api-types/v10';
import type { Log } from '#src/foundation/log.ts';
import type { ShownMessage } from '#src/render/parts.ts';
import { plainMessage } from '#src/render/plain-message.ts';

/** Discord's codes for a message whose form or words it refuses: the question is still unanswered then. */
const REFUSES_MESSAGE: ReadonlySet<number | string> = new Set([
  RESTJSONErrorCodes.InvalidFormBodyOrContentType,
  RESTJSONErrorCodes.MessageWasBlockedByAutomaticModeration,
  RESTJSONErrorCodes.MessageBlockedByHarmfulLinksFilter,
]);

/** Sends a reply; one that Discord refuses for what is in it goes once more, plain. Rejects with what `send` throws. */
export async function sendOrPlainer(
  reply: ShownMessage,
  log: Log,
  send: (reply: ShownMessage) => Promise<void>,
): Promise<void> {
  try {
    await send(reply);
  } catch (error) {
    if (!isRefused(error)) throw error;
    log.error({ err: error }, 'Discord refused a reply: it goes plainer');
    await send({ ...reply, ...plainMessage(reply, null) });
  }
}

function isRefused(error: unknown): error is DiscordAPIError {
  return error instanceof DiscordAPIError && REFUSES_MESSAGE.has(error.code);
}
