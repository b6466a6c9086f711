import { systemClock } from '#src/foundation/clock.ts';
import type { Log } from '#src/foundation/log.ts';
import type { Driver } from './driver/driver.ts';
import { createNarrator, type Narrator } from './narrator.ts';
import { startSandbox } from './sandbox.ts';

/** A small server to try the bot in, when there is no token. */
export type Demo = {
  url: string;
  token: string;
  /** Types the first commands as a moderator, then tells what the bot posts. */
  play(log: Log): Promise<void>;
  close(): Promise<void>;
};

const BOT_PERMISSIONS = [
  'ViewChannel',
  'SendMessages',
  'EmbedLinks',
  'ReadMessageHistory',
  'CreatePublicThreads',
  'SendMessagesInThreads',
] as const;

const SUBSCRIPTIONS = [
  { channel: 'vision', options: { keywords: 'diffusion OR video OR image', scope: 'early' } },
  { channel: 'language', options: { keywords: 'language model -survey', scope: 'early' } },
  {
    channel: 'everything',
    options: { keywords: 'agent OR reasoning OR robot OR retrieval OR 3D', scope: 'everything rising' },
  },
] as const;

type DemoOptions = {
  /** What is said below the first line. */
  remarks: readonly string[];
  /** After so long the sample feed brings nothing new. */
  lastsMs: number;
};

/** Starts the local Discord with a server, three channels and a moderator. */
export async function openDemo({ remarks, lastsMs }: DemoOptions): Promise<Demo> {
  const narrator = createNarrator((line) => process.stdout.write(line));
  for (const sentence of [...GREETING, ...remarks]) narrator.say(sentence);
  const sandbox = await startSandbox();
  const { driver } = sandbox;
  const server = driver.createServer({ name: 'Reading group' });
  const channels = new Map(
    SUBSCRIPTIONS.map(({ channel }) => [
      channel as string,
      driver.createChannel(server.id, { name: channel }).id,
    ]),
  );
  driver.inviteBot(server.id, BOT_PERMISSIONS);
  const over = new AbortController();
  return {
    url: sandbox.url,
    token: sandbox.token,
    async close() {
      over.abort();
      await sandbox.close();
    },
    async play(log) {
      void sayTheEnd(narrator, lastsMs, over.signal);
      const names = new Map([...channels].map(([name, id]) => [id, name]));
      driver.onMessage((message, kind) => {
        const name = names.get(message.channel_id);
        if (name && !message.ephemeral && kind === 'created' && !message.loading)
          narrator.posted(name, message);
      });
      await subscribeAll(driver, narrator, server.ownerId, channels).catch((err: unknown) =>
        log.warn({ err }, 'the sandbox could not subscribe its channels'),
      );
    },
  };
}

const GREETING = [
  'Paperboy without a token: a small Discord to try it in, with a sample feed of ten days.',
  'Votes grow two days a minute; each line below is something that happens. Ctrl+C ends it.',
];

const END =
  'The ten sample days are over. Start again: Ctrl+C, then npm start. With your own server: README.md, "With a token".';

/** Never rejects. */
async function sayTheEnd(narrator: Narrator, afterMs: number, over: AbortSignal): Promise<void> {
  const isOver = await systemClock.sleep(afterMs, over).then(
    () => false,
    () => true,
  );
  if (!isOver) narrator.say(END);
}

async function subscribeAll(
  driver: Driver,
  narrator: Narrator,
  user: string,
  channels: ReadonlyMap<string, string>,
): Promise<void> {
  await driver.untilCommand('subscribe', 30_000);
  for (const { channel, options } of SUBSCRIPTIONS) {
    const words = Object.entries(options).map(([name, value]) => `${name}:${value}`);
    narrator.typed(channel, `/subscribe ${words.join(' ')}`);
    const id = channels.get(channel) ?? '';
    narrator.answered(
      channel,
      await driver.slash({ user, channel: id, name: 'subscribe', options }).message(),
    );
  }
}
