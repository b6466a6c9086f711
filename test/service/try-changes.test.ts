import { beforeEach, describe, expect, it } from 'vitest';
import { openArchive } from '#src/archive/archive.ts';
import { openPaperSearch } from '#src/archive/paper-search.ts';
import { documentOf } from '#src/archive/stored-paper.ts';
import { openDatabase } from '#src/foundation/database/database.ts';
import { noTopics } from '#src/match/language/topic-catalogue.ts';
import { tryChanges } from '#src/service/try-changes.ts';
import type { Subscription } from '#src/subscription/subscription.ts';
import { openZones } from '#src/subscription/zone.ts';
import { createTrendRule } from '#src/trend/trend-rule.ts';
import { aPoll, aSighting, DAY, MONDAY } from '#test/archive/some-papers.ts';
import { aPaper } from '#test/builders/a-paper.ts';
import { aSubscription } from '#test/builders/a-subscription.ts';
import { createFakeClock } from '#test/fakes/fake-clock.ts';
import { NOTHING_MUTED } from '#test/fakes/nothing-muted.ts';

const NOW = MONDAY + DAY / 2;
const TITLES = [
  'A survey of deep ocean whales',
  'A survey of ocean ships',
  'Deep ocean waves',
  'Deep ocean ice',
  'Deep ocean',
  'Ocean',
];
const now = { kind: 'now' } as const;

let room: Awaited<ReturnType<typeof openRoom>>;
beforeEach(async () => {
  room = await openRoom();
});

/** Papers of two days ago; all rose, the first two the highest. */
async function openRoom() {
  const clock = createFakeClock(NOW);
  const archive = await openArchive(await openDatabase(':memory:'), []);
  const at = NOW - 2 * DAY;
  const idOf = (index: number) => `2602.0000${index}`;
  const list = TITLES.map((title, index) =>
    aSighting(aPaper(idOf(index), { title, abstract: index === 5 ? 'Of tides.' : '' }), index + 1),
  );
  await archive.keep(aPoll(at, list, { complete: false }));
  const rises = TITLES.map((_, index) => ({
    ...{ paper: idOf(index), at, from: 0, score: index < 2 ? 3.6 : 3.1 },
    reason: { kind: 'rank', rank: 1 } as const,
  }));
  await archive.keepTrendEvents(rises);
  const deps = {
    ...{ archive, search: openPaperSearch(archive), trend: createTrendRule(), topics: noTopics },
    ...{ mutes: NOTHING_MUTED, zones: openZones(), clock },
  };
  return async (
    paper: number,
    facts: Partial<Subscription> = {},
    inServer: Subscription[] = [],
    zone: string | null = null,
  ) => {
    const stored = await archive.paper(idOf(paper));
    if (!stored) throw new Error('no such paper');
    const subscription = aSubscription('a', {
      ...{ filter: 'ocean', when: now, cap: 99, what: { kind: 'trending', sensitivity: 'balanced' } },
      ...facts,
    });
    return tryChanges(deps, { subscription, document: documentOf(stored), inServer, zone, now: NOW });
  };
}

describe('the word that is excluded', () => {
  it('takes the fewest others with it, and is one that other papers have too', async () => {
    expect(await room(0)).toMatchObject({
      posts: 6,
      exclude: { word: 'survey', filter: 'ocean -survey', less: 2 },
    });
    expect((await room(2))?.exclude).toMatchObject({ word: 'deep', less: 4 });
  });

  it('is one that no other paper has, where there is none else', async () => {
    expect((await room(0, { filter: 'ocean survey deep' }))?.exclude).toEqual({
      word: 'whales',
      filter: 'ocean survey deep -whales',
      less: 1,
    });
  });

  it('is none of the words by which the filter found it, and of its abstract where its title has no other', async () => {
    expect((await room(5))?.exclude).toEqual({ word: 'tides', filter: 'ocean -tides', less: 1 });
    expect((await room(4, { filter: 'deep ocean' }))?.exclude).toBeNull();
  });

  it('stands behind the whole of an OR', async () => {
    expect((await room(1, { filter: 'ocean OR ships' }))?.exclude?.filter).toBe('(ocean OR ships) -survey');
  });

  it('is none where the filter would be too long with it', async () => {
    expect((await room(0, { filter: `ocean OR ${'x'.repeat(988)}` }))?.exclude).toBeNull();
    expect((await room(0, { filter: `ocean OR ${'x'.repeat(900)}` }))?.exclude).not.toBeNull();
  });
});

describe('a stricter sensitivity', () => {
  it('is the next one, with how many stay', async () => {
    expect((await room(0))?.stricter).toEqual({
      ...{ sensitivity: 'sure', what: { kind: 'trending', sensitivity: 'sure' }, stay: 2 },
    });
  });

  it('is none of the strictest, nor of what is not newly trending', async () => {
    expect((await room(0, { what: { kind: 'trending', sensitivity: 'sure' } }))?.stricter).toBeNull();
    expect((await room(0, { what: { kind: 'all' } }))?.stricter).toBeNull();
  });
});

describe('a digest instead of alerts', () => {
  const daily = (zone: string) => ({ kind: 'daily', at: '09:00', zone }) as const;

  it('is told with its messages, and comes in the zone that the server’s subscriptions name', async () => {
    expect((await room(0))?.digest).toEqual({ when: daily('UTC'), messages: 1 });
    const other = aSubscription('b', { when: daily('Europe/Berlin') });
    expect((await room(0, {}, [other]))?.digest?.when).toEqual(daily('Europe/Berlin'));
    expect((await room(0, {}, [other], 'Asia/Tokyo'))?.digest?.when).toEqual(daily('Asia/Tokyo'));
  });

  it('is none where digests come already', async () => {
    expect((await room(0, { when: daily('UTC') }))?.digest).toBeNull();
    expect((await room(0, { what: { kind: 'top', n: 3 } }))?.digest).toBeNull();
  });
});

it('nothing is tried of a filter that cannot be read any more', async () => {
  expect(await room(0, { filter: '"never closed' })).toBeNull();
});
