import { hasEnded, isWorthAWord, type Rhythm, type Unusual, unusualIn } from '#src/decision/unusual.ts';
import type { RecordedRhythm } from './recorded-rhythms.ts';

/** A rule that says what is unusual. */
export type Rule = (rhythm: Rhythm, now: number) => Unusual | null;

export const DAY = 86_400_000;
/** So far back an outbox knows for which subscriptions its papers were. */
const LOOK_BACK = 90 * DAY;

/** Asked once a day from `from` to `until`, as notify-unusual.ts asks: what moderators would have been told. */
export function callsOf(
  { posts, chances }: RecordedRhythm,
  { from, until }: { from: number; until: number },
  rule: Rule = unusualIn,
): Unusual[] {
  const calls: Unusual[] = [];
  let open = false;
  for (let now = from; now < until; now += DAY) {
    const since = now - LOOK_BACK;
    const rhythm = {
      from: since,
      posts: posts.filter((at) => at > since && at <= now),
      chances: chances.filter((at) => at > since && at <= now),
    };
    const found = rule(rhythm, now);
    const last = calls.at(-1) ?? null;
    if (open && last) open = !hasEnded(last, rhythm, found);
    else if (found && isWorthAWord(last, found)) {
      calls.push(found);
      open = true;
    }
  }
  return calls;
}

/** As a page on statistics has it: days instead of chances, each paper a proof of its own. */
export const poissonOfDays: Rule = ({ from, posts }, now) => {
  const since = posts.at(-1);
  if (since === undefined || since === from) return null;
  const usual = (posts.length / (since - from)) * (now - since);
  return Math.exp(-usual) < 0.01 ? { kind: 'quiet', since, at: now, posts: 0, usual } : null;
};

/** From that instant on its filter finds nothing. */
export const broken = (rhythm: RecordedRhythm, at: number): RecordedRhythm => ({
  ...rhythm,
  posts: rhythm.posts.filter((post) => post < at),
});

/** From that instant on its filter takes others too, so many that it gets four times as many as in the 90 days before. */
export function widened(rhythm: RecordedRhythm, at: number): RecordedRhythm {
  const before = (instants: readonly number[]) =>
    instants.filter((one) => one < at && one >= at - LOOK_BACK).length;
  const share = (3 * before(rhythm.posts)) / Math.max(1, before(rhythm.chances));
  let taken = 0;
  const more = rhythm.chances.filter((one) => {
    if (one < at) return false;
    // Evenly among all: no dice, so that each run prints the same.
    taken += share;
    const isTaken = taken >= 1;
    if (isTaken) taken -= 1;
    return isTaken;
  });
  return { ...rhythm, posts: [...rhythm.posts, ...more].sort((a, b) => a - b) };
}
