import { ChannelType } from 'discord-api-types/v10';
import { expect, it } from 'vitest';
import { parseFilter } from '#src/match/language/parse-filter.ts';
import { catalogueOf, type Topic } from '#src/match/language/topic-catalogue.ts';
import type { Post } from '#src/outbox/post.ts';
import { tagsFor } from '#src/pipeline/forum-tags.ts';
import type { KnownChannel } from '#src/pipeline/postman.ts';
import { words } from '#src/wording/phrase.ts';
import { aPaper } from '#test/builders/a-paper.ts';
import { inC, openCounter } from './some-deliveries.ts';
import { aGateway, textChannel } from './some-servers.ts';

const NAMES = ['deep-sea', 'waves', 'ice', 'fish', 'salt', 'tides', 'whales'];
const topic = (name: string): Topic => {
  const text = name === 'deep-sea' ? 'ocean' : name;
  const parsed = parseFilter(text, { topics: null });
  if (!parsed.ok) throw new Error(`${text} cannot be read`);
  return { name, title: name, label: words(name), line: name, text, filter: parsed.filter };
};
const topics = catalogueOf(NAMES.map(topic));
const parse = (filter: string) => parseFilter(filter, { topics });

type Asked = {
  filters: string[];
  tags?: string[];
  plain?: boolean;
  requiresTag?: boolean;
  forum?: KnownChannel | null;
};

/** The tags of a post of two papers, `Ocean ice` and `Fish`, for subscriptions with these filters. */
async function tagged({ filters, tags = NAMES, plain = false, requiresTag, forum }: Asked) {
  const papers = [aPaper('a', { title: 'Ocean ice' }), aPaper('b', { title: 'Fish' })];
  const { archive, packed } = await openCounter({ papers });
  const post: Post = { ...(await packed('digest', ['a', 'b'])), plain };
  const known = textChannel('c', {
    ...{ type: ChannelType.GuildForum, tags: tags.map((name, n) => ({ id: `${n}`, name })) },
    ...(requiresTag === undefined ? {} : { requiresTag }),
  });
  const servers = aGateway(forum === null ? [] : [known]);
  const wanting = filters.map((filter, n) => inC(`s${n}`, { filter }));
  const ids = await tagsFor({ archive, servers, parse }, post, wanting);
  return ids.map((id) => tags[Number(id)]);
}

it('a forum’s post has the tags that are called like a topic which one of its papers matches', async () => {
  expect(await tagged({ filters: ['topic:deep-sea OR topic:waves OR topic:fish'] })).toEqual([
    'deep-sea',
    'fish',
  ]);
});

it('of all subscriptions that want it, in the forum’s own order', async () => {
  const tags = ['fish', 'ice', 'deep-sea'];
  expect(await tagged({ filters: ['topic:deep-sea', 'topic:ice'], tags })).toEqual(['ice', 'deep-sea']);
});

it.each(['Deep Sea', ' deep-sea ', 'DEEP   SEA', 'deep-sea'])(
  'a tag called “%s” is that of the topic',
  async (name) => {
    expect(await tagged({ filters: ['topic:deep-sea'], tags: [name] })).toEqual([name]);
  },
);

it.each<[string, Asked]>([
  ['a topic that nobody asked for', { filters: ['topic:deep-sea'], tags: ['ice'] }],
  ['a topic that the filter excludes', { filters: ['ocean OR -topic:fish'], tags: ['fish'] }],
  ['a filter that cannot be read any more', { filters: ['topic:none', '"ocean'] }],
  ['a forum without tags', { filters: ['topic:deep-sea'], tags: [] }],
  ['a channel that is not known', { filters: ['topic:deep-sea'], forum: null }],
  ['a post that goes plain', { filters: ['topic:deep-sea'], plain: true }],
])('there is no tag for %s', async (_, asked) => {
  expect(await tagged(asked)).toEqual([]);
});

it('a plain post has tags where the forum takes none without', async () => {
  expect(await tagged({ filters: ['topic:deep-sea'], plain: true, requiresTag: true })).toEqual(['deep-sea']);
});

it('a post has five tags at the most, which is all that Discord takes', async () => {
  const tags = ['deep sea', 'Deep Sea', 'deep-sea', 'DEEP SEA', 'ice', 'fish'];
  const filters = ['topic:deep-sea OR topic:ice OR topic:fish'];
  expect(await tagged({ filters, tags })).toEqual(tags.slice(0, 5));
});
