import type { MessageKey } from '#src/wording/languages.ts';
import { phrase, type Said } from '#src/wording/phrase.ts';
import { UserError } from '#src/wording/user-error.ts';

/** What is wrong with an order, and that nothing was saved of it. */
export function notSaved<K extends MessageKey>(key: K, ...values: Said<K>): UserError {
  return new UserError('subscribe.notSaved', { problem: phrase(key, ...values) });
}
