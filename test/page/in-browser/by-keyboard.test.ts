import type { Locator, Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { chromiumFile, NEEDS_CHROMIUM } from './chromium.ts';
import { answerTo, messages, newestPrivate, opened } from './hands.ts';
import { useVisits } from './visits.ts';

const FARTHEST = 60;

/** Goes there as somebody without a mouse does: key by key. */
async function walkTo(page: Page, wanted: Locator, key: string): Promise<void> {
  for (let step = 0; step < FARTHEST; step++) {
    if (await isFocused(wanted)) return;
    await page.keyboard.press(key);
  }
  throw new Error(`${key} does not lead to ${wanted}`);
}

const isFocused = (wanted: Locator): Promise<boolean> =>
  wanted.first().evaluate((element) => element === element.ownerDocument.activeElement);

async function press(page: Page, ...keys: readonly string[]): Promise<void> {
  for (const key of keys) await page.keyboard.press(key);
}

/** From channel to channel, in the order of the list. */
async function goTo(
  page: Page,
  name: string,
  key: 'Alt+ArrowDown' | 'Alt+ArrowUp',
  times: number,
): Promise<void> {
  for (let step = 0; step < times; step++) await page.keyboard.press(key);
  await opened(page, name);
}

const composer = (page: Page): Locator => page.locator('#composer-box');

/** Types a command into the composer, wherever the focus is, and sends it. */
async function command(page: Page, ...typed: readonly string[]): Promise<void> {
  await walkTo(page, composer(page), 'F6');
  for (const text of typed) {
    await page.keyboard.type(text);
    await page.keyboard.press('Enter');
  }
}

describe.skipIf(chromiumFile === null)(`somebody without a mouse (${NEEDS_CHROMIUM})`, () => {
  const { visit } = useVisits();

  it('comes past the lists by the first stop of the tabulator', async () => {
    const page = await visit();
    await press(page, 'Tab', 'Tab', 'Enter');
    await page.locator('#composer-box:focus').waitFor();
  });

  it('looks a paper up with a suggestion, and comes back to the composer', async () => {
    const page = await visit();
    await goTo(page, 'general', 'Alt+ArrowDown', 2);
    await command(page, '/paper');
    await page.keyboard.type('game engines');
    await page.getByRole('option', { name: /Real-Time Game Engines/ }).waitFor();
    await press(page, 'ArrowDown', 'Enter', 'Enter');
    await answerTo(page, 'paper').getByText('GameNGen plays').waitFor();
    expect(await isFocused(composer(page))).toBe(true);
  });

  it('pages a search, and opens a paper of its list', async () => {
    const page = await visit();
    await goTo(page, 'general', 'Alt+ArrowDown', 2);
    await command(page, '/search', 'model');
    const answer = answerTo(page, 'search');
    await answer.getByText(/Page 1 of/).waitFor();
    await walkTo(page, answer.getByRole('button', { name: 'Next' }), 'Shift+Tab');
    await press(page, 'Enter');
    await answer.getByText(/Page 2 of/).waitFor();
    await walkTo(page, answer.getByRole('combobox', { name: 'Open a paper' }), 'Shift+Tab');
    await answer.locator('[role=combobox]:focus[aria-busy=false]').waitFor();
    await press(page, 'Enter', 'ArrowDown', 'Enter');
    await newestPrivate(page).getByRole('link', { name: 'arXiv' }).waitFor();
  });

  it('subscribes a channel and undoes it', async () => {
    const page = await visit();
    await goTo(page, 'general', 'Alt+ArrowDown', 2);
    await command(page, '/subscribe', 'keywords:agents');
    const answer = answerTo(page, 'subscribe');
    await answer.getByText('would get papers that match').waitFor();
    await walkTo(page, answer.getByRole('button', { name: 'Subscribe', exact: true }), 'Shift+Tab');
    await press(page, 'Enter');
    await answer.getByText(/\bgets papers that match/).waitFor();
    await walkTo(page, answer.getByRole('button', { name: 'Undo' }), 'Shift+Tab');
    await press(page, 'Enter');
    await answer
      .getByText(/removed|undone/i)
      .first()
      .waitFor();
  });

  it('asks why an alert came', async () => {
    const page = await visit();
    const alert = messages(page, 'Why now').last();
    await alert.waitFor();
    await walkTo(page, page.getByRole('region', { name: 'Messages' }), 'F6');
    await walkTo(page, alert.getByRole('button', { name: 'Why here?' }), 'Tab');
    await press(page, 'Enter');
    await newestPrivate(page)
      .getByText(/Yes · filter/)
      .waitFor();
  });

  it('takes Send Messages away, hurries the time on, reads the notice and gives it back', async () => {
    const page = await visit();
    const panel = page.getByRole('complementary');
    const right = page.getByRole('switch', { name: 'Send Messages', exact: true });
    await walkTo(page, panel, 'F6');
    await walkTo(page, panel.locator('summary').filter({ hasText: 'Rights' }), 'Tab');
    await press(page, 'Enter');
    await walkTo(page, right, 'Tab');
    await press(page, 'Space');
    await walkTo(page, page.getByRole('radio', { name: '60x', exact: true }), 'Shift+Tab');
    await press(page, 'ArrowRight');
    await goTo(page, 'moderators', 'Alt+ArrowUp', 1);
    const notice = messages(page, 'Send Messages is missing').last();
    await notice.getByText(/I cannot post in/).waitFor();
    await goTo(page, 'vision', 'Alt+ArrowDown', 1);
    await walkTo(page, right, 'Tab');
    await press(page, 'Space');
    await goTo(page, 'moderators', 'Alt+ArrowUp', 1);
    await notice.getByText(/It works again since/).waitFor();
  });
});
