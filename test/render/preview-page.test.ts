import { describe, expect, it } from 'vitest';
import {
  type AlsoView,
  cancelledMessage,
  type EditView,
  type PreviewView,
  previewMessage,
} from '#src/render/preview-page.ts';
import { phrase } from '#src/wording/phrase.ts';
import { actsOf, pageOf } from './whole-page.ts';

type Keys = Parameters<typeof previewMessage>[1];

const KEYS: Keys = { shown: 'k', corrected: null, covering: null, uncommon: null, weekly: null, best: null };
const backTest = { days: 30, posts: 4, examples: [], sensitivities: [], hints: [] } as const;
const view = (facts: Partial<PreviewView> = {}): PreviewView => ({
  ...{ channelId: '1', filter: 'ocean', differences: [], backTest, isAmber: false, sensitivity: null },
  ...{ also: null, matched: null, corrected: null, covering: null, uncommon: null },
  ...facts,
});
const none = { total: 0, titles: [] };
const edit = (facts: Partial<EditView> = {}): EditView => ({
  ...view(),
  ...{ kind: 'edit', isSame: false, gained: none, lost: none },
  ...facts,
});
const also = (facts: Partial<AlsoView>): AlsoView => ({
  ...{ papers: 0, channels: [], hidden: 0, samePaper: 'line', notInFull: 0, left: 0 },
  ...facts,
});
const page = (facts: Partial<PreviewView> = {}, keys: Partial<Keys> = {}) =>
  pageOf(previewMessage(view(facts), { ...KEYS, ...keys }));

describe('a preview', () => {
  it('says what would be posted where, and that nothing is saved', () => {
    expect(page()).toEqual([
      'paper | Not saved yet: <#1>',
      '<#1> would get papers that match `ocean`',
      '',
      '**The last 30 days: 4 papers, 0.1 a day.**',
      '(Nothing is saved until you press Subscribe.)',
      'Subscribe = subscribe:k',
      'Change = change:k',
      'Cancel = cancel',
    ]);
  });

  it('tells what is not as usual; it is amber where somebody should look', () => {
    const differences = ['weekly', 'with a role'].map((text) => phrase('stored.text', { text }));
    expect(page({ differences, isAmber: true }).slice(0, 3)).toEqual([
      'look | Not saved yet: <#1>',
      '<#1> would get papers that match `ocean`',
      'Options: weekly, with a role',
    ]);
  });

  it('says how many matched where nothing stood out', () => {
    expect(page({ matched: 12, backTest: { ...backTest, posts: 0 } })).toEqual([
      'paper | Not saved yet: <#1>',
      '<#1> would get papers that match `ocean`',
      '',
      '**The last 30 days: 0 papers.**',
      'Nothing stood out in 30 days; 12 new papers matched.',
      '(Nothing is saved until you press Subscribe.)',
      'Subscribe = subscribe:k',
      'Change = change:k',
      'Cancel = cancel',
    ]);
  });

  it('shows each day as a bar where there are three at least, and one of them has papers', () => {
    const days = (...perDay: number[]) =>
      page({ backTest: { ...backTest, perDay } }).filter((line) => /[▁▂▃▄▅▆▇█]/u.test(line));
    expect(days(0, 1, 4, 8)).toEqual(['Day by day ▁▂▅█, at most 8 on one.']);
    expect(days(0, 0, 1)).toEqual(['Day by day ▁▁█, at most 1 on one.']);
    expect([days(1, 2), days(0, 0, 0)]).toEqual([[], []]);
  });

  it('names three other channels that get some of the same, and counts the rest', () => {
    const line = (facts: Partial<AlsoView>) => page({ also: also(facts) }).slice(3, -4);
    expect([
      line({ papers: 2, channels: ['2'] }),
      line({ papers: 2, channels: ['2', '3', '4'] }),
      line({ papers: 1, channels: ['2', '3', '4', '5', '6'], hidden: 2 }),
      line({ papers: 2, channels: ['2'], notInFull: 1, left: 3 }),
      line({ papers: 2, channels: ['2'], notInFull: 2, samePaper: 'none' }),
      line({ left: 1 }),
    ]).toEqual([
      ['**The last 30 days: 4 papers, 0.1 a day.**', '2 of them also come to <#2>.'],
      ['**The last 30 days: 4 papers, 0.1 a day.**', '2 of them also come to <#2>, <#3> and <#4>.'],
      [
        '**The last 30 days: 4 papers, 0.1 a day.**',
        '1 of them also comes to <#2>, <#3>, <#4>, 2 more channels and 2 channels that you cannot see.',
      ],
      [
        '**The last 30 days: 4 papers, 0.1 a day.**',
        '2 of them also come to <#2>. 1 would stand here as one line with a link, by this server’s setting for the same paper in several channels. 3 more subscriptions of this server were not compared.',
      ],
      [
        '**The last 30 days: 4 papers, 0.1 a day.**',
        '2 of them also come to <#2>. 2 would not come here, by this server’s setting for the same paper in several channels.',
      ],
      ['**The last 30 days: 4 papers, 0.1 a day.**', '1 more subscription of this server was not compared.'],
    ]);
  });

  it('offers other sensitivities, with how many papers each brings, and shows which it is', () => {
    const sensitivities = [
      { name: 'sure', posts: 1 },
      { name: 'balanced', posts: 4 },
    ] as const;
    const some = { sensitivity: 'balanced', backTest: { ...backTest, sensitivities } };
    expect(actsOf(previewMessage(view(some), KEYS)).slice(0, 3)).toEqual([
      'Sensitivity = sensitivity:k',
      '- strict: 1 paper = sure',
      '* balanced: 4 papers = balanced',
    ]);
  });

  it('offers what else its writer may have meant', () => {
    const keys = {
      ...{ corrected: { customId: 'preview:c', label: 'Use diffusion' }, covering: 't' },
      ...{ uncommon: { word: 'paper*', key: 'u' }, weekly: 'w', best: 'b' },
    };
    expect(page({}, keys).slice(-5)).toEqual([
      'Use diffusion = preview:c',
      'Use it = preview:t',
      'Leave out paper* = preview:u',
      'Weekly digest of all = preview:w',
      'Best 3 a day = preview:b',
    ]);
  });
});

