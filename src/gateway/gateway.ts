/** Everything between the house and Discord, wired: connection, commands, answers, posts. */
import type { Command, Component } from '#commands/command.ts';
import { FatalError } from '#src/foundation/failure.ts';
import type { Postman } from '#src/pipeline/postman.ts';
import type { ServerEvents } from '#src/pipeline/server-events.ts';
import type { Services } from '#src/service/services.ts';
import { createCommandSettings } from './answers/command-settings.ts';
import { createDispatch, type Dispatch } from './answers/dispatch.ts';
import { registerCommands } from './answers/register.ts';
import { createResponder } from './answers/responder.ts';
import { createRights } from './answers/rights.ts';
import { type ConnectOptions, connectDiscord } from './connection/client.ts';
import { type CallPlan, callDiscord } from './connection/discord-call.ts';
import { createDiscordTime, instantOf } from './connection/discord-time.ts';
import type { GatewayLine } from './connection/line-watch.ts';
import { inviteLink } from './connection/permissions.ts';
import { createCallbackRest, createPostRest, createWebhookRest } from './connection/rest.ts';
import { createServerNews } from './connection/server-news.ts';
import type { GatewayServers } from './connection/servers.ts';
import { Pacer } from './pace/pacer.ts';
import { createDiscordPostman } from './posts/discord-postman.ts';

type GatewayOptions = Omit<ConnectOptions, 'onInteraction' | 'time' | 'events'> & {
  commands: readonly Command[];
  components: readonly Component[];
};

export type Gateway = {
  /** The bot's own name. */
  botName: string;
  inviteLink: string;
  postman: Postman;
  servers: GatewayServers;
  line(): GatewayLine;
  /** Tells of servers and channels from now on; of what came before, nothing. */
  listen(events: ServerEvents): void;
  /** Answers interactions from now on, those that came meanwhile first. */
  serve(services: Services): void;
  /** Never resolves; rejects with FatalError when going on is impossible. */
  lost: Promise<never>;
  /** Takes nothing new, finishes what is in hand within `ms`, then leaves. */
  close(ms: number): Promise<void>;
};

/** A reason of our own: without one each abort makes an error with a stack. */
const CLOSING = 'closing';

/**
 * Connects, and registers the commands if they changed. Throws FatalError as `connectDiscord` does.
 */
export async function openGateway(options: GatewayOptions): Promise<Gateway> {
  const { clock, log, commands, components } = options;
  const failed = Promise.withResolvers<never>();
  const arrivals = createArrivals();
  const news = createServerNews();
  const time = createDiscordTime(clock);
  const onInteraction = (interaction: unknown): void => {
    if (isIdentified(interaction)) time.heard('id', instantOf(interaction.id));
    arrivals.take(interaction);
  };
  const connection = await connectDiscord({ ...options, time, onInteraction, events: news.tell });
  const { applicationId, botId, botName, servers, line } = connection;
  const pacer = new Pacer(clock, log);
  const deps = {
    clock,
    log,
    pacer,
    botId,
    time,
    rest: createPostRest(options),
    obstacle: servers.obstacle,
    reading: servers.reading,
    onTokenRefused: () =>
      failed.reject(new FatalError('Discord refuses the token of late. Renew DISCORD_TOKEN.')),
  };
  const ask = (plan: CallPlan) => callDiscord(deps, plan);
  const commandSettings = createCommandSettings({ ask, clock, applicationId });
  connection.listen(commandSettings.hear);
  const lost = Promise.race([connection.lost, failed.promise]);
  // Whoever asks for it later still hears of it.
  lost.catch(() => undefined);
  const closing = new AbortController();
  // Never rejects. Members can use the commands of last time meanwhile.
  const registering = { ask, clock, log, learn: commandSettings.learnIds };
  void registerCommands(registering, applicationId, commands, closing.signal);

  return {
    botName,
    inviteLink: inviteLink(applicationId),
    postman: createDiscordPostman({ ...deps, commandId: commandSettings.idOf }),
    servers,
    line,
    listen: news.listen,
    serve: (services) => {
      const lines = { callbacks: createCallbackRest(options), webhooks: createWebhookRest(options) };
      const responder = createResponder(lines, log);
      const rightsOf = createRights({
        ...{ applicationId, servers, commandSettings },
        lastKnown: services.lastKnown,
      });
      const onFatal = (error: FatalError) => failed.reject(error);
      const { channel } = servers;
      const commandId = commandSettings.idOf;
      const told = { rightsOf, responder, channel, commandId, log, clock, onFatal };
      arrivals.leadTo(createDispatch({ commands, components, services, ...told }));
    },
    lost,
    close: async (ms) => {
      closing.abort(CLOSING);
      await Promise.all([arrivals.close(ms), pacer.close(ms)]);
      await connection.close();
    },
  };
}

function isIdentified(told: unknown): told is { id: string } {
  const id = typeof told === 'object' && told !== null && 'id' in told ? told.id : null;
  return typeof id === 'string' && /^\d{1,20}$/.test(id);
}

/** Keeps interactions until there is somebody to answer them: Discord waits 3 s. */
function createArrivals() {
  const waiting: unknown[] = [];
  let dispatch: Dispatch | null = null;
  return {
    take: (interaction: unknown): void => {
      if (dispatch) dispatch.take(interaction);
      else waiting.push(interaction);
    },
    leadTo: (to: Dispatch): void => {
      dispatch = to;
      for (const interaction of waiting.splice(0)) to.take(interaction);
    },
    close: async (ms: number): Promise<void> => dispatch?.close(ms),
  };
}
