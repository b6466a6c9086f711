import type { Locator } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { chromiumFile, NEEDS_CHROMIUM } from './chromium.ts';
import { answerTo, command, line, openChannel } from './hands.ts';
import { useVisits } from './visits.ts';

const BLUE = 'rgb(47, 111, 222)';

/** The colour at the side of what stands together in a message; '' where there is none. */
const sideOf = (message: Locator): Promise<string> =>
  message
    .locator('.container')
    .evaluate((box) => box.ownerDocument.defaultView.getComputedStyle(box, '::before').backgroundColor);

/** How far apart two parts of a message stand, in the page's pixels. */
async function gapBetween(above: Locator, below: Locator): Promise<number> {
  const [first, second] = [await above.boundingBox(), await below.boundingBox()];
  return (second?.y ?? 0) - ((first?.y ?? 0) + (first?.height ?? 0));
}

describe.skipIf(chromiumFile === null)(`an answer in a container (${NEEDS_CHROMIUM})`, () => {
  const { visit } = useVisits();

  it('has its colour at its side, its title as a heading that leads on, and its buttons inside', async () => {
    const page = await visit();
    await openChannel(page, 'general');
    await command(page, 'paper', 'Diffusion Models Are Real-Time Game Engines');
    const card = answerTo(page, 'paper');
    const box = card.locator('.container');
    await box.getByText('GameNGen plays').waitFor();
    expect(await sideOf(card)).toBe(BLUE);
    const heading = box.getByRole('heading', { level: 4 });
    const title = heading.getByRole('link', { name: 'Diffusion Models Are Real-Time Game Engines' });
    expect(await title.getAttribute('href')).toContain('2408.14837');
    expect(await box.getByRole('link', { name: 'PDF' }).count()).toBe(1);
    const small = box.locator('small').filter({ hasText: 'arXiv:2408.14837' });
    expect(await small.count()).toBe(1);
    const words = box.getByText('GameNGen plays');
    expect(await gapBetween(heading, words)).toBeLessThan(14);
  });

  it('is changed in its place by what stands in it, to the end', async () => {
    const page = await visit();
    await openChannel(page, 'general');
    await command(page, 'subscribe', 'keywords:model');
    const preview = answerTo(page, 'subscribe');
    const box = preview.locator('.container');
    await box.getByText('Nothing is saved until you press Subscribe.').waitFor();
    expect(await box.getByRole('separator').count()).toBe(1);
    await box.getByRole('combobox').click();
    await line(page, /^everything rising/).click();
    await box.locator('.text-part').filter({ hasText: 'everything rising' }).first().waitFor();
    await box.getByRole('button', { name: 'Cancel' }).click();
    await box.getByRole('heading', { name: 'Nothing was saved' }).waitFor();
    expect(await box.locator('button:not(.mention)').count()).toBe(0);
    expect(await preview.locator('.container').count()).toBe(1);
  });
});
