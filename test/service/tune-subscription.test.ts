import { beforeEach, describe, expect, it } from 'vitest';
import { openArchive } from '#src/archive/archive.ts';
import { openPaperSearch } from '#src/archive/paper-search.ts';
import type { What } from '#src/decision/terms.ts';
import { openDatabase } from '#src/foundation/database/database.ts';
import { openKeyv } from '#src/foundation/database/keyv-store.ts';
import { noTopics } from '#src/match/language/topic-catalogue.ts';
import { tunedMessage, tuneMessage } from '#src/render/tune-page.ts';
import { createHeavyWork } from '#src/service/heavy-work.ts';
import { createQuestionStore } from '#src/service/question-store.ts';
import { createTuneSubscription } from '#src/service/tune-subscription.ts';
import { DEFAULTS } from '#src/subscription/subscription.ts';
import { openSubscriptionStore } from '#src/subscription/subscription-store.ts';
import { openUnusualStore } from '#src/subscription/unusual-store.ts';
import { openZones } from '#src/subscription/zone.ts';
import { createTrendRule } from '#src/trend/trend-rule.ts';
import { phrase } from '#src/wording/phrase.ts';
import { aPoll, aSighting, DAY, MONDAY } from '#test/archive/some-papers.ts';
import { aPaper } from '#test/builders/a-paper.ts';
import { allRights } from '#test/fakes/all-rights.ts';
import { createFakeClock } from '#test/fakes/fake-clock.ts';
import { NOTHING_MUTED } from '#test/fakes/nothing-muted.ts';

const NOW = MONDAY + DAY / 2;
const asker = { serverId: '1', userId: 'mod', rights: allRights, now: NOW };

let room: Awaited<ReturnType<typeof openRoom>>;
beforeEach(async () => {
  room = await openRoom();
});

/** Of ten papers on the ocean one rose to 3.6, two more to 3.1, three more to 2.6. */
async function openRoom() {
  const clock = createFakeClock(NOW);
  const db = await openDatabase(':memory:');
  const archive = await openArchive(db, []);
  const at = NOW - 2 * DAY;
  const papers = Array.from({ length: 10 }, (_, index) => `2602.0000${index}`);
  const list = papers.map((id, index) => aSighting(aPaper(id, { title: `Ocean ${id}` }), index + 1));
  await archive.keep(aPoll(at, list, { complete: false }));
  const rise = (paper: string, score: number) => ({
    ...{ paper, at, from: 0, score, reason: { kind: 'rank', rank: 1 } as const },
  });
  await archive.keepTrendEvents(
    [3.6, 3.1, 3.1, 2.6, 2.6, 2.6].map((score, index) => rise(papers[index], score)),
  );
  const subscriptionStore = await openSubscriptionStore(
    db,
    await openKeyv(db, 'subscriptions', clock),
    clock,
  );
  const unusualStore = await openUnusualStore(db);
  const tuning = createTuneSubscription({
    ...{
      archive,
      search: openPaperSearch(archive),
      mutes: NOTHING_MUTED,
      trend: createTrendRule(),
      clock,
      zones: openZones(),
    },
    ...{ subscriptionStore, unusualStore, topics: noTopics, heavy: createHeavyWork() },
    questions: createQuestionStore(await openKeyv(db, 'questions', clock)),
  });
  const subscribe = async (what: What) => {
    const draft = { ...DEFAULTS, filter: 'ocean', what };
    return subscriptionStore.add({ serverId: '1', channelId: '5' }, draft, 'mod');
  };
  return { ...tuning, subscriptionStore, unusualStore, subscribe, clock };
}

const trending = (sensitivity: 'sure' | 'balanced' | 'early' | 'wide' | { perDay: number }): What => ({
  kind: 'trending',
  sensitivity,
});

