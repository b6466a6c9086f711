import { describe, expect, it } from 'vitest';
import { type ChangeView, type HistoryView, historyMessage, tellChange } from '#src/render/history-page.ts';
import { phrase } from '#src/wording/phrase.ts';
import { actsOf, pageOf } from './whole-page.ts';

const MINUTE = 60_000;
const change = (what: ChangeView['what'], facts: Partial<ChangeView> = {}): ChangeView => ({
  ...{ id: 7, at: MINUTE, who: '5', what, channelId: '1', channelName: 'papers' },
  ...{ before: null, after: null, steps: [], until: null, about: '' },
  ...facts,
});
const step = (text: string) => phrase('stored.text', { text });
const view = (facts: Partial<HistoryView> = {}): HistoryView => ({
  ...{ changes: [], own: [], pauses: [], total: 0, hidden: 0, page: 0 },
  ...{ subscription: null, channelId: null, channels: [] },
  ...facts,
});
const [was, is] = ['ocean', 'ocean OR sea'];

it('a change is told with who made it, where, and what of it is another', () => {
  const told = (
    [
      ['added', { after: is }],
      ['removed', { before: was }],
      ['changed', { before: was, after: is }],
      ['changed', { before: was, after: is, steps: [step('weekly instead of daily')] }],
      ['changed', { before: was, after: was, steps: [step('weekly instead of daily'), step('no role')] }],
      ['paused', { after: is }],
      ['paused', { after: is, until: 2 * MINUTE }],
      ['resumed', { after: is }],
      ['undone', { after: was }],
      ['undone', { before: is }],
      ['undone', { before: was, after: is }],
      ['undone', { before: was, after: was, steps: [step('daily again')] }],
      ['ended', { before: was, who: null }],
      ['muted', { about: 'survey', channelId: null }],
      ['unmuted', { about: 'survey', channelId: null }],
      ['deleted', { about: 'Ocean *waves*' }],
      ['settings', { steps: [step('one line')], channelId: null }],
      ['added', {}],
    ] satisfies [ChangeView['what'], Partial<ChangeView>][]
  ).map(([what, facts]) => tellChange(change(what, facts)));
  expect(told).toEqual([
    '<@5> subscribed <#1> to `ocean OR sea`',
    '<@5> removed `ocean` from <#1>',
    '<@5> changed `ocean` to `ocean OR sea` in <#1>',
    '<@5> changed `ocean` to `ocean OR sea` in <#1>, and weekly instead of daily',
    '<@5> changed `ocean` in <#1>: weekly instead of daily, no role',
    '<@5> paused `ocean OR sea` in <#1>',
    '<@5> paused `ocean OR sea` in <#1> until <t:120:f>',
    '<@5> resumed `ocean OR sea` in <#1>',
    '<@5> brought `ocean` back in <#1>',
    '<@5> took back that <#1> is subscribed to `ocean OR sea`',
    '<@5> took a change back in <#1>: `ocean` became `ocean OR sea`',
    '<@5> took back what was done to `ocean` in <#1>: daily again',
    '`ocean` in <#1> ended: its last day was over',
    '<@5> muted `survey` in the whole server',
    '<@5> removed the mute of `survey` in the whole server',
    '<@5> deleted the post of Ocean \\*waves\\* in <#1>',
    '<@5> changed the server’s settings: one line',
    '<@5> subscribed <#1> to nothing',
  ]);
});

