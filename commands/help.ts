import { ApplicationCommandOptionType } from 'discord-api-types/v10';
import { helpMessage, helpTopics } from '#src/render/help-page.ts';
import type { Command } from './command.ts';
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
