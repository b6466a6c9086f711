import { readFileSync } from 'node:fs';
import { commands, components } from '#commands/index.ts';
import { readConfig, variablesWith } from '#config/config.ts';
import type { EnvFileResult } from '#config/env-file.ts';
import { tellEnvFile } from '#config/tell-env-file.ts';
import { type Clock, systemClock } from '#src/foundation/clock.ts';
import { createContain } from '#src/foundation/contain.ts';
import type { Database } from '#src/foundation/database/database.ts';
import { openWhenFree } from '#src/foundation/database/database-waiting.ts';
import type { FatalError } from '#src/foundation/failure.ts';
import { servePages } from '#src/foundation/http-server.ts';
import { createEnding, guardProcess } from '#src/foundation/last-resort.ts';
import { createLineWriter } from '#src/foundation/line-writer.ts';
import { createLog, type Log } from '#src/foundation/log.ts';
import { openAtNextFree } from '#src/foundation/next-free-port.ts';
import { attempt } from '#src/foundation/reduced.ts';
import { openGateway } from '#src/gateway/gateway.ts';
import type { RunningScene } from '#src/page/set-scene.ts';
import { sayPhrase } from '#src/render/say.ts';
import type { HouseConfig, Rooms } from '#src/rooms.ts';
import { SCHEMA } from '#src/schema.ts';
import { SOURCE_SETTINGS } from '#src/source/sources.ts';
import { intervalOf } from '#src/timetable/cron-line.ts';

/** The sandbox without its page. */
const NO_PAGE = '--no-page';
/** How long work in hand may take after SIGTERM. */
const LAST_MS = 10_000;

/** What the process was started with. `stop` resolves with the reason when it shall end. */
type Circumstances = {
  env: Record<string, string | undefined>;
  envFile: EnvFileResult;
  /** What stood behind the file's name. */
  words: readonly string[];
  isTerminal: boolean;
  stop: Promise<string>;
};

/** Runs the bot, or the sandbox where there is no token, until it is told to stop. Ends the process. */
export async function start({ env, envFile, words, isTerminal, stop }: Circumstances): Promise<never> {
  if (!envFile.ok) refuse(envFile.message);
  const unknown = words.find((word) => word.startsWith('-') && word !== NO_PAGE);
  if (unknown !== undefined) refuse(`${unknown} is not known. There is ${NO_PAGE}: the terminal alone.`);
  const remarks = tellEnvFile(envFile.found, env, variablesWith(SOURCE_SETTINGS));
  const result = readConfig(env, SOURCE_SETTINGS);
  if (!result.ok) refuse([result.message, ...remarks].join('\n'));
  const { config } = result;
  const stdout = createLineWriter(process.stdout, (count) =>
    log.warn({ count }, 'Log lines were dropped, because nobody read them in time'),
  );
  const stderr = createLineWriter(process.stderr, () => {});
  const log = createLog({
    level: levelOf(config),
    readable: isTerminal,
    secrets: secretsOf(config),
    write: stdout.write,
  });
  const ending = createEnding({ log, stdout, stderr, isTerminal });
  guardProcess(log, ending);
  if (remarks.length > 0) log.info({ remarks }, 'settings were read from .env');
  try {
    const isSandbox = config.DISCORD_TOKEN === null;
    const running = {
      ...{ log, remarks, hasPage: !words.includes(NO_PAGE), write: stdout.write },
      stop: isSandbox ? Promise.race([stop, nobodyReads()]) : stop,
    };
    for (let next: HouseConfig | null = config; next !== null; ) next = await run(next, running);
  } catch (error) {
    return ending.endWith(error);
  }
  return ending.exit(0);
}

/** A terminal that was closed, a `| head` that has read enough: the sandbox is there for whoever reads it, the bot is not. */
function nobodyReads(): Promise<string> {
  return new Promise((resolve) => process.stdout.once('error', () => resolve('nobody reads')));
}

function refuse(message: string): never {
  process.stderr.write(`${message}\n`);
  process.exit(1);
}

/** The sandbox's alerts are printed for a person: routine log lines would bury them. */
function levelOf({ DISCORD_TOKEN, LOG_LEVEL }: HouseConfig): string {
  return DISCORD_TOKEN === null && LOG_LEVEL === 'info' ? 'warn' : LOG_LEVEL;
}

/** Whatever the environment keeps secret must not come out in the log, whoever says it. */
function secretsOf(config: HouseConfig): string[] {
  const given = Object.entries(config).filter(([name]) => /TOKEN|SECRET|PASSWORD|KEY/.test(name));
  return given.map(([, value]) => value).filter((value) => typeof value === 'string');
}

type Running = {
  log: Log;
  stop: Promise<string>;
  remarks: readonly string[];
  /** Of the sandbox. */
  hasPage: boolean;
  write(text: string): void;
};