describe('the history of a server', () => {
  it('tells what members did, then apart what Paperboy did, counted on; each but a deletion can be undone', () => {
    const page = historyMessage(
      view({
        changes: [
          change('added', { id: 9, after: was }),
          change('deleted', { id: 8, about: 'Waves' }),
          change('muted', { id: 6, about: 'survey', channelId: null }),
        ],
        own: [change('ended', { id: 7, before: was, who: null, channelName: null })],
        pauses: [
          { channelId: '1', trouble: step('No permission.'), since: MINUTE, endedAt: null },
          { channelId: '2', trouble: step('It is locked.'), since: MINUTE, endedAt: 2 * MINUTE },
        ],
        total: 4,
      }),
    );
    expect(pageOf(page)).toEqual([
      'paper | 4 changes',
      '**1.** <t:60:f> <@5> subscribed <#1> to `ocean`',
      '**2.** <t:60:f> <@5> deleted the post of Waves in <#1>',
      '**3.** <t:60:f> <@5> muted `survey` in the whole server',
      '',
      '**By Paperboy itself**',
      '**4.** <t:60:f> `ocean` in <#1> ended: its last day was over',
      '<#1> from <t:60:f> until now: No permission.',
      '<#2> from <t:60:f> until <t:120:f>: It is locked.',
      'Undo one of these = take-back:0',
      '- 1. Subscribed: ocean = 9 (#papers)',
      '- 3. Muted: survey = 6 (The whole server)',
      '- 4. Ended: ocean = 7 (deleted channel)',
      'All subscriptions = subscriptions:0',
    ]);
  });

  it('says so where there is none; where all is in hidden channels it counts that alone', () => {
    expect(pageOf(historyMessage(view()))).toEqual([
      'paper | 0 changes',
      'Nobody has changed anything yet.',
      'All subscriptions = subscriptions:0',
    ]);
    expect(pageOf(historyMessage(view({ hidden: 2 })))).toEqual([
      'paper | 0 changes',
      '2 more in channels you cannot see.',
      'All subscriptions = subscriptions:0',
    ]);
  });

  it('has ten on a page, and leads to the page before and the page behind', () => {
    const changes = Array.from({ length: 10 }, (_, n) => change('added', { id: n, after: was }));
    const acts = actsOf(historyMessage(view({ changes, total: 30, page: 1 })));
    expect(acts.filter((act) => act.includes('history:'))).toEqual([
      'Previous = history:0',
      'Next = history:2',
    ]);
    expect(acts[0]).toEqual('Undo one of these = take-back:1');
    expect(actsOf(historyMessage(view({ changes, total: 10 }))).join()).not.toContain('history:1');
  });

  it('of one subscription or one channel says so, and stays with it on every page', () => {
    const changes = [change('added', { after: was })];
    const ofOne = historyMessage(view({ changes, total: 11, subscription: 'x1', page: 1 }));
    expect(pageOf(ofOne)).toEqual([
      'paper | 11 changes',
      '-# Of one subscription alone.',
      '**1.** <t:60:f> <@5> subscribed <#1> to `ocean`',
      'Undo one of these = take-back:1:x1',
      '- 1. Subscribed: ocean = 7 (#papers)',
      'History of one channel = history:of',
      '- The whole server = server',
      'All subscriptions = subscriptions:0',
      'Previous = history:0:x1',
      'Next = page-none:next',
    ]);
    const channels = [{ channelId: '1', name: 'papers', changes: 11 }];
    const inOne = historyMessage(view({ changes, total: 11, channelId: '1', channels }));
    expect(pageOf(inOne)).toEqual([
      'paper | 11 changes',
      '-# Of <#1> alone.',
      '**1.** <t:60:f> <@5> subscribed <#1> to `ocean`',
      'Undo one of these = take-back:0::1',
      '- 1. Subscribed: ocean = 7 (#papers)',
      'History of one channel = history:of',
      '- The whole server = server',
      '* #papers = 1 (11 changes)',
      'All subscriptions = subscriptions:0',
      'Previous = page-none:previous',
      'Next = history:1::1',
    ]);
  });

  it('offers the channels that have changes where there are several, a deleted one and 24 at most', () => {
    const some = [
      { channelId: '1', name: 'papers', changes: 1 },
      { channelId: '2', name: null, changes: 3 },
    ];
    expect(actsOf(historyMessage(view({ channels: some })))).toEqual([
      'History of one channel = history:of',
      '* The whole server = server',
      '- #papers = 1 (1 change)',
      '- deleted channel = 2 (3 changes)',
      'All subscriptions = subscriptions:0',
    ]);
    expect(actsOf(historyMessage(view({ channels: some.slice(1) })))).toHaveLength(1);
    const many = Array.from({ length: 40 }, (_, n) => ({ channelId: `${n}`, name: 'x', changes: 1 }));
    expect(actsOf(historyMessage(view({ channels: many })))).toHaveLength(27);
  });

  it('keeps what Paperboy did and what is hidden, however long the rest is', () => {
    const changes = Array.from({ length: 10 }, () =>
      change('changed', { before: 'b'.repeat(200), after: 'a'.repeat(200), steps: [step('s'.repeat(400))] }),
    );
    const own = [change('ended', { before: was, who: null })];
    const [, ...lines] = pageOf(historyMessage(view({ changes, own, hidden: 2, total: 11 })));
    const text = lines.slice(0, lines.indexOf('') + 5).join('\n');
    expect(text.length).toBeLessThanOrEqual(3500);
    expect(text).toContain('**11.**');
    expect(text).toContain('2 more in channels you cannot see.');
  });
});
