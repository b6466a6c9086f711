import type { Answer } from '../protocol.ts';

export const failed = (sentence: string): Answer => ({ answer: 'failed', sentence });

export const DONE: Answer = { answer: 'done' };

export const NO_RESPONSE = failed('Paperboy did not respond. Try again.');

/**
 * What the sandbox refuses because a client would not send it, as a sentence for whoever tried: without ids, with the next
 * step. Null for everything else, which is a fault.
 */
export function refusalOf(error: unknown): Answer | null {
  if (!isRefusal(error)) return null;
  const { message } = error;
  if (/\d{15,}/.test(message))
    return failed('This is not here any more, or you cannot see it. Open the place again and try once more.');
  const command = /may not use the command "(.+)"/.exec(message)?.[1];
  if (command !== undefined)
    return failed(
      `You may not use ${command} here. Look as somebody else, or give the command to a role under "Rights".`,
    );
  return failed(`${message} Change that and send it again.`);
}

/** The sandbox throws a plain Error for it; faults are of other kinds, and those of the system have a code. */
function isRefusal(error: unknown): error is Error {
  return error instanceof Error && error.name === 'Error' && !('code' in error);
}
