import { readFileSync } from 'node:fs';
import { commands, components } from '#commands/index.ts';
import { type Config, readConfig } from '#config/config.ts';
import { systemClock } from '#src/foundation/clock.ts';
import { FatalError } from '#src/foundation/failure.ts';
import { servePages } from '#src/foundation/http-server.ts';
import { createLog, type Log } from '#src/foundation/log.ts';
import { openGateway } from '#src/gateway/gateway.ts';
import { missingPermissions } from '#src/gateway/permissions.ts';
import { buildHouse } from '#src/house.ts';

/** How long work in hand may take after SIGTERM. */
const LAST_MS = 10_000;

const result = readConfig(process.env);
if (!result.ok) {
  process.stderr.write(`${result.message}\n`);
  process.exit(1);
}
// The sandbox's alerts are printed for a person: routine log lines would bury them.
const level =
  result.config.DISCORD_TOKEN === null && result.config.LOG_LEVEL === 'info'
    ? 'warn'
    : result.config.LOG_LEVEL;
const log = createLog(level, process.stdout.isTTY === true);
try {
  await main(result.config, log);
} catch (error) {
  endWith(error);
}

async function main(config: Config, log: Log): Promise<void> {
  const signal = stopSignal();
  const version: string = JSON.parse(
    readFileSync(new URL('../package.json', import.meta.url), 'utf8'),
  ).version;
  const scene =
    config.DISCORD_TOKEN === null ? await (await import('#src/sandbox/demo.ts')).openDemo() : null;
  const house = buildHouse(scene ? sandboxed(config) : config, {
    ...{ version, clock: systemClock, log, fetch },
    sources: scene ? 'sample' : undefined,
  });
  const connecting = openGateway({
    token: config.DISCORD_TOKEN ?? scene?.token ?? '',
    apiUrl: scene?.url ?? config.DISCORD_API_URL,
    clock: systemClock,
    log,
    commands,
    components,
    events: house.events,
  });
  // Asked to stop before Discord let the bot in: nothing is in hand.
  const gateway = await Promise.race([connecting, signal.then(() => null)]);
  if (!gateway) process.exit(0);
  gateway.serve((await house.open({ ...gateway, missingPermissions })).services);
  const pages = await servePages(config.HTTP_ADDRESS, house.pages);
  log.info({ name: gateway.botName, invite: gateway.inviteLink, port: pages.port }, 'Paperboy is ready');
  void scene?.play(log);

  log.info({ signal: await Promise.race([signal, gateway.lost, house.failed]) }, 'stopping');
  const enough = setTimeout(() => process.exit(0), LAST_MS);
  await Promise.all([house.stop(), gateway.close(LAST_MS - 1000)]);
  await Promise.all([pages.close(), scene?.close()]);
  house.close();
  clearTimeout(enough);
  process.exit(0);
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

function endWith(error: unknown): never {
  if (error instanceof FatalError) {
    process.stderr.write(`${error.message}\n`);
    log.error({ err: error.cause ?? error }, error.message);
  } else {
    log.error({ err: error }, 'Paperboy stopped because of an error that it does not know');
  }
  process.exit(1);
}
