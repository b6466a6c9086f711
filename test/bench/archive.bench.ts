import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Archive, openArchive } from '#src/archive/archive.ts';
import { type Database, openDatabase } from '#src/foundation/database/database.ts';
import type { Poll } from '#src/paper/sighting.ts';
import { collected } from '#test/collected.ts';
import { type BenchLine, type BenchOptions, quantile } from './bench.ts';
import { DAY, POLL, PollingYear } from './polling-year.ts';

const MB = 1e6;
const FULL_DETAIL_DAYS = 40;

/**
 * How much a year of 15-minute polls takes: every list of Hugging Face, votes that grow as recorded, about 30 featured
 * papers a weekday. Sightings are measured apart from papers, whose abstracts make most of a file.
 * By default 12 days are polled and the year is reckoned from full and thinned days; `--full` polls 365 days.
 */
export async function* run({ quick, full }: BenchOptions): AsyncIterable<BenchLine> {
  const days = quick ? 3 : full ? 365 : 12;
  const folder = mkdtempSync(join(tmpdir(), 'paperboy-archive-'));
  const file = join(folder, 'archive.db');
  const db = await openDatabase(file);
  try {
    yield* pollsOf(db, file, days);
  } finally {
    await db.close();
    rmSync(folder, { recursive: true });
  }
}

async function* pollsOf(db: Database, file: string, days: number): AsyncIterable<BenchLine> {
  const archive = await openArchive(db, []);
  const year = new PollingYear();
  const end = year.begin + days * DAY;
  const took: number[] = [];
  for (const polls of daysOfPolls(year, end)) took.push(await keptIn(archive, polls));
  yield {
    case: 'one poll',
    metric: 'ms_p50',
    value: quantile(took, 0.5),
    note: `${days} days, all lists, durable`,
  };
  yield { case: 'one poll', metric: 'ms_p99', value: quantile(took, 0.99) };

  const polls = await timed(async () => (await collected(archive.pollsSince(end - 30 * DAY))).length);
  yield { case: `replay of ${polls.result} looks`, metric: 'ms', value: polls.ms };

  await prune(archive, end);
  const detailed = await sightingsSize(db, file);
  await prune(archive, end + 60 * DAY);
  const thinned = await sightingsSize(db, file);
  const withDetail = Math.min(days, FULL_DETAIL_DAYS);
  const reckoned = ((detailed - thinned) * FULL_DETAIL_DAYS) / withDetail + (thinned * 365) / days;
  const note = days === 365 ? 'measured' : `reckoned from ${days} days`;
  yield {
    case: 'looks and sightings of a year',
    metric: 'MB',
    value: (days === 365 ? detailed : reckoned) / MB,
    goal: { max: 60 },
    note,
  };
  if (days <= FULL_DETAIL_DAYS)
    yield { case: 'without thinning', metric: 'MB', value: (detailed * 365) / days / MB, note: 'reckoned' };
  const papers = (await db.get<{ n: number }>('SELECT count(*) AS n FROM paper'))?.n ?? 0;
  yield {
    case: `${papers} papers`,
    metric: 'kB_per_paper',
    value: (statSync(file).size - thinned) / papers / 1000,
  };
}

function* daysOfPolls(year: PollingYear, end: number): Iterable<Poll[]> {
  for (let at = year.begin; at < end; at += POLL) yield year.poll(at);
}

async function keptIn(archive: Archive, polls: readonly Poll[]): Promise<number> {
  const { ms } = await timed(async () => {
    for (const poll of polls) await archive.keep(poll);
  });
  return ms;
}

async function prune(archive: Archive, now: number): Promise<void> {
  while ((await archive.prune(now)) > 0);
}

/** Bytes of the pages that polls and sightings fill, by dbstat where it is there, else by what their absence would free. */
async function sightingsSize(db: Database, file: string): Promise<number> {
  await db.run('VACUUM');
  const copy = `${file}.without`;
  rmSync(copy, { force: true });
  await db.run('PRAGMA wal_checkpoint(TRUNCATE)');
  await db.run(`VACUUM INTO '${copy}'`);
  const without = await openDatabase(copy);
  await without.run('DELETE FROM poll');
  await without.run('VACUUM');
  await without.run('PRAGMA wal_checkpoint(TRUNCATE)');
  await without.close();
  const size = statSync(file).size - statSync(copy).size;
  rmSync(copy);
  return size;
}

async function timed<T>(work: () => Promise<T>): Promise<{ result: T; ms: number }> {
  const start = performance.now();
  const result = await work();
  return { result, ms: performance.now() - start };
}
