import { subscribedMessage } from '#src/render/subscription-page.ts';
import { askerOf } from './asker.ts';
import type { Command } from './command.ts';
import { MODERATORS } from './where.ts';

/** Text, announcement and forum channels. */
const POSTABLE = [0, 5, 15];

export const subscribe = {
  data: {
    name: 'subscribe',
    description: 'Post newly trending papers that match a filter in a channel',
    ...MODERATORS,
    options: [
      {
        type: 3,
        name: 'topic',
        description: 'a topic of the catalogue, such as llm',
        autocomplete: true,
        max_length: 60,
      },
      {
        type: 3,
        name: 'keywords',
        description: 'or a filter of your own: diffusion OR "score matching" -survey',
        max_length: 1000,
        autocomplete: true,
      },
      {
        type: 7,
        name: 'channel',
        description: 'where to post (here if you leave it out)',
        channel_types: POSTABLE,
      },
      {
        type: 3,
        name: 'when',
        description: 'as it happens (the default), daily, weekly friday, or daily 9am',
        autocomplete: true,
        max_length: 80,
      },
      { type: 3, name: 'at', description: 'hour of the digest, such as 9am or 17:30', max_length: 60 },
      {
        type: 3,
        name: 'zone',
        description: 'your city, for hours in your own time: Berlin, Mumbai (UTC if you leave it out)',
        autocomplete: true,
        max_length: 60,
      },
      { type: 8, name: 'role', description: 'role to mention with each post' },
      {
        type: 3,
        name: 'scope',
        description:
          'balanced (the default), strict, early, everything rising, about 3 a day, all, or best 5',
        autocomplete: true,
        max_length: 60,
      },
      {
        type: 4,
        name: 'cap',
        description: 'most cards a day (10 if you leave it out); the rest waits for a digest',
        min_value: 1,
        max_value: 100,
      },
      {
        type: 3,
        name: 'quiet',
        description: 'hours without posts, such as 22:00-07:00 or 10pm-7am',
        max_length: 80,
      },
      {
        type: 3,
        name: 'place',
        description: 'a message (the default), or a thread for each paper; forums always get a post for each',
        choices: [
          { name: 'message', value: 'message' },
          { name: 'thread per paper', value: 'thread' },
        ],
      },
      { type: 5, name: 'silent', description: 'post without notifications' },
      {
        type: 5,
        name: 'publish',
        description: 'publish digests, not single papers, to the followers of an announcement channel',
      },
    ],
  },
  async answer(request, { subscribeChannel }) {
    const subscribed = await subscribeChannel({
      ...askerOf(request),
      topic: request.text('topic'),
      keywords: request.text('keywords'),
      channel: request.channel('channel') ?? request.here,
      when: request.text('when'),
      at: request.text('at'),
      zone: request.text('zone'),
      role: request.role('role'),
      scope: request.text('scope'),
      cap: request.number('cap'),
      quiet: request.text('quiet'),
      place: request.text('place'),
      silent: request.flag('silent') ?? false,
      publish: request.flag('publish') ?? false,
    });
    return subscribedMessage(subscribed);
  },
  complete(request, { proposeTopics, proposeQueries, proposeZones }) {
    const text = request.focused?.value ?? '';
    if (request.focused?.name === 'topic') return proposeTopics(text);
    if (request.focused?.name === 'keywords') return proposeQueries(text, request.now);
    if (request.focused?.name === 'zone') return proposeZones(text, request.now);
    return fixed(request.focused?.name === 'when' ? WHEN : SCOPES, text);
  },
} satisfies Command;

const WHEN = ['as it happens', 'daily', 'weekly', 'weekly monday', 'weekly friday'];
const SCOPES = [
  'balanced',
  'strict',
  'early',
  'everything rising',
  'about 1 a day',
  'about 3 a day',
  'all',
  'best 3',
  'best 5',
  'best 10',
];

function fixed(values: readonly string[], text: string) {
  const wanted = text.trim().toLowerCase();
  return values.filter((value) => value.includes(wanted)).map((value) => ({ name: value, value }));
}
