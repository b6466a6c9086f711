import { describe, expect, it } from 'vitest';
import { OutsideError } from '#src/foundation/failure.ts';
import type { Source } from '#src/source/source.ts';
import { buttonsOf, linesOf, openHarness, titleOf } from './harness.ts';
import { createNewsstand } from './newsstand.ts';
import { openStage } from './stage.ts';

describe('a source that does not answer', () => {
  const arxiv = (isDown: () => boolean): Source => ({
    name: 'arxiv-api',
    async *poll() {},
    find: async () => null,
    async search() {
      if (isDown()) throw new OutsideError('arXiv', 'it answered 503', { retryable: true });
      return {
        ...{ source: 'arxiv-api', list: 'lookup', key: '', seenAt: 0 },
        ...{ complete: false, malformed: 0, sightings: [] },
      };
    },
  });

  it('is named, and asked again at a press, by whom it may be', async () => {
    let isDown = true;
    const stand = createNewsstand();
    const stage = await openStage({
      start: '2026-03-10T12:00:00Z',
      sources: (clock) => [...stand.sources(clock), arxiv(() => isDown)],
    });
    const none = await stage.ask('search', { query: 'glaciers' });
    expect(linesOf(none)[0]).toMatch(/^Hugging Face: none\. arXiv: .*503/);
    expect(buttonsOf(none)).toEqual(['Ask again']);
    isDown = false;
    stand.keepInStore('Glaciers melt');
    const { driver, alice, channel } = stage;
    const again = await driver
      .click({ user: alice, channel, message: none.id, label: 'Ask again' })
      .message();
    expect(titleOf(again)).toBe('1 paper · glaciers · best match first');
    expect(linesOf(again).at(-1)).toBe(
      '-# Few papers match, so the sources were asked too. Hugging Face: 1 paper. arXiv: none.',
    );
    expect(buttonsOf(again)).toEqual([]);
    await stage.close();
  });
});

it('a source that just had nothing is asked anew by “Ask again” alone, not by who turns to the same search', async () => {
  const harness = await openHarness('2026-03-10T12:00:00Z');
  await harness.print({ title: 'Diffusion models' });
  const corrected = async () => {
    const misspelt = await harness.ask('search', { query: 'difusion' });
    return harness.click(misspelt.id, 'Search diffusion');
  };
  expect(buttonsOf(await corrected())).toEqual([]);
  harness.stand.keepInStore('Diffusion of old');
  const later = await corrected();
  expect([titleOf(later), buttonsOf(later)]).toEqual([
    '1 paper · diffusion · best match first',
    ['Ask again'],
  ]);
  const again = await harness.click(later.id, 'Ask again');
  expect(titleOf(again)).toBe('2 papers · diffusion · best match first');
  await harness.close();
});
