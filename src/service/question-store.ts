import { createHash } from 'node:crypto';
import { setImmediate as othersTurn } from 'node:timers/promises';
import type { Keyv } from 'keyv';
import { keysHolding } from '#src/foundation/database/keyv-store.ts';
import { idsIn, namesId } from '#src/foundation/ids-in.ts';
import type { MemberRecord, MemberRecords } from '#src/foundation/member-records.ts';
import type { PlainKey } from '#src/wording/phrase.ts';
import { UserError } from '#src/wording/user-error.ts';

/** Questions behind page buttons: too long for a custom id, and needed after a restart. */
export type QuestionStore = {
  /** Keeps a question for 30 days from now on, and returns its key: 16 characters, the same for the same question. */
  keep(question: object): Promise<string>;
  /** Throws UserError with the sentence `forgotten` when it is too old. */
  recall<Question>(key: string, forgotten?: PlainKey): Promise<Question>;
  /** Those that name a member: what they typed, and what was made of it. Forgotten, they are gone. */
  members: MemberRecords;
  /** Forgets those that name a server. */
  forgetServer(serverId: string): Promise<void>;
};

const KEPT_MS = 30 * 86_400_000;
/** So many characters take some milliseconds to write. */
const LONG = 100_000;

export function createQuestionStore(keyv: Keyv): QuestionStore {
  const naming = async (id: string): Promise<[key: string, question: unknown][]> => {
    const found: [string, unknown][] = [];
    for (const key of await keysHolding(keyv, id)) found.push([key, await keyv.get(key)]);
    return found.filter(([, question]) => namesId(question, id));
  };

  const forget = async (id: string): Promise<void> => {
    await keyv.deleteMany((await naming(id)).map(([key]) => key));
  };

  return {
    async keep(question) {
      const text = JSON.stringify(question);
      const key = createHash('sha256').update(text).digest('base64url').slice(0, 16);
      if (text.length > LONG) await othersTurn();
      await keyv.set(key, question, KEPT_MS);
      return key;
    },
    async recall(key, forgotten = 'answer.listForgotten') {
      const question = await keyv.get(key);
      if (question === undefined) throw new UserError(forgotten);
      // A thousand subscriptions take some milliseconds to read; whoever asks goes on with them.
      await othersTurn();
      return question;
    },
    members: {
      of: async (memberId) => (await naming(memberId)).map(([, question]) => recordOf(question, memberId)),
      async ids() {
        const ids = new Set<string>();
        for await (const [, question] of keyv.iterator?.(undefined) ?? [])
          for (const id of idsIn(question)) ids.add(id);
        return ids;
      },
      forget,
    },
    forgetServer: forget,
  };
}

/** One of somebody else names them as who made something: what it says is not theirs. */
function recordOf(question: unknown, memberId: string): MemberRecord {
  const stored = typeof question === 'object' && question !== null ? question : {};
  const serverId = 'serverId' in stored && typeof stored.serverId === 'string' ? stored.serverId : null;
  const isTheirs = Object.values(stored).includes(memberId);
  const kind = 'kind' in stored ? stored.kind : null;
  return { kind: 'typed', serverId, at: null, stored: isTheirs ? stored : { kind } };
}
