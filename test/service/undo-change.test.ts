import { beforeEach, describe, expect, it } from 'vitest';
import { conflictMessage } from '#src/render/conflict-page.ts';
import { historyMessage } from '#src/render/history-page.ts';
import { undoneMessage } from '#src/render/undone-page.ts';
import { keepChanges, keptChanges } from '#src/service/undo-change.ts';
import { aSubscription } from '#test/builders/a-subscription.ts';
import { aDesk, anOrder, MODERATOR, NOBODYS, rightsOf, undoneBy } from './a-desk.ts';
import { NOON } from './a-library.ts';

let desk: Awaited<ReturnType<typeof aDesk>>;
let id: string;
beforeEach(async () => {
  desk = await aDesk();
  id = await subscribe('ocean');
});
const subscribe = async (keywords: string, channel = '5'): Promise<string> =>
  (await desk.subscribeChannel(anOrder({ keywords }, { id: channel }))).subscription.id;
const remove = async (...ids: string[]) => (await desk.removeSubscriptions({ ...MODERATOR, ids })).undo ?? '';
const undo = (key: string, asker: object = {}) => undoneBy(desk.undoChange({ ...MODERATOR, ...asker, key }));
const edit = async (filter: string, userId = 'mod') =>
  (await desk.editFilter({ ...MODERATOR, userId, id, filter, shown: null })).undo ?? '';
