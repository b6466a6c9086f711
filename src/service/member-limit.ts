import { type Clock, wallIn } from '#src/foundation/clock.ts';

/** Whose limit it is, and until when (UTC ms) nothing more goes out because of it. */
export type AskingRefusal = { limit: 'member' | 'member at once' | 'everybody'; until: number };

/**
 * How often members may make Paperboy ask the sources. arXiv takes one question in three seconds from all of us together:
 * nobody may use it up.
 */
type MemberLimit = {
  /** Counts one question that goes out; call `done` when it is answered. A refused one does not count. */
  take(member: string): { refusal: null; done(): void } | { refusal: AskingRefusal };
};

const QUESTIONS = 10;
const IN = 10 * 60_000;
const AT_ONCE = 6;
/** Nobody takes all of them. */
const EACH_AT_ONCE = 3;
/** A question is answered or given up by then. */
const SOON = 8000;

export function createMemberLimit(clock: Clock): MemberLimit {
  /** Each member's questions by Clock.elapsed(); who asked last stands last. */
  const asked = new Map<string, number[]>();
  /** Whose questions are under way, one for each. */
  const underWay: string[] = [];

  const forgetOld = (now: number): void => {
    for (const [member, times] of asked) {
      if (now - (times.at(-1) ?? 0) < IN) return;
      asked.delete(member);
    }
  };

  return {
    take(member) {
      const now = clock.elapsed();
      forgetOld(now);
      const recent = (asked.get(member) ?? []).filter((at) => now - at < IN);
      if (recent.length >= QUESTIONS)
        return { refusal: { limit: 'member', until: wallIn(clock, IN - (now - recent[0])) } };
      const until = wallIn(clock, SOON);
      if (underWay.filter((one) => one === member).length >= EACH_AT_ONCE)
        return { refusal: { limit: 'member at once', until } };
      if (underWay.length >= AT_ONCE) return { refusal: { limit: 'everybody', until } };
      asked.delete(member);
      asked.set(member, [...recent, now]);
      underWay.push(member);
      const done = (): void => {
        underWay.splice(underWay.indexOf(member), 1);
      };
      return { refusal: null, done };
    },
  };
}
