import type { Command, Component } from '#commands/command.ts';
import { systemClock } from '#src/foundation/clock.ts';
import { type Log, silentLog } from '#src/foundation/log.ts';
import { INVITED_WITH } from '#src/gateway/connection/permissions.ts';
import { type Gateway, openGateway } from '#src/gateway/gateway.ts';
import { NO_FIGURES } from '#src/paper/figures.ts';
import type { CardLetter, NoticeLetter } from '#src/pipeline/letter.ts';
import type { Parcel, Postman, PostPlace } from '#src/pipeline/postman.ts';
import { type Sandbox, type SandboxOptions, startSandbox } from '#src/sandbox/sandbox.ts';
import type { Services } from '#src/service/services.ts';
import { aPaper } from '#test/builders/a-paper.ts';

/** The gateway room on the local Discord, in a server with one channel and a moderator. */
export type BotInSandbox = {
  discord: Sandbox;
  gateway: Gateway;
  postman: Postman;
  serverId: string;
  channelId: string;
  /** May manage channels. */
  moderator: string;
  /** May only read and write. */
  member: string;
  /** What the gateway told: `left 1`, `gone 2`, `changed 1`. */
  heard: string[];
  close(): Promise<void>;
};

export async function startBot(
  options: SandboxOptions & {
    commands?: readonly Command[];
    components?: readonly Component[];
    log?: Log;
  } = {},
): Promise<BotInSandbox> {
  const { commands = [], components = [], log, ...sandboxOptions } = options;
  const discord = await startSandbox(sandboxOptions);
  const { driver } = discord;
  const server = driver.createServer({ name: 'Lab' });
  const channel = driver.createChannel(server.id, { name: 'papers' });
  const moderator = driver.addMember(server.id, { name: 'Mo', permissions: ['ManageChannels', ...EVERYDAY] });
  const member = driver.addMember(server.id, { name: 'Mia', permissions: EVERYDAY });
  driver.inviteBot(server.id, INVITED_WITH);

  const heard: string[] = [];
  const gateway = await connect(discord, { commands, components, heard, log });
  const bot: BotInSandbox = {
    discord,
    gateway,
    postman: gateway.postman,
    serverId: server.id,
    channelId: channel.id,
    moderator: moderator.id,
    member: member.id,
    heard,
    close: async () => {
      await bot.gateway.close(1_000);
      await discord.close();
    },
  };
  return bot;
}

/** The gateway room, connected to a local Discord. */
export async function connect(
  { token, url }: Sandbox,
  house: {
    commands: readonly Command[];
    components?: readonly Component[];
    heard?: string[];
    log?: Log;
  },
): Promise<Gateway> {
  const { commands, components = [], heard = [], log = silentLog } = house;
  const gateway = await openGateway({
    token,
    apiUrl: url,
    clock: systemClock,
    log,
    commands,
    components,
  });
  gateway.listen({
    onServerLeft: (id) => heard.push(`left ${id}`),
    onChannelGone: (_, id) => heard.push(`gone ${id}`),
    onPermissionsChanged: (id) => heard.push(`changed ${id}`),
  });
  gateway.serve({} as Services);
  return gateway;
}

const EVERYDAY = ['ViewChannel', 'SendMessages', 'ReadMessageHistory', 'UseApplicationCommands'] as const;

/** A parcel for a place, with a card's mark. */
export function parcel(place: PostPlace, nonce: string, more: Partial<Parcel> = {}): Parcel {
  const letter = aCard(nonce, `Paper ${nonce}`);
  const usual = { mentions: [], isSilent: false, isPlain: false };
  return { place, letter, ...usual, nonce, queuedAt: Date.now(), ...more };
}

/** A card with nothing but its title and its mark. */
export function aCard(nonce: string, title: string): CardLetter {
  const shown = {
    paper: aPaper(nonce, { title }),
    signals: { ...NO_FIGURES, trendingRank: null },
    page: 'https://arxiv.org/abs/1',
  };
  return { kind: 'card', id: nonce, shown, mark: `why:${nonce}` };
}

/** Words alone. */
export function aNotice(nonce: string, text: string): NoticeLetter {
  return { kind: 'notice', text, mark: `why:${nonce}`, about: null };
}
