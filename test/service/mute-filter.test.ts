import { beforeEach, describe, expect, it } from 'vitest';
import { mutingMessage } from '#src/render/mute-page.ts';
import { createMuteFilter, type MuteFilter } from '#src/service/mute-filter.ts';
import { blocksOf, controlsOf } from '#test/read-message.ts';
import { aDesk, anOrder, MODERATOR, NOBODYS } from './a-desk.ts';
import { idOf, NOON } from './a-library.ts';

const PAPERS = [
  { title: 'Ocean survey' },
  { title: 'Ocean waves' },
  { title: 'Ocean ice' },
  { title: 'Old survey of deserts', daysAgo: 20 },
];
const NOT_A_MANAGER = { ...MODERATOR, rights: { ...MODERATOR.rights, managesServer: () => false } };

let desk: Awaited<ReturnType<typeof aDesk>>;
let muting: MuteFilter;
beforeEach(async () => {
  desk = await aDesk(PAPERS);
  muting = createMuteFilter(desk);
});
type Muted = Awaited<ReturnType<MuteFilter['muteFilter']>>;
const mute = (text: string) => muting.muteFilter({ ...MODERATOR, text });
const unmute = (text: string) => muting.unmuteFilter({ ...MODERATOR, text });
const undo = ({ undo: key }: Muted) => muting.undoMuting({ ...MODERATOR, key });
const muted = () => desk.subscriptionStore.mutes('1').map(({ text }) => text);
const saidOf = (view: Muted) => {
  const message = mutingMessage(view);
  return { ...blocksOf({ content: '', ...message })[0], buttons: controlsOf(message) };
};

