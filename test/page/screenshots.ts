/**
 * Makes the guides' pictures from the page itself, dark and light: `npm run screenshots`. Needs Chromium.
 * The scene begins at the same hour each time and stands still while it is looked at, so the pictures change with the faces only.
 */
import { mkdirSync } from 'node:fs';
import type { Browser, Locator, Page } from 'playwright-core';
import { openBrowser } from './in-browser/chromium.ts';
import { answerTo, choose, command, messages, newestPrivate, openChannel } from './in-browser/hands.ts';
import { runSandbox } from './in-browser/run-sandbox.ts';

const FOLDER = 'docs/screenshots';
const WIDE = { width: 1280, height: 860 };
const THEMES = ['dark', 'light'] as const;

type Shot = {
  name: string;
  /** Brings it about; a message is shown alone, the page as a whole where none is given. */
  bring(page: Page): Promise<Locator | null>;
};

const inGeneral = async (page: Page, name: string, options = ''): Promise<void> => {
  await openChannel(page, 'general');
  await command(page, name, options);
};

const SHOTS: readonly Shot[] = [
  {
    name: 'page',
    bring: async (page) => {
      await alertInVision(page);
      return null;
    },
  },
  { name: 'alert', bring: alertInVision },
  {
    name: 'search',
    bring: async (page) => {
      await inGeneral(page, 'search', 'diffusion -language');
      return answered(answerTo(page, 'search'), /best match first/);
    },
  },
  {
    name: 'trending',
    bring: async (page) => {
      await inGeneral(page, 'trending');
      return answered(answerTo(page, 'trending'), /upvotes/);
    },
  },
  {
    name: 'paper',
    bring: async (page) => {
      await inGeneral(page, 'paper', 'Diffusion Models Are Real-Time Game Engines');
      return answered(answerTo(page, 'paper'), /GameNGen/);
    },
  },
  {
    name: 'subscribe',
    bring: async (page) => {
      await inGeneral(page, 'subscribe', 'keywords:agents');
      return answered(answerTo(page, 'subscribe'), /gets papers/);
    },
  },
  {
    name: 'subscriptions',
    bring: async (page) => {
      await inGeneral(page, 'subscriptions');
      return answered(answerTo(page, 'subscriptions'), /vision/);
    },
  },
  {
    name: 'status',
    bring: async (page) => {
      await inGeneral(page, 'status');
      return answered(answerTo(page, 'status'), /Sample feed/);
    },
  },
  {
    name: 'why-here',
    bring: async (page) => {
      const alert = await alertInVision(page);
      await alert.getByRole('button', { name: 'Why here?' }).click();
      return answered(newestPrivate(page), /Words:/);
    },
  },
];

async function alertInVision(page: Page): Promise<Locator> {
  await openChannel(page, 'vision');
  const alert = messages(page, 'Why now').last();
  await alert.waitFor({ timeout: 120_000 });
  return alert;
}

/** The scene stands still from its first alert on. */
async function stopAtFirstAlert(browser: Browser, url: string): Promise<void> {
  const page = await browser.newPage({ viewport: WIDE });
  await page.goto(url);
  await alertInVision(page);
  await choose(page, 'Pause');
  await page.close();
}

async function answered(answer: Locator, words: RegExp): Promise<Locator> {
  await answer.getByText(words).first().waitFor();
  return answer;
}

async function take(browser: Browser, url: string, theme: (typeof THEMES)[number]): Promise<void> {
  for (const { name, bring } of SHOTS) {
    const context = await browser.newContext({ viewport: WIDE, colorScheme: theme, reducedMotion: 'reduce' });
    const page = await context.newPage();
    await page.goto(url);
    await page.getByRole('main').waitFor();
    const message = await bring(page);
    await page.mouse.move(0, 0);
    await (message ?? page).screenshot({ path: `${FOLDER}/${name}-${theme}.png`, animations: 'disabled' });
    await context.close();
    process.stdout.write(`${FOLDER}/${name}-${theme}.png\n`);
  }
}

mkdirSync(FOLDER, { recursive: true });
const [sandbox, browser] = await Promise.all([runSandbox(), openBrowser()]);
try {
  await stopAtFirstAlert(browser, sandbox.url);
  for (const theme of THEMES) await take(browser, sandbox.url, theme);
} finally {
  await browser.close();
  await sandbox.kill();
}
