import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { startSandbox } from '#src/sandbox/sandbox.ts';
import { createRandom } from '../filter-generator.ts';
import { bringHour, describeBacklog, hourComes, unfinished } from './backlog.ts';
import { type BotProcess, type LogLine, startBot } from './bot-process.ts';
import { type ClockSteps, createClockSteps, rightClock } from './clock-steps.ts';
import { deathAt, type KillPoint, POINTS } from './death.ts';
import { createModerators, type Moderators } from './moderators.ts';
import { openPaperPress, type PaperPress } from './paper-press.ts';
import { type Reckoning, reckon } from './reckoning.ts';
import { createRights, type Rights } from './rights.ts';
import { buildTown, type Town } from './town.ts';
import { createWeather, type FaultCounts, type Weather } from './weather.ts';
import { workingDay } from './working-day.ts';

/**
 * The real bot over the sandbox, killed again and again. The bot takes its nonces to hold for 6 s, the sandbox keeps
 * them for 8 s: so both ways of making sure, the resend and the read-back, are taken all the time.
 */
const BOT_WINDOW_S = 6;
const SANDBOX_WINDOW_MS = 8000;
/** So many papers a life; Hugging Face's list ends at 500. */
const PAPERS_A_LIFE = 1.5;
const MOST_PAPERS = 450;
const WIDE = 1.5;

export type KillRun = Reckoning & {
  kills: Record<KillPoint, number>;
  faults: FaultCounts;
  /** What was taken from the bot, what moderators did, how often its clock was set. */
  weather: Record<string, number>;
  /** How posts were settled: `sending sent`, `resending sent`, `reading back sent` (found), `reading back packed` (absent) ... */
  settled: Record<string, number>;
  messages: number;
  /** Milliseconds that the bot needed to be done once it was left in peace. */
  peaceMs: number;
};

export type KillPlan = {
  kills: number;
  /** The same seed draws the same plan. */
  seed: number;
  /** Without them it is over sooner: a forum post in doubt is looked for only after 15 s. */
  forums: boolean;
  /** Whether somebody sets the bot’s clock. */
  clocks: boolean;
};

/** Kills the bot again and again, then lets it finish in peace and compares. */
export async function runKills({ kills, seed, forums, clocks }: KillPlan): Promise<KillRun> {
  const folder = mkdtempSync(join(tmpdir(), 'paperboy-kill-'));
  const random = createRandom(seed);
  const weather = createWeather(createRandom(seed + 1));
  const press = await openPaperPress(createRandom(seed + 2));
  const sandbox = await startSandbox({
    clock: workingDay,
    nonceWindowMs: SANDBOX_WINDOW_MS,
    faults: weather.hook,
  });
  const file = join(folder, 'paperboy.db');
  const settled: Record<string, number> = {};
  try {
    const town = await buildTown(sandbox.driver, file, forums);
    const hear = (line: LogLine) => {
      if (line.msg !== 'a post was settled') return;
      const what = `${line.by} ${line.state}`;
      settled[what] = (settled[what] ?? 0) + 1;
    };
    const clock = clocks ? createClockSteps(createRandom(seed + 3)) : rightClock;
    const rights = createRights(sandbox.driver, town, createRandom(seed + 4));
    const moderators = createModerators(sandbox.driver, town, createRandom(seed + 5));
    const start: Start = (also = () => {}) =>
      startBot(settingsFor(sandbox, press, file), clock.shiftMs, (line) => {
        hear(line);
        also(line);
      });
    await firstRound(start);
    await town.lookUp();
    const around = { random, weather, press, town, file, start, clock, rights, moderators };
    const counts = await manyLives(kills, around);
    const peaceMs = await peace(around);
    const reckoning = await reckon(sandbox.driver, file, town, press.printed, WIDE);
    const { byRoute } = sandbox.driver.traffic();
    const messages = byRoute['POST /channels/{channel_id}/messages'] ?? 0;
    const changes = { ...rights.counts, ...moderators.counts, 'clock set': clock.steps };
    return {
      ...reckoning,
      kills: counts,
      faults: weather.counts,
      weather: changes,
      settled,
      messages,
      peaceMs,
    };
  } finally {
    await sandbox.close();
    await press.close();
    rmSync(folder, { recursive: true });
  }
}

