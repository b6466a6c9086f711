import { beforeAll, describe, expect, it } from 'vitest';
import { parseSavedFilter } from '#src/match/language/parse-filter.ts';
import { alsoElsewhere } from '#src/service/also-elsewhere.ts';
import { AS_FOUND, pastOf, postsIn } from '#src/service/back-test.ts';
import type { Moderator } from '#src/service/moderate.ts';
import type { Subscription } from '#src/subscription/subscription.ts';
import { phrase } from '#src/wording/phrase.ts';
import { aSubscription } from '#test/builders/a-subscription.ts';
import { NOTHING_MUTED } from '#test/fakes/nothing-muted.ts';
import { aLibrary, NOON } from './a-library.ts';

const ALL = { kind: 'all' } as const;
const BEST = {
  what: { kind: 'top', n: 1 },
  when: { kind: 'daily', at: '13:00', zone: 'UTC' },
} as const satisfies Partial<Subscription>;
/** Of a moderator who sees everything. */
const MODERATOR = { serverId: '1', lacks: async () => null } as unknown as Moderator;

let library: Awaited<ReturnType<typeof aLibrary>>;
beforeAll(async () => {
  library = await aLibrary([
    { title: 'Ocean waves', votes: 1, daysAgo: 1 },
    { title: 'Ocean ice', votes: 9, daysAgo: 1 },
    { title: 'Ocean winds', votes: 3, daysAgo: 1 },
  ]);
});

const others = (count: number, facts: Partial<Subscription>): Subscription[] =>
  Array.from({ length: count }, (_, n) => aSubscription(`s${n}`, { serverId: '1', ...facts }));

/** What a subscription to `keywords` in channel `here` shares with them. */
async function also(keywords: string, subscriptions: readonly Subscription[]) {
  const subscriptionStore = {
    inServer: () => [...subscriptions],
    settings: () => ({ samePaper: 'full' as const, zone: null, notices: null }),
  };
  const deps = { ...library, mutes: NOTHING_MUTED, subscriptionStore, isSeenFrom: () => true };
  const parsed = parseSavedFilter(keywords, library);
  if (!parsed.ok) throw new Error('no filter');
  const past = await pastOf(deps, '1', parsed.filter, NOON);
  const posts = postsIn(deps, past, { ...AS_FOUND, what: ALL });
  return alsoElsewhere(deps, past, posts, { moderator: MODERATOR, channelId: 'here' });
}

describe('what other channels get of the papers of a preview', () => {
  it('is told with how many subscriptions were not compared, in a server with very many', async () => {
    const many = others(310, { channelId: 'far', what: ALL, filter: 'desert' });
    expect(await also('ocean', many)).toMatchObject({ papers: 0, left: 10 });
    const near = aSubscription('near', { serverId: '1', channelId: 'a', what: ALL, filter: 'ice' });
    expect(await also('ocean', [near, ...many])).toMatchObject({ papers: 1, channels: ['a'], left: 11 });
    expect(await also('ocean', others(300, { what: ALL, filter: 'desert' }))).toBeNull();
    expect(await also('nothing', many)).toBeNull();
  });

  it('counts a best-of by what it chooses among all of its papers, and tells of those it has left out', async () => {
    const best = others(7, { ...BEST, channelId: 'there', filter: 'ocean' });
    expect(await also('waves', best.slice(0, 1))).toBeNull();
    expect(await also('ice', best)).toMatchObject({ papers: 1, channels: ['there'], left: 2 });
  });

  it('names the channel with the most of them first, and neither what is paused nor the same channel', async () => {
    const here = (id: string, channelId: string, filter: string, more: Partial<Subscription> = {}) =>
      aSubscription(id, { serverId: '1', channelId, filter, what: ALL, ...more });
    const paused = { reason: phrase('subscriptions.pausedByModerator'), at: NOON };
    const view = await also('ocean', [
      ...[here('a', '100000000000000001', 'ice'), here('b', '100000000000000002', 'ice OR waves')],
      ...[here('c', 'here', 'ocean'), here('d', '100000000000000003', 'ocean', { paused })],
    ]);
    expect(view).toMatchObject({
      ...{ papers: 2, channels: ['100000000000000002', '100000000000000001'], hidden: 0, left: 0 },
    });
  });
});
