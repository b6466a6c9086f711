import { searchMessage } from '#src/render/search-page.ts';
import type { Command, Component, Request } from './command.ts';
import { EVERYWHERE } from './where.ts';

export const search = {
  data: {
    name: 'search',
    description: 'Search all papers Paperboy knows, in the filter language',
    ...EVERYWHERE,
    options: [
      {
        type: 3,
        name: 'query',
        description: 'for example: diffusion OR "score matching" -survey title:video upvotes:>=20',
        required: true,
        max_length: 1000,
        autocomplete: true,
      },
      {
        type: 3,
        name: 'since',
        description: 'how far back: 24h, 7d, yesterday, or a day such as 2026-01-31',
        max_length: 40,
      },
      {
        type: 3,
        name: 'sort',
        description: 'order of the results',
        choices: [
          { name: 'best match', value: 'relevance' },
          { name: 'newest', value: 'newest' },
          { name: 'most upvotes', value: 'votes' },
        ],
      },
      { type: 5, name: 'private', description: 'only you see the answer' },
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
