/** Look-ups work in servers, in DMs with the bot and anywhere for those who installed the bot for themselves. */
export const EVERYWHERE = { integration_types: [0, 1], contexts: [0, 1, 2] };

/** Settings belong to a server. Discord lets members with Manage Channels use them, unless a server maps them otherwise. */
export const MODERATORS = {
  integration_types: [0],
  contexts: [0],
  default_member_permissions: String(1 << 4),
};
