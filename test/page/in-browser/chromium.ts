import { existsSync } from 'node:fs';
import { type Browser, chromium } from 'playwright-core';

const USUAL_PLACES = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
];

/** The browser of this machine: what CHROMIUM names, else at a usual place; null: there is none. */
export const chromiumFile: string | null =
  [process.env.CHROMIUM ?? '', ...USUAL_PLACES].find(existsSync) ?? null;

/** For the titles of what is left out without it. */
export const NEEDS_CHROMIUM = 'needs Chromium: install it, or name its file in CHROMIUM';

/** Starts the browser of this machine, without a window. */
export function openBrowser(): Promise<Browser> {
  if (chromiumFile === null) throw new Error(`This ${NEEDS_CHROMIUM}.`);
  // Chromium refuses to be root in its own sandbox.
  const args = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
  return chromium.launch({ executablePath: chromiumFile, args });
}
