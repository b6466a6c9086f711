import type { Keyv } from 'keyv';
import { beforeEach, describe, expect, it } from 'vitest';
import type { Clock } from '#src/foundation/clock.ts';
import { type Database, openDatabase } from '#src/foundation/database/database.ts';
import { openKeyv } from '#src/foundation/database/keyv-store.ts';
import { orderedBefore } from '#src/foundation/instants.ts';
import { sayPhrase } from '#src/render/say.ts';
import { DEFAULTS, type SubscriptionDraft } from '#src/subscription/subscription.ts';
import {
  createSubscriptionStore,
  type SubscriptionChange,
  type SubscriptionStore,
} from '#src/subscription/subscription-store.ts';
import { phrase, words } from '#src/wording/phrase.ts';
import { UserError } from '#src/wording/user-error.ts';

const NOON = Date.UTC(2026, 2, 2, 12);
const place = { serverId: '1', channelId: '11' };
const draft = (filter: string): SubscriptionDraft => ({ ...DEFAULTS, filter });

let db: Database;
let keyv: Keyv;
let now: number;
let clock: Clock;
let subscriptionStore: SubscriptionStore;
beforeEach(async () => {
  db = await openDatabase(':memory:');
  keyv = await openKeyv(db, 'subscription');
  now = NOON;
  clock = { now: () => now, elapsed: () => now, sleep: async () => {} };
  subscriptionStore = createSubscriptionStore(keyv, clock);
  await subscriptionStore.load();
});

async function reopened(): Promise<SubscriptionStore> {
  const next = createSubscriptionStore(await openKeyv(db, 'subscription'), clock);
  await next.load();
  return next;
}

const because = (text: string) => phrase('stored.text', { text: words(text) });

const filters = (from: SubscriptionStore, channelId = '11') =>
  from.inChannel(channelId).map(({ filter }) => filter);

describe('a subscription of a clock that ran ahead', () => {
  it('lets others have their turn while very many are put right', async () => {
    let elapsed = 0;
    clock.elapsed = () => (elapsed += 10);
    for (const filter of ['a1', 'b1', 'c1']) await subscriptionStore.add(place, draft(filter), 'ada');
    const left: number[] = [];
    setImmediate(() => left.push(subscriptionStore.ahead(NOON - 1).length));
    await subscriptionStore.putRight(NOON - 1, () => NOON - 1);
    expect(left).toEqual([4]);
    expect(subscriptionStore.ahead(NOON - 1)).toEqual([]);
  });

  it('hears of what comes from now on, as does the next start, and nobody changed it', async () => {
    const before = await subscriptionStore.add(place, draft('before'), 'ada');
    now = NOON + 60 * 86_400_000;
    const ahead = await subscriptionStore.add(place, draft('diffusion'), 'ada');
    await subscriptionStore.setPaused(before.id, because('holiday'), 'ada');
    const history = await subscriptionStore.history('1');
    const changes: SubscriptionChange[] = [];
    subscriptionStore.onChange((change) => changes.push(change));

    expect(subscriptionStore.ahead(NOON + 1000)).toEqual([now, now, now]);
    const right = orderedBefore(NOON + 1000, subscriptionStore.ahead(NOON + 1000));
    expect(await subscriptionStore.putRight(NOON + 1000, right)).toBe(2);
    for (const one of [subscriptionStore, await reopened()]) {
      expect(one.byId(ahead.id)).toEqual({ ...ahead, since: NOON + 999, createdAt: NOON + 999 });
      expect(one.byId(before.id)).toEqual({
        ...before,
        paused: { reason: because('holiday'), at: NOON + 999 },
      });
    }
    expect(await subscriptionStore.history('1')).toEqual(history);
    expect(changes).toHaveLength(2);
    expect(await subscriptionStore.putRight(NOON + 1000, right)).toBe(0);
  });
});

