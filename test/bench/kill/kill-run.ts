import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { setTimeout as sleep } from 'node:timers/promises';
import { startSandbox } from '#src/sandbox/sandbox.ts';
import { createRandom } from '../filter-generator.ts';
import { type BotProcess, type LogLine, startBot } from './bot-process.ts';
import { type ClockSteps, createClockSteps, rightClock } from './clock-steps.ts';
import { createModerators, type Moderators } from './moderators.ts';
import { openPaperPress, type PaperPress } from './paper-press.ts';
import { type Reckoning, reckon } from './reckoning.ts';
import { createRights, type Rights } from './rights.ts';
import { buildTown, type Town } from './town.ts';
import { createWeather, type FaultCounts, type Seen, type Weather } from './weather.ts';

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

export type KillPoint = 'any moment' | 'collecting' | 'addressing' | 'posting' | 'digesting' | 'reading back';
const POINTS: readonly KillPoint[] = [
  'any moment',
  'collecting',
  'addressing',
  'posting',
  'posting',
  'digesting',
  'reading back',
];
/** When the awaited does not come, the kill comes all the same. */
const PATIENCE_MS = 3000;

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
  const sandbox = await startSandbox({ nonceWindowMs: SANDBOX_WINDOW_MS, faults: weather.hook });
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
    const reckoning = reckon(sandbox.driver, file, town, press.printed, WIDE);
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

/** What is there at the first look is not news: that look must be over before papers appear. */
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

/** Kills the bot at that point of its work; returns where it was killed after all. */
async function deathAt(
  point: KillPoint,
  bot: BotProcess,
  { random, weather, press }: Around,
): Promise<KillPoint> {
  const reached = Promise.withResolvers<KillPoint>();
  let left = point === 'digesting' ? 1 : 1 + Math.floor(random() * 3);
  const after = random() < 0.5 ? 0 : random() * 40;
  const strike = () => {
    if (--left > 0) return;
    // At once, as the request arrives: it is carried out, and nobody is there to hear the answer.
    if (after === 0) bot.kill();
    void sleep(after).then(() => reached.resolve(point));
  };
  press.onAnswer((path) => {
    if (point === 'collecting') strike();
    if (point === 'addressing' && path === '/api/daily_papers') void sleep(random() * 60).then(strike);
  });
  weather.onRequest(({ kind }) => {
    if (isAt(point, kind)) strike();
  });
  const patience = new AbortController();
  const anyMoment = sleep(point === 'any moment' ? 600 + random() * 3000 : PATIENCE_MS, undefined, patience);
  const where = await Promise.race([reached.promise, anyMoment.then((): KillPoint => 'any moment')]);
  patience.abort();
  anyMoment.catch(() => {});
  bot.kill();
  return where;
}

function isAt(point: KillPoint, kind: Seen['kind']): boolean {
  if (point === 'posting') return kind === 'post' || kind === 'thread';
  if (point === 'digesting') return kind === 'digest';
  return point === 'reading back' && kind === 'read-back';
}

/** Long ago, whatever the bot's clock says. */
const HOUR_COMES = "UPDATE promise SET due_at = 0 WHERE state = 'waiting'";

/** The hour of every waiting digest is now. Only while the bot is down. */
function hourComes(file: string): void {
  const db = new DatabaseSync(file);
  db.exec(HOUR_COMES);
  db.close();
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
    if (Date.now() - startedAt > LONGEST_PEACE_MS)
      throw new Error(`Not done: ${describeBacklog(file, town)}`);
    await sleep(250);
    if (rounds >= 1) bringHour(file);
  }
  const peaceMs = Date.now() - startedAt;
  const code = await bot.stop();
  if (code !== 0) throw new Error(`The bot ended with ${code}.`);
  await town.lookUp();
  return peaceMs;
}

/** Digests of papers that were promised for another hour while the bot ran on. */
function bringHour(file: string): void {
  const db = new DatabaseSync(file, { timeout: 5000 });
  db.exec(HOUR_COMES);
  db.close();
}

function unfinished(file: string, town: Town): number {
  return backlog(file, town).reduce((sum, { n }) => sum + n, 0);
}

function describeBacklog(file: string, town: Town): string {
  return backlog(file, town)
    .map(({ state, n }) => `${n} ${state}`)
    .join(', ');
}

/** What is left to do in the channels that are left. */
function backlog(file: string, town: Town): { state: string; n: number }[] {
  const gone = JSON.stringify(town.homes.filter(({ isGone }) => isGone).map(({ channel }) => channel));
  const db = new DatabaseSync(file, { readOnly: true, timeout: 5000 });
  const rows = db
    .prepare(
      `WITH gone AS (SELECT value FROM json_each(?))
       SELECT state || ' in ' || channel AS state, count(*) AS n FROM promise
         WHERE state NOT IN ('sent', 'refused') AND channel NOT IN gone GROUP BY 1
       UNION ALL SELECT 'post ' || state || ' in ' || channel, count(*) FROM post
         WHERE state IN ('packed', 'attempted', 'unknown') AND channel NOT IN gone GROUP BY 1`,
    )
    .all(gone) as { state: string; n: number }[];
  db.close();
  return rows;
}
