import {
  ApplicationIntegrationType,
  InteractionContextType,
  PermissionFlagsBits,
} from 'discord-api-types/v10';

const { GuildInstall, UserInstall } = ApplicationIntegrationType;
const { Guild, BotDM, PrivateChannel } = InteractionContextType;

/** Look-ups work in servers, in DMs with the bot and anywhere for those who installed the bot for themselves. */
export const EVERYWHERE = {
  integration_types: [GuildInstall, UserInstall],
  contexts: [Guild, BotDM, PrivateChannel],
};

/** What is told of a server, to whoever is in it. */
export const IN_SERVERS = { integration_types: [GuildInstall], contexts: [Guild] };

/** Settings belong to a server. Discord lets members with Manage Channels use them, unless a server maps them otherwise. */
export const MODERATORS = {
  ...IN_SERVERS,
  default_member_permissions: String(PermissionFlagsBits.ManageChannels),
};
