import { readFileSync } from 'node:fs';
import { commands, components } from '#commands/index.ts';
import { type Config, readConfig } from '#config/config.ts';
import { systemClock } from '#src/foundation/clock.ts';
import { type Database, openDatabase } from '#src/foundation/database.ts';
import { FatalError } from '#src/foundation/failure.ts';
import { servePages } from '#src/foundation/http-server.ts';
import { createLog, type Log } from '#src/foundation/log.ts';
import { openGateway } from '#src/gateway/gateway.ts';
import { missingPermissions } from '#src/gateway/permissions.ts';
import type { House } from '#src/house.ts';
import { SCHEMA } from '#src/schema.ts';

/** How long work in hand may take after SIGTERM. */
const LAST_MS = 10_000;

/** Runs the bot, or the sandbox where there is no token, until it is told to stop. Ends the process. */
export async function start(env: Record<string, string | undefined>, isTerminal: boolean): Promise<never> {
  const result = readConfig(env);
  if (!result.ok) {
    process.stderr.write(`${result.message}\n`);
    process.exit(1);
  }
  const { config } = result;
  const log = createLog(levelOf(config), isTerminal);
  try {
    await run(config, log);
  } catch (error) {
    endWith(error, log);
  }
  process.exit(0);
}

/** The sandbox's alerts are printed for a person: routine log lines would bury them. */
function levelOf({ DISCORD_TOKEN, LOG_LEVEL }: Config): string {
  return DISCORD_TOKEN === null && LOG_LEVEL === 'info' ? 'warn' : LOG_LEVEL;
}

async function run(given: Config, log: Log): Promise<void> {
  const signal = stopSignal();
  const scene = given.DISCORD_TOKEN === null ? await (await import('#src/sandbox/demo.ts')).openDemo() : null;
  const config = scene ? sandboxed(given) : given;
  // Before Discord hears of it: a second Paperboy on the same file would answer there too, and use up session starts.
  const db = openDatabase(config.DATABASE_URL.file, { schema: SCHEMA });
  // Discord takes as long to let the bot in as the rest of the house to be read: both at once.
  const opening = openHouse(config, db, log, scene !== null);
  const connecting = openGateway({
    token: config.DISCORD_TOKEN ?? scene?.token ?? '',
    apiUrl: scene?.url ?? config.DISCORD_API_URL,
    clock: systemClock,
    log,
    commands,
    components,
    events: eventsFor(opening),
  });
  // Asked to stop before Discord let the bot in: nothing is in hand.
  const both = await Promise.race([Promise.all([opening, connecting]), signal.then(() => null)]);
  if (both === null) return;
  const [house, gateway] = both;
  gateway.serve((await house.open({ ...gateway, missingPermissions })).services);
  const pages = await servePages(config.HTTP_ADDRESS, house.pages).catch((problem: unknown) => {
    // Somebody who only wants to look around shall not have to free a port first.
    if (scene) return servePages({ ...config.HTTP_ADDRESS, port: 0 }, house.pages);
    throw problem;
  });
  log.info({ name: gateway.botName, invite: gateway.inviteLink, port: pages.port }, 'Paperboy is ready');
  void scene?.play(log);

  log.info({ signal: await Promise.race([signal, gateway.lost, house.failed]) }, 'stopping');
  const enough = setTimeout(() => process.exit(0), LAST_MS);
  await Promise.all([house.stop(), gateway.close(LAST_MS - 1000)]);
  await Promise.all([pages.close(), scene?.close()]);
  house.close();
  clearTimeout(enough);
}

async function openHouse(config: Config, db: Database, log: Log, isSandbox: boolean): Promise<House> {
  const { buildHouse } = await import('#src/house.ts');
  const { version } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8'));
  const sources = isSandbox ? ('sample' as const) : undefined;
  return buildHouse(config, { version, db, clock: systemClock, log, fetch, sources });
}

/** Events that come before the house stands are heard as soon as it does. */
function eventsFor(opening: Promise<House>): House['events'] {
  // Where opening fails, `run` ends the process with the reason.
  const tell = (about: (events: House['events']) => void) =>
    void opening.then(
      ({ events }) => about(events),
      () => {},
    );
  return {
    onServerLeft: (serverId) => tell((events) => events.onServerLeft(serverId)),
    onChannelGone: (serverId, channelId) => tell((events) => events.onChannelGone(serverId, channelId)),
    onPermissionsChanged: (serverId) => tell((events) => events.onPermissionsChanged(serverId)),
  };
}

/** The sandbox keeps nothing and looks at the sample feed every two seconds. */
function sandboxed(config: Config): Config {
  return { ...config, DATABASE_URL: { kind: 'sqlite', file: ':memory:' }, POLL_CRON: '*/2 * * * * *' };
}

function stopSignal(): Promise<string> {
  return new Promise((resolve) => {
    for (const name of ['SIGTERM', 'SIGINT'] as const) process.once(name, () => resolve(name));
  });
}

function endWith(error: unknown, log: Log): never {
  if (error instanceof FatalError) {
    process.stderr.write(`${error.message}\n`);
    log.error({ err: error.cause ?? error }, error.message);
  } else {
    log.error({ err: error }, 'Paperboy stopped because of an error that it does not know');
  }
  process.exit(1);
}
