import type { Locator, Page } from 'playwright-core';

/* What a visitor's hands do on the page, by the words that stand there. */

/** For `visit`: a narrow page under a thumb. */
export const PHONE = { viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true };

/** Opens a channel in the list. */
export async function openChannel(page: Page, name: string): Promise<void> {
  const list = page.getByRole('navigation', { name: /^Channels of/ });
  await list.getByRole('button', { name: startsWith(name) }).click();
  await opened(page, name);
}

/** Resolves when a channel is open. */
export const opened = (page: Page, name: string): Promise<void> =>
  page.getByRole('heading', { level: 1, name: startsWith(name) }).waitFor();

const startsWith = (name: string): RegExp => new RegExp(`^${name}\\b`);

/** The messages of the open place that have these words, oldest first. */
export const messages = (page: Page, words: string | RegExp = ''): Locator =>
  page.getByRole('region', { name: 'Messages' }).getByRole('article').filter({ hasText: words });

/** The newest answer to a command. */
export const answerTo = (page: Page, name: string): Locator =>
  messages(page, new RegExp(`used\\s*/${name}`)).last();

/** What only the viewer sees, the newest. */
export const newestPrivate = (page: Page): Locator => messages(page, 'Only you can see this').last();

/** Lines of the open list: of commands, choices, a select. */
export const line = (page: Page, words: string | RegExp): Locator =>
  page.getByRole('listbox').getByRole('option', { name: words });

/** Types where the message is written. */
export async function write(page: Page, text: string): Promise<void> {
  await page.locator('#composer-box').click();
  await page.keyboard.type(text);
}

/** Writes a message and sends it; a long one is put there at once, as a paste is. */
export async function say(page: Page, text: string): Promise<void> {
  await page.locator('#composer-box').click();
  await page.keyboard.insertText(text);
  await page.keyboard.press('Enter');
}

/** Types a whole command and sends it. */
export async function command(page: Page, name: string, options = ''): Promise<void> {
  await write(page, `/${name}`);
  await line(page, new RegExp(`^/${name} `)).click();
  await page.keyboard.type(options);
  await page.getByRole('button', { name: 'Send', exact: true }).click();
}

/** Checks a radio button: a speed of the scene, or whom to look as. Resolves when it is so. */
export async function choose(page: Page, radio: string): Promise<void> {
  const button = page.getByRole('radio', { name: radio, exact: true });
  await button.click();
  await page.getByRole('radio', { name: radio, exact: true, checked: true }).waitFor();
}

/** Opens a part of the scene's panel. */
export async function unfold(page: Page, title: RegExp): Promise<void> {
  await page.locator('summary').filter({ hasText: title }).click();
}

/** Hurries the scene on until #vision has an alert, and stops its time there. */
export async function untilAlert(page: Page): Promise<Locator> {
  await openChannel(page, 'vision');
  await choose(page, '3600x');
  const alert = messages(page, 'Why now').last();
  await alert.waitFor();
  await choose(page, 'Pause');
  return alert;
}
