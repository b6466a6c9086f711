/**
 * From a member's key press to the answer on the local Discord: `/paper` and `/search` over 5,000 papers, 1, 10 and 50
 * at once, beside `/ping` of a bare discord.js bot, asked in turn; and an id that nobody knows, for which the sources are
 * asked.
 */

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openArchive } from '#src/archive/archive.ts';
import { openDatabase } from '#src/foundation/database/database.ts';
import { NO_FIGURES } from '#src/paper/figures.ts';
import type { Sighting } from '#src/paper/sighting.ts';
import { aPaper } from '#test/builders/a-paper.ts';
import { type BenchLine, type BenchOptions, quantile } from './bench.ts';
import { type MemberHarness, openMemberHarness } from './member-harness.ts';
import { type BotKind, runBot } from './start/run-bot.ts';
import { unknownIds } from './unknown-id.ts';

const PAPERS = 5_000;
const WARM_UP = 2;

export async function* run({ quick }: BenchOptions): AsyncIterable<BenchLine> {
  const folder = mkdtempSync(join(tmpdir(), 'paperboy-interaction-'));
  const databaseFile = join(folder, 'paperboy.db');
  await fill(databaseFile, quick ? 200 : PAPERS);
  const paperboy = await open('paperboy', databaseFile, 'search');
  const bare = await open('bare', databaseFile, 'ping');
  for (const atOnce of [1, 10, 50]) {
    const times: Record<string, number[]> = { paper: [], search: [], ping: [] };
    for (let round = 0; round < WARM_UP + (quick ? 1 : 20); round++) {
      // The first rounds are for the compilers.
      const kept = round < WARM_UP ? { paper: [], search: [], ping: [] } : times;
      const repeated = atOnce === 1 ? 20 : Math.ceil(60 / atOnce);
      await ask(paperboy, atOnce, repeated, kept.paper, (n) => ['paper', { query: idOf((n * 37) % 200) }]);
      await ask(bare, atOnce, repeated, kept.ping, () => ['ping', {}]);
      await ask(paperboy, atOnce, repeated, kept.search, (n) => ['search', { query: frequentWords(n) }]);
    }
    yield* lines(atOnce, times);
  }
  await paperboy.stop();
  await bare.stop();
  rmSync(folder, { recursive: true });
  yield* unknownIds(quick ? 1 : 5);
}

function* lines(atOnce: number, times: Record<string, number[]>): Iterable<BenchLine> {
  for (const [metric, q] of [
    ['ms_p50', 0.5],
    ['ms_p99', 0.99],
  ] as const) {
    const ping = quantile(times.ping, q);
    for (const name of ['paper', 'search']) {
      yield {
        case: `/${name}, ${atOnce} at once`,
        metric,
        value: quantile(times[name], q),
        rivals: { 'bare /ping': ping },
        goal: name === 'paper' && metric === 'ms_p99' ? { max: 2 * ping } : undefined,
        note: `${times[name].length} asked`,
      };
    }
  }
}

type Seat = MemberHarness & { stop(): Promise<void> };

async function open(kind: BotKind, databaseFile: string, command: string): Promise<Seat> {
  const harness = await openMemberHarness();
  const { discord } = harness;
  const bot = await runBot(kind, discord, databaseFile, ['ping']);
  await discord.driver.untilCommand(command);
  const stop = async () => {
    await bot.stop();
    await discord.close();
  };
  return { ...harness, stop };
}

async function ask(
  { discord, user, channel }: Seat,
  atOnce: number,
  repeated: number,
  times: number[],
  question: (n: number) => [name: string, options: Record<string, string>],
): Promise<void> {
  for (let round = 0; round < repeated; round++) {
    const asked = Array.from({ length: atOnce }, async (_, n) => {
      const [name, options] = question(round * atOnce + n);
      const from = performance.now();
      await discord.driver.slash({ user, channel, name, options }).message();
      times.push(performance.now() - from);
    });
    await Promise.all(asked);
  }
}

async function fill(databaseFile: string, papers: number): Promise<void> {
  const db = await openDatabase(databaseFile);
  const sightings = Array.from({ length: papers }, (_, n) => sighting(n));
  const seenAt = Date.parse('2026-03-02T12:00:00Z');
  await (await openArchive(db, [])).keep({
    source: 'hugging-face',
    list: 'latest',
    key: '',
    seenAt,
    complete: false,
    malformed: 0,
    sightings,
  });
  await db.close();
}

function sighting(n: number): Sighting {
  const words = wordsOf(n);
  const paper = aPaper(idOf(n), {
    title: words.slice(0, 8).join(' '),
    abstract: words.join(' '),
    authors: ['A. Author', 'B. Author'],
    categories: ['cs.LG'],
    publishedAt: Date.parse('2026-03-01T00:00:00Z'),
  });
  return { paper, place: n + 1, ...NO_FIGURES, votes: n % 90, comments: 0, batchDay: null };
}

function idOf(n: number): string {
  return `2603.${String(n + 1).padStart(5, '0')}`;
}

/** Two words that many papers have: a search with few hits would go on to the sources. */
function frequentWords(n: number): string {
  return `term${n % 8} term${8 + (n % 5)}`;
}

/** 120 words of 3,000, the frequent ones more often; the same for the same number. */
function wordsOf(n: number): string[] {
  let state = n + 1;
  return Array.from({ length: 120 }, () => {
    state = (state * 48_271) % 2_147_483_647;
    return `term${Math.floor((state / 2_147_483_647) ** 2 * 3_000)}`;
  });
}