describe('Widen and Narrow', () => {
  it('show, word by word, what the next sensitivity would have brought, with a button that takes it', async () => {
    const { id } = await room.subscribe(trending('balanced'));
    const view = await room.proposeSensitivity({ ...asker, id, towards: 'wider' });
    const { embeds, components } = tuneMessage(view ?? expect.fail());
    expect(embeds).toMatchObject([
      {
        title: 'Not saved yet',
        description: '<#5> `ocean`\nThe last day: 6 papers with **early**, 3 papers with balanced.',
      },
    ]);
    expect(components[0].components).toMatchObject([
      { label: 'Use early', custom_id: `tuned:${id}:balanced:early` },
      { label: 'Edit the filter', custom_id: `tune:${id}:filter` },
      { label: 'All subscriptions' },
    ]);
    expect(room.subscriptionStore.byId(id)?.what).toEqual(trending('balanced'));
  });

  it.each([
    ['balanced', 'narrower', 'sure'],
    ['early', 'wider', 'wide'],
    [{ perDay: 3 }, 'wider', '6'],
    [{ perDay: 3 }, 'narrower', '1'],
  ] as const)('from %j the next that is %s is %s', async (from, towards, to) => {
    const { id } = await room.subscribe(trending(from));
    expect(await room.proposeSensitivity({ ...asker, id, towards })).toMatchObject({ next: { mark: to } });
  });

  it.each([
    [trending('wide'), 'wider'],
    [trending('sure'), 'narrower'],
    [trending({ perDay: 1 }), 'narrower'],
    [trending({ perDay: 100 }), 'wider'],
    [{ kind: 'all' } as const, 'narrower'],
  ] as const)(
    'where nothing is further than %j, its filter is left to change (%s)',
    async (what, towards) => {
      const { id } = await room.subscribe(what);
      expect(await room.proposeSensitivity({ ...asker, id, towards })).toBeNull();
    },
  );
});

describe('a sensitivity that is used', () => {
  it('is saved with a way back; pressed again, nothing changes', async () => {
    const { id } = await room.subscribe(trending('balanced'));
    const use = () => room.useSensitivity({ ...asker, id, from: 'balanced', to: 'early' });
    const { embeds, components } = tunedMessage(await use());
    expect(embeds).toMatchObject([
      {
        title: 'Saved',
        description: expect.stringMatching(/^<#5> gets `ocean`: newly trending papers \(early\), /),
      },
    ]);
    expect(components[0].components).toMatchObject([{ label: 'Undo' }, { label: 'All subscriptions' }]);
    expect(room.subscriptionStore.byId(id)?.what).toEqual(trending('early'));
    expect(tunedMessage(await use()).embeds).toMatchObject([{ title: 'Saved already' }]);
    expect(await room.subscriptionStore.history('1')).toHaveLength(2);
  });

  it('says of one that is paused that it is still', async () => {
    const { id } = await room.subscribe(trending('balanced'));
    await room.subscriptionStore.setPaused(id, { reason: phrase('subscriptions.pausedByModerator') }, 'mod');
    const used = await room.useSensitivity({ ...asker, id, from: 'balanced', to: 'early' });
    expect(tunedMessage(used).embeds[0].description).toMatch(/^<#5> gets `ocean`, paused: newly trending/);
  });

  it('is refused where somebody changed it since', async () => {
    const { id } = await room.subscribe(trending('balanced'));
    await room.subscriptionStore.change(id, { what: { kind: 'all' } }, 'ana');
    await expect(room.useSensitivity({ ...asker, id, from: 'balanced', to: 'early' })).rejects.toThrow(
      'This was changed since. <#5> now has `ocean`: every new paper',
    );
    expect(room.subscriptionStore.byId(id)?.what).toEqual({ kind: 'all' });
  });

  it('is none where nobody’s button says so', async () => {
    const { id } = await room.subscribe(trending('balanced'));
    await expect(room.useSensitivity({ ...asker, id, from: 'balanced', to: 'x' })).rejects.toThrow();
    expect(room.subscriptionStore.byId(id)?.what).toEqual(trending('balanced'));
  });
});

describe('It is fine', () => {
  const quiet = { kind: 'quiet', since: NOW - 15 * DAY, at: NOW, posts: 0, usual: 4.6 } as const;

  it('ends it, and what came since it began is the usual', async () => {
    const subscription = await room.subscribe({ kind: 'all' });
    await room.unusualStore.begin(subscription, quiet);
    const { id } = subscription;
    expect(await room.acceptUnusual({ ...asker, id })).toEqual({
      channelId: '5',
      filter: 'ocean',
      isNoted: true,
    });
    expect(await room.unusualStore.of(id)).toMatchObject({ endedAt: NOW, usualFrom: quiet.since });
    expect(await room.acceptUnusual({ ...asker, id })).toMatchObject({ isNoted: false });
  });

  it('changes nothing where it wants something else by now', async () => {
    const subscription = await room.subscribe({ kind: 'all' });
    await room.unusualStore.begin({ ...subscription, since: NOW - DAY }, quiet);
    expect(await room.acceptUnusual({ ...asker, id: subscription.id })).toMatchObject({ isNoted: false });
    expect(await room.unusualStore.of(subscription.id)).toMatchObject({ endedAt: null, usualFrom: null });
  });
});
