import { beforeEach, describe, expect, it } from 'vitest';
import { sayPhrase } from '#src/render/say.ts';
import type { TypedForm } from '#src/service/typed-forms.ts';
import { aDesk, anOrder, MODERATOR, NOBODYS, rightsOf } from './a-desk.ts';
import { idOf } from './a-library.ts';

let desk: Awaited<ReturnType<typeof aDesk>>;
let id: string;
beforeEach(async () => {
  desk = await aDesk([
    { title: 'Ocean waves', votes: 9, abstract: 'Waves break.' },
    { title: 'Ocean ice' },
    { title: 'Desert winds', daysAgo: 3 },
  ]);
  ({
    subscription: { id },
  } = await desk.subscribeChannel(anOrder()));
});
const edit = (filter: string, facts: object = {}) =>
  desk.editFilter({ ...MODERATOR, id, filter, shown: null, ...facts });
const test = (filter: string, paper = '') => desk.testFilter({ ...MODERATOR, filter, paper });
const keyOf = (customId: string | undefined) => customId?.split(':')[1] ?? '';
const filterNow = () => desk.subscriptionStore.byId(id)?.filter;

describe('/filter test', () => {
  it('offers what was probably meant, to be tried in its place on the same', async () => {
    const slip = await test('desrt');
    expect([slip.isAmber, slip.correction?.label]).toEqual([true, 'Use desert']);
    expect(slip.correction?.customId).toMatch(/^try:/);
    const tried = await desk.testCorrected({ ...MODERATOR, key: keyOf(slip.correction?.customId) });
    expect(tried).toMatchObject({ kind: 'history', filter: 'desert', isAmber: false, correction: null });
    const onPaper = await test('desrt', idOf(3));
    const again = await desk.testCorrected({ ...MODERATOR, key: keyOf(onPaper.correction?.customId) });
    expect(again).toMatchObject({ kind: 'paper', matches: true, title: 'Desert winds', missing: [] });
  });

  it('tells on a paper what matches, and where it does not what is missing', async () => {
    const [takes, lacks] = [await test('waves', idOf(1)), await test('waves -break', idOf(1))];
    expect(takes).toMatchObject({ kind: 'paper', matches: true, missing: [], isAmber: false });
    expect(takes.kind === 'paper' && takes.passages).toEqual(['**Waves** break.', 'Ocean **waves**']);
    expect(lacks).toMatchObject({ matches: false });
    expect(lacks.kind === 'paper' && lacks.missing.length).toBe(1);
  });

  it('is for moderators alone, and a key that is too old, or another’s, is refused', async () => {
    const asker = { ...MODERATOR, rights: NOBODYS };
    for (const asked of [
      desk.testFilter({ ...asker, filter: 'ice', paper: '' }),
      desk.testCorrected({ ...asker, key: 'x' }),
      desk.openFilter({ ...asker, id }),
      desk.editFilter({ ...asker, id, filter: 'ice', shown: null }),
    ])
      await expect(asked).rejects.toThrow('lets use `/filter`');
    const key = await desk.questions.keep({ kind: 'typed' });
    for (const wrong of [key, 'x']) {
      await expect(desk.testCorrected({ ...MODERATOR, key: wrong })).rejects.toThrow(
        'That proposal is too old.',
      );
      await expect(desk.correctFilter({ ...MODERATOR, key: wrong })).rejects.toThrow(
        'That proposal is too old.',
      );
    }
  });
});

