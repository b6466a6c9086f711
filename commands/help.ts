import { ApplicationCommandOptionType } from 'discord-api-types/v10';
import { helpMessage, helpTopics } from '#src/render/help-page.ts';
import type { Command, Component } from './command.ts';
import { EVERYWHERE } from './where.ts';

export const help = {
  data: {
    name: 'help',
    description: 'command.help',
    ...EVERYWHERE,
    options: [
      {
        type: ApplicationCommandOptionType.String,
        name: 'topic',
        description: 'command.help.topic',
        choices: helpTopics.map((topic) => ({ name: `command.help.topic.${topic}`, value: topic })),
      },
    ],
  },
  answer: (request) => helpMessage(request.text('topic')),
} satisfies Command;

/** `help` with the topic that was chosen: its page in the place of the one before. */
export const helpTopic = {
  prefix: 'help',
  updates: true,
  answer: (request) => helpMessage(request.values[0] ?? ''),
} satisfies Component;
