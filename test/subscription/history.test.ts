import { beforeEach, describe, expect, it } from 'vitest';
import { DEFAULTS } from '#src/subscription/subscription.ts';
import { phrase, words } from '#src/wording/phrase.ts';
import { draft, NOON, place, stageStore } from '#test/subscription/store-stage.ts';

let { db, keyv, time, reopened, subscriptionStore } = await stageStore();
beforeEach(async () => {
  ({ db, keyv, time, reopened, subscriptionStore } = await stageStore());
});

describe("a server's history", () => {
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
    await subscriptionStore.putBack('1', 'ada', () => ({
      subscriptions: [{ present: null, wanted: added }],
    }));
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
    await subscriptionStore.putBack('1', 'ada', () => ({ subscriptions: [{ present, wanted }] }));
    expect(subscriptionStore.byId(id)).toMatchObject({ filter: 'diffusion', cap: 3, since: NOON + 2000 });
    await subscriptionStore.remove(id, 'ada');
    time.now += 1000;
    await subscriptionStore.putBack('1', 'ada', () => ({ subscriptions: [{ present: null, wanted }] }));
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

  it('keeps its newest 10,000 changes, so that no server fills the disk; the others of another stay', async () => {
    const other = { serverId: '2', channelId: '21' };
    await subscriptionStore.add(other, draft('river'), 'bob');
    const { id } = await subscriptionStore.add(place, draft('diffusion'), 'ada');
    const many = Array.from(
      { length: 9999 },
      (_, n) => `('1', ${NOON}, 'eve', 'deleted', '11', 'post ${n}')`,
    );
    await db.run(`INSERT INTO change (server, at, who, what, channel, about) VALUES ${many.join()}`);
    const next = await reopened();
    for (let cap = 1; cap <= 3; cap++) await next.change(id, { cap }, 'ada');
    const history = await next.history('1');
    expect(history).toHaveLength(10_000);
    expect(history[0]).toMatchObject({ what: 'deleted', about: 'post 2' });
    expect(history.at(-1)?.after?.cap).toBe(3);
    expect(await next.history('2')).toHaveLength(1);
  });

  it('is read from an instant on, the oldest first', async () => {
    const { id } = await subscriptionStore.add(place, draft('diffusion'), 'ada');
    time.now += 1000;
    await subscriptionStore.change(id, { cap: 1 }, 'ada');
    time.now += 1000;
    await subscriptionStore.change(id, { cap: 2 }, 'ada');
    const since = await subscriptionStore.history('1', NOON + 1000);
    expect(since.map(({ after }) => after?.cap)).toEqual([1, 2]);
    expect(await subscriptionStore.history('1', NOON + 2001)).toEqual([]);
  });

  it('tells what held in the whole server before and after: settings that changed, and mutes', async () => {
    const zone = (text: string) =>
      subscriptionStore.changeSettings('1', (present) => ({ ...present, zone: text }), 'ada');
    await zone('Europe/Berlin');
    await zone('Europe/Berlin');
    await subscriptionStore.mute('1', 'survey', 'bob');
    expect(await subscriptionStore.history('1')).toMatchObject([
      {
        ...{ what: 'settings', who: 'ada', channelId: null, before: null, after: null },
        settings: {
          before: { samePaper: 'full', zone: null },
          after: { samePaper: 'full', zone: 'Europe/Berlin' },
        },
      },
      { what: 'muted', who: 'bob', channelId: null, about: 'survey' },
    ]);
  });

  it('has nothing of a setting that was so without a word, which is so from then on', async () => {
    const { samePaper } = await subscriptionStore.changeSettings('1', (present) => present, 'ada');
    expect([samePaper, await subscriptionStore.history('1')]).toEqual(['full', []]);
    await subscriptionStore.add(place, draft('diffusion'), 'ada');
    expect((await reopened()).settings('1').samePaper).toBe('full');
  });

  it('has a change if and only if that was made', async () => {
    const { id } = await subscriptionStore.add(place, draft('diffusion'), 'ada');
    await db.run("CREATE TRIGGER full BEFORE INSERT ON change BEGIN SELECT RAISE(ABORT, 'disk'); END");
    const settings = (present: object) =>
      ({ ...present, samePaper: 'none', zone: null, notices: null }) as const;
    for (const tried of [
      subscriptionStore.change(id, { cap: 1 }, 'ada'),
      subscriptionStore.mute('1', 'survey', 'ada'),
      subscriptionStore.changeSettings('1', settings, 'ada'),
    ])
      await expect(tried).rejects.toThrow('disk');
    for (const one of [subscriptionStore, await reopened()])
      expect([one.byId(id)?.cap, one.mutes('1'), one.settings('1').samePaper]).toEqual([10, [], 'line']);
  });

  it('of which a row cannot be read tells all others', async () => {
    const { id } = await subscriptionStore.add(place, draft('diffusion'), 'ada');
    for (let cap = 1; cap <= 4; cap++) await subscriptionStore.change(id, { cap }, 'ada');
    const [, first, second, third] = await subscriptionStore.history('1');
    await db.run("UPDATE change SET after = '{cut' WHERE id = ?", first.id);
    await db.run("UPDATE change SET what = 'bewitched' WHERE id = ?", second.id);
    await db.run("UPDATE change SET before = '[]' WHERE id = ?", third.id);
    expect((await subscriptionStore.history('1')).map(({ after }) => after?.cap)).toEqual([10, 4]);
    expect(await subscriptionStore.storedChange('1', first.id)).toBeNull();
    expect(await subscriptionStore.storedChange('2', third.id + 1)).toBeNull();
  });

  it('becomes rows where an earlier version kept it as one document, once; what cannot be told at all is left out', async () => {
    const added = await subscriptionStore.add(place, draft('diffusion'), 'ada');
    const [{ id: _, ...entry }] = await subscriptionStore.history('1');
    await db.run('DELETE FROM change');
    const muted = { ...entry, who: 'bob', what: 'muted', channelId: null, after: null, about: 'survey' };
    const entries = [entry, 'nonsense', { ...entry, after: { id: 'x' } }, muted];
    await keyv.set('1:history', { version: 1, entries });
    await keyv.set('3:history', { version: 1, entries: [muted] });
    for (let start = 0; start < 2; start++) {
      const next = await reopened();
      expect(await next.history('1')).toMatchObject([
        { what: 'added', who: 'ada', at: NOON, before: null, after: added },
        { what: 'muted', who: 'bob', channelId: null, about: 'survey' },
      ]);
      expect(next.servers().toSorted()).toEqual(['1', '3']);
      expect(await keyv.get('1:history')).toBeUndefined();
    }
    expect(await db.get('SELECT count(*) AS n FROM change')).toEqual({ n: 4 });
  });

  it('is read a page at a time, without channels that are hidden, members’ apart from Paperboy’s own', async () => {
    const elsewhere = { serverId: '1', channelId: '12' };
    const until = { day: '2026-03-02', zone: 'UTC', at: NOON };
    const { id } = await subscriptionStore.add(place, { ...draft('diffusion'), until }, 'ada');
    await subscriptionStore.add(elsewhere, draft('river'), 'ada');
    await subscriptionStore.mute('1', 'survey', 'ada');
    await subscriptionStore.change(id, { cap: 1 }, 'ada');
    await subscriptionStore.end(id);
    const whole = { subscription: null, channelId: null };
    const told = async (scope: object, page: object) =>
      (
        await subscriptionStore.historyPage(
          '1',
          { ...whole, ...scope },
          { ...{ by: 'members', hidden: [], from: 0, most: 10 }, ...page },
        )
      ).map(({ what, channelId }) => `${what} ${channelId}`);
    expect(await told({}, {})).toEqual(['changed 11', 'muted null', 'added 12', 'added 11']);
    expect(await told({}, { from: 1, most: 2 })).toEqual(['muted null', 'added 12']);
    expect(await told({}, { hidden: ['11'] })).toEqual(['muted null', 'added 12']);
    expect(await told({ channelId: '11' }, {})).toEqual(['changed 11', 'added 11']);
    expect(await told({ subscription: id }, { by: 'paperboy' })).toEqual(['ended 11']);
    expect(await subscriptionStore.changedChannels('1')).toEqual([
      { channelId: '11', byMembers: 2, byPaperboy: 1 },
      { channelId: null, byMembers: 1, byPaperboy: 0 },
      { channelId: '12', byMembers: 1, byPaperboy: 0 },
    ]);
    expect(await subscriptionStore.changedChannels('1', id)).toEqual([
      { channelId: '11', byMembers: 2, byPaperboy: 1 },
    ]);
    expect((await subscriptionStore.changesOf('1', id, 2)).map(({ what }) => what)).toEqual([
      'ended',
      'changed',
    ]);
    expect(await subscriptionStore.changesOf('2', id, 2)).toEqual([]);
  });
});
