import type { Log } from '#src/foundation/log.ts';
import type { Driver } from './driver/driver.ts';
import type { SeenMessage } from './driver/seen-message.ts';
import { startSandbox } from './sandbox.ts';

/** A small server to try the bot in, when there is no token. */
export type Demo = {
  url: string;
  token: string;
  /** Types the first commands as a moderator, then prints what the bot posts. */
  play(log: Log): Promise<void>;
  close(): Promise<void>;
};

const BOT_PERMISSIONS = [
  'ViewChannel',
  'SendMessages',
  'EmbedLinks',
  'AttachFiles',
  'ReadMessageHistory',
  'CreatePublicThreads',
  'SendMessagesInThreads',
] as const;

const SUBSCRIPTIONS = [
  { channel: 'vision', options: { keywords: 'diffusion OR video OR image', scope: 'early' } },
  { channel: 'language', options: { keywords: 'language model -survey', scope: 'early' } },
  {
    channel: 'everything',
    options: { keywords: 'agent OR reasoning OR robot OR retrieval OR 3D', scope: 'wide' },
  },
] as const;

/** Starts the local Discord with a server, three channels and a moderator. */
export async function openDemo(): Promise<Demo> {
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
  return {
    url: sandbox.url,
    token: sandbox.token,
    close: sandbox.close,
    async play(log) {
      print('No DISCORD_TOKEN is set: this is the sandbox, a local Discord with a sample feed.');
      print('Votes grow two days a minute; alerts appear below. Ctrl+C ends it.\n');
      const names = new Map([...channels].map(([name, id]) => [id, name]));
      driver.onMessage((message, kind) => {
        const name = names.get(message.channel_id);
        if (name && !message.ephemeral && kind === 'created' && !message.loading)
          print(readable(name, message));
      });
      await subscribeAll(driver, server.ownerId, channels).catch((error: unknown) =>
        log.warn({ err: error }, 'the sandbox could not subscribe its channels'),
      );
    },
  };
}

async function subscribeAll(
  driver: Driver,
  user: string,
  channels: ReadonlyMap<string, string>,
): Promise<void> {
  await driver.untilCommand('subscribe', 30_000);
  for (const { channel, options } of SUBSCRIPTIONS) {
    const id = channels.get(channel) ?? '';
    print(
      `#${channel} > /subscribe ${Object.entries(options)
        .map(([name, value]) => `${name}:${value}`)
        .join(' ')}`,
    );
    const answer = await driver.slash({ user, channel: id, name: 'subscribe', options }).message();
    print(readable(channel, answer));
  }
}

/** A message as lines for a terminal. */
function readable(channel: string, message: SeenMessage): string {
  const lines = message.embeds.flatMap((embed) => [
    embed.title ?? '',
    ...(embed.description ?? '').split('\n').slice(0, 6),
    ...(embed.fields ?? []).map(({ name, value }) => `${name}: ${value}`),
    embed.url ?? '',
  ]);
  const text = [message.content, ...lines]
    .filter((line) => line.trim() !== '')
    .map((line) => `  ${unmarked(line)}`);
  return `#${channel}\n${text.join('\n')}\n`;
}

const unmarked = (line: string): string =>
  line
    .replace(/<t:(\d+):[a-zA-Z]>/g, (_, seconds: string) =>
      new Date(Number(seconds) * 1000).toISOString().slice(0, 10),
    )
    .replace(/\*\*|\\(?=[*_~`|[\]<>#-])/g, '')
    .slice(0, 160);

function print(text: string): void {
  process.stdout.write(`${text}\n`);
}