function settingsFor({ url, token }: { url: string; token: string }, press: PaperPress, file: string) {
  return {
    DISCORD_TOKEN: token,
    DISCORD_API_URL: url,
    HUGGING_FACE_URL: press.url,
    ARXIV_API_URL: `${press.url}/api/query`,
    ARXIV_RSS_URL: press.url,
    ARXIV_CATEGORIES: 'cs.LG',
    DATABASE_URL: `sqlite:${file}`,
    POLL_CRON: '* * * * * *',
    HTTP_ADDRESS: '127.0.0.1:0',
    NONCE_WINDOW_SECONDS: String(BOT_WINDOW_S),
  };
}

const isRound = ({ msg, source }: LogLine): boolean =>
  msg === 'a source was read' && source === 'hugging-face';

type Start = (also?: (line: LogLine) => void) => BotProcess;

/** What is there at the first poll is not news: that poll must be over before papers appear. */
async function firstRound(start: Start): Promise<void> {
  const done = Promise.withResolvers<void>();
  const bot = start((line) => isRound(line) && done.resolve());
  await done.promise;
  bot.kill();
  await bot.ended;
}

type Around = {
  random: () => number;
  weather: Weather;
  press: PaperPress;
  town: Town;
  file: string;
  start: Start;
  clock: ClockSteps;
  rights: Rights;
  moderators: Moderators;
};

async function manyLives(kills: number, around: Around) {
  const { random, press, town, file, start, clock, rights } = around;
  const counts = { ...Object.fromEntries(POINTS.map((point) => [point, 0])) } as Record<KillPoint, number>;
  for (let life = 0; life < kills; life++) {
    const point = POINTS[life % POINTS.length];
    if (point === 'digesting' || random() < 0.2) hourComes(file);
    const bot = start((line) => line.msg === 'Paperboy is ready' && void meanwhile(bot, around));
    printSome(press, random);
    const news = setInterval(() => printSome(press, random), 400);
    counts[await deathAt(point, bot, around)]++;
    clearInterval(news);
    await bot.ended;
    await town.lookUp();
    if (random() < 0.4) rights.change();
    if (random() < 0.2) clock.step();
    await sleep(downtime(random()));
  }
  return counts;
}

/** What others do while the bot runs. */
async function meanwhile(bot: BotProcess, { random, clock, rights, moderators }: Around): Promise<void> {
  await sleep(random() * 500);
  if (random() < 0.4) rights.change();
  if (random() < 0.2) bot.setClock(clock.step());
  if (random() < 0.6) await moderators.act();
}

/** Asked about six times in a life. */
function printSome(press: PaperPress, random: () => number): void {
  if (press.printed.length < MOST_PAPERS && random() < PAPERS_A_LIFE / 10)
    press.print(1 + Math.floor(random() * 3));
}

/** Mostly up again at once; sometimes within the nonce window, sometimes later than both windows. */
function downtime(chance: number): number {
  if (chance < 0.6) return 0;
  return chance < 0.92 ? (chance - 0.6) * 8000 : SANDBOX_WINDOW_MS + 500;
}

const LONGEST_PEACE_MS = 300_000;

/**
 * Good weather, a clock that is right, every hour comes, everything is allowed: resolves when nothing is left to do and
 * the bot has ended well.
 */
async function peace({ weather, town, file, start, clock, rights }: Around): Promise<number> {
  weather.clear();
  weather.onRequest(() => {});
  clock.setRight();
  hourComes(file);
  const startedAt = Date.now();
  let rounds = 0;
  const bot = start((line) => {
    if (isRound(line)) rounds++;
    // The bot hears of the change of permissions and goes on there.
    if (line.msg === 'Paperboy is ready') rights.restore();
  });
  while (rounds < 1 || unfinished(file, town) > 0) {
    if (Date.now() - startedAt > LONGEST_PEACE_MS) {
      bot.kill();
      throw new Error(`Not done: ${describeBacklog(file, town)}`);
    }
    await sleep(250);
    if (rounds >= 1) bringHour(file);
  }
  const peaceMs = Date.now() - startedAt;
  const code = await bot.stop();
  if (code !== 0) throw new Error(`The bot ended with ${code}.`);
  await town.lookUp();
  return peaceMs;
}
