import { describe, it } from 'vitest';
import { chromiumFile, NEEDS_CHROMIUM } from './chromium.ts';
import { answerTo, choose, command, messages, openChannel, say } from './hands.ts';
import { useVisits } from './visits.ts';

describe.skipIf(chromiumFile === null)(`when something goes away (${NEEDS_CHROMIUM})`, () => {
  const { visit, tabBeside, restart } = useVisits();

  it('two tabs show the same scene: what is done in one stands in the other', async () => {
    const page = await visit();
    await openChannel(page, 'general');
    const beside = await tabBeside(page);
    await openChannel(beside, 'general');
    await say(page, 'From the first tab');
    await messages(beside, 'From the first tab').waitFor();
    await choose(beside, '3600x');
    await page.getByText('An hour passes in a second.').waitFor();
    await choose(page, '60x');
    await beside.getByText('A minute passes in a second.').waitFor();
  });

  it('a browser that is closed and opened again finds everything as it was', async () => {
    const before = await visit();
    await openChannel(before, 'general');
    await say(before, 'Before the browser was closed');
    await messages(before, 'Before the browser was closed').waitFor();
    await before.context().close();
    const page = await visit();
    await openChannel(page, 'general');
    await messages(page, 'Before the browser was closed').waitFor();
  });

  it('a sandbox that is killed is missed in words, and the page goes on by itself when there is one again', async () => {
    const page = await visit();
    await openChannel(page, 'general');
    await choose(page, 'Member');
    await page.getByText('You are Member.').waitFor();
    await say(page, 'Of the first sandbox');
    await messages(page, 'Of the first sandbox').waitFor();
    const missing = page.getByRole('status').getByText('The sandbox is not running.');
    const unsent = page.getByRole('alert').getByText('The sandbox is not running.');
    await restart(async () => {
      await missing.waitFor();
      await say(page, 'To nobody');
      await unsent.waitFor();
    });
    await missing.waitFor({ state: 'hidden' });
    await unsent.waitFor({ state: 'hidden' });
    await page.locator('#composer-box').fill('');
    await page.getByText('You are Member.').waitFor();
    await openChannel(page, 'general');
    await messages(page, 'Of the first sandbox').waitFor({ state: 'detached' });
    await command(page, 'search', 'diffusion');
    await answerTo(page, 'search')
      .getByText(/Page 1 of/)
      .waitFor();
  });
});
