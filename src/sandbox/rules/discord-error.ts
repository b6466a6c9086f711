import { RESTJSONErrorCodes } from 'discord-api-types/v10';
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
  unknownAccount: () => new DiscordError(404, RESTJSONErrorCodes.UnknownAccount, 'Unknown Account'),
  unknownApplication: () =>
    new DiscordError(404, RESTJSONErrorCodes.UnknownApplication, 'Unknown Application'),
  unknownChannel: () => new DiscordError(404, RESTJSONErrorCodes.UnknownChannel, 'Unknown Channel'),
  unknownGuild: () => new DiscordError(404, RESTJSONErrorCodes.UnknownGuild, 'Unknown Guild'),
  unknownMember: () => new DiscordError(404, RESTJSONErrorCodes.UnknownMember, 'Unknown Member'),
  unknownMessage: () => new DiscordError(404, RESTJSONErrorCodes.UnknownMessage, 'Unknown Message'),
  unknownUser: () => new DiscordError(404, RESTJSONErrorCodes.UnknownUser, 'Unknown User'),
  unknownWebhook: () => new DiscordError(404, RESTJSONErrorCodes.UnknownWebhook, 'Unknown Webhook'),
  unknownInteraction: () =>
    new DiscordError(404, RESTJSONErrorCodes.UnknownInteraction, 'Unknown interaction'),
  unknownCommand: () =>
    new DiscordError(404, RESTJSONErrorCodes.UnknownApplicationCommand, 'Unknown application command'),
  unknownCommandPermissions: () =>
    new DiscordError(
      404,
      RESTJSONErrorCodes.UnknownApplicationCommandPermissions,
      'Unknown application command permissions',
    ),
  botsCannot: () =>
    new DiscordError(403, RESTJSONErrorCodes.BotsCannotUseThisEndpoint, 'Bots cannot use this endpoint'),
  tooLarge: () => new DiscordError(413, RESTJSONErrorCodes.RequestEntityTooLarge, 'Request entity too large'),
  alreadyCrossposted: () =>
    new DiscordError(
      400,
      RESTJSONErrorCodes.ThisMessageWasAlreadyCrossposted,
      'This message has already been crossposted.',
    ),
  sendToForum: () =>
    new DiscordError(
      400,
      RESTJSONErrorCodes.CannotSendAMessageInAForumChannel,
      'Cannot message this thread until after the post author has sent an initial message.',
    ),
  alreadyAcknowledged: () =>
    new DiscordError(
      400,
      RESTJSONErrorCodes.InteractionHasAlreadyBeenAcknowledged,
      'Interaction has already been acknowledged.',
    ),
  tagRequired: () =>
    new DiscordError(
      400,
      RESTJSONErrorCodes.TagRequiredToCreateAForumPostInThisChannel,
      'A tag is required to create a forum post in this channel',
    ),
  tooManyFollowUps: () =>
    new DiscordError(
      400,
      RESTJSONErrorCodes.ThisInteractionHasHitTheMaximumNumberOfFollowUpMessages,
      'Max number of follow-up messages reached for this interaction',
    ),
  userAgent: () =>
    new DiscordError(403, RESTJSONErrorCodes.CloudflareIsBlockingYourRequest, 'internal network error'),
  missingAccess: () => new DiscordError(403, RESTJSONErrorCodes.MissingAccess, 'Missing Access'),
  notOnDm: () =>
    new DiscordError(
      403,
      RESTJSONErrorCodes.CannotExecuteActionOnDMChannel,
      'Cannot execute action on a DM channel',
    ),
  notTheAuthor: () =>
    new DiscordError(
      403,
      RESTJSONErrorCodes.CannotEditMessageAuthoredByAnotherUser,
      'Cannot edit a message authored by another user',
    ),
  emptyMessage: () =>
    new DiscordError(400, RESTJSONErrorCodes.CannotSendAnEmptyMessage, 'Cannot send an empty message'),
  cannotDm: () =>
    new DiscordError(
      403,
      RESTJSONErrorCodes.CannotSendMessagesToThisUser,
      'Cannot send messages to this user',
    ),
  nonTextChannel: () =>
    new DiscordError(
      400,
      RESTJSONErrorCodes.CannotSendMessagesInNonTextChannel,
      'Cannot send messages in a non-text channel',
    ),
  missingPermissions: () =>
    new DiscordError(403, RESTJSONErrorCodes.MissingPermissions, 'Missing Permissions'),
  wrongChannelType: () =>
    new DiscordError(
      400,
      RESTJSONErrorCodes.CannotExecuteActionOnThisChannelType,
      'Cannot execute action on this channel type',
    ),
  webhookTokenExpired: () =>
    new DiscordError(401, RESTJSONErrorCodes.InvalidWebhookToken, 'Invalid Webhook Token'),
  threadArchived: () =>
    new DiscordError(400, RESTJSONErrorCodes.InvalidActionOnArchivedThread, 'Thread is archived'),
  invalidJson: () =>
    new DiscordError(
      400,
      RESTJSONErrorCodes.RequestBodyContainsInvalidJSON,
      'The request body contains invalid JSON.',
    ),
  noPoll: () =>
    new DiscordError(400, RESTJSONErrorCodes.CannotExpireANonPollMessage, 'Cannot expire a non-poll message'),
  pollMessage: () =>
    new DiscordError(400, RESTJSONErrorCodes.CannotEditAPollMessage, 'Cannot edit a poll message'),
  tooManyPins: () =>
    new DiscordError(
      400,
      RESTJSONErrorCodes.MaximumNumberOfPinsReachedForTheChannel,
      'Maximum number of pins reached (250)',
    ),
  noMutualGuild: () =>
    new DiscordError(
      403,
      RESTJSONErrorCodes.CannotSendMessagesToThisUserDueToHavingNoMutualGuilds,
      'Cannot send messages to this user due to having no mutual guilds',
    ),
  threadExists: () =>
    new DiscordError(
      400,
      RESTJSONErrorCodes.ThreadAlreadyCreatedForMessage,
      'A thread has already been created for this message',
    ),
  threadLocked: () => new DiscordError(400, RESTJSONErrorCodes.ThreadLocked, 'Thread is locked'),
  autoMod: () =>
    new DiscordError(
      400,
      RESTJSONErrorCodes.MessageWasBlockedByAutomaticModeration,
      'Message was blocked by automatic moderation',
    ),
} as const;
