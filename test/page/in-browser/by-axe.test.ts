import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { chromiumFile, NEEDS_CHROMIUM } from './chromium.ts';
import {
  answerTo,
  choose,
  command,
  line,
  messages,
  openChannel,
  PHONE,
  unfold,
  untilAlert,
  write,
} from './hands.ts';
import { useVisits } from './visits.ts';

const GRAVE: readonly unknown[] = ['serious', 'critical'];

/** What keeps nobody out. */
const FINE: readonly string[] = [
  // The arrow keys of the box below move it, which cannot be a combobox: it has several lines.
  'scrollable-region-focusable #composer-commands',
];

/** What axe finds that keeps somebody out. In light colours nothing is different but those. */
async function findings(page: Page, colorScheme: 'dark' | 'light'): Promise<readonly string[]> {
  // Without legacy mode it opens a page of its own.
  const axe = new AxeBuilder({ page }).setLegacyMode();
  if (colorScheme === 'light') axe.withRules(['color-contrast', 'link-in-text-block']);
  const { violations } = await axe.analyze();
  return violations
    .filter(({ impact }) => GRAVE.includes(impact))
    .flatMap(({ id, nodes }) =>
      nodes.map(({ target, failureSummary }) => ({ what: `${id} ${target}`, failureSummary })),
    )
    .filter(({ what }) => !FINE.includes(what))
    .map(({ what, failureSummary }) => `${what}: ${failureSummary}`);
}

async function openList(page: Page): Promise<void> {
  await openChannel(page, 'general');
  await write(page, '/');
  await line(page, /^\/search/).waitFor();
}

async function openSelect(page: Page): Promise<void> {
  await page.keyboard.press('Backspace');
  await command(page, 'search', 'model');
  await answerTo(page, 'search').getByRole('combobox', { name: 'Open a paper' }).click();
  await page.getByRole('listbox').waitFor();
}

async function openModal(page: Page): Promise<void> {
  await page.keyboard.press('Escape');
  await openChannel(page, 'vision');
  await command(page, 'subscriptions');
  await answerTo(page, 'subscriptions')
    .getByRole('combobox', { name: /^Pick one/ })
    .click();
  await page.getByRole('option').first().click();
  await answerTo(page, 'subscriptions').getByRole('button', { name: 'Edit', exact: true }).click();
  await page.getByRole('button', { name: 'Change', exact: true }).last().click();
  await page.getByRole('dialog').waitFor();
}

async function unfoldPanel(page: Page): Promise<void> {
  await page.keyboard.press('Escape');
  await unfold(page, /Rights and channels/);
  await unfold(page, /Keys and colours/);
}

const WIDE_VIEWS = [
  ['an alert', untilAlert],
  ['the command list', openList],
  ['a search with its select open', openSelect],
  ['a modal', openModal],
  ['the whole panel', unfoldPanel],
] as const;

describe.skipIf(chromiumFile === null)(`what axe finds on the page (${NEEDS_CHROMIUM})`, () => {
  const { visit } = useVisits();

  it('nothing keeps somebody out, in dark and in light colours', async () => {
    const page = await visit({ viewport: { width: 1440, height: 900 } });
    for (const [name, show] of WIDE_VIEWS) {
      await show(page);
      for (const colorScheme of ['dark', 'light'] as const) {
        await page.emulateMedia({ colorScheme });
        expect(await findings(page, colorScheme), `${name}, ${colorScheme}`).toEqual([]);
      }
    }
  });

  it.each(['dark', 'light'] as const)('nor on a phone, in %s colours', async (colorScheme) => {
    const page = await visit({ ...PHONE, colorScheme });
    await messages(page).last().waitFor();
    expect(await findings(page, colorScheme), 'a channel').toEqual([]);
    await page.getByRole('button', { name: 'Channels', exact: true }).tap();
    await choose(page, 'Owner');
    expect(await findings(page, colorScheme), 'the channels').toEqual([]);
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: 'Scene', exact: true }).tap();
    await page.getByRole('complementary').waitFor();
    expect(await findings(page, colorScheme), 'the scene').toEqual([]);
  });
});