describe('/filter edit', () => {
  it('tells which papers only one of them takes', async () => {
    const { gained, lost, before, after, channelId, isAmber } = await edit('desert OR ice');
    expect([before, after, channelId, isAmber]).toEqual(['ocean', 'desert OR ice', '5', false]);
    expect([gained, lost]).toEqual([
      { total: 1, titles: ['Desert winds'] },
      { total: 1, titles: ['Ocean waves'] },
    ]);
  });

  it('keeps what somebody else made of it since the form was opened', async () => {
    const { mark, filter } = await desk.openFilter({ ...MODERATOR, id });
    expect([filter, mark.length]).toEqual(['ocean', 12]);
    await edit('ice', { shown: mark });
    await expect(edit('snow', { shown: mark })).rejects.toThrow('it is now `ice`, and stays so');
    expect((await edit('ice', { shown: mark })).after).toBe('ice');
    expect(filterNow()).toBe('ice');
  });

  it('makes no second one of the same meaning in the channel, but in another', async () => {
    await desk.subscribeChannel(anOrder({ keywords: 'ice -snow' }));
    await expect(edit('NOT snow AND ice')).rejects.toThrow('<#5> is subscribed to `ice -snow` already');
    await desk.subscribeChannel(anOrder({ keywords: 'wind' }, { id: '6' }));
    expect((await edit('wind')).after).toBe('wind');
  });

  it('corrects a subscription at a press, once, and tells what it corrected', async () => {
    const { subscription, correction } = await desk.subscribeChannel(anOrder({ keywords: 'desrt OR ice' }));
    const press = () => desk.correctFilter({ ...MODERATOR, key: keyOf(correction?.customId) });
    const done = await press();
    expect([done.before, done.after, done.correction]).toEqual(['desrt OR ice', 'desert OR ice', null]);
    expect(await press()).toMatchObject({ before: 'desrt OR ice', after: 'desert OR ice', undo: done.undo });
    await desk.editFilter({ ...MODERATOR, id: subscription.id, filter: 'wind', shown: null });
    await expect(press()).rejects.toThrow('it is now `wind`, and stays so');
  });

  it('opens no subscription that was removed', async () => {
    await desk.removeSubscriptions({ ...MODERATOR, ids: [id] });
    await expect(desk.openFilter({ ...MODERATOR, id })).rejects.toThrow('no longer there');
    await expect(edit('ice')).rejects.toThrow('no longer there');
  });

  it('tells of a filter that can bring nothing', async () => {
    const { backTest, isAmber } = await edit('ice before:2020-01-01');
    expect([isAmber, backTest.hints.map(sayPhrase)[0]]).toEqual([
      true,
      expect.stringContaining('Leave it out to get new papers.'),
    ]);
  });
});

describe('what was typed and refused', () => {
  const form = (name: TypedForm['form'], channelId: string | null = null): TypedForm => {
    if (name === 'edit') return { form: name, filter: 'ice (', id, shown: null };
    if (name === 'test') return { form: name, filter: 'ice (', paper: '' };
    const channel = channelId === null ? null : { id: channelId, name: 'n', type: 0, mentionedBy: null };
    return { form: name, filter: 'ice (', lines: '', flags: {}, channel, role: null };
  };
  const keep = (typed: TypedForm, serverId: string | null = '1') =>
    desk.keepTyped({ ...MODERATOR, serverId, typed });

  it.each(['subscribe', 'edit', 'test'] as const)('in /%s is there again for its server', async (name) => {
    const key = await keep(form(name, '5'));
    expect(await desk.recallTyped({ ...MODERATOR, key })).toEqual(form(name, '5'));
    await expect(desk.recallTyped({ ...MODERATOR, serverId: '2', key })).rejects.toThrow(
      'That form is too old.',
    );
    const command = name === 'subscribe' ? 'subscribe' : 'filter';
    await expect(desk.recallTyped({ ...MODERATOR, rights: NOBODYS, key })).rejects.toThrow(`\`/${command}\``);
  });

  it('for a channel is not for those who may change nothing there', async () => {
    const rights = rightsOf({ 5: 'manageChannels' });
    for (const typed of [form('subscribe', '5'), form('edit')])
      await expect(desk.recallTyped({ ...MODERATOR, rights, key: await keep(typed) })).rejects.toThrow(
        '<#5>',
      );
    for (const typed of [form('subscribe', '6'), form('subscribe'), form('test')])
      expect(await desk.recallTyped({ ...MODERATOR, rights, key: await keep(typed) })).toEqual(typed);
  });

  it('of a subscription that is gone, or outside of servers, is not', async () => {
    const [edited, outside] = [await keep(form('edit')), await keep(form('test'), null)];
    await desk.removeSubscriptions({ ...MODERATOR, ids: [id] });
    await expect(desk.recallTyped({ ...MODERATOR, key: edited })).rejects.toThrow('no longer there');
    await expect(desk.recallTyped({ ...MODERATOR, key: outside })).rejects.toThrow('That form is too old.');
    for (const key of ['x', await desk.questions.keep({ kind: 'change' })])
      await expect(desk.recallTyped({ ...MODERATOR, key })).rejects.toThrow('That form is too old.');
  });
});
