import { DiscordAPIError } from '@discordjs/rest';
import type { Log } from '#src/foundation/log.ts';
import { plainMessage } from '#src/render/plain-message.ts';
import { isRich } from '../posts/fit-components.ts';

type Body = Record<string, unknown>;

/** Discord's codes for a message whose form or words it refuses: the question is still unanswered then. */
const REFUSES_MESSAGE: ReadonlySet<number | string> = new Set([50035, 200000, 240000]);

/** Sends a reply; one that Discord refuses for what is in it goes once more, plain. Rejects with what `send` throws. */
export async function sendOrPlainer(
  body: Body,
  log: Log,
  send: (body: Body) => Promise<void>,
): Promise<void> {
  try {
    await send(body);
  } catch (error) {
    if (!isRefused(error) || isRich(listOf(body.components))) throw error;
    log.error({ err: error }, 'Discord refused a reply: it goes plainer');
    await send({ ...body, ...plainMessage(body, null) });
  }
}

function isRefused(error: unknown): error is DiscordAPIError {
  return error instanceof DiscordAPIError && REFUSES_MESSAGE.has(error.code);
}

function listOf(value: unknown): readonly object[] {
  return Array.isArray(value) ? value : [];
}
