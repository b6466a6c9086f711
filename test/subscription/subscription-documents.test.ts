import { beforeEach, describe, expect, it } from 'vitest';
import type { SubscriptionChange } from '#src/subscription/subscription-store.ts';
import { UserError } from '#src/wording/user-error.ts';
import { draft, filters, place, stageStore } from '#test/subscription/store-stage.ts';

let { db, keyv, time, restarted, reopened, subscriptionStore } = await stageStore();
beforeEach(async () => {
  ({ db, keyv, time, restarted, reopened, subscriptionStore } = await stageStore());
});

describe('a document that cannot be read', () => {
  const store = (key: string, value: string) =>
    db.run('INSERT OR REPLACE INTO keyv (key, value) VALUES (?, ?)', `subscription:${key}`, value);
  const stored = async (key: string) =>
    (await db.get('SELECT value FROM keyv WHERE key = ?', `subscription:${key}`))?.value;

  it('is reported and kept, and the others are read', async () => {
    await subscriptionStore.add({ serverId: '1', channelId: '12' }, draft('good'), 'ada');
    await store('1:11', '{"value":{"version":1,"subscriptions":[{"id":"x"}]}}');
    await store('1:13', '{cut');
    await store('2:21', '{"value":{"version":9,"subscriptions":[]}}');

    const next = await restarted();
    const unread = await next.load();

    expect(unread.map(({ key }) => key)).toEqual(['1:11', '1:13', '2:21']);
    expect(unread[0].reason).toContain('filter');
    expect(next.unreadIn('1')).toHaveLength(2);
    expect(filters(next, '12')).toEqual(['good']);
    expect([...next.all()]).toHaveLength(1);
    expect(await stored('1:13')).toBe('{cut');
  });

  it('may be one whose key names no channel', async () => {
    const document = await keyv.set('1:', { version: 1, subscriptions: [] });
    expect(document).toBe(true);
    const next = await restarted();
    const unread = { key: '1:', serverId: '1', reason: 'The key does not name a channel' };
    expect(await next.load()).toEqual([unread]);
    expect(next.unreadIn('1')).toEqual([unread]);
    expect(next.unreadIn('2')).toEqual([]);
  });

  it('is never overwritten: its channel takes no changes, and says why', async () => {
    await store('1:11', '{cut');
    const next = await reopened();
    const adding = next.add(place, draft('new'), 'ada');
    await expect(adding).rejects.toThrow(UserError);
    await expect(adding).rejects.toThrow('<#11> cannot be read');
    expect(await stored('1:11')).toBe('{cut');
  });

  it('may be the history of an earlier version: it is kept, and what happens from now on is told', async () => {
    await store('1:history', '{cut');
    const next = await restarted();
    expect((await next.load()).map(({ key }) => key)).toEqual(['1:history']);
    await next.add(place, draft('new'), 'ada');
    expect(await stored('1:history')).toBe('{cut');
    expect((await next.history('1')).map(({ what }) => what)).toEqual(['added']);
  });

  it('may be the settings: then they take no changes', async () => {
    await store('1:settings', '{cut');
    const next = await reopened();
    const changing = next.changeSettings('1', (present) => ({ ...present, zone: 'UTC' }), 'ada');
    await expect(changing).rejects.toThrow('The settings of this server cannot be read');
    expect([await stored('1:settings'), await next.history('1')]).toEqual(['{cut', []]);
  });

  it('goes when its server is forgotten', async () => {
    await store('1:11', '{cut');
    const next = await reopened();
    await next.forgetServer('1');
    expect(await stored('1:11')).toBeUndefined();
    expect([next.unreadIn('1'), next.servers()]).toEqual([[], []]);
    await next.add(place, draft('new'), 'ada');
    expect([filters(next), filters(await reopened())]).toEqual([['new'], ['new']]);
  });
});

describe('a server', () => {
  it('that is forgotten leaves nothing, and others stay', async () => {
    await subscriptionStore.add(place, draft('diffusion'), 'ada');
    await subscriptionStore.add({ serverId: '12', channelId: '121' }, draft('other'), 'ada');
    const heard: SubscriptionChange[] = [];
    subscriptionStore.onChange((change) => heard.push(change));

    await subscriptionStore.forgetServer('1');

    expect([...subscriptionStore.all()].map(({ filter }) => filter)).toEqual(['other']);
    expect(heard).toMatchObject([{ before: { filter: 'diffusion' }, after: null }]);
    const keys = await db.all('SELECT key FROM keyv ORDER BY key');
    expect(keys).toEqual([{ key: 'subscription:12:121' }, { key: 'subscription:12:settings' }]);
  });

  it('of which nothing is stored is forgotten without a word', async () => {
    await subscriptionStore.add(place, draft('diffusion'), 'ada');
    expect(await subscriptionStore.forgetServer('12')).toBe(true);
    expect(filters(await reopened())).toEqual(['diffusion']);
  });

  it('stays as it is where what is done together with forgetting it comes to nothing', async () => {
    await subscriptionStore.add(place, draft('diffusion'), 'ada');
    expect(await subscriptionStore.forgetServer('1', async () => false)).toBe(false);
    expect(subscriptionStore.servers()).toEqual(['1']);
    for (const one of [subscriptionStore, await reopened()]) expect(filters(one)).toEqual(['diffusion']);
  });
});

describe('what is old', () => {
  const keys = () => db.all('SELECT key FROM keyv ORDER BY key');

  it('goes: history after 400 days, and what is left of channels without subscriptions', async () => {
    const added = await subscriptionStore.add(place, draft('diffusion'), 'ada');
    await subscriptionStore.add({ serverId: '1', channelId: '12' }, draft('pruning'), 'ada');
    time.now += 200 * 86_400_000;
    await subscriptionStore.remove(added.id, 'bob');
    await subscriptionStore.prune();
    expect(await subscriptionStore.history('1')).toHaveLength(3);
    expect(await keys()).toEqual([{ key: 'subscription:1:12' }, { key: 'subscription:1:settings' }]);

    time.now += 201 * 86_400_000;
    await subscriptionStore.prune();
    expect((await subscriptionStore.history('1')).map(({ what }) => what)).toEqual(['removed']);
    expect(filters(await reopened(), '12')).toEqual(['pruning']);
  });

  it('goes when it is older than 400 days to the moment, and where nothing is nothing is written', async () => {
    await subscriptionStore.add(place, draft('diffusion'), 'ada');
    time.now += 400 * 86_400_000;
    await db.run("CREATE TRIGGER full BEFORE DELETE ON change BEGIN SELECT RAISE(ABORT, 'disk'); END");
    await subscriptionStore.prune();
    expect(await subscriptionStore.history('1')).toHaveLength(1);
    await db.run('DROP TRIGGER full');
    time.now += 1;
    await subscriptionStore.prune();
    expect(await subscriptionStore.history('1')).toEqual([]);
    expect(filters(await reopened())).toEqual(['diffusion']);
  });

  it('stays where it cannot be read', async () => {
    await keyv.set('1:11', { version: 9 });
    await keyv.set('1:history', { version: 9 });
    const next = await reopened();
    time.now += 500 * 86_400_000;
    await next.prune();
    expect(await keys()).toHaveLength(2);
    expect(next.servers()).toEqual(['1']);
  });
});
