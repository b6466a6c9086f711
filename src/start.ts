import { readFileSync } from 'node:fs';
import { commands, components } from '#commands/index.ts';
import { readConfig, variablesWith } from '#config/config.ts';
import type { EnvFileResult } from '#config/env-file.ts';
import { tellEnvFile } from '#config/tell-env-file.ts';
import { systemClock } from '#src/foundation/clock.ts';
import { createContain } from '#src/foundation/contain.ts';
import type { Database } from '#src/foundation/database/database.ts';
import { openWhenFree } from '#src/foundation/database/database-waiting.ts';
import type { FatalError } from '#src/foundation/failure.ts';
import { servePages } from '#src/foundation/http-server.ts';
import { createEnding, guardProcess } from '#src/foundation/last-resort.ts';
import { createLineWriter } from '#src/foundation/line-writer.ts';
import { createLog, type Log } from '#src/foundation/log.ts';
import { attempt } from '#src/foundation/reduced.ts';
import { missingPermissions } from '#src/gateway/connection/permissions.ts';
import { openGateway } from '#src/gateway/gateway.ts';
import type { HouseConfig, Rooms } from '#src/rooms.ts';
import type { Demo } from '#src/sandbox/demo.ts';
import { SCHEMA } from '#src/schema.ts';
import { SOURCE_SETTINGS } from '#src/source/sources.ts';
import { intervalOf } from '#src/timetable/cron-line.ts';

/** How long work in hand may take after SIGTERM. */
const LAST_MS = 10_000;

/** What the process was started with. `stop` resolves with the reason when it shall end. */
type Circumstances = {
  env: Record<string, string | undefined>;
  envFile: EnvFileResult;
  isTerminal: boolean;
  stop: Promise<string>;
};

/** Runs the bot, or the sandbox where there is no token, until it is told to stop. Ends the process. */
export async function start({ env, envFile, isTerminal, stop }: Circumstances): Promise<never> {
  if (!envFile.ok) refuse(envFile.message);
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
    await run(config, { log, stop: isSandbox ? Promise.race([stop, nobodyReads()]) : stop, remarks });
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

type Running = { log: Log; stop: Promise<string>; remarks: readonly string[] };

async function run(given: HouseConfig, { log, stop, remarks }: Running): Promise<void> {
  const scene = given.DISCORD_TOKEN === null ? await openScene(remarks) : null;
  const config = scene ? sandboxed(given) : given;
  // Before Discord hears of it: a second Paperboy on the same file would answer there too, and use up session starts.
  const db = await openWhenFree(config.DATABASE_URL.file, { schema: SCHEMA, clock: systemClock });
  // Whichever way the process ends: a database that was closed leaves no log and no holder's number beside it.
  process.once('exit', () => attempt(db.closeAtOnce, undefined));
  // Discord takes as long to let the bot in as the rest of the house to be read: both at once.
  const opening = openRooms(config, db, log, scene !== null);
  const connecting = openGateway({
    token: config.DISCORD_TOKEN ?? scene?.token ?? '',
    apiUrl: scene?.url ?? config.DISCORD_API_URL,
    clock: systemClock,
    log,
    commands,
    components,
  });
  // Whoever supervises Paperboy can ask for it while Discord does not let it in.
  const serving = opening.then(({ rooms }) => openPages(config, rooms, log, scene !== null));
  // Asked to stop before Discord let the bot in: nothing is in hand.
  const all = await Promise.race([Promise.all([opening, connecting, serving]), stop.then(() => null)]);
  if (all === null) return;
  const [{ rooms, openHouse }, gateway, pages] = all;
  const house = await openHouse(rooms, { ...gateway, missingPermissions });
  const { services, pipeline } = house;
  gateway.serve(services);
  log.info({ name: gateway.botName, invite: gateway.inviteLink, port: pages.port }, 'Paperboy is ready');
  const broken: FatalError[] = [];
  const contain = createContain(log, (error) => broken.push(error));
  // The scene's moderators ask what the last days would have brought: those days are read first.
  if (scene)
    void contain({}, 'the sandbox has trouble', async () => {
      await pipeline.settled();
      await scene.play(log);
    });

  log.info({ signal: await Promise.race([stop, gateway.lost, house.failed]) }, 'stopping');
  const enough = setTimeout(() => process.exit(0), LAST_MS);
  const close = (what: string, work: () => unknown) => contain({ what }, 'not closed as it should be', work);
  await Promise.all([
    close('house', () => house.stop()),
    close('gateway', () => gateway.close(LAST_MS - 1000)),
  ]);
  await Promise.all([close('pages', () => pages.close()), close('sandbox', () => scene?.close())]);
  await close('database', () => rooms.db.close());
  clearTimeout(enough);
  if (broken.length > 0) throw broken[0];
}

async function openScene(remarks: readonly string[]): Promise<Demo> {
  const { openDemo } = await import('#src/sandbox/demo.ts');
  const { SAMPLE_LASTS_MS } = await import('#src/source/sample.ts');
  return openDemo({ remarks, lastsMs: SAMPLE_LASTS_MS });
}

async function openRooms(config: HouseConfig, db: Database, log: Log, isSandbox: boolean) {
  const { buildRooms } = await import('#src/rooms.ts');
  const { openHouse } = await import('#src/house.ts');
  const { version } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8'));
  const sources = isSandbox ? ('sample' as const) : undefined;
  const pollInterval = intervalOf(config.POLL_CRON, systemClock);
  const rooms = await buildRooms(config, {
    version,
    db,
    clock: systemClock,
    log,
    fetch,
    pollInterval,
    sources,
  });
  return { rooms, openHouse };
}

function openPages(config: HouseConfig, { pages }: Rooms, log: Log, isSandbox: boolean) {
  const { HTTP_ADDRESS: address, HTTP_HOSTS: hosts } = config;
  return servePages(address, pages.byPath, log, hosts).catch((problem: unknown) => {
    // Somebody who only wants to look around shall not have to free a port first.
    if (isSandbox) return servePages({ ...address, port: 0 }, pages.byPath, log, hosts);
    throw problem;
  });
}

/** The sandbox keeps nothing and looks at the sample feed every two seconds. */
function sandboxed(config: HouseConfig): HouseConfig {
  return { ...config, DATABASE_URL: { kind: 'sqlite', file: ':memory:' }, POLL_CRON: '*/2 * * * * *' };
}
