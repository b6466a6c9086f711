/**
 * What a look at a daily batch says, after everything that cannot be trusted is set aside.
 * - A look at a batch that has not begun, or is over, says nothing: refused and counted.
 * - A batch never grows younger: a poll from before the newest one of its batch (out of order, clock set back) is read
 *   at the age already reached, so it can still raise a paper, but not by looking early.
 * - A paper belongs to the first batch it was seen in. Where a later day lists it again it counts by the votes gained since
 *   alone; in any other it is passed over. So is its second mention in one list.
 * - Votes that are negative, broken or beyond belief: the paper is left out of this poll, but its place stays taken.
 *   Malformed items keep their place too.
 * - A list cut at its limit counts the papers known before: a shorter list makes nobody stand out more.
 */
import type { Poll, Sighting } from '#src/paper/sighting.ts';
import { type Stood, sharePlaces } from './shared-places.ts';

export type BatchView = {
  /** Whole days since 1970. */
  day: number;
  /** Hours since the batch's midnight UTC. */
  ageHours: number;
  /** Papers in the batch by now. */
  papers: number;
  standings: readonly Stood[];
  /** Papers of an earlier day that gained votes since this one lists them again: in nobody's way, not counted in `papers`. */
  again: readonly Again[];
};

/** `gained` of its votes came since; it had `had` before. By them it would stand at `place` of the batch. */
export type Again = { paper: string; gained: number; had: number; place: number };

/** What was left out so far, by cause. */
export type Refused = {
  /** Looks at a batch that has not begun, is over, or has no readable day. */
  polls: number;
  /** Sightings with votes that are negative, broken or beyond belief. */
  votes: number;
};

type BatchReader = {
  /** Null when the poll says nothing. */
  read(poll: Poll): BatchView | null;
  /** The clock was wrong: no batch is older than it is at `now` (UTC ms). */
  setBack(now: number): void;
  /** The day of the latest batch that lists the paper; null while it was in none. */
  batchOf(paper: string): number | null;
  /** Forgets batches before that day, and whose papers they were. */
  forgetBefore(day: number): void;
  readonly refused: Readonly<Refused>;
};

const HOUR = 3_600_000;

/** `readForHours`: for how long a batch is read. `mostVotes`: votes above this are a broken answer. */
export function createBatchReader(readForHours: number, mostVotes: number): BatchReader {
  const batchOf = new Map<string, number>();
  /** The latest later day that lists a paper again, and the votes it had by then. */
  const againOn = new Map<string, { day: number; had: number }>();
  const batches = new Map<number, { ageHours: number; members: number }>();
  const refused: Refused = { polls: 0, votes: 0 };

  const isBelievable = (votes: number | null) =>
    votes === null || (Number.isInteger(votes) && votes >= 0 && votes <= mostVotes);

  const open = (day: number) => {
    const known = batches.get(day);
    if (known) return known;
    const opened = { ageHours: 0, members: 0 };
    batches.set(day, opened);
    return opened;
  };

  const isOwn = (sighting: Sighting, poll: Poll, day: number): boolean => {
    if (!isOf(poll, sighting)) return false;
    const first = batchOf.get(sighting.paper.id);
    if (first !== undefined) return first === day;
    batchOf.set(sighting.paper.id, day);
    open(day).members++;
    return true;
  };

  /** The votes it had when this later day first listed it again; null: it does not, or its votes are not seen. */
  const hadBefore = (sighting: Sighting, poll: Poll, day: number): number | null => {
    const { paper, votes } = sighting;
    if (!isOf(poll, sighting) || day <= (batchOf.get(paper.id) ?? day)) return null;
    if (votes === null || !isBelievable(votes)) return null;
    const known = againOn.get(paper.id);
    if (known !== undefined && known.day >= day) return known.day === day ? known.had : null;
    againOn.set(paper.id, { day, had: votes });
    return votes;
  };

  const sort = (poll: Poll, day: number) => {
    const own: { sighting: Sighting; place: number }[] = [];
    const again: { sighting: Sighting; had: number }[] = [];
    const seen = new Set<string>();
    let strangers = 0;
    for (const sighting of poll.sightings) {
      if (seen.has(sighting.paper.id) || !isOwn(sighting, poll, day)) {
        strangers++;
        const had = hadBefore(sighting, poll, day);
        if (had !== null) again.push({ sighting, had });
        continue;
      }
      seen.add(sighting.paper.id);
      // Never better than the papers seen before it allow, whatever the source calls its place.
      const place = Math.max(seen.size, sighting.place - strangers);
      if (isBelievable(sighting.votes)) own.push({ sighting, place });
      else refused.votes++;
    }
    return { own, again, listed: seen.size + poll.malformed };
  };

  return {
    refused,
    batchOf: (paper) => againOn.get(paper)?.day ?? batchOf.get(paper) ?? null,
    setBack(now) {
      for (const [day, batch] of batches)
        batch.ageHours = Math.min(batch.ageHours, Math.max(0, now / HOUR - day * 24));
    },
    forgetBefore(day) {
      for (const old of batches.keys()) if (old < day) batches.delete(old);
      for (const [paper, first] of batchOf) {
        if ((againOn.get(paper)?.day ?? first) >= day) continue;
        batchOf.delete(paper);
        againOn.delete(paper);
      }
    },
    read(poll) {
      const day = Date.parse(`${poll.key}T00:00:00Z`) / (24 * HOUR);
      const age = poll.seenAt / HOUR - day * 24;
      if (!(age >= 0 && age <= readForHours)) {
        refused.polls++;
        return null;
      }
      const batch = open(day);
      batch.ageHours = Math.max(batch.ageHours, age);
      const { own, again, listed } = sort(poll, day);
      const papers = poll.complete ? listed : Math.max(listed, batch.members);
      const standings = sharePlaces(own);
      return { day, ageHours: batch.ageHours, papers, standings, again: gainedIn(again, standings) };
    },
  };
}

const isOf = (poll: Poll, { batchDay }: Sighting): boolean => batchDay === null || batchDay === poll.key;

/** Each once, where its gained votes would put it: below everyone who has as many. */
function gainedIn(
  again: readonly { sighting: Sighting; had: number }[],
  standings: readonly Stood[],
): readonly Again[] {
  if (again.length === 0) return [];
  const byPaper = new Map(again.toReversed().map((one) => [one.sighting.paper.id, one]));
  return [...byPaper.values()].flatMap(({ sighting: { paper, votes }, had }) => {
    const gained = (votes ?? 0) - had;
    if (gained <= 0) return [];
    const ahead = standings.filter(({ sighting }) => (sighting.votes ?? 0) >= gained);
    return [
      { paper: paper.id, gained, had, place: Math.max(0, ...ahead.map(({ places }) => places.last)) + 1 },
    ];
  });
}
