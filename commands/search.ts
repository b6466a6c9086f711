import { ApplicationCommandOptionType } from 'discord-api-types/v10';
import { searchMessage } from '#src/render/search-page.ts';
import type { Command, Component } from './command.ts';
import { pageIn } from './page-in.ts';
import { PRIVATE, wantsPrivate } from './private-option.ts';
import { EVERYWHERE } from './where.ts';

export const search = {
  data: {
    name: 'search',
    description: 'command.search',
    ...EVERYWHERE,
    options: [
      {
        type: ApplicationCommandOptionType.String,
        name: 'query',
        description: 'command.search.query',
        required: true,
        max_length: 1000,
        autocomplete: true,
      },
      {
        type: ApplicationCommandOptionType.String,
        name: 'since',
        description: 'command.search.since',
        max_length: 40,
      },
      {
        type: ApplicationCommandOptionType.String,
        name: 'sort',
        description: 'command.search.sort',
        choices: [
          { name: 'command.search.sort.relevance', value: 'relevance' },
          { name: 'command.search.sort.newest', value: 'newest' },
          { name: 'command.search.sort.votes', value: 'votes' },
        ],
      },
      PRIVATE,
    ],
  },
  private: wantsPrivate,
  async answer(request, { searchPapers }) {
    const page = await searchPapers({
      query: request.text('query'),
      since: request.text('since'),
      sort: request.text('sort'),
      page: 0,
      userId: request.userId,
      now: request.now,
    });
    return searchMessage(page);
  },
  complete: (request, { proposeQueries }) => proposeQueries(request.focused.value, request.now),
} satisfies Command;

/**
 * `found:<page>:<key of the question in the store>`, with `:again` where the sources are to be asked again: an old message
 * still turns its pages, and what it offers to search for is another question of the store.
 */
export const foundPage = {
  prefix: 'found',
  updates: true,
  async answer(request, { turnSearchPage }) {
    const { userId, now } = request;
    const asked = { page: pageIn(request, 0), again: request.arg(2) === 'again' };
    return searchMessage(await turnSearchPage(request.arg(1), { ...asked, userId, now }));
  },
} satisfies Component;
