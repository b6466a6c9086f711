import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { chromiumFile, NEEDS_CHROMIUM } from './chromium.ts';
import { answerTo, line, messages, newestPrivate, opened, PHONE, write } from './hands.ts';
import { useVisits } from './visits.ts';

type Box = {
  scrollWidth: number;
  clientWidth: number;
  className: string;
  matches(selector: string): boolean;
};

/** What is wider than its place and can be moved to and fro there: the page, or a part of it that is no code. */
const wider = (page: Page): Promise<readonly string[]> =>
  page.locator('html').evaluate((html) => {
    const view = html.ownerDocument.defaultView;
    const isWider = (box: Box) =>
      box.scrollWidth > box.clientWidth + 1 &&
      ['auto', 'scroll'].includes(view.getComputedStyle(box).overflowX) &&
      !box.matches('pre');
    const parts = [...html.querySelectorAll('*')].filter(isWider).map((box: Box) => box.className);
    const isSideways = html.scrollWidth > view.innerWidth || view.visualViewport.scale !== 1;
    return isSideways ? ['the page', ...parts] : parts;
  });

async function openByDrawer(page: Page, name: string): Promise<void> {
  await page.getByRole('button', { name: 'Channels', exact: true }).tap();
  const list = page.getByRole('navigation', { name: /^Channels of/ });
  expect(await wider(page)).toEqual([]);
  await list.getByRole('button', { name: new RegExp(`^${name}\\b`) }).tap();
  await opened(page, name);
}

describe.skipIf(chromiumFile === null)(`the page on a phone (${NEEDS_CHROMIUM})`, () => {
  const { visit } = useVisits();

  it('looks a paper up and pages a search, and nothing scrolls sideways', async () => {
    const page = await visit(PHONE);
    await openByDrawer(page, 'general');
    await write(page, '/pap');
    await line(page, /^\/paper/).tap();
    expect(await wider(page)).toEqual([]);
    await page.keyboard.type('game engines');
    await line(page, /Real-Time Game Engines/).tap();
    await page.getByRole('button', { name: 'Send' }).tap();
    await answerTo(page, 'paper').getByText('GameNGen plays').waitFor();
    expect(await wider(page)).toEqual([]);
    await write(page, '/search');
    await line(page, /^\/search /).tap();
    await page.keyboard.type('model');
    await page.getByRole('button', { name: 'Send' }).tap();
    const answer = answerTo(page, 'search');
    await answer.getByRole('button', { name: 'Next' }).tap();
    await answer.getByText(/Page 2 of/).waitFor();
    expect(await wider(page)).toEqual([]);
  });

  it('hurries the time on in the drawer, and asks why the alert came', async () => {
    const page = await visit(PHONE);
    await openByDrawer(page, 'vision');
    await page.getByRole('button', { name: 'Scene', exact: true }).tap();
    await page.getByRole('radio', { name: '3600x' }).tap();
    await page.getByText('An hour passes in a second.').waitFor();
    expect(await wider(page)).toEqual([]);
    await page.keyboard.press('Escape');
    await page.getByRole('complementary').waitFor({ state: 'detached' });
    const alert = messages(page, 'Why now').last();
    await alert.getByRole('button', { name: 'Why here?' }).tap();
    await newestPrivate(page)
      .getByText(/Yes · filter/)
      .waitFor();
    expect(await wider(page)).toEqual([]);
  });
});
