import { AsyncLocalStorage } from 'node:async_hooks';
import { setImmediate as othersTurn } from 'node:timers/promises';
import { UserError } from '#src/wording/user-error.ts';

/** What takes more than some milliseconds of the one thread: reading weeks back, searching, explaining a digest. */
export type HeavyWork = {
  /**
   * Runs the work, which takes breaths, when it is this member's turn. Throws a UserError when too much of theirs waits
   * already; else what the work throws.
   */
  run<T>(member: string, work: () => Promise<T>): Promise<T>;
};

/** So many at once: what they do between two breaths adds up. */
const AT_ONCE = 2;
const WAITING_AT_MOST = 60;

/** Fair turns: members go round, one piece of work each, so that nobody waits for all that another has asked. */
export function createHeavyWork(): HeavyWork {
  /** The members who wait, in the order of their turns, each with what waits. */
  const waiting = new Map<string, (() => Promise<void>)[]>();
  const working = new Set<string>();

  const sendToTheEnd = (member: string): void => {
    const pieces = waiting.get(member);
    waiting.delete(member);
    if (pieces) waiting.set(member, pieces);
  };

  const startNext = (): void => {
    for (const [member, pieces] of waiting) {
      if (working.size >= AT_ONCE) return;
      if (working.has(member)) continue;
      const piece = pieces.shift();
      if (pieces.length === 0) waiting.delete(member);
      if (piece) void doPiece(member, piece);
    }
  };

  /** Never rejects: how the piece ends is told to whoever asked for it. */
  const doPiece = async (member: string, piece: () => Promise<void>): Promise<void> => {
    working.add(member);
    await piece();
    await othersTurn();
    working.delete(member);
    sendToTheEnd(member);
    startNext();
  };

  return {
    run<T>(member: string, work: () => Promise<T>): Promise<T> {
      const pieces = waiting.get(member) ?? [];
      if (pieces.length >= WAITING_AT_MOST) return Promise.reject(new UserError('answer.tooMuchAtOnce'));
      const { promise, resolve, reject } = Promise.withResolvers<T>();
      const piece = async () => {
        try {
          resolve(await work());
        } catch (error) {
          reject(error);
        }
      };
      // It may begin where another's ends, who speaks another language.
      pieces.push(AsyncLocalStorage.bind(piece));
      waiting.set(member, pieces);
      startNext();
      return promise;
    },
  };
}
