/**
 * Makes the guides' pictures from the page itself, dark and light: `npm run screenshots`. Needs Chromium.
 * The scene is of a fixed day and stands still while it is looked at.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Browser, Locator, Page } from 'playwright-core';
import { openBrowser } from '../in-browser/chromium.ts';
import { openChannel } from '../in-browser/hands.ts';
import { runSandbox } from '../in-browser/run-sandbox.ts';
import { PICTURES, untilFirstAlert } from './pictures.ts';
import { smallPng } from './small-png.ts';

const FOLDER = 'docs/screenshots';
const FIXED_DAY = fileURLToPath(new URL('./fixed-day.ts', import.meta.url));
const THEMES = ['dark', 'light'] as const;
/** What is seen of the ground around a part of the page. */
const RIM = 12;

/** As a newcomer sees it, wide enough for all channels to be in sight. */
async function openPage(browser: Browser, url: string, dots: number): Promise<Page> {
  const context = await browser.newContext({
    ...{ deviceScaleFactor: dots, reducedMotion: 'reduce' },
    ...{ locale: 'en-GB', timezoneId: 'UTC' },
  });
  const page = await context.newPage();
  await page.goto(url);
  await page.getByRole('main').waitFor();
  return page;
}

async function photograph(page: Page, shown: Locator | null): Promise<Buffer> {
  const box = await shown?.boundingBox();
  const clip = box && { ...box, y: box.y - RIM, height: box.height + 2 * RIM };
  return smallPng(
    await page.screenshot({ animations: 'disabled', caret: 'hide', ...(clip ? { clip } : {}) }),
  );
}

async function takeAll(browser: Browser, url: string): Promise<void> {
  const first = await openPage(browser, url, 1);
  await untilFirstAlert(first);
  await first.context().close();
  for (const { name, size, channel, bring } of PICTURES) {
    const page = await openPage(browser, url, size.dots);
    await openChannel(page, channel);
    await page.setViewportSize(size);
    const shown = await bring(page);
    await page.mouse.move(0, 0);
    for (const colorScheme of THEMES) {
      await page.emulateMedia({ colorScheme });
      const png = await photograph(page, shown);
      writeFileSync(`${FOLDER}/${name}-${colorScheme}.png`, png);
      process.stdout.write(`${FOLDER}/${name}-${colorScheme}.png ${png.length}\n`);
    }
    await page.context().close();
  }
}

mkdirSync(FOLDER, { recursive: true });
const [sandbox, browser] = await Promise.all([runSandbox(0, ['--import', FIXED_DAY]), openBrowser()]);
try {
  await takeAll(browser, sandbox.url);
} finally {
  await browser.close();
  await sandbox.kill();
}
