import { ApplicationCommandOptionType } from 'discord-api-types/v10';
import { POSTABLE } from '#src/service/subscribe-order.ts';
import type { CommandOption } from './command.ts';

/** What /subscribe takes. */
export const OPTIONS = [
  {
    type: ApplicationCommandOptionType.String,
    name: 'topic',
    description: 'command.subscribe.topic',
    autocomplete: true,
    max_length: 60,
  },
  {
    type: ApplicationCommandOptionType.String,
    name: 'keywords',
    description: 'command.subscribe.keywords',
    max_length: 1000,
    autocomplete: true,
  },
  {
    type: ApplicationCommandOptionType.String,
    name: 'like',
    description: 'command.subscribe.like',
    max_length: 1000,
  },
  {
    type: ApplicationCommandOptionType.Channel,
    name: 'channel',
    description: 'command.subscribe.channel',
    channel_types: [...POSTABLE],
  },
  {
    type: ApplicationCommandOptionType.String,
    name: 'when',
    description: 'command.subscribe.when',
    autocomplete: true,
    max_length: 80,
  },
  {
    type: ApplicationCommandOptionType.String,
    name: 'at',
    description: 'command.subscribe.at',
    max_length: 60,
  },
  {
    type: ApplicationCommandOptionType.String,
    name: 'zone',
    description: 'command.subscribe.zone',
    autocomplete: true,
    max_length: 60,
  },
  { type: ApplicationCommandOptionType.Role, name: 'role', description: 'command.subscribe.role' },
  {
    type: ApplicationCommandOptionType.String,
    name: 'mention',
    description: 'command.subscribe.mention',
    choices: [
      { name: 'command.subscribe.mention.strict', value: 'strict' },
      { name: 'command.subscribe.mention.every', value: 'every' },
      { name: 'command.subscribe.mention.digests', value: 'digests' },
      { name: 'command.subscribe.mention.hourly', value: 'hourly' },
    ],
  },
  {
    type: ApplicationCommandOptionType.String,
    name: 'what',
    description: 'command.subscribe.what',
    autocomplete: true,
    max_length: 60,
  },
  {
    type: ApplicationCommandOptionType.String,
    name: 'sensitivity',
    description: 'command.subscribe.sensitivity',
    autocomplete: true,
    max_length: 60,
  },
  {
    type: ApplicationCommandOptionType.Integer,
    name: 'cap',
    description: 'command.subscribe.cap',
    min_value: 1,
    max_value: 100,
  },
  {
    type: ApplicationCommandOptionType.String,
    name: 'quiet',
    description: 'command.subscribe.quiet',
    max_length: 80,
  },
  {
    type: ApplicationCommandOptionType.String,
    name: 'place',
    description: 'command.subscribe.place',
    choices: [
      { name: 'command.subscribe.place.message', value: 'message' },
      { name: 'command.subscribe.place.thread', value: 'thread' },
    ],
  },
  { type: ApplicationCommandOptionType.Boolean, name: 'silent', description: 'command.subscribe.silent' },
  {
    type: ApplicationCommandOptionType.Boolean,
    name: 'publish',
    description: 'command.subscribe.publish',
  },
  {
    type: ApplicationCommandOptionType.String,
    name: 'until',
    description: 'command.subscribe.until',
    max_length: 60,
  },
] as const satisfies readonly CommandOption[];
