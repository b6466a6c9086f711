/**
 * The sandbox's page in Chromium, as a newcomer meets it: from the start of the process to the first alert on the screen, from
 * a key to what is proposed for it, and scrolling through 2,000 messages. Where there is no Chromium it says so and measures
 * nothing.
 */
import type { Browser, Page } from 'playwright-core';
import { chromiumFile, NEEDS_CHROMIUM, openBrowser } from '#test/page/in-browser/chromium.ts';
import { line, messages, openChannel, write } from '#test/page/in-browser/hands.ts';
import { runSandbox } from '#test/page/in-browser/run-sandbox.ts';
import { type BenchLine, type BenchOptions, median, quantile } from './bench.ts';
import { FIRST_WORDS, writeLongTalk } from './page/long-talk.ts';
import { longestTask } from './page/longest-task.ts';
import { commandListDelays, completionDelays } from './page/suggestions.ts';

export async function* run({ quick }: BenchOptions): AsyncIterable<BenchLine> {
  if (chromiumFile === null) {
    process.stderr.write(`The bench of the page ${NEEDS_CHROMIUM}.\n`);
    return;
  }
  const browser = await openBrowser();
  try {
    yield await firstAlert(browser);
    const sandbox = await runSandbox();
    try {
      yield* typing(browser, sandbox.url, quick ? 2 : 20);
      yield* scrolling(browser, sandbox.url, quick ? 100 : 2_000, quick ? 1 : 3);
    } finally {
      await sandbox.kill();
    }
  } finally {
    await browser.close();
  }
}

async function openPage(browser: Browser, url: string): Promise<Page> {
  const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
  await page.goto(url);
  await page.getByRole('main').waitFor();
  return page;
}

async function firstAlert(browser: Browser): Promise<BenchLine> {
  // Node keeps what it compiled: only the very first start reads everything.
  await runSandbox().then(({ kill }) => kill());
  const from = performance.now();
  const sandbox = await runSandbox();
  const page = await openPage(browser, sandbox.url);
  await messages(page, 'Why now').first().waitFor({ timeout: 120_000 });
  const value = (performance.now() - from) / 1000;
  await page.close();
  await sandbox.kill();
  return {
    ...{ case: 'first alert on the screen', metric: 's_from_start', value, goal: { max: 20 } },
    note: 'the second start; whoever opened the page did nothing',
  };
}

async function* typing(browser: Browser, url: string, times: number): AsyncIterable<BenchLine> {
  const page = await openPage(browser, url);
  await page
    .getByRole('log')
    .getByText(/was read/)
    .first()
    .waitFor();
  await openChannel(page, 'general');
  await write(page, '');
  yield* delays('the list of commands', await commandListDelays(page, times));
  await write(page, '/paper');
  await line(page, /^\/paper /).click();
  await line(page, /./).first().waitFor();
  yield* delays('what the bot proposes', await completionDelays(page, times));
  await page.close();
}

function* delays(what: string, measured: readonly number[]): Iterable<BenchLine> {
  const common = { case: `${what}, after a key`, goal: { max: 100 } };
  yield { ...common, metric: 'ms_p50', value: median(measured) };
  yield { ...common, metric: 'ms_p95', value: quantile(measured, 0.95) };
}

async function* scrolling(
  browser: Browser,
  url: string,
  count: number,
  rounds: number,
): AsyncIterable<BenchLine> {
  await writeLongTalk(browser, url, count);
  const longest: number[] = [];
  for (let round = 0; round < rounds; round++) {
    const page = await openPage(browser, url);
    await openChannel(page, 'general');
    longest.push(await longestTask(browser, page, () => scrollToFirst(page)));
    await page.close();
  }
  yield {
    ...{ case: `up through ${count} messages`, metric: 'ms_longest_task' },
    ...{ value: median(longest), goal: { max: 50 } },
    note: 'CPU time of the page’s thread; the median of the rounds',
  };
}

const NEXT_FRAME = 'new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)))';

async function scrollToFirst(page: Page): Promise<void> {
  const first = messages(page, FIRST_WORDS);
  await page.getByRole('region', { name: 'Messages' }).hover();
  while ((await first.count()) === 0) {
    await page.mouse.wheel(0, -900);
    await page.evaluate(NEXT_FRAME);
  }
}
