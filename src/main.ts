import { readFileSync } from 'node:fs';
import { commands, components } from '#commands/index.ts';
import { type Config, readConfig } from '#config/config.ts';
import { systemClock } from '#src/foundation/clock.ts';
import { FatalError } from '#src/foundation/failure.ts';
import { createHttp } from '#src/foundation/http.ts';
import { servePages } from '#src/foundation/http-server.ts';
import { createLog, type Log } from '#src/foundation/log.ts';
import { openGateway } from '#src/gateway/gateway.ts';
import { missingPermissions } from '#src/gateway/permissions.ts';
import { buildHouse, type Outside } from '#src/house.ts';
import { createSampleSource } from '#src/source/sample.ts';
import { createSources, userAgent } from '#src/source/sources.ts';

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
  const version: string = JSON.parse(
    readFileSync(new URL('../package.json', import.meta.url), 'utf8'),
  ).version;
  const scene =
    config.DISCORD_TOKEN === null ? await (await import('#src/sandbox/demo.ts')).openDemo() : null;
  const stopping = new AbortController();
  const outside = { version, clock: systemClock, log };
  const house = buildHouse(scene ? sandboxed(config) : config, {
    ...outside,
    sources: scene
      ? [createSampleSource({ clock: systemClock, startedAt: systemClock.now() })]
      : realSources(config, outside, stopping.signal),
  });
  const gateway = await openGateway({
    token: config.DISCORD_TOKEN ?? scene?.token ?? '',
    apiUrl: scene?.url ?? config.DISCORD_API_URL,
    clock: systemClock,
    log,
    commands,
    components,
    events: house.events,
  });
  gateway.serve((await house.open({ ...gateway, missingPermissions })).services);
  const pages = await servePages(config.HTTP_ADDRESS, house.pages);
  log.info({ name: gateway.botName, invite: gateway.inviteLink, port: pages.port }, 'Paperboy is ready');
  void scene?.play(log);

  log.info({ signal: await Promise.race([stopSignal(), gateway.lost, house.failed]) }, 'stopping');
  const enough = setTimeout(() => process.exit(0), LAST_MS);
  stopping.abort();
  await Promise.all([house.stop(), gateway.close(LAST_MS - 1000)]);
  await Promise.all([pages.close(), scene?.close()]);
  house.close();
  clearTimeout(enough);
  process.exit(0);
}

function realSources(
  config: Config,
  { version, clock, log }: Pick<Outside, 'version' | 'clock' | 'log'>,
  closing: AbortSignal,
) {
  const http = createHttp({ fetch, clock, log, userAgent: userAgent(version, config.CONTACT), closing });
  const settings = {
    huggingFaceUrl: config.HUGGING_FACE_URL,
    huggingFaceToken: config.HUGGING_FACE_TOKEN,
    arxivApiUrl: config.ARXIV_API_URL,
    arxivRssUrl: config.ARXIV_RSS_URL,
    arxivCategories: config.ARXIV_CATEGORIES,
  };
  return createSources(settings, { http, clock, log });
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
