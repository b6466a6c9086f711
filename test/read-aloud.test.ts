import type { Locator, Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { chromiumFile, NEEDS_CHROMIUM } from './page/in-browser/chromium.ts';
import {
  answerTo,
  choose,
  command,
  messages,
  newestPrivate,
  openChannel,
  unfold,
  untilAlert,
} from './page/in-browser/hands.ts';
import { type Heard, heardIn } from './page/in-browser/read-aloud.ts';
import { missedAloud } from './page/in-browser/read-aloud-rules.ts';
import { useVisits } from './page/in-browser/visits.ts';

const heard = (role: string, name: string, level: number | null = null): Heard => ({ role, name, level });

describe('what a message must not keep from who hears it', () => {
  it('nothing is missed where words, labels and headings say it all', () => {
    const message = [
      heard('heading', 'TerraScope', 3),
      heard('StaticText', '36 upvotes in 9 h · 1st of 24'),
      heard('image', '0 to 36 upvotes in 9 hours'),
      heard('StaticText', '0'),
      heard('button', '📄 Abstract'),
      heard('heading', 'Matches', 4),
    ];
    expect(missedAloud(message)).toEqual([]);
  });

  it.each([
    ['a picture without words', [heard('image', '')], 'a picture says nothing'],
    ['a button that is an arrow', [heard('button', '▶')], 'a button has no word: "▶"'],
    ['a link that is one letter', [heard('link', 'x')], 'a link has no word: "x"'],
    ['a select without a name', [heard('combobox', '')], 'a combobox has no word: ""'],
    ['a field without a name', [heard('textbox', '')], 'a textbox has no word: ""'],
    [
      'a plot whose figure no text has',
      [heard('image', '0 to 36 upvotes'), heard('StaticText', 'from 0 upvotes on')],
      '36 stands in a picture only: 0 to 36 upvotes',
    ],
    [
      'a heading that skips a level',
      [heard('heading', 'Papers', 3), heard('heading', 'Code', 5)],
      'a heading of level 5 comes after one of level 3',
    ],
    ['a text that is a symbol and a figure', [heard('StaticText', '▲ 36')], 'a symbol is all there is: ▲ 36'],
    ['a text that is a coloured circle', [heard('StaticText', '🔴')], 'a symbol is all there is: 🔴'],
  ])('%s is found', (_, message, found) => {
    expect(missedAloud(message)).toEqual([found]);
  });
});

/** The faces that answer in #general, and what is typed for them. */
const ANSWERS: readonly (readonly [name: string, options: string])[] = [
  ['paper', 'game engines'],
  ['search', 'model'],
  ['trending', ''],
  ['subscribe', 'keywords:model sensitivity:early when:daily at:15:00 zone:UTC'],
  ['subscriptions', ''],
  ['doctor', ''],
  ['status', ''],
  ['help', ''],
];

describe.skipIf(chromiumFile === null)(`what Paperboy says, read aloud (${NEEDS_CHROMIUM})`, () => {
  const { visit } = useVisits();
  let page: Page;
  const missed = async (message: Locator) => {
    const all = await heardIn(page, message);
    // That something was heard at all.
    expect(all.some(({ role }) => role === 'StaticText')).toBe(true);
    return missedAloud(all);
  };

  it('an alert keeps nothing back, nor does why it came', async () => {
    page = await visit();
    const alert = await untilAlert(page);
    expect(await missed(alert)).toEqual([]);
    await alert.getByRole('button', { name: 'Why here?' }).click();
    const why = newestPrivate(page);
    await why.getByText(/Yes · filter/).waitFor();
    expect(await missed(why)).toEqual([]);
  });

  it('no answer keeps anything back', async () => {
    page = await visit();
    await openChannel(page, 'general');
    for (const [name, options] of ANSWERS) {
      await command(page, name, options);
      const answer = answerTo(page, name).filter({ hasNotText: 'is thinking' });
      await answer.waitFor();
      expect(await missed(answer), name).toEqual([]);
    }
    const preview = answerTo(page, 'subscribe');
    await preview.getByRole('button', { name: 'Subscribe', exact: true }).click();
    await preview.getByText(/\bgets papers that match/).waitFor();
    expect(await missed(preview), 'what was subscribed').toEqual([]);
  });

  it('a digest keeps nothing back', async () => {
    page = await visit();
    await openChannel(page, 'general');
    await page.getByRole('button', { name: 'Next digest' }).click();
    const digest = messages(page, 'Open a paper').last();
    await digest.waitFor();
    expect(await missed(digest)).toEqual([]);
  });

  it('a notice to the moderators keeps nothing back', async () => {
    page = await visit();
    await openChannel(page, 'vision');
    await unfold(page, /Rights and channels/);
    await page.getByRole('switch', { name: 'Send Messages', exact: true }).click();
    await choose(page, '3600x');
    await openChannel(page, 'moderators');
    const notice = messages(page, 'Send Messages is missing').last();
    await notice.waitFor();
    await choose(page, 'Pause');
    expect(await missed(notice)).toEqual([]);
  });
});