describe('/filter mute', () => {
  it('mutes in the whole server, tells what that would have kept away, and is undone', async () => {
    const view = await mute('survey');
    expect(muted()).toEqual(['survey']);
    expect(saidOf(view)).toMatchObject({
      title: 'Muted',
      text: [
        '`survey` is muted in the whole server: no alert or digest has it, nor what waits. Look-ups find it. `/subscriptions` → Server settings lists what is muted.',
        '',
        'Nothing was posted in this server in the last 30 days. Of 4 papers that Paperboy read in that time it would have kept 2 away.',
      ].join('\n'),
      buttons: [{ label: 'Undo' }, { label: 'All subscriptions' }],
    });
    const undone = await undo(view);
    expect([muted(), undone.what]).toEqual([[], 'unmuted']);
    expect((await undo(undone)).what).toBe('muted');
    expect(muted()).toEqual(['survey']);
  });

  it('mutes once what two moderators write differently at the same moment', async () => {
    const [one, other] = await Promise.all([mute('survey'), mute('-surveys')]);
    expect([muted(), one.isOld, other.isOld, other.text]).toEqual([['survey'], false, true, 'survey']);
  });

  it('says where no paper was read', async () => {
    muting = createMuteFilter(await aDesk());
    expect(saidOf(await mute('survey')).text).toContain(
      'Nothing was posted in this server in the last 30 days. Paperboy read no papers in that time.',
    );
  });

  it('counts the papers that were posted in the server, each once, and never more than all papers of those days', async () => {
    await desk.subscribeChannel(anOrder());
    await desk.subscribeChannel(anOrder({}, { id: '6' }));
    const sent = (paper: string, n: number, channel: string, at = NOON) =>
      desk.db.run(
        `INSERT INTO post (server, destination, place, kind, papers, nonce, state, packed_at, settled_at, queued_at, next_at)
         VALUES ('1', ?, '{}', 'card', ?, ?, 'sent', 0, ?, ?, 0)`,
        ...[`channel:${channel}`, JSON.stringify([paper]), `n${n}`, at, at],
      );
    await sent(idOf(1), 1, '5');
    await sent(idOf(1), 2, '6');
    await sent(idOf(2), 3, '5');
    await sent(idOf(1), 4, '5', NOON - 31 * 86_400_000);
    expect(saidOf(await mute('survey')).text).toContain(
      '**In the last 30 days it would have kept away 1 of 2 papers that were posted in this server.**',
    );
    // It was read before those days, and posted in them.
    await sent('2401.00001', 5, '6');
    const none = saidOf(await mute('zebra')).text;
    expect(none).toContain('0 of 3 papers that were posted in this server.');
    expect(none).toContain('Nothing of the last 30 days is like that: 0 of 5 papers.');
  });

  it('takes a filter and its NOT for the same, also where several must not occur', async () => {
    await mute('survey');
    const again = await mute('-Survey');
    expect([again.isOld, again.text, muted()]).toEqual([true, 'survey', ['survey']]);
    expect(saidOf(again).title).toBe('Muted already');
    const both = await mute('-waves -ice');
    expect(both.what === 'muted' && both.keptAway.papers).toEqual({ taken: 2, of: 4 });
    expect((await mute('ice OR waves')).isOld).toBe(true);
  });

  it('says so in amber where it would take nearly everything, or nothing', async () => {
    const all = saidOf(await mute('ocean'));
    expect([all.text.split('\n').at(-1), all.colour]).toEqual([
      'That is nearly everything: 3 of 4 papers of the last 30 days.',
      0xe0a030,
    ]);
    const none = saidOf(await mute('zebra'));
    expect([none.text.split('\n')[4], none.colour]).toEqual([
      'Nothing of the last 30 days is like that: 0 of 4 papers.',
      0xe0a030,
    ]);
  });

  it('refuses what cannot be read with its place, and the hundred and first', async () => {
    await expect(mute('survey OR (')).rejects.toThrow('line 1, column 11');
    for (let n = 0; n < 100; n++) await desk.subscriptionStore.mute('1', `word${n}`, 'ada');
    await expect(mute('survey')).rejects.toThrow('A server can mute 100 things at most.');
  });

  it('is for those who manage the server, and its key is of its server', async () => {
    const { undo: key } = await mute('survey');
    for (const asker of [NOT_A_MANAGER, { ...MODERATOR, rights: NOBODYS }]) {
      await expect(muting.muteFilter({ ...asker, text: 'ice' })).rejects.toThrow('Ask');
      await expect(muting.unmuteFilter({ ...asker, text: 'survey' })).rejects.toThrow('Ask');
      await expect(muting.undoMuting({ ...asker, key })).rejects.toThrow('Ask');
      expect(await muting.proposeMutes({ ...asker, text: '' })).toEqual([]);
    }
    const elsewhere = muting.undoMuting({ ...MODERATOR, serverId: '2', key });
    await expect(elsewhere).rejects.toThrow('That cannot be undone any more');
    expect(muted()).toEqual(['survey']);
  });
});

describe('/filter unmute', () => {
  it('offers what is muted, the newest first, and removes it however it is written', async () => {
    await mute('survey');
    await mute('position paper');
    const proposed = await muting.proposeMutes({ ...MODERATOR, text: ' P' });
    expect(proposed).toEqual([{ name: 'position paper', value: 'position paper' }]);
    expect((await muting.proposeMutes({ ...MODERATOR, text: '' })).map(({ value }) => value)).toEqual([
      'position paper',
      'survey',
    ]);
    const view = await unmute('-surveys');
    expect([view.text, muted()]).toEqual(['survey', ['position paper']]);
    expect(saidOf(view)).toMatchObject({
      title: 'Unmuted',
      text: 'Removed: `survey` is not muted any more. Papers of the last days that it took away may still come.',
    });
  });

  it('says what is muted where that is not, and leaves it', async () => {
    await expect(unmute('ice')).rejects.toThrow(
      '`ice` is not muted, and nothing else is in this server. Nothing was changed. `/filter mute` mutes.',
    );
    for (const text of ['a1', 'b2', 'c3', 'd4', 'e5', 'f6']) await mute(text);
    await expect(unmute('ice')).rejects.toThrow(
      '`ice` is not muted. What is muted: `b2`, `c3`, `d4`, `e5`, `f6` and 1 more. Nothing was changed.',
    );
  });
});
