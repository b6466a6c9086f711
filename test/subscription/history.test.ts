import { beforeEach, describe, expect, it } from 'vitest';
import { DEFAULTS } from '#src/subscription/subscription.ts';
import { phrase, words } from '#src/wording/phrase.ts';
import { draft, NOON, place, stageStore } from '#test/subscription/store-stage.ts';

let { keyv, time, reopened, subscriptionStore } = await stageStore();
beforeEach(async () => {
  ({ keyv, time, reopened, subscriptionStore } = await stageStore());
});

describe("a server's history", () => {
  it('loses no change of a member to what Paperboy did itself, which earlier versions wrote there too', async () => {
    const { id } = await subscriptionStore.add(place, draft('diffusion'), 'ada');
    const [added] = await subscriptionStore.history('1');
    const machine = { ...added, who: null, what: 'paused' } as const;
    const entries = [added, ...Array.from({ length: 150 }, () => machine)];
    await keyv.set('1:history', { version: 1, entries });
    for (let i = 0; i < 120; i++) await subscriptionStore.change(id, { filter: `word${i}` }, 'bob');
    const whos = Map.groupBy(await subscriptionStore.history('1'), ({ who }) => who);
    expect([whos.get('bob')?.length, whos.get(null)?.length]).toEqual([100, 100]);
    await keyv.set('1:history', { version: 1, entries });
    await subscriptionStore.change(id, { filter: 'ocean' }, 'bob');
    const members = (await subscriptionStore.history('1')).filter(({ who }) => who !== null);
    expect(members.map(({ who, what }) => `${who} ${what}`)).toEqual(['ada added', 'bob changed']);
  });

  it('says who changed what, when', async () => {
    const added = await subscriptionStore.add(place, draft('diffusion'), 'ada');
    time.now += 5;
    const changed = await subscriptionStore.change(added.id, { filter: 'pruning' }, 'bob');
    expect(await subscriptionStore.history('1')).toMatchObject([
      { at: NOON, who: 'ada', what: 'added', channelId: '11', before: null, after: added },
      { at: NOON + 5, who: 'bob', what: 'changed', before: added, after: changed },
    ]);
  });

  it('gives back a removed subscription as it was', async () => {
    const added = await subscriptionStore.add(place, draft('diffusion'), 'ada');
    await subscriptionStore.remove(added.id, 'ada');
    await subscriptionStore.putBack('1', 'ada', () => [{ present: null, wanted: added }]);
    expect((await reopened()).inChannel('11')).toEqual([added]);
  });

  it('makes no news of what is old: what is given back or wants something else wants what comes from now on', async () => {
    const { id } = await subscriptionStore.add(place, draft('diffusion'), 'ada');
    time.now += 1000;
    await subscriptionStore.change(id, { cap: 3 }, 'ada');
    const wanted = subscriptionStore.byId(id);
    expect(wanted?.since).toBe(NOON);
    await subscriptionStore.change(id, { filter: 'diffusion OR pruning' }, 'ada');
    const was = { filter: 'diffusion', what: DEFAULTS.what, since: NOON };
    expect(subscriptionStore.byId(id)).toMatchObject({ since: NOON + 1000, was });
    time.now += 1000;
    const present = subscriptionStore.byId(id);
    await subscriptionStore.putBack('1', 'ada', () => [{ present, wanted }]);
    expect(subscriptionStore.byId(id)).toMatchObject({ filter: 'diffusion', cap: 3, since: NOON + 2000 });
    await subscriptionStore.remove(id, 'ada');
    time.now += 1000;
    await subscriptionStore.putBack('1', 'ada', () => [{ present: null, wanted }]);
    expect((await reopened()).byId(id)).toMatchObject({ filter: 'diffusion', since: NOON + 3000 });
  });

  it('keeps what it wanted until its last change of that, and forgets it when it runs again after a pause', async () => {
    const { id } = await subscriptionStore.add(place, draft('diffusion'), 'ada');
    time.now += 1000;
    await subscriptionStore.change(id, { filter: 'pruning' }, 'ada');
    const was = { filter: 'diffusion', what: DEFAULTS.what, since: NOON };
    await subscriptionStore.change(id, { cap: 4 }, 'ada');
    expect((await reopened()).byId(id)).toMatchObject({ since: NOON + 1000, was });
    await subscriptionStore.setPaused(
      id,
      { reason: phrase('stored.text', { text: words('holiday') }) },
      'ada',
    );
    await subscriptionStore.setPaused(id, null, 'ada');
    expect(subscriptionStore.byId(id)?.was).toBeUndefined();
  });

  it('keeps its newest hundred entries', async () => {
    const { id } = await subscriptionStore.add(place, draft('diffusion'), 'ada');
    for (let i = 1; i <= 110; i++) await subscriptionStore.change(id, { cap: i }, 'ada');
    const history = await subscriptionStore.history('1');
    expect(history).toHaveLength(100);
    expect(history.at(-1)?.after?.cap).toBe(110);
  });
});
