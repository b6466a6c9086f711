import { describe, expect, it } from 'vitest';
import { chromiumFile, NEEDS_CHROMIUM } from './chromium.ts';
import {
  answerTo,
  choose,
  command,
  line,
  messages,
  newestPrivate,
  openChannel,
  say,
  unfold,
  write,
} from './hands.ts';
import { useVisits } from './visits.ts';

/** An alert comes to #vision within the first minute. */
const FIRST_MINUTE = { timeout: 55_000 };

const isOnScreen = (y: number | undefined): boolean => y !== undefined && y > 0 && y < 900;

describe.skipIf(chromiumFile === null)(`a newcomer on the page (${NEEDS_CHROMIUM})`, () => {
  const { visit } = useVisits();

  it('looks a paper up by a part of its title, and it is ticked off', async () => {
    const page = await visit();
    await openChannel(page, 'general');
    await write(page, '/pap');
    await line(page, /^\/paper/).click();
    await page.keyboard.type('game engines');
    await line(page, /Real-Time Game Engines/).click();
    await page.getByRole('button', { name: 'Send' }).click();
    await answerTo(page, 'paper').getByText('GameNGen plays the game Doom').waitFor();
    await page.getByText('Look a paper up').filter({ hasText: 'Done:' }).waitFor();
  });

  it('pages through what a search found, to and fro', async () => {
    const page = await visit();
    await openChannel(page, 'general');
    await command(page, 'search', 'model');
    const answer = answerTo(page, 'search');
    await answer.getByText(/Page 1 of [2-9]/).waitFor();
    await answer.getByRole('button', { name: 'Next' }).click();
    await answer.getByText(/Page 2 of/).waitFor();
    await answer.getByRole('button', { name: 'Previous' }).click();
    await answer.getByText(/Page 1 of/).waitFor();
  });

  it('gives #general a filter of its own, and only they see the answer', async () => {
    const page = await visit();
    await openChannel(page, 'general');
    await command(page, 'subscribe', 'keywords:agents');
    const answer = answerTo(page, 'subscribe');
    await answer.getByText('Only you can see this').waitFor();
    await answer.getByRole('button', { name: 'Subscribe', exact: true }).click();
    await answer.getByText('gets papers').waitFor();
    expect(await answer.textContent()).toMatch(/Subscribed.*#general gets papers that match agents/s);
    await page.getByText('Give #general').filter({ hasText: 'Done:' }).waitFor();
  });

  it('sees an alert come to #vision by itself, and what Paperboy did for it', async () => {
    const page = await visit();
    const alert = messages(page, 'Why now').last();
    await alert.waitFor(FIRST_MINUTE);
    expect(await alert.textContent()).toMatch(/Why now.*the top tenth had \d+/s);
    await page
      .getByRole('log', { name: 'What Paperboy did' })
      .getByText(/newly trending/)
      .first()
      .waitFor();
    await page.getByRole('button', { name: /^Discord.*Paperboy \(#vision, Reading group\)/ }).waitFor();
  });

  it('asks why the alert came, and reads the reasons under it', async () => {
    const page = await visit();
    const alert = messages(page, 'Why now').last();
    await alert.getByRole('button', { name: 'Why here?' }).click();
    const answer = newestPrivate(page);
    await answer.getByText('Why here?').waitFor();
    expect(await answer.textContent()).toMatch(
      / came to .*newly trending .*the top tenth had.*filter diffusion OR video OR image/s,
    );
    await page.getByText('Press “Why here?”').filter({ hasText: 'Done:' }).waitFor();
  });

  it('reads the answer to a button at once, also under an alert that is far up', async () => {
    const page = await visit();
    const why = messages(page, 'Why now').first().getByRole('button', { name: 'Why here?' });
    await why.waitFor(FIRST_MINUTE);
    await say(page, 'A line\n'.repeat(60));
    await messages(page, 'A line').waitFor();
    await why.click();
    const dismiss = newestPrivate(page).getByRole('button', { name: 'Dismiss message' });
    await expect.poll(async () => (await dismiss.boundingBox())?.y).toSatisfy(isOnScreen);
    await messages(page, 'Yes · filter ').last().waitFor();
  });

  it('creates a channel once, also by a double click', async () => {
    const page = await visit();
    await unfold(page, /Rights and channels/);
    await page.getByRole('textbox', { name: 'Name', exact: true }).fill('agents');
    await page.getByRole('button', { name: 'Create channel' }).dblclick();
    await page.getByText('agents is there.').waitFor();
    const list = page.getByRole('navigation', { name: /^Channels of/ });
    await list.getByRole('button', { name: /^agents/ }).waitFor();
  });

  it('takes Send Messages away, reads the notice in #moderators, gives it back and reads that it goes on', async () => {
    const page = await visit();
    await unfold(page, /Rights and channels/);
    const right = page.getByRole('switch', { name: 'Send Messages', exact: true });
    await right.click();
    await choose(page, '3600x');
    await openChannel(page, 'moderators');
    const notice = messages(page, 'Send Messages is missing').last();
    await notice.getByText(/I cannot post in/).waitFor();
    await choose(page, '60x');
    await openChannel(page, 'vision');
    await expect.poll(() => right.isChecked()).toBe(false);
    await right.click();
    await expect.poll(() => right.isChecked()).toBe(true);
    await openChannel(page, 'moderators');
    await messages(page, 'It works again since').last().waitFor();
  });
});
