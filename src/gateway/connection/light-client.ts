import { Client, Collection, Options } from 'discord.js';
import { GatewayIntentBits } from 'discord-api-types/v10';

/**
 * discord.js' client, with the GUILDS intent alone and only what Paperboy reads in its caches: servers, channels, roles
 * and the bot's own membership (to name a missing permission). The rest is never kept.
 */
export function createLightClient(apiUrl: string): Client {
  const nothing = new Nothing();
  const ownOnly = {
    maxSize: 0,
    keepOverLimit: ({ id, client }: { id: string; client: Client }) => id === client.user?.id,
  };
  const limited = Options.cacheWithLimits({ GuildMemberManager: ownOnly, UserManager: ownOnly });
  return new Client({
    intents: [GatewayIntentBits.Guilds],
    shards: 'auto',
    // A server that Discord itself cannot reach at the moment must not hold up all others.
    waitGuildTimeout: 5_000,
    allowedMentions: { parse: [] },
    rest: { api: apiUrl, userAgentAppendix: 'Paperboy' },
    makeCache: (managerType, holds, manager) =>
      NEVER_KEPT.has(managerType.name) || NEVER_KEPT.has(manager.name)
        ? nothing
        : limited(managerType, holds, manager),
  });
}

/** discord.js' managers whose contents nobody reads: a channel has several of them. */
const NEVER_KEPT: ReadonlySet<string> = new Set([
  'ApplicationCommandManager',
  'ApplicationEmojiManager',
  'AutoModerationRuleManager',
  'DMMessageManager',
  'GuildBanManager',
  'GuildEmojiManager',
  'GuildInviteManager',
  'GuildMessageManager',
  'GuildScheduledEventManager',
  'GuildSoundboardSoundManager',
  'GuildStickerManager',
  'MessageManager',
  'PartialGroupDMMessageManager',
  'PresenceManager',
  'ReactionManager',
  'ReactionUserManager',
  'StageInstanceManager',
  'ThreadMemberManager',
  'VoiceStateManager',
]);

/** One empty collection for all of them: 2,500 servers with 30 channels have some 200,000 such caches. */
class Nothing extends Collection<never, never> {
  override set(): this {
    return this;
  }
}
