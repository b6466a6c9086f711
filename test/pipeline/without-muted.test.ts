import { beforeEach, describe, expect, it } from 'vitest';
import { type Archive, openArchive } from '#src/archive/archive.ts';
import { openDatabase } from '#src/foundation/database/database.ts';
import { silentLog } from '#src/foundation/log.ts';
import { toChannel } from '#src/outbox/destination.ts';
import type { OutboxEntry } from '#src/outbox/entry.ts';
import { openOutbox } from '#src/outbox/outbox.ts';
import { createMatcher } from '#src/pipeline/matcher.ts';
import { createStillWanted } from '#src/pipeline/still-wanted.ts';
import { matcherWithoutMuted, stillWantedWithoutMuted } from '#src/pipeline/without-muted.ts';
import { createTrendRule } from '#src/trend/trend-rule.ts';
import { inEnglish } from '#src/wording/kept-phrase.ts';
import { aPoll, aSighting, DAY, MINUTE, MONDAY } from '#test/archive/some-papers.ts';
import { aPaper } from '#test/builders/a-paper.ts';
import { aSubscription } from '#test/builders/a-subscription.ts';
import { createFakeClock } from '#test/fakes/fake-clock.ts';
import { paper } from '../match/document.ts';
import { aStore, parse } from './some-subscriptions.ts';

const NOW = MONDAY + 60 * MINUTE;
const survey = paper({ title: 'A survey of oceans' });
const MUTED = { text: 'survey', who: 'ada', at: 1 };

const three = [
  aSubscription('a', { serverId: '1', channelId: '11', filter: 'ocean' }),
  aSubscription('b', { serverId: '1', channelId: '12', filter: 'ocean' }),
  aSubscription('c', { serverId: '2', channelId: '21', filter: 'ocean' }),
];

describe('the matcher', () => {
  const matching = async (muted: readonly string[]) => {
    const { subscriptionStore } = aStore(three);
    const clock = createFakeClock(NOW);
    const matcher = await createMatcher({ subscriptionStore, parse, clock, log: silentLog });
    let asked = 0;
    const mutedIn = () => {
      asked++;
      return new Set(muted);
    };
    const without = matcherWithoutMuted(matcher, { mutedIn });
    const ids = (document = survey) =>
      without
        .match(document, NOW)
        .map(({ id }) => id)
        .toSorted();
    return { ids, without, asked: () => asked };
  };

  it('finds nobody of a server that mutes the paper, and everybody else', async () => {
    expect((await matching(['1'])).ids()).toEqual(['c']);
    expect((await matching([])).ids()).toEqual(['a', 'b', 'c']);
    expect([...(await matching(['1'])).without.mutedIn(survey, NOW)]).toEqual(['1']);
  });

  it('asks no mute of a paper that nobody wants', async () => {
    const { ids, asked } = await matching(['1']);
    expect(ids(paper({ title: 'Mountains' }))).toEqual([]);
    expect(asked()).toBe(0);
  });
});

describe('what waits', () => {
  let archive: Archive;
  beforeEach(async () => {
    archive = await openArchive(await openDatabase(':memory:'), []);
    await archive.keep(aPoll(MONDAY - MINUTE, []));
    await archive.endReading('hugging-face', MONDAY - MINUTE);
    const one = aPaper('p', { title: 'A survey of oceans', publishedAt: MONDAY - DAY });
    await archive.keep(aPoll(MONDAY, [aSighting(one, 1, { votes: 3 })]));
  });
  const entry: OutboxEntry = {
    ...{ serverId: '1', destination: 'channel:11', paper: 'p', subscriptions: ['a'], score: 1 },
    ...{ mode: 'digest', decidedAt: NOW - 1, dueAt: NOW, state: 'due', postId: null, settledAt: null },
    ...{ reason: null, why: null },
  };
  const open = (muted: boolean) => {
    const { subscriptionStore } = aStore(three);
    const mutes = { mutedBy: (serverId: string) => (muted && serverId === '1' ? MUTED : null) };
    const plain = createStillWanted({ archive, subscriptionStore, parse, trend: createTrendRule() });
    return stillWantedWithoutMuted(plain, { archive, mutes });
  };
  const wanting = async (muted: boolean, one = entry) =>
    (await open(muted).wanting(one, NOW)).map(({ subscription }) => subscription.id);
  const why = async (muted: boolean, one = entry) => inEnglish(await open(muted).whyUnwanted(one, NOW));

  it('is wanted by nobody once its server mutes it, and that is kept with it', async () => {
    expect(await wanting(false)).toEqual(['a']);
    expect(await wanting(true)).toEqual([]);
    expect(
      await wanting(true, { ...entry, serverId: '2', destination: 'channel:21', subscriptions: ['c'] }),
    ).toEqual(['c']);
    expect(await why(true)).toBe('its server mutes it');
    expect(await why(false)).toBe('no subscription of the channel wants it any more');
    // What was forgotten meanwhile cannot be asked.
    expect(await wanting(true, { ...entry, paper: 'gone' })).toEqual(['a']);
  });

  it('is settled with its reason for good, also when Paperboy is killed right after, and comes anew once it is not muted', async () => {
    const db = await openDatabase(':memory:');
    const outbox = await openOutbox(db, NOW);
    const again = { ...entry, mode: 'card' as const, dueAt: NOW };
    await outbox.add(again);
    const reason = await open(true).whyUnwanted(entry, NOW);
    expect(await outbox.refuse(toChannel('11'), 'p', reason, NOW)).toBe(true);

    const next = await openOutbox(db, NOW + 1);
    expect(await next.due(NOW + 1, 10)).toEqual([]);
    const [settled] = await next.ledger({ paper: 'p', limit: 1 });
    expect([settled.state, inEnglish(settled.reason ?? '')]).toEqual(['refused', 'its server mutes it']);
    expect(await next.refuse(toChannel('11'), 'p', reason, NOW + 2)).toBe(false);
    expect(await next.has(toChannel('11'), 'p')).toBe(false);
    expect(await next.add(again)).toBe(1);
    expect(await next.due(NOW + 3, 10)).toHaveLength(1);
  });
});
