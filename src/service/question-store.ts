import { createHash } from 'node:crypto';
import type { Keyv } from 'keyv';
import type { PlainKey } from '#src/wording/phrase.ts';
import { UserError } from '#src/wording/user-error.ts';

/** Questions behind page buttons: too long for a custom id, and needed after a restart. */
export type QuestionStore = {
  /** Keeps a question for 30 days from now on, and returns its key: 16 characters, the same for the same question. */
  keep(question: object): Promise<string>;
  /** Throws UserError with the sentence `forgotten` when it is too old. */
  recall<Question>(key: string, forgotten?: PlainKey): Promise<Question>;
};

const KEPT_MS = 30 * 86_400_000;

export function createQuestionStore(keyv: Keyv): QuestionStore {
  return {
    async keep(question) {
      const text = JSON.stringify(question);
      const key = createHash('sha256').update(text).digest('base64url').slice(0, 16);
      await keyv.set(key, question, KEPT_MS);
      return key;
    },
    async recall(key, forgotten = 'answer.listForgotten') {
      const question = await keyv.get(key);
      if (question === undefined) throw new UserError(forgotten);
      return question;
    },
  };
}