/** The newest change of the history that is of this kind, undone from there. */
const undoIn = async (what: string, asker: object = {}) => {
  const entry = (await desk.subscriptionStore.history('1')).findLast((one) => one.what === what);
  return desk.undoEntry({ ...MODERATOR, ...asker, id: entry?.id ?? 0 });
};
const conflict = async (undoing: ReturnType<typeof desk.undoChange>) => {
  const view = await undoing;
  if (view.kind !== 'conflict') throw new Error('there is no conflict');
  const { embeds, components } = conflictMessage(view);
  return { view, title: embeds[0].title, lines: embeds[0].description?.split('\n'), buttons: components };
};
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

  it('of a thousand is kept in pieces, and is there whole or not at all', async () => {
    const kept = Array.from({ length: 1000 }, (_, at) => ({
      before: null,
      after: aSubscription(`s${at}`, { serverId: '1', filter: `${at}` }),
    }));
    const lengths: number[] = [];
    const keys: string[] = [];
    const questions: typeof desk.questions = {
      ...desk.questions,
      keep: async (question) => {
        lengths.push(JSON.stringify(question).length);
        const made = await desk.questions.keep(question);
        keys.push(made);
        return made;
      },
    };
    const key = await keepChanges({ questions }, '1', 'filter', kept);
    expect((await keptChanges(desk, key)).changes).toEqual(kept);
    expect(Math.max(...lengths)).toBeLessThan(JSON.stringify(kept).length / 8);
    const recall: typeof questions.recall = (one, forgotten) =>
      questions.recall(one === keys[3] ? 'lost' : one, forgotten);
    await expect(keptChanges({ ...desk, questions: { ...questions, recall } }, key)).rejects.toThrow(
      'cannot be undone any more',
    );
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

  it('of another end of a pause says until when it is paused again', async () => {
    const pause = (forMs: number) => desk.setPaused({ ...MODERATOR, ids: [id], isPaused: true, forMs });
    await pause(86_400_000);
    const first = desk.subscriptionStore.byId(id)?.paused?.until;
    const undone = await undo((await pause(7 * 86_400_000)).undo ?? '');
    expect(desk.subscriptionStore.byId(id)?.paused?.until).toBe(first);
    expect(undoneMessage(undone).embeds[0].description).toBe(
      `\`ocean\` is paused again in <#5>, until <t:${(first ?? 0) / 1000}:f>.`,
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

  it('shows what was done since, by whom and when, and overwrites nothing until that is wanted all the same', async () => {
    const key = await edit('wind');
    await edit('storm', 'eve');
    const { view, title, lines } = await conflict(desk.undoChange({ ...MODERATOR, key }));
    const terms =
      'every new paper, as they happen, at most 10 cards a day (strict papers to 20), the rest in a digest';
    expect([title, ...(lines ?? [])]).toEqual([
      'This was changed since',
      'This is about <#5>.',
      `**Undo would make it:** \`ocean\`: ${terms}`,
      `**Now:** \`storm\`: ${terms}`,
      `<@eve> changed it <t:${NOON / 1000}:f>.`,
      '',
      'Nothing was undone yet.',
    ]);
    expect(filters()).toEqual(['storm']);
    await edit('gale', 'eve');
    expect((await conflict(desk.undoChange({ ...MODERATOR, key: view.key }))).lines).toContain(
      `**Now:** \`gale\`: ${terms}`,
    );
    const again = await conflict(desk.undoChange({ ...MODERATOR, key }));
    await undo(again.view.key);
    expect(filters()).toEqual(['ocean']);
  });

  it('of what was removed since brings it back as it was before, all the same', async () => {
    const key = await edit('wind');
    await remove(id);
    const { view, lines } = await conflict(desk.undoChange({ ...MODERATOR, key }));
    expect(lines?.slice(2, 4)).toEqual([
      '**Now:** no subscription',
      `<@mod> removed it <t:${NOON / 1000}:f>.`,
    ]);
    expect((await undo(view.key)).items[0].kind).toBe('filter');
    expect(filters()).toEqual(['ocean']);
  });

  it('of one change leaves what others did to the same subscription', async () => {
    await edit('wind');
    await desk.subscriptionStore.change(id, { cap: 3 }, 'eve');
    await desk.setPaused({ ...MODERATOR, ids: [id], isPaused: true });
    const [, changed] = await desk.subscriptionStore.history('1');
    const undone = await undoneBy(desk.undoEntry({ ...MODERATOR, id: changed.id }));
    expect([undone.isDone, undone.items[0].kind]).toEqual([false, 'filter']);
    const present = desk.subscriptionStore.byId(id);
    expect([present?.filter, present?.cap, present?.paused === null]).toEqual(['ocean', 3, false]);
    expect((await undoneBy(desk.undoEntry({ ...MODERATOR, id: changed.id }))).isDone).toBe(true);
  });

  it('is a change itself, and is undone in its turn', async () => {
    await remove(id);
    await undoIn('removed', { userId: 'eve' });
    expect(filters()).toEqual(['ocean']);
    expect((await undoneBy(undoIn('undone'))).items).toEqual([
      { kind: 'gone', channelId: '5', filter: 'ocean' },
    ]);
    expect(filters()).toEqual([]);
    const whos = (await desk.subscriptionStore.history('1')).map(({ what, who }) => `${who} ${what}`);
    expect(whos).toEqual(['mod added', 'mod removed', 'eve undone', 'mod undone']);
  });

  it('of one that ended by itself brings it back without an end', async () => {
    const until = { day: '2026-03-02', zone: 'UTC', at: NOON };
    await desk.subscriptionStore.change(id, { until }, 'mod');
    await desk.subscriptionStore.end(id);
    expect((await undoneBy(undoIn('ended'))).items[0].kind).toBe('back');
    expect(desk.subscriptionStore.byId(id)?.until).toBeUndefined();
  });

  it('of a mute, and of its removal, is for those who manage the server', async () => {
    const store = desk.subscriptionStore;
    await store.mute('1', 'survey', 'eve');
    const rights = { ...rightsOf({}), managesServer: () => false };
    await expect(undoIn('muted', { rights })).rejects.toThrow('Manage Server');
    expect((await undoneBy(undoIn('muted'))).items).toEqual([{ kind: 'unmuted', text: 'survey' }]);
    expect(store.mutes('1')).toEqual([]);
    expect((await undoneBy(undoIn('muted'))).isDone).toBe(true);
    await expect(undoIn('unmuted', { rights })).rejects.toThrow('Manage Server');
    expect((await undoneBy(undoIn('unmuted'))).items).toEqual([{ kind: 'muted', text: 'survey' }]);
    expect(store.mutes('1').map(({ text }) => text)).toEqual(['survey']);
  });

  it('of a setting of the server leaves the others, shows who changed it since, and is for those who manage it', async () => {
    const store = desk.subscriptionStore;
    const set = (settings: object, who: string) =>
      store.changeSettings('1', (present) => ({ ...present, ...settings }), who);
    await set({ zone: 'Europe/Berlin' }, 'mod');
    const [, zoned] = await store.history('1');
    await set({ samePaper: 'none' }, 'eve');
    const rights = { ...rightsOf({}), managesServer: () => false };
    const press = (asker: object = {}) => desk.undoEntry({ ...MODERATOR, ...asker, id: zoned.id });
    await expect(press({ rights })).rejects.toThrow('Manage Server');
    const undone = await undoneBy(press());
    expect(undoneMessage(undone).embeds[0].description).toBe(
      'The server’s settings are as they were: the zone of hours without a city, Europe/Berlin → none.',
    );
    expect(store.settings('1')).toEqual({ samePaper: 'none', zone: null, notices: null });
    expect((await undoneBy(press())).isDone).toBe(true);
    await set({ zone: 'Asia/Tokyo' }, 'eve');
    const { view, lines } = await conflict(press());
    expect(lines?.slice(0, 3)).toEqual([
      '**Undo would make it:** the zone of hours without a city, Europe/Berlin → none',
      '**Now:** the zone of hours without a city, Europe/Berlin → Asia/Tokyo',
      `<@eve> changed it <t:${NOON / 1000}:f>.`,
    ]);
    await undo(view.key);
    expect(store.settings('1').zone).toBeNull();
  });

  it('of the channel for notices names none that the asker cannot see, and sends no notices to it', async () => {
    const store = desk.subscriptionStore;
    const set = (notices: string | null) =>
      store.changeSettings('1', (present) => ({ ...present, notices }), 'mod');
    await set('6');
    await set('5');
    const blind = { ...MODERATOR, rights: rightsOf({ 6: 'viewChannel' }) };
    const [one, other] = (await desk.showHistory({ ...blind, page: 0 })).changes;
    const { embeds } = historyMessage(await desk.showHistory({ ...blind, page: 0 }));
    expect(embeds[0].description).toContain('the channel for notices, a channel that you cannot see → <#5>');
    expect(embeds[0].description).not.toContain('<#6>');
    await expect(desk.undoEntry({ ...blind, id: one.id })).rejects.toThrow('a channel that you cannot see');
    expect(store.settings('1').notices).toBe('5');
    const shown = await conflict(desk.undoEntry({ ...blind, id: other.id }));
    expect(JSON.stringify(shown.lines)).not.toContain('<#6>');
    await undoneBy(desk.undoEntry({ ...MODERATOR, id: one.id }));
    const undone = await undoneBy(desk.undoEntry({ ...blind, id: other.id }));
    expect(undoneMessage(undone).embeds[0].description).toBe(
      'The server’s settings are as they were: the channel for notices, a channel that you cannot see → where Paperboy picks.',
    );
  });

  it('of more than can be told one by one counts the rest', async () => {
    const ids = [id];
    for (const channel of ['20', '21', '22', '23', '24', '25']) ids.push(await subscribe('wind', channel));
    const key = await remove(...ids);
    for (const channel of ['20', '21', '22', '23', '24', '25']) await subscribe('rain', channel);
    const undone = await undo(key);
    expect([undone.items.length, undone.more]).toEqual([5, 2]);
    expect(undoneMessage(undone).embeds[0].description?.split('\n').at(-1)).toBe('and 2 more');
    for (const one of ids) await desk.subscriptionStore.remove(one, 'former');
    const before = desk.subscriptionStore.inServer('1');
    const back = await remove(...before.map((one) => one.id));
    for (const one of before)
      await desk.subscriptionStore.putBack('1', 'eve', () => ({
        subscriptions: [{ present: null, wanted: one }],
      }));
    for (const one of before) await desk.subscriptionStore.change(one.id, { cap: 3 }, 'former');
    const { view, lines } = await conflict(desk.undoChange({ ...MODERATOR, key: back }));
    expect([view.items.length, view.more]).toEqual([5, 1]);
    expect(lines?.slice(-3)).toEqual(['and 1 more', '', 'Nothing was undone yet.']);
    expect(lines?.[3]).toBe(`A former member changed it <t:${NOON / 1000}:f>.`);
  });

  it('of what is not kept any more, of another server or of a deleted post is a sentence with what to do', async () => {
    const press = (entry: number, asker: object = {}) =>
      desk.undoEntry({ ...MODERATOR, ...asker, id: entry });
    const [added] = await desk.subscriptionStore.history('1');
    for (const [entry, asker] of [
      [4711, {}],
      [Number.NaN, {}],
      [added.id, { serverId: '2' }],
    ] as const)
      await expect(press(entry, asker)).rejects.toThrow('That change is not kept any more');
    await desk.subscriptionStore.noteDeleted({ serverId: '1', channelId: '5' }, { title: 'T', who: 'mod' });
    await expect(undoIn('deleted')).rejects.toThrow('A post that was deleted does not come back.');
    await expect(press(added.id, { rights: NOBODYS })).rejects.toThrow('lets use `/subscriptions`');
    await expect(press(added.id, { rights: rightsOf({ 5: 'viewChannel' }) })).rejects.toThrow(
      'a channel that you cannot see',
    );
    expect(filters()).toEqual(['ocean']);
  });

  it('is for moderators of that server who may change what is posted there', async () => {
    const key = await remove(id);
    await expect(undo(key, { serverId: '2' })).rejects.toThrow('no longer there');
    await expect(undo(key, { rights: NOBODYS })).rejects.toThrow('lets use `/subscriptions`');
    await expect(undo(key, { rights: rightsOf({ 5: 'manageChannels' }) })).rejects.toThrow('<#5>');
    for (const wrong of ['x', await desk.questions.keep({ kind: 'typed' })])
      await expect(undo(wrong)).rejects.toThrow('That cannot be undone any more');
    expect(filters()).toEqual([]);
  });

  it('of an order removes it, for those who may, and once', async () => {
    const press = (asker: object = {}) => undoneBy(desk.undoSubscribe({ ...MODERATOR, ...asker, id }));
    await expect(press({ rights: NOBODYS })).rejects.toThrow('lets use `/subscribe`');
    await expect(press({ serverId: '2' })).rejects.toThrow('no longer there');
    const done = await press();
    expect(done).toEqual({
      kind: 'undone',
      isDone: false,
      items: [{ kind: 'gone', channelId: '5', filter: 'ocean' }],
      more: 0,
    });
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

  it('of one channel, or of one subscription, is that alone; channels are offered by name, the most recent first', async () => {
    const store = desk.subscriptionStore;
    await subscribe('ice', '6');
    await edit('wind');
    await store.mute('1', 'survey', 'mod');
    const told = (view: Awaited<ReturnType<typeof history>>) =>
      view.changes.map(({ what, channelId }) => `${what} ${channelId}`);
    const whole = await history();
    expect(told(whole)).toEqual(['muted null', 'changed 5', 'added 6', 'added 5']);
    expect(whole.channels).toEqual([
      { channelId: '5', name: 'name of 5', changes: 2 },
      { channelId: '6', name: 'name of 6', changes: 1 },
    ]);
    const ofChannel = await desk.showHistory({ ...MODERATOR, page: 0, channelId: '5' });
    expect([told(ofChannel), ofChannel.total]).toEqual([['changed 5', 'added 5'], 2]);
    const ofOne = await desk.showHistory({ ...MODERATOR, page: 0, subscription: id });
    expect([told(ofOne), ofOne.pauses, ofOne.total]).toEqual([['changed 5', 'added 5'], [], 2]);
    const rights = rightsOf({ 5: 'viewChannel' });
    const unseen = await desk.showHistory({ ...MODERATOR, rights, page: 0, channelId: '5' });
    expect(historyMessage(unseen).embeds[0].description).toBe(
      '-# Of <#5> alone.\n\n2 more in channels you cannot see.',
    );
    const elsewhere = await desk.showHistory({ ...MODERATOR, rights, page: 0, channelId: '6' });
    expect([elsewhere.total, elsewhere.hidden]).toEqual([1, 0]);
    expect([told(unseen), unseen.total, unseen.hidden, unseen.channels]).toEqual([
      ...[[], 0, 2],
      [{ channelId: '6', name: 'name of 6', changes: 1 }],
    ]);
  });

  it('has what Paperboy did by itself apart, numbered on, and offers no Undo of a deleted post', async () => {
    const store = desk.subscriptionStore;
    await store.change(id, { until: { day: '2026-03-02', zone: 'UTC', at: NOON } }, 'mod');
    await store.end(id);
    await store.noteDeleted({ serverId: '1', channelId: '5' }, { title: 'Ice *floes*', who: 'mod' });
    await store.changeSettings('1', (present) => ({ ...present, zone: 'Asia/Tokyo' }), 'mod');
    const { embeds, components } = historyMessage(await history());
    const at = `<t:${NOON / 1000}:f>`;
    expect(embeds[0].description?.split('\n')).toEqual([
      `**1.** ${at} <@mod> changed the server’s settings: the zone of hours without a city, none → Asia/Tokyo`,
      `**2.** ${at} <@mod> deleted the post of Ice \\*floes\\* in <#5>`,
      `**3.** ${at} <@mod> changed \`ocean\` in <#5>: without an end → until the end of 2026-03-02 (UTC)`,
      `**4.** ${at} <@mod> subscribed <#5> to \`ocean\``,
      '',
      '**By Paperboy itself**',
      `**5.** ${at} \`ocean\` in <#5> ended: its last day was over`,
    ]);
    const [offered] = components[0].components;
    expect('options' in offered && offered.options.map((one) => `${one.label} / ${one.description}`)).toEqual(
      [
        '1. Server setting / The whole server',
        '3. Changed: ocean / #name of 5',
        '4. Subscribed: ocean / #name of 5',
        '5. Ended: ocean / #name of 5',
      ],
    );
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
