import { readConfig } from '#config/config.ts';
import { openArchive } from '#src/archive/archive.ts';
import { systemClock } from '#src/foundation/clock.ts';
import { openDatabase } from '#src/foundation/database/database.ts';
import { silentLog } from '#src/foundation/log.ts';
import type { MatchDocument } from '#src/match/language/filter.ts';
import { buildRooms } from '#src/rooms.ts';
import { SOURCE_SETTINGS } from '#src/source/sources.ts';
import type { TrendEvent } from '#src/trend/trend-event.ts';
import { createRandom } from '../filter-generator.ts';
import { generatePapers } from '../paper-generator.ts';
import { papersToLearnFrom } from '../recorded-papers.ts';
import { poll, sightingOf } from '../stalls/papers.ts';

export const SEED = 20_261_128;
const DAY = 86_400_000;
const DAYS = 30;
const PAPERS_A_POLL = 500;
/** Hours after which a day's papers are read, and the share of their votes that they have by then. */
const READINGS = [
  { hours: 2, share: 0.1 },
  { hours: 8, share: 0.4 },
  { hours: 20, share: 0.8 },
] as const;
/** The scores that a paper's score rises to, one after the other; a few rise past strict. */
const STEPS = [1.6, 2.6, 3.1, 3.6] as const;

/**
 * A database of so many papers, an eighth of them in the 30 days before `now`, with their sightings and trend events; beside it
 * the search index as a bot leaves it when it stops. Returns the papers of those days.
 */
export async function fillArchive(file: string, size: number, now: number): Promise<MatchDocument[]> {
  const random = createRandom(SEED);
  const papers = generatePapers(papersToLearnFrom(), size, SEED);
  const recent = papers.splice(0, Math.floor(size / 8));
  const db = await openDatabase(file);
  const archive = await openArchive(db, []);
  await db.transaction(async () => {
    for (let at = 0; at < papers.length; at += PAPERS_A_POLL) {
      const shown = papers.slice(at, at + PAPERS_A_POLL).map(sightingOf);
      await archive.keep(poll('latest', '', now - 45 * DAY + at, shown));
    }
  });
  const aDay = Math.ceil(recent.length / DAYS);
  for (let day = 0; day < DAYS; day++) {
    const began = now - (DAYS - day) * DAY;
    const those = recent
      .slice(day * aDay, (day + 1) * aDay)
      .map((paper) => ({ ...paper, upvotes: Math.floor(3 / (0.02 + random())) }));
    const batchDay = new Date(began).toISOString().slice(0, 10);
    await db.transaction(async () => {
      for (const { hours, share } of READINGS) {
        const shown = those.map((paper) => ({ ...paper, upvotes: Math.round(paper.upvotes * share) }));
        const ranked = shown.sort((a, b) => b.upvotes - a.upvotes);
        const sightings = ranked.map((paper, index) => ({ ...sightingOf(paper, index), batchDay }));
        await archive.keep(poll('daily', batchDay, began + hours * 3_600_000, sightings));
      }
      await archive.keepTrendEvents(those.flatMap(({ id }, place) => risesOf(id, began, place, random)));
    });
  }
  await db.close();
  await leaveIndex(file);
  return recent;
}

/** Every second paper rises once, a quarter of the rest of those once more, and so on. */
function risesOf(paper: string, began: number, place: number, random: () => number): TrendEvent[] {
  const rises: TrendEvent[] = [];
  let from = Number.NEGATIVE_INFINITY;
  for (const [step, score] of STEPS.entries()) {
    if (random() > 0.5) break;
    const at = began + Math.floor((step + random()) * 4 * 3_600_000);
    const reason = { kind: 'votes', place: place + 1, papers: 80, votes: 30, ageHours: 8, pace: 20 } as const;
    rises.push({ paper, at, from, score, reason });
    from = score;
  }
  return rises;
}

async function leaveIndex(file: string): Promise<void> {
  const settings = { POLL_CRON: '0 0 1 1 *', DATABASE_URL: `sqlite:${file}`, HTTP_ADDRESS: '127.0.0.1:0' };
  const read = readConfig(settings, SOURCE_SETTINGS);
  if (!read.ok) throw new Error(read.message);
  const outside = {
    version: '0',
    clock: systemClock,
    log: silentLog,
    fetch,
    pollInterval: () => DAY,
    sources: [],
  };
  const rooms = await buildRooms(read.config, outside);
  await rooms.search.load();
  await rooms.search.save();
  await rooms.db.close();
}
