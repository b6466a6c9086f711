import type { Command, Component } from '#commands/command.ts';
import { systemClock } from '#src/foundation/clock.ts';
import { silentLog } from '#src/foundation/log.ts';
import { connectDiscord, type DiscordConnection } from '#src/gateway/client.ts';
import { createDiscordPostman } from '#src/gateway/discord-postman.ts';
import { createDispatch } from '#src/gateway/dispatch.ts';
import { Pacer } from '#src/gateway/pacer.ts';
import { INVITED_WITH } from '#src/gateway/permissions.ts';
import { registerCommands } from '#src/gateway/register.ts';
import { createResponder } from '#src/gateway/responder.ts';
import { createAnswerRest, createPostRest } from '#src/gateway/rest.ts';
import type { Parcel, Place, Postman } from '#src/pipeline/postman.ts';
import { type Sandbox, type SandboxOptions, startSandbox } from '#src/sandbox/sandbox.ts';
import type { Services } from '#src/service/services.ts';

/** The gateway room as `main` wires it, on the local Discord, in a server with one channel and a moderator. */
export type BotInSandbox = {
  discord: Sandbox;
  connection: DiscordConnection;
  postman: Postman;
  pacer: Pacer;
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
  options: SandboxOptions & { commands?: readonly Command[]; components?: readonly Component[] } = {},
): Promise<BotInSandbox> {
  const { commands = [], components = [], ...sandboxOptions } = options;
  const discord = await startSandbox(sandboxOptions);
  const { driver } = discord;
  const server = driver.createServer({ name: 'Lab' });
  const channel = driver.createChannel(server.id, { name: 'papers' });
  const moderator = driver.addMember(server.id, { name: 'Mo', permissions: ['ManageChannels', ...EVERYDAY] });
  const member = driver.addMember(server.id, { name: 'Mia', permissions: EVERYDAY });
  driver.inviteBot(server.id, INVITED_WITH);

  const outside = { clock: systemClock, log: silentLog };
  const settings = { token: discord.token, apiUrl: discord.url };
  const onFatal = (error: unknown) => {
    throw error;
  };
  const responder = createResponder(createAnswerRest(settings), silentLog);
  const services = {} as Services;
  const dispatch = createDispatch({ ...outside, commands, components, services, responder, onFatal });
  const heard: string[] = [];
  const events = {
    onServerLeft: (id: string) => heard.push(`left ${id}`),
    onChannelGone: (_: string, id: string) => heard.push(`gone ${id}`),
    onPermissionsChanged: (id: string) => heard.push(`changed ${id}`),
  };
  const connection = await connectDiscord({ ...outside, ...settings, events, onInteraction: dispatch.take });
  const rest = createPostRest(settings);
  if (commands.length > 0) await registerCommands(rest, connection.applicationId, commands);
  const pacer = new Pacer(systemClock, silentLog);
  const { botId, servers } = connection;
  const postman = createDiscordPostman({
    ...outside,
    rest,
    pacer,
    botId,
    obstacle: servers.obstacle,
    onTokenRefused: () => undefined,
  });
  return {
    discord,
    connection,
    postman,
    pacer,
    serverId: server.id,
    channelId: channel.id,
    moderator: moderator.id,
    member: member.id,
    heard,
    close: async () => {
      await pacer.close(1_000);
      await connection.close();
      await discord.close();
    },
  };
}

const EVERYDAY = ['ViewChannel', 'SendMessages', 'ReadMessageHistory', 'UseApplicationCommands'] as const;

/** A parcel for a place, with a card's mark. */
export function parcel(place: Place, nonce: string, more: Partial<Parcel> = {}): Parcel {
  const why = { type: 2, style: 2, label: 'Why here?', custom_id: `why:${nonce}` };
  const body = { embeds: [{ title: `Paper ${nonce}` }], components: [{ type: 1, components: [why] }] };
  return { place, body, nonce, promisedAt: Date.now(), ...more };
}
