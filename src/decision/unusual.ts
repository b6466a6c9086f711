// A subscription that fell silent, or became three times as loud, though nobody changed it. It is compared with itself alone,
// and by what there was to choose from instead of by days: a weekend, a holiday or a source that is down brings nothing to choose
// from, and is nobody's silence. How often this is wrong, and how soon it is right, stands in docs/trend.md.

/** What a subscription got, and what it could have got. Instants are UTC ms, ascending. */
export type Rhythm = {
  /** From when on both are known, by what it wants now. */
  from: number;
  /** Its papers, each when it was decided: whether it went alone or in a digest does not matter. */
  posts: readonly number[];
  /** Papers that it would have got by now, did its filter match everything; some may lie before `from`. */
  chances: readonly number[];
};

/** What is not as usual from `since` to `at` (UTC ms): so many papers came, so many were to be expected. */
export type Unusual = { kind: 'quiet' | 'loud'; since: number; at: number; posts: number; usual: number };

const DAY = 86_400_000;
/** A silence that chance brings less often than once in a hundred is told. */
const UNLIKELY_SILENCE = 0.01;
/** Until then a paper may only be late: its categories came after it. */
const SHORTEST_SILENCE = 3 * DAY;

const LOUD = 3;
const LOUD_SPAN = 7 * DAY;
/** Fewer in that span disturb nobody, and what comes on fewer days is one burst. */
const LEAST_LOUD = 7;
const LEAST_LOUD_DAYS = 3;
/** So long a time before it says what is usual. */
const USUAL_SPAN = 21 * DAY;
/** It is asked every day, of overlapping weeks: chance may bring it to one in a thousand. */
const UNLIKELY_NOISE = 0.001;

/** Whether what came lately could be unusual at all; what was usual before need not be asked where it could not. */
export function mayBeUnusual(posts: readonly number[], now: number): boolean {
  const lastly = posts.at(-1);
  return (
    lastly === undefined ||
    now - lastly >= SHORTEST_SILENCE ||
    posts.length - placeAfter(posts, now - LOUD_SPAN) >= LEAST_LOUD
  );
}

/** Null where it is as usual, and where too little is known of it. */
export function unusualIn(rhythm: Rhythm, now: number): Unusual | null {
  return silenceIn(rhythm, now) ?? noiseIn(rhythm, now);
}

/** Whether something unusual has come to its end. `found`: what is unusual now. */
export function hasEnded({ kind, since }: Unusual, { posts }: Rhythm, found: Unusual | null): boolean {
  return kind === 'quiet' ? (posts.at(-1) ?? since) > since : found?.kind !== 'loud';
}

/** Whoever was told of one has peace for so long. */
const PEACE = 30 * DAY;

/** Whether what is found after another one, that is over, is worth a word again. */
export const isWorthAWord = (last: Pick<Unusual, 'at'> | null, found: Unusual): boolean =>
  last === null || found.at - last.at >= PEACE;

/**
 * Did papers come at random (Poisson), k of them in n chances, then the next m chances would bring none with the likelihood
 * (n / (n + m))^k: few papers tell little of the rate, so that their silence must be long. Papers of one day come together, and
 * count once here.
 */
function silenceIn({ from, posts, chances }: Rhythm, now: number): Unusual | null {
  const since = posts.at(-1);
  if (since === undefined || now - since < SHORTEST_SILENCE) return null;
  const before = countIn(chances, from, since);
  const missed = countIn(chances, since, now);
  if (before === 0 || (before / (before + missed)) ** daysOf(posts) >= UNLIKELY_SILENCE) return null;
  return { kind: 'quiet', since, at: now, posts: 0, usual: (posts.length * missed) / before };
}

function noiseIn({ from, posts, chances }: Rhythm, now: number): Unusual | null {
  const since = now - LOUD_SPAN;
  const chancesBefore = countIn(chances, from, since);
  const first = chances[placeAfter(chances, from)] ?? now;
  if (since - first < USUAL_SPAN) return null;
  const recent = posts.slice(placeAfter(posts, since));
  if (recent.length < LEAST_LOUD || daysOf(recent) < LEAST_LOUD_DAYS) return null;
  const before = posts.length - recent.length;
  const ratio = countIn(chances, since, now) / chancesBefore;
  if (recent.length < LOUD * before * ratio) return null;
  if (likelihoodOfSoMany(recent.length, before, ratio) >= UNLIKELY_NOISE) return null;
  return { kind: 'loud', since, at: now, posts: recent.length, usual: before * ratio };
}

/**
 * Of so many or more, in `ratio` times the chances that brought `before`: the negative binomial, which knows that the rate is an
 * estimate.
 */
function likelihoodOfSoMany(many: number, before: number, ratio: number): number {
  const size = before + 0.5;
  const share = ratio / (1 + ratio);
  let likelihood = (1 - share) ** size;
  let ofFewer = 0;
  for (let n = 0; n < many; n++) {
    ofFewer += likelihood;
    likelihood *= ((size + n) / (n + 1)) * share;
  }
  return 1 - ofFewer;
}

const daysOf = (instants: readonly number[]): number =>
  new Set(instants.map((at) => Math.floor(at / DAY))).size;

/** After `from`, up to `until`. */
const countIn = (instants: readonly number[], from: number, until: number): number =>
  placeAfter(instants, until) - placeAfter(instants, from);

/** How many come at `at` or before. */
function placeAfter(instants: readonly number[], at: number): number {
  let low = 0;
  let high = instants.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (instants[middle] <= at) low = middle + 1;
    else high = middle;
  }
  return low;
}
