import { beforeEach, describe, expect, it } from 'vitest';
import { undoneMessage } from '#src/render/undone-page.ts';
import { aDesk, anOrder, MODERATOR, NOBODYS, rightsOf } from './a-desk.ts';

let desk: Awaited<ReturnType<typeof aDesk>>;
let id: string;
beforeEach(async () => {
  desk = await aDesk();
  id = await subscribe('ocean');
});
const subscribe = async (keywords: string, channel = '5'): Promise<string> =>
  (await desk.subscribeChannel(anOrder({ keywords }, { id: channel }))).subscription.id;
const remove = async (...ids: string[]) => (await desk.removeSubscriptions({ ...MODERATOR, ids })).undo ?? '';
const undo = (key: string, asker: object = {}) => desk.undoChange({ ...MODERATOR, ...asker, key });
const filters = () => desk.subscriptionStore.inServer('1').map(({ filter }) => filter);

describe('an Undo', () => {
  it('of a removal brings all back, or none where one has no room', async () => {
    const ice = await subscribe('ice');
    const key = await remove(id, ice);
    for (const filter of ['snow', 'rain']) await subscribe(filter);
    await expect(undo(key)).rejects.toThrow('<#5> has no room for these 2: there can be 3 subscriptions');
    expect(filters()).toEqual(['snow', 'rain']);
    await remove(desk.subscriptionStore.inServer('1')[0].id);
    const { isDone, items } = await undo(key);
    expect([isDone, items.map(({ kind }) => kind), filters().toSorted()]).toEqual([
      false,
      ['back', 'back'],
      ['ice', 'ocean', 'rain'],
    ]);
  });

  it('of a changed filter is no matter of room', async () => {
    for (const filter of ['snow', 'rain']) await subscribe(filter);
    const changed = await desk.editFilter({ ...MODERATOR, id, filter: 'wind', shown: null });
    const { items } = await undo(changed.undo ?? '');
    expect([items.map(({ kind }) => kind), filters()]).toEqual([['filter'], ['ocean', 'snow', 'rain']]);
  });

  it('of a sensitivity says what holds again, and nothing of running', async () => {
    const { subscription } = await desk.subscribeChannel(
      anOrder({ keywords: 'wind', what: 'newly trending', sensitivity: 'balanced' }),
    );
    const asked = { id: subscription.id, from: 'balanced', to: 'early' };
    const used = await desk.useSensitivity({ ...MODERATOR, ...asked });
    const undone = await undo(used.undo ?? '');
    expect(desk.subscriptionStore.byId(asked.id)?.what).toEqual({
      kind: 'trending',
      sensitivity: 'balanced',
    });
    expect(undoneMessage(undone).embeds[0].description).toBe(
      '<#5> gets `wind` as before: newly trending papers, as they happen, at most 10 cards a day (strict papers to 20), the rest in a digest.',
    );
  });

  it('brings none back beside one of the same meaning', async () => {
    const ice = await subscribe('ice -snow');
    const key = await remove(ice);
    await subscribe('NOT snow AND ice');
    await expect(undo(key)).rejects.toThrow('<#5> is subscribed to `NOT snow AND ice` already');
    const wind = await remove(await subscribe('wind'));
    await subscribe('wind', '6');
    expect((await undo(wind)).isDone).toBe(false);
  });

  it('tells what was done since, and overwrites nothing', async () => {
    const { undo: key } = await desk.editFilter({ ...MODERATOR, id, filter: 'wind', shown: null });
    await desk.editFilter({ ...MODERATOR, id, filter: 'storm', shown: null });
    await expect(undo(key ?? '')).rejects.toThrow('This was changed again since. <#5> now has `storm`');
    await remove(id);
    await expect(undo(key ?? '')).rejects.toThrow('This subscription was removed since.');
  });

  it('is for moderators of that server who may change what is posted there', async () => {
    const key = await remove(id);
    await expect(undo(key, { serverId: '2' })).rejects.toThrow('no longer there');
    await expect(undo(key, { rights: NOBODYS })).rejects.toThrow('lets use `/subscriptions`');
    await expect(undo(key, { rights: rightsOf({ 5: 'manageChannels' }) })).rejects.toThrow('<#5>');
    for (const wrong of ['x', await desk.questions.keep({ kind: 'typed' })])
      await expect(undo(wrong)).rejects.toThrow('That is too old to be undone');
    expect(filters()).toEqual([]);
  });

  it('of an order removes it, for those who may, and once', async () => {
    const press = (asker: object = {}) => desk.undoSubscribe({ ...MODERATOR, ...asker, id });
    await expect(press({ rights: NOBODYS })).rejects.toThrow('lets use `/subscribe`');
    await expect(press({ serverId: '2' })).rejects.toThrow('no longer there');
    const done = await press();
    expect(done).toEqual({ isDone: false, items: [{ kind: 'gone', channelId: '5', filter: 'ocean' }] });
    expect([filters(), (await press()).isDone]).toEqual([[], true]);
    await expect(desk.undoSubscribe({ ...MODERATOR, id: 'x' })).rejects.toThrow('no longer there');
  });

  it('is not there for what changed nothing', async () => {
    const [first, again] = [await remove(id), await remove(id)];
    expect([again, first.length]).toEqual([first, 16]);
    expect(await remove('x')).toBe('');
    const ice = await subscribe('ice');
    const pause = () => desk.setPaused({ ...MODERATOR, ids: [ice], isPaused: true });
    const paused = await pause();
    expect((await pause()).undo).toBe(paused.undo);
    await desk.editFilter({ ...MODERATOR, id: ice, filter: 'wind', shown: null });
    expect((await pause()).undo).toBeNull();
  });
});

