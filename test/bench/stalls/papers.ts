import type { Archive } from '#src/archive/archive.ts';
import type { Database } from '#src/foundation/database/database.ts';
import type { MatchDocument } from '#src/match/language/filter.ts';
import { NO_FIGURES } from '#src/paper/figures.ts';
import type { Paper } from '#src/paper/paper.ts';
import type { Poll, Sighting } from '#src/paper/sighting.ts';
import { createRandom } from '../filter-generator.ts';
import { generatePapers } from '../paper-generator.ts';
import { DAY, POLL, PollingYear } from '../polling-year.ts';
import { papersToLearnFrom, readRecordedPapers, recordingsExist } from '../recorded-papers.ts';

/** When the house of a benchmark is opened: the evening of the last recorded day. */
export const NOW = Date.parse('2026-03-31T20:00:30Z');
const PAPERS_A_LOOK = 500;
/** Hours of a batch at which its list was read. */
const READ_AT = [2, 5, 8, 11, 14, 18, 24, 36, 48, 72, 94];

export function paperOf({ upvotes: _, comments: __, stars: ___, ...facts }: MatchDocument): Paper {
  return { ...facts, repository: null, projectPage: null, thumbnail: null, withdrawn: null, updatedAt: null };
}

/** Papers as a first reading of a long list leaves them: known, nobody's news, without a batch. */
export async function keepGenerated(db: Database, archive: Archive, count: number): Promise<void> {
  const papers = generatePapers(papersToLearnFrom(), count, 20_261_128);
  await db.transaction(async () => {
    for (let at = 0; at < count; at += PAPERS_A_LOOK) {
      const sightings = papers.slice(at, at + PAPERS_A_LOOK).map((paper, index) => sightingOf(paper, index));
      await archive.keep(poll('latest', '', NOW - 45 * DAY + at, sightings));
    }
  });
}

export function sightingOf(paper: MatchDocument, index: number): Sighting {
  const { upvotes, comments, stars } = paper;
  return {
    paper: paperOf(paper),
    place: index + 1,
    ...NO_FIGURES,
    votes: upvotes,
    comments,
    stars,
    batchDay: null,
  };
}

/** Every list of Hugging Face, read each quarter of an hour for so many days. */
export async function keepPolls(db: Database, archive: Archive, days: number): Promise<void> {
  const year = new PollingYear();
  const shift = NOW - (year.begin + days * DAY) - ((NOW - year.begin) % POLL);
  await db.transaction(async () => {
    for (let at = year.begin; at < year.begin + days * DAY; at += POLL)
      for (const polled of year.poll(at)) await archive.keep({ ...polled, seenAt: polled.seenAt + shift });
  });
}

/** The daily lists of the last weeks, each read eleven times while its votes grow to what was recorded. */
export async function keepWeeks(db: Database, archive: Archive, weeks: number): Promise<void> {
  const random = createRandom(42);
  const today = Math.floor(NOW / DAY);
  const polls = Array.from({ length: weeks * 7 }, (_, n) => today - weeks * 7 + 1 + n)
    .filter((day) => ![0, 6].includes(new Date(day * DAY).getUTCDay()))
    .flatMap((day) => batchPolls(new Date(day * DAY).toISOString().slice(0, 10), random));
  await db.transaction(async () => {
    for (const one of polls.sort((a, b) => a.seenAt - b.seenAt)) await archive.keep(one);
  });
}

function batchPolls(day: string, random: () => number): Poll[] {
  const next = new Date(Date.parse(day) + DAY).toISOString().slice(0, 10);
  const papers = recordingsExist()
    ? readRecordedPapers(day, next)
    : generatePapers(papersToLearnFrom(), 45, Date.parse(day) / DAY).map((paper) => ({
        ...paper,
        id: `${day.slice(2, 4)}${day.slice(5, 7)}.${day.slice(8)}${paper.id.slice(-3)}`,
        upvotes: Math.floor(3 / (0.02 + random())),
      }));
  const reads = READ_AT.map((hours) => ({ seenAt: Date.parse(day) + hours * 3_600_000, hours }));
  return reads
    .filter(({ seenAt }) => seenAt < NOW)
    .map(({ seenAt, hours }) => {
      const share = 1 - Math.exp((-1.1 * hours) / 24);
      const shown = papers.map((paper) => ({ ...paper, upvotes: Math.round((paper.upvotes ?? 0) * share) }));
      const ranked = shown.sort((a, b) => b.upvotes - a.upvotes);
      return poll(
        'daily',
        day,
        seenAt,
        ranked.map((paper, index) => ({ ...sightingOf(paper, index), batchDay: day })),
      );
    });
}

export function poll(list: Poll['list'], key: string, seenAt: number, sightings: readonly Sighting[]): Poll {
  return { source: 'hugging-face', list, key, seenAt, complete: true, malformed: 0, sightings };
}
