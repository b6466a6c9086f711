import { helpMessage, helpTopics } from '#src/render/help-page.ts';
import type { Command } from './command.ts';
import { EVERYWHERE } from './where.ts';

export const help = {
  data: {
    name: 'help',
    description: 'What to do next, with examples to copy',
    ...EVERYWHERE,
    options: [
      {
        type: 3,
        name: 'topic',
        description: 'what you want to know about',
        choices: helpTopics.map((name) => ({ name, value: name })),
      },
    ],
  },
  answer: (request) => helpMessage(request.text('topic')),
} satisfies Command;
