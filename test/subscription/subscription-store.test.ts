import { beforeEach, describe, expect, it } from 'vitest';
import { orderedBefore } from '#src/foundation/instants.ts';
import { sayPhrase } from '#src/render/say.ts';
import { DEFAULTS, type Subscription } from '#src/subscription/subscription.ts';
import { oldestFirst, type SubscriptionChange } from '#src/subscription/subscription-store.ts';
import { phrase, words } from '#src/wording/phrase.ts';
import { UserError } from '#src/wording/user-error.ts';
import { aSubscription } from '#test/builders/a-subscription.ts';
import { draft, filters, NOON, place, stageStore } from '#test/subscription/store-stage.ts';

let { db, keyv, time, clock, reopened, subscriptionStore } = await stageStore();
beforeEach(async () => {
  ({ db, keyv, time, clock, reopened, subscriptionStore } = await stageStore());
});

const because = (text: string) => phrase('stored.text', { text: words(text) });

describe('a subscription of a clock that ran ahead', () => {
  it('lets others have their turn while very many are put right', async () => {
    let elapsed = 0;
    clock.elapsed = () => (elapsed += 10);
    for (const filter of ['a1', 'b1', 'c1']) await subscriptionStore.add(place, draft(filter), 'ada');
    const left: number[] = [];
    const isAhead = ({ since }: Subscription) => since > NOON - 1;
    setImmediate(() => left.push([...subscriptionStore.all()].filter(isAhead).length));
    await subscriptionStore.putRight(NOON - 1, () => NOON - 1);
    expect(left).toEqual([2]);
    expect(await subscriptionStore.ahead(NOON - 1)).toEqual([]);
  });

  it('hears of what comes from now on, as does the next start, and nobody changed it', async () => {
    const before = await subscriptionStore.add(place, draft('before'), 'ada');
    time.now = NOON + 60 * 86_400_000;
    const ahead = await subscriptionStore.add(place, draft('diffusion'), 'ada');
    await subscriptionStore.setPaused(before.id, { reason: because('holiday') }, 'ada');
    const history = await subscriptionStore.history('1');
    const changes: SubscriptionChange[] = [];
    subscriptionStore.onChange((change) => changes.push(change));

    const instants = await subscriptionStore.ahead(NOON + 1000);
    expect(new Set(instants)).toEqual(new Set([time.now]));
    const right = orderedBefore(NOON + 1000, instants);
    // Two subscriptions, and the changes that made them so.
    expect(await subscriptionStore.putRight(NOON + 1000, right)).toBe(4);
    for (const one of [subscriptionStore, await reopened()]) {
      expect(one.byId(ahead.id)).toEqual({ ...ahead, since: NOON + 999, createdAt: NOON + 999 });
      expect(one.byId(before.id)).toEqual({
        ...before,
        paused: { reason: because('holiday'), at: NOON + 999 },
      });
    }
    expect(await subscriptionStore.history('1')).toEqual(
      history.map((entry) => ({ ...entry, at: Math.min(entry.at, NOON + 999) })),
    );
    expect(changes).toEqual([
      { before: expect.objectContaining({ id: before.id }), after: subscriptionStore.byId(before.id) },
      { before: ahead, after: subscriptionStore.byId(ahead.id) },
    ]);
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
        was: { filter: 'diffusion', what: DEFAULTS.what, since: NOON },
      },
    ]);
    await subscriptionStore.remove(added.id, 'bob');

    const next = await reopened();
    expect(filters(next)).toEqual([]);
    expect(next.inServer('1')).toEqual([]);
  });

  it('is changed and removed alone: its neighbours in the channel stay as they are, in their order', async () => {
    const [first, second, third] = [
      await subscriptionStore.add(place, draft('diffusion'), 'ada'),
      await subscriptionStore.add(place, draft('pruning'), 'ada'),
      await subscriptionStore.add(place, draft('desert'), 'ada'),
    ];
    const changed = await subscriptionStore.change(first.id, { cap: 3 }, 'bob');
    await subscriptionStore.remove(second.id, 'bob');
    for (const one of [subscriptionStore, await reopened()]) {
      expect(one.inChannel('11')).toEqual([changed, third]);
      expect(one.inServer('1')).toEqual([changed, third]);
    }
  });

  it('has its turn in its channel by its age, and by its id where others are as old', () => {
    const aged = (id: string, createdAt: number) => aSubscription(id, { createdAt });
    const held = [aged('c', 1), aged('b', 2), aged('a', 2), aged('d', 0)];
    expect(oldestFirst(held).map(({ id }) => id)).toEqual(['d', 'c', 'a', 'b']);
    expect(oldestFirst(held.toReversed()).map(({ id }) => id)).toEqual(['d', 'c', 'a', 'b']);
  });

  it('has a short id without letters that are easily mistaken', async () => {
    const { id } = await subscriptionStore.add(place, draft('diffusion'), 'ada');
    expect(id).toMatch(/^[2-9a-hjkmnp-z]{6}$/);
  });

  it('that does not exist is answered with null', async () => {
    expect(await subscriptionStore.change('nope', { cap: 3 }, 'ada')).toBeNull();
    expect(await subscriptionStore.remove('nope', 'ada')).toBeNull();
  });

  it('that is paused until an instant runs from then on, however late that is noted, and nobody changed it', async () => {
    const { id } = await subscriptionStore.add(place, draft('diffusion'), 'ada');
    const until = NOON + 60_000;
    await subscriptionStore.setPaused(id, { reason: because('a day off'), until }, 'ada');
    time.now = until - 1;
    await subscriptionStore.endPauses();
    expect(subscriptionStore.byId(id)?.paused).toEqual({ reason: because('a day off'), at: NOON, until });
    time.now = until + 5000;
    const heard: (Subscription | null)[] = [];
    subscriptionStore.onChange(({ after }) => heard.push(after));
    await subscriptionStore.endPauses();
    await subscriptionStore.endPauses();
    expect(heard).toMatchObject([{ id, paused: null, since: until }]);
    expect((await reopened()).byId(id)).toMatchObject({ paused: null, since: until });
    expect((await subscriptionStore.history('1')).map(({ what }) => what)).toEqual(['added', 'paused']);
  });

  it('is paused for longer, or without an end, by whoever says so', async () => {
    const { id } = await subscriptionStore.add(place, draft('diffusion'), 'ada');
    const reason = because('a day off');
    for (const until of [NOON + 1000, NOON + 1000, NOON + 2000])
      await subscriptionStore.setPaused(id, { reason, until }, 'ada');
    expect(subscriptionStore.byId(id)?.paused?.until).toBe(NOON + 2000);
    await subscriptionStore.setPaused(id, { reason }, 'ada');
    time.now = NOON + 5000;
    await subscriptionStore.endPauses();
    expect(subscriptionStore.byId(id)?.paused).toEqual({ reason, at: NOON });
    const history = (await subscriptionStore.history('1')).map(({ what }) => what);
    expect(history).toEqual(['added', 'paused', 'paused', 'paused']);
  });

  it('ends when its last day is over, and not before', async () => {
    const until = { day: '2026-03-02', zone: 'UTC', at: NOON + 1000 };
    const { id } = await subscriptionStore.add(place, { ...draft('diffusion'), until }, 'ada');
    const other = await subscriptionStore.add(place, draft('ocean'), 'ada');
    await subscriptionStore.end(id);
    expect((await reopened()).byId(id)?.until).toEqual(until);
    time.now = NOON + 1000;
    await subscriptionStore.end(id);
    await subscriptionStore.end(other.id);
    await subscriptionStore.end('nope');
    expect((await reopened()).inChannel('11').map(({ filter }) => filter)).toEqual(['ocean']);
    expect((await subscriptionStore.history('1')).at(-1)).toMatchObject({
      what: 'ended',
      who: null,
      after: null,
    });
  });

  it('is paused, and begins anew when it is resumed', async () => {
    const { id } = await subscriptionStore.add(place, draft('diffusion'), 'ada');
    time.now += 1000;
    await subscriptionStore.setPaused(id, { reason: because('on holiday') }, 'ada');
    time.now += 1000;
    await subscriptionStore.setPaused(id, { reason: because('on leave') }, 'bob');
    expect(subscriptionStore.byId(id)?.paused).toEqual({ reason: because('on holiday'), at: NOON + 1000 });
    expect(await subscriptionStore.setPaused(id, null, 'ada')).toMatchObject({
      paused: null,
      since: NOON + 2000,
    });
    time.now += 1000;
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
      subscriptionStore.setPaused(id, { reason: because('r') }, 'ada'),
      subscriptionStore.setPaused(id, { reason: because('s') }, 'bob'),
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

  it('that an earlier version stored with its scope wants the same and mentions its role with every alert, also where it was changed, and in the history', async () => {
    const { what, mention, ...rest } = aSubscription('old1', { serverId: '1', channelId: '5' });
    const scope = { kind: 'trending', dial: 'early' };
    const stored = { ...rest, scope, was: { filter: 'ocean', scope: { kind: 'top', n: 3 }, since: NOON } };
    await keyv.set('1:5', { version: 1, subscriptions: [stored] });
    const entry = { at: NOON, who: 'ada', what: 'added', channelId: '5', before: null, after: stored };
    await keyv.set('1:history', { version: 1, entries: [entry] });

    const store = await reopened();

    const early = { kind: 'trending', sensitivity: 'early' };
    expect(store.byId('old1')).toMatchObject({
      what: early,
      mention: 'every',
      was: { what: { kind: 'top', n: 3 } },
    });
    expect(store.byId('old1')).not.toHaveProperty('scope');
    expect(await store.history('1')).toMatchObject([{ what: 'added', after: { what: early } }]);
  });

  it('keeps by name why it is paused; what an earlier version wrote down is shown as it was', async () => {
    const paused = phrase('subscriptions.pausedByModerator');
    const { id } = await subscriptionStore.add(place, draft('diffusion'), 'ada');
    await subscriptionStore.setPaused(id, { reason: paused }, 'ada');
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
      subscriptionStore.putBack('1', who, () => ({
        subscriptions: subscriptionStore.byId(one.id) ? [] : [{ present: null, wanted: one }],
      }));
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
      subscriptionStore.putBack('1', 'ada', () => ({
        subscriptions: removed.map((wanted) => ({ present: null, wanted })),
      }));
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

  it('is told of in slices where very many change at once, so that others have their turn', async () => {
    let turns = 0;
    const count = () => {
      turns++;
      setImmediate(count).unref();
    };
    const heard: number[] = [];
    subscriptionStore.onChange(() => heard.push(turns));
    const subscriptions = Array.from({ length: 120 }, (_, n) => ({
      ...{ present: null, channelId: '11', draft: draft(`word${n}`), paused: null },
    }));
    count();
    await subscriptionStore.arrange('1', 'ada', () => ({ subscriptions, mutes: [], settings: null }));
    expect([heard.length, new Set(heard).size]).toEqual([120, 3]);
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
