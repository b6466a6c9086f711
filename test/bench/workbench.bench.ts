/**
 * The filter workbench: `npm run bench -- workbench`. A moderator types /subscribe on the local Discord; the time is from the
 * interaction's leaving to the preview's last byte, over five filters and every topic of the catalogue in turn, against the bot as a
 * process of its own, which has done what is to be done after a start. Papers, sightings and trend events are generated from a printed seed: an eighth of the papers in the 30
 * days. Rivals: /ping of a bare discord.js bot (the way there and back alone), and the filter asked of each paper of those days by
 * the matcher's reference, one after the other (without the way, the decisions and the page).
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import topicList from '#config/topics.json' with { type: 'json' };
import { holds, prepareDocument, prepareFilter } from '#src/match/evaluate/explain.ts';
import type { MatchDocument } from '#src/match/language/filter.ts';
import { parseFilter } from '#src/match/language/parse-filter.ts';
import { readTopicCatalogue } from '#src/match/language/read-topics.ts';
import { type BenchLine, type BenchOptions, median, quantile } from './bench.ts';
import { type MemberHarness, openMemberHarness } from './member-harness.ts';
import { runBot } from './start/run-bot.ts';
import { fillArchive, SEED } from './workbench/archive-of.ts';
import { runWatchedBot } from './workbench/watched-bot.ts';

const FILTERS = [
  'diffusion -survey',
  'transformer OR "state space"',
  'title:reinforcement (reward OR policy)',
  'model',
  '"vision language" robot* cat:cs.*',
] as const;
const WARM_UP = 10;
/** p95 in ms by number of papers. */
const GOALS: Readonly<Record<number, number>> = { 20000: 150, 200000: 500 };

export async function* run({ quick }: BenchOptions): AsyncIterable<BenchLine> {
  for (const size of quick ? [800] : [20_000, 200_000]) yield* runSize(size, quick ? 6 : 200);
}

async function* runSize(size: number, askings: number): AsyncIterable<BenchLine> {
  const folder = mkdtempSync(join(tmpdir(), 'paperboy-workbench-'));
  const file = join(folder, 'paperboy.db');
  const now = Date.now();
  const recent = await fillArchive(file, size, now);
  const seats = await openSeats(file, folder);
  try {
    await seats.untilIdle();
    for (let n = 0; n < WARM_UP; n++) await asked(seats.moderator, n);
    seats.watch();
    const times: number[] = [];
    const pings: number[] = [];
    for (let n = 0; n < askings; n++) {
      times.push(await asked(seats.moderator, n));
      pings.push(await timeOf(seats.bare, 'ping', {}));
    }
    const held = await seats.watched();
    const scans = scanTimes(recent, now);
    const note = `${recent.length} papers in the 30 days, seed ${SEED}, ${askings} askings`;
    yield {
      ...{ case: `preview ${size}`, metric: 'ms_p50', value: median(times), note },
      rivals: { 'bare /ping': median(pings), 'scan of the days': median(scans) },
    };
    yield {
      ...{ case: `preview ${size}`, metric: 'ms_p95', value: quantile(times, 0.95), note },
      rivals: { 'bare /ping': quantile(pings, 0.95), 'scan of the days': quantile(scans, 0.95) },
      goal: GOALS[size] === undefined ? undefined : { max: GOALS[size] },
    };
    yield {
      ...{ case: `preview ${size}`, metric: 'longest_hold_ms', value: held.highestMs },
      goal: { max: 50 },
      note: `of the thread’s CPU; ${held.withGcMs.toFixed(0)} ms with garbage collection`,
    };
  } finally {
    await seats.close();
    rmSync(folder, { recursive: true });
  }
}

const topics = readTopicCatalogue(topicList);
const QUESTIONS: readonly Record<string, string>[] = [
  ...FILTERS.map((keywords) => ({ keywords })),
  ...topics.topics.map(({ name }) => ({ topic: name })),
];

async function openSeats(file: string, folder: string) {
  const [moderator, bare] = [await openMemberHarness(['ManageChannels']), await openMemberHarness()];
  const bot = await runWatchedBot(moderator.discord, file, join(folder, 'holds.json'));
  const other = await runBot('bare', bare.discord, file, ['ping']);
  await bare.discord.driver.untilCommand('ping');
  return {
    ...{ ...bot, moderator, bare },
    async close() {
      await Promise.all([bot.stop(), other.stop()]);
      await Promise.all([moderator.discord.close(), bare.discord.close()]);
    },
  };
}

const asked = (seat: MemberHarness, n: number): Promise<number> =>
  timeOf(seat, 'subscribe', QUESTIONS[n % QUESTIONS.length]);

async function timeOf(
  { discord, user, channel }: MemberHarness,
  name: string,
  options: Record<string, string>,
): Promise<number> {
  const from = performance.now();
  await discord.driver.slash({ user, channel, name, options }).message();
  return performance.now() - from;
}

/** Milliseconds for each question, asked of each paper. */
function scanTimes(papers: readonly MatchDocument[], now: number): number[] {
  const documents = papers.map(prepareDocument);
  return QUESTIONS.map(({ keywords, topic }) => {
    const began = performance.now();
    const parsed = parseFilter(keywords ?? `topic:${topic}`, { topics });
    if (!parsed.ok) throw new Error(`“${keywords ?? topic}” is no filter`);
    const condition = prepareFilter(parsed.filter);
    for (const document of documents) holds(condition, document, now);
    return performance.now() - began;
  });
}
