import type { Json } from '../world/json.ts';

/** A refusal as Discord words it. https://discord.com/developers/docs/topics/opcodes-and-status-codes#json */
export class DiscordError extends Error {
  override name = 'DiscordError';
  readonly status: number;
  readonly body: Json;

  constructor(status: number, code: number, message: string, more: Json = {}) {
    super(message);
    this.status = status;
    this.body = { message, code, ...more };
  }
}

/** The refusals that several routes share; each call makes a new error. */
export const refusal = {
  unauthorized: () => new DiscordError(401, 0, '401: Unauthorized'),
  notFound: () => new DiscordError(404, 0, '404: Not Found'),
  methodNotAllowed: () => new DiscordError(405, 0, '405: Method Not Allowed'),
  unknownAccount: () => new DiscordError(404, 10001, 'Unknown Account'),
  unknownApplication: () => new DiscordError(404, 10002, 'Unknown Application'),
  unknownChannel: () => new DiscordError(404, 10003, 'Unknown Channel'),
  unknownGuild: () => new DiscordError(404, 10004, 'Unknown Guild'),
  unknownMember: () => new DiscordError(404, 10007, 'Unknown Member'),
  unknownMessage: () => new DiscordError(404, 10008, 'Unknown Message'),
  unknownUser: () => new DiscordError(404, 10013, 'Unknown User'),
  unknownWebhook: () => new DiscordError(404, 10015, 'Unknown Webhook'),
  unknownInteraction: () => new DiscordError(404, 10062, 'Unknown interaction'),
  unknownCommand: () => new DiscordError(404, 10063, 'Unknown application command'),
  unknownCommandPermissions: () => new DiscordError(404, 10066, 'Unknown application command permissions'),
  botsCannot: () => new DiscordError(403, 20001, 'Bots cannot use this endpoint'),
  tooLarge: () => new DiscordError(413, 40005, 'Request entity too large'),
  alreadyCrossposted: () => new DiscordError(400, 40033, 'This message has already been crossposted.'),
  sendToForum: () =>
    new DiscordError(
      400,
      40058,
      'Cannot message this thread until after the post author has sent an initial message.',
    ),
  alreadyAcknowledged: () => new DiscordError(400, 40060, 'Interaction has already been acknowledged.'),
  tagRequired: () => new DiscordError(400, 40067, 'A tag is required to create a forum post in this channel'),
  tooManyFollowUps: () =>
    new DiscordError(400, 40094, 'Max number of follow-up messages reached for this interaction'),
  userAgent: () => new DiscordError(403, 40333, 'internal network error'),
  missingAccess: () => new DiscordError(403, 50001, 'Missing Access'),
  notOnDm: () => new DiscordError(403, 50003, 'Cannot execute action on a DM channel'),
  notTheAuthor: () => new DiscordError(403, 50005, 'Cannot edit a message authored by another user'),
  emptyMessage: () => new DiscordError(400, 50006, 'Cannot send an empty message'),
  cannotDm: () => new DiscordError(403, 50007, 'Cannot send messages to this user'),
  nonTextChannel: () => new DiscordError(400, 50008, 'Cannot send messages in a non-text channel'),
  missingPermissions: () => new DiscordError(403, 50013, 'Missing Permissions'),
  wrongChannelType: () => new DiscordError(400, 50024, 'Cannot execute action on this channel type'),
  webhookTokenExpired: () => new DiscordError(401, 50027, 'Invalid Webhook Token'),
  threadArchived: () => new DiscordError(400, 50083, 'Thread is archived'),
  invalidJson: () => new DiscordError(400, 50109, 'The request body contains invalid JSON.'),
  noMutualGuild: () =>
    new DiscordError(403, 50278, 'Cannot send messages to this user due to having no mutual guilds'),
  threadExists: () => new DiscordError(400, 160004, 'A thread has already been created for this message'),
  threadLocked: () => new DiscordError(400, 160005, 'Thread is locked'),
  autoMod: () => new DiscordError(400, 200000, 'Message was blocked by automatic moderation'),
} as const;
