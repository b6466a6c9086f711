/** Discord's interaction as far as Paperboy reads it (interactions/receiving-and-responding.mdx "Interaction Object"). */
import { ChannelType, InteractionType } from 'discord-api-types/v10';
import { z } from 'zod';

const THREADS: ReadonlySet<number | undefined> = new Set([
  ChannelType.AnnouncementThread,
  ChannelType.PublicThread,
  ChannelType.PrivateThread,
]);

/** A forum's posts are public threads. */
export const isThreadType = (type: number | undefined): boolean => THREADS.has(type);

/** Ids and permissions: whole numbers as text. */
const digits = z.string().regex(/^\d{1,20}$/);

const user = z.object({ id: z.string() });

const channel = z.object({
  id: z.string(),
  type: z.number(),
  name: z.string().nullish(),
  /** A thread's channel, a channel's category. */
  parent_id: z.string().nullish(),
  /** The asker's own, on resolved channels. */
  permissions: digits.optional(),
  /** The bot's own; on resolved channels since July 2026. */
  app_permissions: digits.optional(),
});

const role = z.object({ id: z.string(), mentionable: z.boolean().default(false) });

/** A file that somebody handed over in a form. */
const attachment = z.object({ filename: z.string(), size: z.number(), url: z.string() });

/** An option, or a subcommand with options of its own. */
const option = z.object({
  name: z.string(),
  type: z.number(),
  value: z.union([z.string(), z.number(), z.boolean()]).optional(),
  focused: z.boolean().optional(),
  get options() {
    return z.array(option).optional();
  },
});

/** A modal's component: a field, a row of fields, or a label around one. */
const field = z.object({
  custom_id: z.string().optional(),
  value: z.union([z.string(), z.boolean()]).nullish(),
  values: z.array(z.string()).optional(),
  get component() {
    return field.optional();
  },
  get components() {
    return z.array(field).optional();
  },
});

const resolved = z.object({
  channels: z.record(z.string(), channel).optional(),
  roles: z.record(z.string(), role).optional(),
  attachments: z.record(z.string(), attachment).optional(),
});

export const interactionShape = z.object({
  id: digits,
  application_id: z.string(),
  type: z.number(),
  token: z.string(),
  guild_id: z.string().optional(),
  channel_id: z.string().optional(),
  channel: channel.optional(),
  member: z
    .object({
      user,
      roles: z.array(z.string()).default([]),
      permissions: digits,
      communication_disabled_until: z.string().nullish(),
    })
    .optional(),
  user: user.optional(),
  app_permissions: digits.optional(),
  locale: z.string().optional(),
  /** What the component stands on; its metadata say that it answered somebody. */
  message: z
    .object({ id: z.string(), flags: z.number().default(0), interaction_metadata: z.unknown().optional() })
    .optional(),
  data: z
    .object({
      name: z.string().optional(),
      options: z.array(option).optional(),
      resolved: resolved.optional(),
      custom_id: z.string().optional(),
      values: z.array(z.string()).optional(),
      components: z.array(field).optional(),
    })
    .optional(),
});

/** The least that can be answered with a message: what is asked may be of a kind that Paperboy does not know. */
export const bareInteractionShape = z.object({
  ...{ id: digits, application_id: z.string(), token: z.string() },
  type: z.literal([
    InteractionType.ApplicationCommand,
    InteractionType.MessageComponent,
    InteractionType.ModalSubmit,
  ]),
});

export type ReceivedInteraction = z.infer<typeof interactionShape>;
export type InteractionOption = z.infer<typeof option>;
export type ModalField = z.infer<typeof field>;
/** A command, or one that is being typed. */
export function isOfCommand({ type }: Pick<ReceivedInteraction, 'type'>): boolean {
  return (
    type === InteractionType.ApplicationCommand || type === InteractionType.ApplicationCommandAutocomplete
  );
}
