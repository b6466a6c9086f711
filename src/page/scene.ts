import { randomUUID } from 'node:crypto';
import type { RequestListener } from 'node:http';
import type { Readable } from 'node:stream';
import type { Log } from '#src/foundation/log.ts';
import type { SceneClock } from '#src/foundation/scene-clock.ts';
import { startSandbox } from '#src/sandbox/sandbox.ts';
import type { World } from '#src/sandbox/world/world.ts';
import { createHappeningList, type ToldHappening } from './happening-list.ts';
import { createNarrator, type Narrator } from './narrator.ts';
import { openReadingGroup } from './reading-group.ts';
import { createSceneTime } from './scene-time.ts';
import { createPageServer } from './serve/page-server.ts';
import { subscribeFirst } from './subscribe-first.ts';
import { createTasks } from './tasks.ts';
import { createTypedCommands } from './typed-commands.ts';
import { readTypedLines } from './typed-lines.ts';

/** How many times faster than real time a scene begins. */
const FIRST_SPEED = 60;

/** A small server to try the bot in, when there is no token: a local Discord, its page, and the terminal. */
export type OpenScene = {
  /** For `DISCORD_API_URL`. */
  url: string;
  token: string;
  /** Answers the page's requests; null where there shall be no page. */
  page: RequestListener | null;
  /** Says where the page is and what can be typed. `tried`: the address that was wanted, where it was taken. */
  greet(address: { host: string; port: number; taken: number | null }): void;
  /** The bot is there: the scene's time begins, and its moderator types the first commands. */
  play(house: SceneHouse): Promise<void>;
  /** Whoever is under way to another instant stays where the scene is. */
  rest(): Promise<void>;
  /** The bot did something. */
  happened(happening: ToldHappening): void;
  close(): Promise<void>;
};

/** What the scene asks of the bot that plays in it; instants are UTC ms, null where there is none. */
type SceneHouse = {
  nextPollAt(): number | null;
  nextDigestAt(): number | null;
  /** Resolves when all that is due has happened. */
  settled(): Promise<void>;
};

type SceneOptions = {
  clock: SceneClock;
  /** When the sample days are over, UTC ms by the scene's clock. */
  endsAt: number;
  hasPage: boolean;
  terminal: { write(text: string): void; input: Readable };
  /** What is said below the first lines. */
  remarks: readonly string[];
  /** Everything is to be closed and opened anew. */
  again(): void;
  log: Log;
};

/** Starts the local Discord with a server, a few channels of every kind and three people. */
export async function openScene(options: SceneOptions): Promise<OpenScene> {
  const { clock, terminal, log, again } = options;
  const sandbox = await startSandbox({ clock });
  const { driver, world } = sandbox;
  const group = openReadingGroup(driver, clock.now());
  const names = new Map([...group.channels].map(([name, id]) => [id, name]));
  const narrator = createNarrator(terminal.write, clock, (kind, id) => nameOf(world, kind, id));
  const happenings = createHappeningList();
  let house: SceneHouse | null = null;
  let firstSpeed = FIRST_SPEED;
  const sceneTime = createSceneTime({
    ...{ clock, endsAt: options.endsAt },
    nextPollAt: () => house?.nextPollAt() ?? null,
    nextDigestAt: () => house?.nextDigestAt() ?? null,
    settled: async () => house?.settled(),
  });
  const time = {
    ...sceneTime,
    // Before the bot is there nothing happens yet: the scene would run away from it.
    setSpeed(speed: number) {
      if (house) sceneTime.setSpeed(speed);
      else firstSpeed = speed;
    },
  };
  const server = options.hasPage
    ? createPageServer({
        ...{ sceneId: randomUUID(), driver, world, people: group.people, time, happenings, again, log },
        tasks: createTasks({ driver, world }, group.channels.get('general') ?? ''),
      })
    : null;
  const typed = createTypedCommands({
    driver,
    world,
    narrator,
    user: group.people[0].id,
    channel: group.channels.get('general') ?? '',
  });
  const stopReading = readTypedLines(terminal.input, { ...typed, again });
  const stopHearing = driver.onMessage((message, kind) => {
    const name = names.get(message.channel_id);
    const isPost =
      kind === 'created' && !message.ephemeral && !message.loading && !message.interaction_metadata;
    if (name !== undefined && isPost) narrator.posted(name, message);
  });
  const over = new AbortController();

  return {
    url: sandbox.url,
    token: sandbox.token,
    page: server?.answer ?? null,
    greet({ host, port, taken }) {
      for (const line of greeting(server ? { host, port, taken } : null)) narrator.say(line);
      for (const remark of options.remarks) narrator.say(remark);
    },
    async play(opened) {
      house = opened;
      // Only now, so that the scene is the same on every machine, however long it takes to start.
      clock.setSpeed(firstSpeed);
      void sayTheEnd(narrator, options, over.signal);
      await subscribeFirst(driver, narrator, group).catch((err: unknown) =>
        log.warn({ err }, 'the scene could not subscribe its channels'),
      );
    },
    rest: time.stop,
    happened: happenings.tell,
    async close() {
      over.abort();
      for (const stop of [stopReading, stopHearing]) stop();
      server?.close();
      await sandbox.close();
    },
  };
}

/** Of what stands in the scene. */
function nameOf(world: World, kind: '#' | '@' | '@&', id: string): string | null {
  if (kind === '#') return world.channels.get(id)?.name ?? null;
  if (kind === '@') return world.users.get(id)?.displayName ?? null;
  for (const { roles } of world.guilds.values()) if (roles.has(id)) return roles.get(id)?.name ?? null;
  return null;
}

type Address = { host: string; port: number; taken: number | null };

function greeting(address: Address | null): string[] {
  const first = 'Paperboy without a token: a small Discord to try it in.';
  if (address === null) return [first, 'Type a command here: /search diffusion'];
  const { host, port, taken } = address;
  const url = `http://${host.includes(':') ? `[${host}]` : host}:${port}`;
  const because = taken === null ? [] : [`Port ${taken} is taken, so the page is at the next free one.`];
  return [first, ...because, `Open ${url}, or type a command here: /search diffusion`];
}

const LOOK_AGAIN_MS = 1000;

/** Never rejects. Somebody may stop the scene, or hurry it on, at any time. */
async function sayTheEnd(
  narrator: Narrator,
  { clock, endsAt }: Pick<SceneOptions, 'clock' | 'endsAt'>,
  over: AbortSignal,
): Promise<void> {
  while (clock.now() < endsAt && !over.aborted) await clock.sleep(LOOK_AGAIN_MS, over).catch(() => {});
  if (!over.aborted) narrator.say(END);
}

const END =
  'The ten sample days are over. Start again: r. With your own server: README.md, “With a token”, five minutes.';