describe('a subscription', () => {
  it('is durable when it is added, and only what comes from then on is posted', async () => {
    const added = await subscriptionStore.add(place, draft('diffusion'), 'ada');
    expect(added).toMatchObject({
      filter: 'diffusion',
      createdBy: 'ada',
      createdAt: NOON,
      since: NOON,
      paused: null,
    });
    expect([...(await reopened()).all()]).toEqual([added]);
  });

  it('is changed and removed', async () => {
    const added = await subscriptionStore.add(place, draft('diffusion'), 'ada');
    await subscriptionStore.change(added.id, { filter: 'pruning', cap: 3 }, 'bob');
    expect((await reopened()).inServer('1')).toEqual([
      {
        ...added,
        filter: 'pruning',
        cap: 3,
        since: NOON,
        was: { filter: 'diffusion', scope: DEFAULTS.scope, since: NOON },
      },
    ]);
    await subscriptionStore.remove(added.id, 'bob');

    const next = await reopened();
    expect(filters(next)).toEqual([]);
    expect(next.inServer('1')).toEqual([]);
  });

  it('that does not exist is answered with null', async () => {
    expect(await subscriptionStore.change('nope', { cap: 3 }, 'ada')).toBeNull();
    expect(await subscriptionStore.remove('nope', 'ada')).toBeNull();
  });

  it('is paused, and begins anew when it is resumed', async () => {
    const { id } = await subscriptionStore.add(place, draft('diffusion'), 'ada');
    now += 1000;
    await subscriptionStore.setPaused(id, because('on holiday'), 'ada');
    now += 1000;
    await subscriptionStore.setPaused(id, because('on leave'), 'bob');
    expect(subscriptionStore.byId(id)?.paused).toEqual({ reason: because('on holiday'), at: NOON + 1000 });
    expect(await subscriptionStore.setPaused(id, null, 'ada')).toMatchObject({
      paused: null,
      since: NOON + 2000,
    });
    now += 1000;
    expect(await subscriptionStore.setPaused(id, null, 'bob')).toMatchObject({
      paused: null,
      since: NOON + 2000,
    });
    expect((await subscriptionStore.history('1')).map(({ what }) => what)).toEqual([
      'added',
      'paused',
      'resumed',
    ]);
  });

  it('is looked at in the turn in which it is changed, so that who comes second sees what the first did', async () => {
    const upTo = (most: number) => (present: readonly unknown[]) => {
      if (present.length >= most) throw new UserError('stored.text', { text: 'full' });
      return undefined;
    };
    const adding = Array.from({ length: 5 }, (_, i) =>
      subscriptionStore.add(place, draft(`word${i}`), 'ada', upTo(3)),
    );
    expect((await Promise.allSettled(adding)).map(({ status }) => status)).toEqual([
      'fulfilled',
      'fulfilled',
      'fulfilled',
      'rejected',
      'rejected',
    ]);
    const [{ id }] = subscriptionStore.inChannel('11');
    const seen: number[] = [];
    const change = (cap: number) =>
      subscriptionStore.change(id, { cap }, 'ada', (present) => void seen.push(present.cap));
    await Promise.all([change(3), change(4)]);
    expect(seen).toEqual([10, 3]);
    await Promise.all([
      subscriptionStore.setPaused(id, because('r'), 'ada'),
      subscriptionStore.setPaused(id, because('s'), 'bob'),
    ]);
    expect(subscriptionStore.byId(id)?.paused?.reason).toEqual(because('r'));
  });

  it('that an earlier version noted as paused by Discord is paused by nobody', async () => {
    const added = await subscriptionStore.add(place, draft('diffusion'), 'ada');
    const stored = (by: string) => [{ ...added, paused: { reason: 'r', at: NOON, by } }];
    await keyv.set('1:11', { version: 1, subscriptions: stored('discord') });
    expect((await reopened()).byId(added.id)?.paused).toBeNull();
    await keyv.set('1:11', { version: 1, subscriptions: stored('moderator') });
    expect((await reopened()).byId(added.id)?.paused).toEqual({ reason: because('r'), at: NOON });
  });

  it('keeps by name why it is paused; what an earlier version wrote down is shown as it was', async () => {
    const paused = phrase('subscriptions.pausedByModerator');
    const { id } = await subscriptionStore.add(place, draft('diffusion'), 'ada');
    await subscriptionStore.setPaused(id, paused, 'ada');
    expect((await reopened()).byId(id)?.paused?.reason).toEqual(paused);
    const stored = await keyv.get('1:11');
    expect(stored.subscriptions[0].paused).toEqual({ reason: paused, at: NOON });

    stored.subscriptions[0].paused.reason = 'a *moderator* paused it';
    await keyv.set('1:11', stored);
    const reason = (await reopened()).byId(id)?.paused?.reason;
    expect(reason && sayPhrase(reason)).toBe('a \\*moderator\\* paused it');
  });

  it('is brought back once when two take the same removal back at the same moment', async () => {
    const one = await subscriptionStore.add(place, draft('diffusion'), 'ada');
    await subscriptionStore.remove(one.id, 'ada');
    const takeBack = (who: string) =>
      subscriptionStore.putBack('1', who, () =>
        subscriptionStore.byId(one.id) ? [] : [{ present: null, wanted: one }],
      );
    await Promise.all([takeBack('ada'), takeBack('bob')]);
    expect(filters(subscriptionStore)).toEqual(['diffusion']);
    expect((await subscriptionStore.history('1')).filter(({ what }) => what === 'undone')).toHaveLength(1);
  });

  it('is brought back together with the others or not at all', async () => {
    const removed = [
      await subscriptionStore.add(place, draft('diffusion'), 'ada'),
      await subscriptionStore.add(place, draft('survey'), 'ada'),
      await subscriptionStore.add({ ...place, channelId: '12' }, draft('desert'), 'ada'),
    ];
    for (const { id } of removed) await subscriptionStore.remove(id, 'ada');
    const before = await subscriptionStore.history('1');
    const takeBack = () =>
      subscriptionStore.putBack('1', 'ada', () => removed.map((wanted) => ({ present: null, wanted })));
    await db.run(`CREATE TRIGGER broken BEFORE INSERT ON keyv WHEN new.key LIKE '%1:12'
      BEGIN SELECT RAISE(ABORT, 'broken'); END`);
    await expect(takeBack()).rejects.toThrow('broken');
    for (const one of [subscriptionStore, await reopened()]) {
      expect([filters(one), filters(one, '12')]).toEqual([[], []]);
      expect(await one.history('1')).toEqual(before);
    }
    await db.run('DROP TRIGGER broken');
    await takeBack();
    for (const one of [subscriptionStore, await reopened()])
      expect([filters(one), filters(one, '12')]).toEqual([['diffusion', 'survey'], ['desert']]);
    expect(
      (await subscriptionStore.history('1')).slice(-3).map(({ what, after }) => `${what} ${after?.filter}`),
    ).toEqual(['undone diffusion', 'undone survey', 'undone desert']);
  });

  it('is said to be changing until its change is durable and told, or has failed', async () => {
    const adding = subscriptionStore.add(place, draft('diffusion'), 'ada');
    for (let turn = 0; turn < 5 && !subscriptionStore.isChanging('11'); turn++) await Promise.resolve();
    expect([subscriptionStore.isChanging('11'), filters(subscriptionStore)]).toEqual([true, []]);
    await adding;
    expect([subscriptionStore.isChanging('11'), filters(subscriptionStore)]).toEqual([false, ['diffusion']]);
    await db.run("CREATE TRIGGER broken BEFORE INSERT ON keyv BEGIN SELECT RAISE(ABORT, 'broken'); END");
    await expect(subscriptionStore.add(place, draft('survey'), 'ada')).rejects.toThrow('broken');
    expect([subscriptionStore.isChanging('11'), filters(subscriptionStore)]).toEqual([false, ['diffusion']]);
  });

  it('is not lost when many change the same channel at once', async () => {
    await Promise.all(
      Array.from({ length: 30 }, (_, i) => subscriptionStore.add(place, draft(`word${i}`), 'ada')),
    );
    expect(new Set(filters(await reopened())).size).toBe(30);
    expect(await subscriptionStore.history('1')).toHaveLength(30);
  });

  it('is heard of by listeners once it is durable, until they stop listening', async () => {
    const heard: SubscriptionChange[] = [];
    const stop = subscriptionStore.onChange((change) => heard.push(change));
    const added = await subscriptionStore.add(place, draft('diffusion'), 'ada');
    const changed = await subscriptionStore.change(added.id, { cap: 3 }, 'ada');
    stop();
    await subscriptionStore.remove(added.id, 'ada');
    expect(heard).toEqual([
      { before: null, after: added },
      { before: added, after: changed },
    ]);
  });

  it('is neither held nor told of when it could not be written', async () => {
    const heard: SubscriptionChange[] = [];
    subscriptionStore.onChange((change) => heard.push(change));
    await db.run("CREATE TRIGGER full BEFORE INSERT ON keyv BEGIN SELECT RAISE(ABORT, 'disk'); END");
    await expect(subscriptionStore.add(place, draft('diffusion'), 'ada')).rejects.toThrow('disk');
    expect(filters(subscriptionStore)).toEqual([]);
    expect(heard).toEqual([]);
  });
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

    const next = createSubscriptionStore(await openKeyv(db, 'subscription'), clock);
    const unread = await next.load();

    expect(unread.map(({ key }) => key)).toEqual(['1:11', '1:13', '2:21']);
    expect(unread[0].reason).toContain('filter');
    expect(next.unreadIn('1')).toHaveLength(2);
    expect(filters(next, '12')).toEqual(['good']);
    expect(await stored('1:13')).toBe('{cut');
  });

  it('is never overwritten: its channel takes no changes, and says why', async () => {
    await store('1:11', '{cut');
    const next = await reopened();
    const adding = next.add(place, draft('new'), 'ada');
    await expect(adding).rejects.toThrow(UserError);
    await expect(adding).rejects.toThrow('<#11> cannot be read');
    expect(await stored('1:11')).toBe('{cut');
  });

  it('may be the history: then the server takes no changes, rather than losing what happened', async () => {
    await store('1:history', '{cut');
    const next = await reopened();
    await expect(next.add(place, draft('new'), 'ada')).rejects.toThrow(
      'The history of this server cannot be read',
    );
    expect(await stored('1:history')).toBe('{cut');
  });

  it('goes when its server is forgotten', async () => {
    await store('1:11', '{cut');
    const next = await reopened();
    await next.forgetServer('1');
    expect(await stored('1:11')).toBeUndefined();
  });
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
    now += 5;
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
    now += 1000;
    await subscriptionStore.change(id, { cap: 3 }, 'ada');
    const wanted = subscriptionStore.byId(id);
    expect(wanted?.since).toBe(NOON);
    await subscriptionStore.change(id, { filter: 'diffusion OR pruning' }, 'ada');
    const was = { filter: 'diffusion', scope: DEFAULTS.scope, since: NOON };
    expect(subscriptionStore.byId(id)).toMatchObject({ since: NOON + 1000, was });
    now += 1000;
    const present = subscriptionStore.byId(id);
    await subscriptionStore.putBack('1', 'ada', () => [{ present, wanted }]);
    expect(subscriptionStore.byId(id)).toMatchObject({ filter: 'diffusion', cap: 3, since: NOON + 2000 });
    await subscriptionStore.remove(id, 'ada');
    now += 1000;
    await subscriptionStore.putBack('1', 'ada', () => [{ present: null, wanted }]);
    expect((await reopened()).byId(id)).toMatchObject({ filter: 'diffusion', since: NOON + 3000 });
  });

  it('keeps what it wanted until its last change of that, and forgets it when it runs again after a pause', async () => {
    const { id } = await subscriptionStore.add(place, draft('diffusion'), 'ada');
    now += 1000;
    await subscriptionStore.change(id, { filter: 'pruning' }, 'ada');
    const was = { filter: 'diffusion', scope: DEFAULTS.scope, since: NOON };
    await subscriptionStore.change(id, { cap: 4 }, 'ada');
    expect((await reopened()).byId(id)).toMatchObject({ since: NOON + 1000, was });
    await subscriptionStore.setPaused(id, because('a moderator paused it'), 'ada');
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
    expect(keys).toEqual([{ key: 'subscription:12:121' }, { key: 'subscription:12:history' }]);
  });
});
describe('what is old', () => {
  const keys = () => db.all('SELECT key FROM keyv ORDER BY key');

  it('goes: history after 400 days, and what is left of channels without subscriptions', async () => {
    const added = await subscriptionStore.add(place, draft('diffusion'), 'ada');
    await subscriptionStore.add({ serverId: '1', channelId: '12' }, draft('pruning'), 'ada');
    now += 200 * 86_400_000;
    await subscriptionStore.remove(added.id, 'bob');
    await subscriptionStore.prune();
    expect(await subscriptionStore.history('1')).toHaveLength(3);
    expect(await keys()).toEqual([{ key: 'subscription:1:12' }, { key: 'subscription:1:history' }]);

    now += 201 * 86_400_000;
    await subscriptionStore.prune();
    expect((await subscriptionStore.history('1')).map(({ what }) => what)).toEqual(['removed']);
    expect(filters(await reopened(), '12')).toEqual(['pruning']);
  });

  it('stays where it cannot be read', async () => {
    await keyv.set('1:11', { version: 9 });
    await keyv.set('1:history', { version: 9 });
    const next = await reopened();
    now += 500 * 86_400_000;
    await next.prune();
    expect(await keys()).toHaveLength(2);
    expect(next.servers()).toEqual(['1']);
  });
});
