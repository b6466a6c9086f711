/**
 * What a look at a daily batch says, after everything that cannot be trusted is set aside.
 * - A look at a batch that has not begun, or is over, says nothing: refused and counted.
 * - A batch never grows younger: a look from before the newest one of its batch (out of order, clock set back) is read
 *   at the age already reached, so it can still raise a paper, but not by looking early.
 * - A paper belongs to the first batch it was seen in; in any other (re-featured) it is passed over. So is its second
 *   mention in one list.
 * - Votes that are negative, broken or beyond belief: the paper is left out of this look, but its place stays taken.
 *   Malformed items keep their place too.
 * - A list cut at its limit counts the papers known before: a shorter list makes nobody stand out more.
 */
import type { Look, Sighting } from '#src/paper/sighting.ts';

export type BatchView = {
  /** Whole days since 1970. */
  day: number;
  /** Hours since the batch's midnight UTC. */
  ageHours: number;
  /** Papers in the batch by now. */
  papers: number;
  standings: readonly { sighting: Sighting; place: number }[];
};

/** What was left out so far, by cause. */
export type Refused = {
  /** Looks at a batch that has not begun, is over, or has no readable day. */
  looks: number;
  /** Sightings with votes that are negative, broken or beyond belief. */
  votes: number;
};

export type BatchReader = {
  /** Null when the look says nothing. */
  read(look: Look): BatchView | null;
  /** The clock was wrong: no batch is older than it is at `now` (UTC ms). */
  setBack(now: number): void;
  /** The day of the paper's batch; null while it was in none. */
  batchOf(paper: string): number | null;
  /** Forgets batches before that day, and whose papers they were. */
  forgetBefore(day: number): void;
  readonly refused: Readonly<Refused>;
};

const HOUR = 3_600_000;

/** `readForHours`: for how long a batch is read. `mostVotes`: votes above this are a broken answer. */
export function createBatchReader(readForHours: number, mostVotes: number): BatchReader {
  const batchOf = new Map<string, number>();
  const batches = new Map<number, { ageHours: number; members: number }>();
  const refused: Refused = { looks: 0, votes: 0 };

  const isBelievable = (votes: number | null) =>
    votes === null || (Number.isInteger(votes) && votes >= 0 && votes <= mostVotes);

  const open = (day: number) => {
    const known = batches.get(day);
    if (known) return known;
    const opened = { ageHours: 0, members: 0 };
    batches.set(day, opened);
    return opened;
  };

  const isOwn = (sighting: Sighting, look: Look, day: number): boolean => {
    if (sighting.batchDay !== null && sighting.batchDay !== look.key) return false;
    const first = batchOf.get(sighting.paper.id);
    if (first !== undefined) return first === day;
    batchOf.set(sighting.paper.id, day);
    open(day).members++;
    return true;
  };

  const standingsOf = (look: Look, day: number) => {
    const standings: { sighting: Sighting; place: number }[] = [];
    const seen = new Set<string>();
    let strangers = 0;
    for (const sighting of look.sightings) {
      if (seen.has(sighting.paper.id) || !isOwn(sighting, look, day)) {
        strangers++;
        continue;
      }
      seen.add(sighting.paper.id);
      // Never better than the papers seen before it allow, whatever the source calls its place.
      const place = Math.max(seen.size, sighting.place - strangers);
      if (isBelievable(sighting.votes)) standings.push({ sighting, place });
      else refused.votes++;
    }
    return { standings, listed: seen.size + look.malformed };
  };

  return {
    refused,
    batchOf: (paper) => batchOf.get(paper) ?? null,
    setBack(now) {
      for (const [day, batch] of batches)
        batch.ageHours = Math.min(batch.ageHours, Math.max(0, now / HOUR - day * 24));
    },
    forgetBefore(day) {
      for (const old of batches.keys()) if (old < day) batches.delete(old);
      for (const [paper, first] of batchOf) if (first < day) batchOf.delete(paper);
    },
    read(look) {
      const day = Date.parse(`${look.key}T00:00:00Z`) / (24 * HOUR);
      const age = look.seenAt / HOUR - day * 24;
      if (!(age >= 0 && age <= readForHours)) {
        refused.looks++;
        return null;
      }
      const batch = open(day);
      batch.ageHours = Math.max(batch.ageHours, age);
      const { standings, listed } = standingsOf(look, day);
      const papers = look.complete ? listed : Math.max(listed, batch.members);
      return { day, ageHours: batch.ageHours, papers, standings };
    },
  };
}
