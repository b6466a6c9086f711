import type { Browser, BrowserContext, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect } from 'vitest';
import { openBrowser } from './chromium.ts';
import { type RunningSandbox, runSandbox } from './run-sandbox.ts';

const WIDE: BrowserContextOptions = {
  viewport: { width: 1440, height: 900 },
  colorScheme: 'dark',
  timezoneId: 'UTC',
};

/** The page in a real browser, in front of a sandbox that the tests of a file share. */
export type Visits = {
  /** Opens the page as somebody who has never been here; resolves when it knows the scene. */
  visit(options?: BrowserContextOptions): Promise<Page>;
  /** One more tab beside that one. */
  tabBeside(page: Page): Promise<Page>;
  sandbox(): RunningSandbox;
  /** It is killed and started again at the same address. `meanwhile` while nobody is there. */
  restart(meanwhile: () => Promise<void>): Promise<void>;
};

/** Runs in the page. */
const TELL_VIOLATIONS = `document.addEventListener('securitypolicyviolation', ({ violatedDirective, sample }) =>
  console.error('The policy ' + violatedDirective + ' was broken: ' + sample));`;

/**
 * Registers for the file: a sandbox, a browser, and that no test ends well in which the page wrote to its console, threw,
 * did what its Content-Security-Policy forbids, or asked another host.
 */
export function useVisits(): Visits {
  let sandbox: RunningSandbox;
  let browser: Browser;
  let isAway = false;
  const contexts = new Set<BrowserContext>();
  const faults: string[] = [];
  const fault = (text: string) => {
    if (
      !isAway ||
      !/ERR_CONNECTION_REFUSED|ERR_EMPTY_RESPONSE|ERR_CONNECTION_RESET|ERR_INCOMPLETE/.test(text)
    )
      faults.push(text);
  };

  beforeAll(async () => {
    [sandbox, browser] = await Promise.all([runSandbox(), openBrowser()]);
  });
  afterEach(async () => {
    for (const context of contexts) await context.close();
    contexts.clear();
    isAway = false;
    expect(faults.splice(0), 'what the page did that it must not').toEqual([]);
  });
  afterAll(async () => {
    await browser?.close();
    await sandbox?.kill();
  });

  const open = async (context: BrowserContext): Promise<Page> => {
    const page = await context.newPage();
    page.on('console', (said) => fault(`console ${said.type()}: ${said.text()}`));
    page.on('pageerror', (error) => fault(`thrown: ${error.message}`));
    page.on('request', (request) => {
      if (!request.url().startsWith(`${sandbox.url}/`)) fault(`asked another host: ${request.url()}`);
    });
    await page.goto(sandbox.url);
    await page.getByRole('main').waitFor();
    return page;
  };

  return {
    async visit(options = {}) {
      const context = await browser.newContext({ ...WIDE, ...options });
      contexts.add(context);
      // What the policy refuses is told in the console too, but not in the same words by every version.
      await context.addInitScript({ content: TELL_VIOLATIONS });
      return open(context);
    },
    tabBeside: (page) => open(page.context()),
    sandbox: () => sandbox,
    async restart(meanwhile) {
      isAway = true;
      await sandbox.kill();
      await meanwhile();
      sandbox = await runSandbox(Number(new URL(sandbox.url).port));
    },
  };
}
