import { ApplicationCommandOptionType } from 'discord-api-types/v10';
import { trendingMessage } from '#src/render/trending-page.ts';
import type { Command, Component } from './command.ts';
import { pageIn } from './page-in.ts';
import { PRIVATE, wantsPrivate } from './private-option.ts';
import { EVERYWHERE } from './where.ts';

export const trending = {
  data: {
    name: 'trending',
    description: 'command.trending',
    ...EVERYWHERE,
    options: [
      {
        type: ApplicationCommandOptionType.String,
        name: 'period',
        description: 'command.trending.period',
        choices: [
          { name: 'command.trending.period.today', value: 'today' },
          { name: 'command.trending.period.3-days', value: '3 days' },
          { name: 'command.trending.period.week', value: 'week' },
          { name: 'command.trending.period.month', value: 'month' },
        ],
      },
      {
        type: ApplicationCommandOptionType.String,
        name: 'topic',
        description: 'command.trending.topic',
        autocomplete: true,
        max_length: 1000,
      },
      PRIVATE,
    ],
  },
  private: wantsPrivate,
  async answer(request, { listTrending }) {
    const page = await listTrending({
      period: request.text('period'),
      topic: request.text('topic'),
      page: 0,
      userId: request.userId,
      now: request.now,
    });
    return trendingMessage(page);
  },
  complete: (request, { proposeTopics }) => proposeTopics(request.focused.value),
} satisfies Command;

/** `trending-page:<page>:<key of the question in the store>`: an old message still turns its pages. */
export const trendingPage = {
  prefix: 'trending-page',
  updates: true,
  async answer(request, { turnTrendingPage }) {
    const asked = { page: pageIn(request, 0), userId: request.userId, now: request.now };
    return trendingMessage(await turnTrendingPage(request.arg(1), asked));
  },
} satisfies Component;

/** `trending-period:<key of the question in the store>`: a select of periods. */
export const trendingPeriod = {
  prefix: 'trending-period',
  updates: true,
  async answer(request, { trendingSince }) {
    const asked = { period: request.value, userId: request.userId, now: request.now };
    return trendingMessage(await trendingSince(request.arg(0), asked));
  },
} satisfies Component;