describe('the history', () => {
  const history = (lacks: Parameters<typeof rightsOf>[0] = {}, page = 0) =>
    desk.showHistory({ ...MODERATOR, rights: rightsOf(lacks), page });

  it('has what was done, the newest first, and counts what the asker cannot see', async () => {
    await subscribe('ice', '6');
    await remove(id);
    const { changes, total, hidden } = await history();
    expect(changes.map(({ what, before, after }) => [what, before, after])).toEqual([
      ['removed', 'ocean', null],
      ['added', null, 'ice'],
      ['added', null, 'ocean'],
    ]);
    expect([total, hidden, changes[0].who, changes[0].channelId]).toEqual([3, 0, 'mod', '5']);
    const [unseen, unmanaged] = [await history({ 5: 'viewChannel' }), await history({ 5: 'manageChannels' })];
    expect([unseen.total, unseen.hidden, unmanaged.total, unmanaged.hidden]).toEqual([1, 2, 3, 0]);
  });

  it('has ten on a page, and Paperboy’s last five pauses on the first', async () => {
    for (let n = 0; n < 11; n++) await subscribe('ice', String(10 + n));
    for (let n = 0; n < 6; n++) {
      const place = { serverId: '1', destination: `channel:${10 + n}` } as const;
      const trouble = { code: 'permission-missing', reason: `closed ${n}`, since: n, last: null } as const;
      await desk.outbox.episodes.begin({ ...place, ...trouble });
    }
    const [first, second, beyond] = [await history(), await history({}, 1), await history({}, 9)];
    expect([first.changes.length, first.total, first.page]).toEqual([10, 12, 0]);
    expect(first.pauses.map(({ channelId }) => channelId)).toEqual(['15', '14', '13', '12', '11']);
    expect([second.changes.length, second.pauses, beyond.page]).toEqual([2, [], 1]);
    const unseen = await history({ 15: 'viewChannel' });
    expect(unseen.pauses.map(({ channelId }) => channelId)).toEqual(['14', '13', '12', '11', '10']);
  });
});
