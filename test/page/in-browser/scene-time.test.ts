import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { chromiumFile, NEEDS_CHROMIUM } from './chromium.ts';
import { answerTo, choose, command, messages, openChannel, say } from './hands.ts';
import { useVisits } from './visits.ts';

const clockOf = async (page: Page): Promise<string> => (await page.getByRole('timer').textContent()) ?? '';

/** Leads the scene there, and resolves when it has arrived at the hour that the button promised. */
async function goTo(page: Page, label: 'Next poll' | 'Next digest'): Promise<void> {
  const button = page.getByRole('button', { name: label });
  const promised = (await button.locator('.when').textContent()) ?? '';
  await button.click();
  await page.getByRole('timer').filter({ hasText: promised }).waitFor({ timeout: 50_000 });
  await page.getByText('On the way to').waitFor({ state: 'detached' });
}

const TELL_THE_END = `EventSource = class extends EventSource {
  set onmessage(hear) {
    super.onmessage = ({ data }) => {
      const told = JSON.parse(data);
      if (told.told === 'time') told.time.isOver = true;
      hear({ data: JSON.stringify(told) });
    };
  }
}`;

describe.skipIf(chromiumFile === null)(`the scene's time on the page (${NEEDS_CHROMIUM})`, () => {
  const { visit } = useVisits();

  it('stands still while it is paused, and commands still work', async () => {
    const page = await visit();
    await openChannel(page, 'general');
    await choose(page, 'Pause');
    await page.getByText('Time stands still.').waitFor();
    const before = await clockOf(page);
    await command(page, 'search', 'diffusion');
    await answerTo(page, 'search')
      .getByText(/Page 1 of/)
      .waitFor();
    expect(await clockOf(page)).toBe(before);
  });

  it('is led to the next poll', async () => {
    const page = await visit();
    const before = await clockOf(page);
    await goTo(page, 'Next poll');
    expect(await clockOf(page)).not.toBe(before);
  });

  it('is led to the next digest as soon as there is one, and the digest stands in its channel', async () => {
    const page = await visit();
    await page.getByText('No digest is planned.').waitFor();
    expect(await page.getByRole('button', { name: 'Next digest' }).isDisabled()).toBe(true);
    await openChannel(page, 'general');
    await command(page, 'subscribe', 'keywords:model sensitivity:early when:daily at:14:00 zone:UTC');
    await answerTo(page, 'subscribe').getByRole('button', { name: 'Subscribe', exact: true }).click();
    await answerTo(page, 'subscribe').getByText('gets papers').waitFor();
    await goTo(page, 'Next digest');
    await messages(page, /\d+ papers?/)
      .last()
      .waitFor();
  });

  it('hurries on at 3600x', async () => {
    const page = await visit();
    const before = await clockOf(page);
    await choose(page, '3600x');
    await page.getByText('An hour passes in a second.').waitFor();
    await page.getByRole('timer').filter({ hasNotText: before }).waitFor();
    await choose(page, 'Pause');
  });

  it('says when the sample days are over, and how to go on', async () => {
    const page = await visit();
    // Ten days take four minutes at 3600x, so only the word that they are over is put before the page.
    await page.addInitScript({ content: TELL_THE_END });
    await page.reload();
    const over = page.getByText('The sample days are over; commands still work.');
    await over.waitFor();
    await page.getByText('With a token').first().waitFor();
    await page.getByRole('button', { name: 'Close', exact: true }).click();
    await over.waitFor({ state: 'detached' });
  });

  it('starts again when that is asked twice: nothing of before is there', async () => {
    const page = await visit();
    await openChannel(page, 'general');
    await say(page, 'Of the scene before');
    await messages(page, 'Of the scene before').waitFor();
    const panel = page.getByRole('complementary');
    await panel.getByRole('button', { name: 'Start again' }).click();
    await panel.getByRole('button', { name: 'Go on' }).click();
    await panel.getByRole('button', { name: 'Start again' }).click();
    await panel.getByRole('group').getByRole('button', { name: 'Start again' }).click();
    await messages(page, 'Of the scene before').waitFor({ state: 'detached' });
    await page.getByText('No digest is planned.').waitFor();
    await page.getByText('A minute passes in a second.').waitFor();
    await openChannel(page, 'general');
  });
});
