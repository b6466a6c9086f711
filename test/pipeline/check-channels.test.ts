import { ChannelType } from 'discord-api-types/v10';
import { beforeEach, expect, it } from 'vitest';
import { openCursors } from '#src/foundation/cursors.ts';
import { parseFilter } from '#src/match/language/parse-filter.ts';
import { catalogueOf } from '#src/match/language/topic-catalogue.ts';
import { checkChannels } from '#src/pipeline/check-channels.ts';
import { createFindObstacle } from '#src/pipeline/find-obstacle.ts';
import { phrase, words } from '#src/wording/phrase.ts';
import { MONDAY } from '#test/archive/some-papers.ts';
import { aSubscription } from '#test/builders/a-subscription.ts';
import { plainClock } from '#test/fakes/plain-clock.ts';
import { aGateway, textChannel } from './some-servers.ts';
import { aStore, parse } from './some-subscriptions.ts';
import { openTroubles, place } from './some-troubles.ts';

const DAY = 86_400_000;
const MISSING = { code: 'permission-missing', reason: phrase('hold.threadLocked') } as const;

let troubles: Awaited<ReturnType<typeof openTroubles>>;
let presence: 'here' | 'away' | 'left';
beforeEach(async () => {
  troubles = await openTroubles();
  presence = 'here';
});

/** Looks at all channels, of which these refuse. */
async function check(...refusing: string[]): Promise<string[]> {
  const { db, outbox, subscriptionStore, trouble, known } = troubles;
  await checkChannels({
    ...{ db, outbox, subscriptionStore, cursors: openCursors(db), onHold: trouble.onHold },
    clock: plainClock({ now: () => known.now, elapsed: () => 0 }),
    servers: { presence: () => presence },
    obstacle: (_, id) => (refusing.includes(id) ? MISSING : null),
  });
  await trouble.notifyBegun();
  return troubles.words();
}

it('a channel that would refuse is held before a paper is due there, and moderators are told once', async () => {
  expect(await check('c')).toEqual([expect.stringMatching(/^I cannot post in <#c> any more/)]);
  expect(await troubles.isHeld('c')).toBe(true);
  expect(await troubles.isHeld('d')).toBe(false);
  troubles.known.now += DAY;
  expect(await check('c')).toHaveLength(1);
});

it('several channels of a server with one trouble are one notice', async () => {
  expect(await check('c', 'd')).toEqual([expect.stringContaining('<#c> and <#d>')]);
});

it('is done once a day, over restarts too', async () => {
  expect(await check()).toEqual([]);
  troubles.known.now += DAY - 1;
  expect(await check('c')).toEqual([]);
  troubles.known.now += 1;
  expect(await check('c')).toHaveLength(1);
});

it('nothing is told of a channel whose subscriptions are all paused, nor of a server out of reach', async () => {
  const paused = { reason: phrase('subscriptions.pausedByModerator'), at: 0 };
  troubles.put('c', aSubscription('c', { serverId: 's', channelId: 'c', paused }));
  expect(await check('c')).toEqual([]);
  troubles.known.now += DAY;
  presence = 'away';
  expect(await check('d')).toEqual([]);
});

it('what is held already is left as it is', async () => {
  await troubles.refuse('c', { code: 'thread-locked', reason: 'Thread is locked' });
  await troubles.trouble.notifyBegun();
  const before = await troubles.outbox.holdOf(place('c').destination);
  troubles.known.now = MONDAY + DAY;
  expect(await check('c')).toHaveLength(1);
  expect(await troubles.outbox.holdOf(place('c').destination)).toEqual(before);
});

it('a forum that wants tags takes nothing where no filter of it has one; where one has, or nothing is subscribed, nothing hinders', () => {
  const tags = [{ id: '1', name: 'ice' }];
  const forum = textChannel('c', { type: ChannelType.GuildForum, tags, requiresTag: true });
  const ice = parse('ice');
  const topic = { name: 'ice', title: 'ice', label: words('ice'), line: 'ice', text: 'ice' };
  const topics = ice.ok ? catalogueOf([{ ...topic, filter: ice.filter }]) : null;
  const read = (filter: string) => parseFilter(filter, { topics });
  const obstacleIn = (...filters: string[]) => {
    const all = filters.map((filter, at) =>
      aSubscription(`${at}`, { serverId: 's', channelId: 'c', filter }),
    );
    const { subscriptionStore } = aStore(all);
    const plans = { placeOf: (_: string, id: string) => place(id) };
    return createFindObstacle({ servers: aGateway([forum]), plans, subscriptionStore, parse: read })(
      's',
      'c',
    );
  };
  expect(obstacleIn('ocean', 'waves')?.code).toBe('tag-required');
  expect(obstacleIn('ocean', 'topic:ice')).toBeNull();
  expect(obstacleIn()).toBeNull();
});
