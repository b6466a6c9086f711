import { ApplicationCommandOptionType } from 'discord-api-types/v10';
import { foundMessage } from '#src/render/find-page.ts';
import type { Command, Component } from './command.ts';
import { PRIVATE, wantsPrivate } from './private-option.ts';
import { EVERYWHERE } from './where.ts';

export const paper = {
  data: {
    name: 'paper',
    description: 'command.paper',
    ...EVERYWHERE,
    options: [
      {
        type: ApplicationCommandOptionType.String,
        name: 'query',
        description: 'command.paper.query',
        required: true,
        autocomplete: true,
        max_length: 300,
      },
      PRIVATE,
    ],
  },
  private: wantsPrivate,
  async answer(request, { findPaper }) {
    return foundMessage(await findPaper(request.text('query'), request.userId));
  },
  complete: (request, { proposeTitles }) => proposeTitles(request.focused.value, request.now),
} satisfies Command;

/** `ask-again:<paper id>`: the answer takes the place of the one that said nobody has it. */
export const askAgain = {
  prefix: 'ask-again',
  updates: true,
  async answer(request, services) {
    return foundMessage(await services.askAgain(request.arg(0), request.userId));
  },
} satisfies Component;