/** Returns what it is to be started with again; null when it is over. */
async function run(given: HouseConfig, running: Running): Promise<HouseConfig | null> {
  const { log, stop } = running;
  const scene = given.DISCORD_TOKEN === null ? await openSandbox(given, running) : null;
  const config = scene ? sandboxed(given, scene.url) : given;
  const clock = scene?.clock ?? systemClock;
  // Before Discord hears of it: a second Paperboy on the same file would answer there too, and use up session starts.
  const db = await openWhenFree(config.DATABASE_URL.file, { schema: SCHEMA, clock });
  // Whichever way the process ends: a database that was closed leaves no log and no holder's number beside it.
  const closeAtOnce = () => attempt(db.closeAtOnce, undefined);
  process.once('exit', closeAtOnce);
  // Discord takes as long to let the bot in as the rest of the house to be read: both at once.
  const opening = openRooms(config, { db, clock, log }, scene !== null);
  const connecting = openGateway({
    token: config.DISCORD_TOKEN ?? scene?.token ?? '',
    apiUrl: config.DISCORD_API_URL,
    clock,
    log,
    commands,
    components,
  });
  // Whoever supervises Paperboy can ask for it while Discord does not let it in.
  const serving = opening.then(({ rooms }) => openPages(config, rooms, log, scene));
  // Asked to stop before Discord let the bot in: nothing is in hand.
  const all = await Promise.race([Promise.all([opening, connecting, serving]), stop.then(() => null)]);
  if (all === null) return null;
  const [{ rooms, openHouse }, gateway, pages] = all;
  const house = await openHouse(rooms, { ...gateway, lacked: gateway.servers.lacked });
  const { services, pipeline } = house;
  gateway.serve(services);
  log.info({ name: gateway.botName, invite: gateway.inviteLink, port: pages.port }, 'Paperboy is ready');
  const broken: FatalError[] = [];
  const contain = createContain(log, (error) => broken.push(error));
  if (scene) {
    scene.clock.onChange(house.replan);
    rooms.happenings.listen(({ at, what, link }) => scene.happened({ at, markdown: sayPhrase(what), link }));
    // The scene's moderators ask what the last days would have brought: those days are read first.
    void contain({}, 'the sandbox has trouble', () => pipeline.settled().then(() => scene.play(house)));
  }

  const again = scene?.wantedAgain ?? NEVER;
  const reason = await Promise.race([stop, gateway.lost, house.failed, again]);
  log.info({ signal: reason }, 'stopping');
  const enough = setTimeout(() => process.exit(0), LAST_MS);
  const close = (what: string, work: () => unknown) => contain({ what }, 'not closed as it should be', work);
  await close('time', () => scene?.rest());
  await Promise.all([
    close('house', () => house.stop()),
    close('gateway', () => gateway.close(LAST_MS - 1000)),
  ]);
  await Promise.all([close('sandbox', () => scene?.close()), close('pages', () => pages.close())]);
  await close('database', () => rooms.db.close());
  clearTimeout(enough);
  process.off('exit', closeAtOnce);
  if (broken.length > 0) throw broken[0];
  // Whoever looks at its pages finds them where they were.
  return reason === 'start again'
    ? { ...given, HTTP_ADDRESS: { ...given.HTTP_ADDRESS, port: pages.port } }
    : null;
}

const NEVER = new Promise<never>(() => {});

/** Only who has no token reads what belongs to it. */
async function openSandbox({ HTTP_ADDRESS }: HouseConfig, running: Running): Promise<RunningScene> {
  const { setScene } = await import('#src/page/set-scene.ts');
  const { SAMPLE_LASTS_MS, sampleStartsAt } = await import('#src/source/sample.ts');
  const startsAt = sampleStartsAt(systemClock.now());
  return setScene({ ...running, startsAt, endsAt: startsAt + SAMPLE_LASTS_MS, host: HTTP_ADDRESS.host });
}

/** The sandbox keeps nothing and looks at the sample feed every five minutes of its scene: that is every five seconds. */
function sandboxed(config: HouseConfig, url: string): HouseConfig {
  const memory = { kind: 'sqlite', file: ':memory:' } as const;
  return { ...config, DATABASE_URL: memory, DISCORD_API_URL: url, POLL_CRON: '*/5 * * * *' };
}

type Outside = { db: Database; clock: Clock; log: Log };

async function openRooms(config: HouseConfig, { db, clock, log }: Outside, isSandbox: boolean) {
  const { buildRooms } = await import('#src/rooms.ts');
  const { openHouse } = await import('#src/house.ts');
  const { version } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8'));
  const sources = isSandbox ? ('sample' as const) : undefined;
  const pollInterval = intervalOf(config.POLL_CRON, clock);
  const rooms = await buildRooms(config, {
    version,
    db,
    clock,
    log,
    fetch,
    pollInterval,
    sources,
  });
  return { rooms, openHouse };
}

async function openPages(config: HouseConfig, { pages }: Rooms, log: Log, scene: RunningScene | null) {
  const { HTTP_ADDRESS: address, HTTP_HOSTS: hosts } = config;
  const open = (port: number) => servePages({ ...address, port }, pages.byPath, log, hosts, scene?.page);
  if (!scene) return open(address.port);
  const served = await openAtNextFree(open, address.port);
  scene.greet({ host: address.host, port: served.port, taken: served.taken });
  return served;
}