describe('a preview of an edit', () => {
  it('says what comes more and less than now', () => {
    const titles = Array.from({ length: 9 }, (_, n) => `Paper *${n}*`);
    const gained = { total: 9, titles };
    const lost = { total: 1, titles: ['Old one'] };
    expect(pageOf(previewMessage(edit({ gained, lost }), KEYS))).toEqual([
      'paper | Not saved yet: <#1>',
      '<#1> would get papers that match `ocean`',
      '',
      'Compared with what is saved, in the last 30 days: **+9 / −1**',
      '+ Paper \\*0\\*',
      '+ Paper \\*1\\*',
      '+ Paper \\*2\\*',
      '+ Paper \\*3\\*',
      '+ Paper \\*4\\*',
      '− Old one',
      '',
      '**The last 30 days: 4 papers, 0.1 a day.**',
      '(Nothing is changed until you press Save.)',
      'Save = subscribe:k',
      'Change = change:k',
      'Cancel = cancel:saved',
    ]);
  });

  it('that changes nothing cannot be saved', () => {
    expect(pageOf(previewMessage(edit({ isSame: true }), KEYS))).toEqual([
      'paper | <#1>, as it is saved',
      '<#1> would get papers that match `ocean`',
      '',
      '**The last 30 days: 4 papers, 0.1 a day.**',
      '(Nothing is changed until you press Save.)',
      'Change = change:k',
      'Cancel = cancel:saved',
    ]);
  });
});

it('a preview that nobody wants says that nothing was saved, or that all stays as it was', () => {
  expect(pageOf(cancelledMessage(false))).toEqual(['plain | Nothing was saved', '`/subscribe` begins anew.']);
  expect(pageOf(cancelledMessage(true))).toEqual([
    'plain | Nothing was saved',
    'The subscription stays as it is. `/subscriptions` shows it.',
  ]);
});
