import type { Command, Component } from '#commands/command.ts';
import type { Clock } from '#src/foundation/clock.ts';
import { FatalError } from '#src/foundation/failure.ts';
import type { Log } from '#src/foundation/log.ts';
import type { Postman, Servers } from '#src/pipeline/postman.ts';
import type { Services } from '#src/service/services.ts';
import { connectDiscord } from './client.ts';
import { createDiscordPostman } from './discord-postman.ts';
import { createDispatch } from './dispatch.ts';
import { Pacer } from './pacer.ts';
import { inviteLink } from './permissions.ts';
import { registerCommands } from './register.ts';
import { createResponder } from './responder.ts';
import { createAnswerRest, createPostRest } from './rest.ts';
import type { ServerEvents } from './server-events.ts';

export type GatewayOptions = {
  token: string;
  apiUrl: string;
  clock: Clock;
  log: Log;
  commands: readonly Command[];
  components: readonly Component[];
  /** What Discord tells of servers and permissions. */
  events: ServerEvents;
};

/** Everything that talks to Discord, connected. */
export type Gateway = {
  postman: Postman;
  servers: Servers;
  botName: string;
  inviteLink: string;
  /** From now on interactions are answered with these services; those that came before are answered first. */
  serve(services: Services): void;
  /** Never resolves; rejects with FatalError when going on is impossible. */
  lost: Promise<never>;
  /** Takes nothing new, finishes what is in hand within `ms`, disconnects. */
  close(ms: number): Promise<void>;
};

/** Connects and resolves when the bot is ready. Throws FatalError when it cannot be. */
export async function openGateway(options: GatewayOptions): Promise<Gateway> {
  const { clock, log } = options;
  const early: unknown[] = [];
  let take = (interaction: unknown): void => void early.push(interaction);
  const connection = await connectDiscord({
    ...options,
    onInteraction: (interaction) => take(interaction),
  });
  const fatal = Promise.withResolvers<never>();
  const answerRest = createAnswerRest(options);
  const postRest = createPostRest(options);
  const pacer = new Pacer(clock, log);
  const onTokenRefused = () =>
    fatal.reject(
      new FatalError('Discord refuses the token. Copy it anew from the developer portal into DISCORD_TOKEN.'),
    );
  const postman = createDiscordPostman({
    pacer,
    rest: postRest,
    clock,
    log,
    botId: connection.botId,
    obstacle: connection.servers.obstacle,
    onTokenRefused,
  });
  let closeDispatch = async (_ms: number): Promise<void> => {};

  void register(options, connection.applicationId, postRest);
  return {
    postman,
    servers: connection.servers,
    botName: connection.botName,
    inviteLink: inviteLink(connection.applicationId),
    serve: (services) => {
      const dispatch = createDispatch({
        ...options,
        services,
        responder: createResponder(answerRest, log),
        onFatal: fatal.reject,
      });
      take = dispatch.take;
      closeDispatch = dispatch.close;
      for (const interaction of early.splice(0)) take(interaction);
    },
    lost: Promise.race([connection.lost, fatal.promise]),
    close: async (ms) => {
      await closeDispatch(ms);
      await connection.close();
    },
  };
}

const AGAIN_AFTER_MS = 30_000;

/** Registers the commands in the background, until it has worked: alerts go out without them too. */
async function register(
  { commands, clock, log }: GatewayOptions,
  applicationId: string,
  rest: ReturnType<typeof createPostRest>,
): Promise<void> {
  for (;;) {
    try {
      const done = await registerCommands(rest, applicationId, commands);
      log.info({ commands: commands.length, done }, 'commands are registered');
      return;
    } catch (error) {
      log.warn({ err: error }, 'commands could not be registered; trying again');
      await clock.sleep(AGAIN_AFTER_MS);
    }
  }
}
