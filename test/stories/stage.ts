import { commands, components } from '#commands/index.ts';
import { readConfig } from '#config/config.ts';
import type { SamePaper } from '#src/decision/same-paper.ts';
import type { Happening } from '#src/foundation/happenings.ts';
import { silentLog } from '#src/foundation/log.ts';
import { openGateway } from '#src/gateway/gateway.ts';
import { openHouse } from '#src/house.ts';
import { subscribeByHand } from '#src/page/subscribe-by-hand.ts';
import type { Pipeline } from '#src/pipeline/pipeline.ts';
import { buildRooms, type HouseConfig } from '#src/rooms.ts';
import type { SandboxOptions } from '#src/sandbox/sandbox.ts';
import type { Source } from '#src/source/source.ts';
import { SOURCE_SETTINGS } from '#src/source/sources.ts';
import type { ServerSettings } from '#src/subscription/server-settings.ts';
import { intervalOf } from '#src/timetable/cron-line.ts';
import { createShiftedClock, type ShiftedClock } from '#test/fakes/shifted-clock.ts';
import { blocksOf, contentOf, type ReadMessage } from '#test/read-message.ts';
import { someServer } from '#test/sandbox/some-server.ts';

/** The whole house with the real discord.js on a local Discord; rounds happen when the story says so. */
export type Stage = Awaited<ReturnType<typeof openStage>>;

export type StageOptions = {
  start: string;
  /** Those of the settings' addresses where it is absent. */
  sources?(clock: ShiftedClock): readonly Source[];
  sandbox?: SandboxOptions;
  settings?: Record<string, string>;
  /** What its server wants of a paper in several channels; most stories are about something else. */
  samePaper?: SamePaper;
  /** Its zone: most stories are not asked for one. */
  zone?: string | null;
};

export async function openStage({
  start,
  sources,
  sandbox: options = {},
  settings = {},
  samePaper = 'full',
  zone = 'UTC',
}: StageOptions) {
  const clock = createShiftedClock(start);
  const scene = await someServer({ clock, ...options });
  const { sandbox, driver, server } = scene;
  const moderator = driver.addMember(server, { name: 'mod', permissions: ['ManageChannels'] }).id;
  const config = storyConfig(settings);
  let bot = await startBot(config, clock, sources?.(clock), sandbox);
  await bot.changeSettings(server, { samePaper, zone, notices: null });
  await driver.untilCommand('help');
  const channels = new Map<string, string>();

  return {
    ...scene,
    clock,
    moderator,
    /** What the server's settings say from now on. */
    changeSettings: (settings: ServerSettings) => bot.changeSettings(server, settings),
    /** One round: look, rank, entry, send. */
    round: () => bot.pipeline.round(),
    pipeline: (): Pipeline => bot.pipeline,
    /** What the bot tells whoever looks on, until it is started again. */
    listen: (listener: (happening: Happening) => void) => bot.listen(listener),
    /** What HTTP_ADDRESS answers there. */
    page: (path: string, asked = '') => bot.page(path, asked),
    /** Never resolves; rejects when the process would end. */
    failed: (): Promise<never> => bot.failed,
    channelNamed(name: string, type: 'text' | 'announcement' | 'forum' = 'text'): string {
      const known = channels.get(name) ?? driver.createChannel(server, { name, type }).id;
      channels.set(name, known);
      return known;
    },
    /** A moderator types a command; resolves with the bot's answer. */
    async ask(
      name: string,
      options: Record<string, string | number | boolean> = {},
      channel = scene.channel,
    ) {
      return driver.slash({ user: moderator, channel, name, options }).message();
    },
    /** A moderator types /subscribe and presses Subscribe; resolves with the last answer. */
    subscribe: (options: Record<string, string | number | boolean>, channel = scene.channel) =>
      subscribeByHand(driver, { user: moderator, channel, options }),
    /** The bot stops and starts again on the same database file; what happens `meanwhile` it does not hear of. */
    async restart(meanwhile: () => unknown = () => {}) {
      await bot.stop();
      await meanwhile();
      bot = await startBot(config, clock, sources?.(clock), sandbox);
    },
    async close() {
      await bot.stop();
      await sandbox.close();
    },
  };
}

function storyConfig(settings: Record<string, string>): HouseConfig {
  const never = { POLL_CRON: '0 0 1 1 *', DATABASE_URL: 'sqlite::memory:', HTTP_ADDRESS: '127.0.0.1:0' };
  const result = readConfig({ ...never, ...settings }, SOURCE_SETTINGS);
  if (!result.ok) throw new Error(result.message);
  return result.config;
}

async function startBot(
  config: HouseConfig,
  clock: ShiftedClock,
  sources: readonly Source[] | undefined,
  { url, token }: { url: string; token: string },
) {
  const outside = { version: '0.0.0', clock, log: silentLog, fetch };
  const rooms = await buildRooms(
    { ...config, DISCORD_API_URL: url },
    {
      ...outside,
      pollInterval: intervalOf(config.POLL_CRON, clock),
      sources,
    },
  );
  const gateway = await openGateway({ ...outside, token, apiUrl: url, commands, components });
  gateway.lost.catch(() => {});
  const house = await openHouse(rooms, { ...gateway, lacked: gateway.servers.lacked });
  const { pipeline } = house;
  gateway.serve(house.services);
  // The round at start is under way: stories begin after it.
  await pipeline.settled();
  return {
    pipeline,
    /** As if they had always been so: it stands in no history. */
    async changeSettings(server: string, settings: ServerSettings): Promise<void> {
      await rooms.subscriptionStore.changeSettings(server, () => settings, 'the stage');
      await rooms.db.run("DELETE FROM change WHERE who = 'the stage'");
    },
    listen: rooms.happenings.listen,
    page: async (path: string, asked: string) => rooms.pages.byPath[path]?.(new URLSearchParams(asked)),
    failed: Promise.race([house.failed, gateway.lost]),
    async stop() {
      await Promise.all([house.stop(), gateway.close(1000)]);
      await rooms.db.close();
    },
  };
}

/** All that a person reads on a message, and where it leads. */
export const textOf = (message: ReadMessage): string =>
  `${contentOf(message)}\n${blocksOf(message)
    .map(({ words }) => words)
    .join('\n')}`;

/** The same without what was typed, where that is given back. */
export const saidOf = (message: ReadMessage): string =>
  `${contentOf(message)}\n${blocksOf(message)
    .flatMap(({ title, words }) => (title === 'What you typed' ? [] : [words]))
    .join('\n')}`;
