import { searchMessage } from '#src/render/search-page.ts';
import type { Command, Component, Request } from './command.ts';
import { EVERYWHERE } from './where.ts';

export const search = {
  data: {
    name: 'search',
    description: 'command.search',
    ...EVERYWHERE,
    options: [
      {
        type: 3,
        name: 'query',
        description: 'command.search.query',
        required: true,
        max_length: 1000,
        autocomplete: true,
      },
      {
        type: 3,
        name: 'since',
        description: 'command.search.since',
        max_length: 40,
      },
      {
        type: 3,
        name: 'sort',
        description: 'command.search.sort',
        choices: [
          { name: 'command.search.sort.relevance', value: 'relevance' },
          { name: 'command.search.sort.newest', value: 'newest' },
          { name: 'command.search.sort.votes', value: 'votes' },
        ],
      },
      { type: 5, name: 'private', description: 'command.private' },
    ],
  },
  private: (request: Request) => request.flag('private') === true,
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
  complete: (request, { proposeQueries }) => proposeQueries(request.focused?.value ?? '', request.now),
} satisfies Command;

/**
 * `found:<page>:<key of the question in the store>`, with `:again` where the sources are to be asked again: an old message
 * still turns its pages, and what it offers to search for is another question of the store.
 */
export const foundPage = {
  prefix: 'found',
  updates: true,
  async answer(request, { turnSearchPage }) {
    const [page, key = '', again] = request.args;
    const { userId, now } = request;
    return searchMessage(
      await turnSearchPage(key, { page: Number(page), userId, now, again: again === 'again' }),
    );
  },
} satisfies Component;
