import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { buttonsOf, choicesOf, type Harness, linesOf, openHarness } from './harness.ts';

let harness: Harness;
beforeAll(async () => {
  harness = await openHarness('2026-03-10T12:00:00Z');
  await harness.print({ title: 'Ocean waves', votes: 1 }, { title: 'Ocean ice' }, { title: 'Desert wind' });
});
beforeEach(async () => {
  for (const { id } of harness.stored())
    await harness.choose((await harness.ask('subscriptions')).id, 'unsubscribe', id);
});
afterAll(() => harness.close());

const preview = (options: Record<string, string | number>) => harness.ask('subscribe', options);

describe('what /subscribe answers first', () => {
  it('shows what would be posted, and saves nothing', async () => {
    const shown = await preview({ keywords: 'ocean', what: 'all' });
    expect(shown.ephemeral).toBe(true);
    expect(shown.embeds[0].title).toBe(`Not saved yet: <#${harness.channel}>`);
    expect(linesOf(shown).slice(0, 4)).toEqual([
      `<#${harness.channel}> would get papers that match \`ocean\``,
      'every new paper, as they happen, at most 10 cards a day (strict papers to 20), the rest in a digest',
      '',
      '**The last day: 2 papers.**',
    ]);
    expect(shown.embeds[0].footer?.text).toBe('Nothing is saved until you press Subscribe.');
    expect(buttonsOf(shown)).toEqual(['Subscribe', 'Change', 'Cancel']);
    expect([harness.stored(), harness.history()]).toEqual([[], []]);
  });

  it('becomes the subscription by Subscribe, once, however often it is pressed', async () => {
    const shown = await preview({ keywords: 'ocean', what: 'all' });
    const saved = await harness.click(shown.id, 'Subscribe');
    expect([saved.id, saved.embeds[0].title]).toEqual([shown.id, 'Subscribed']);
    expect(harness.stored()).toMatchObject([{ filter: 'ocean', what: { kind: 'all' } }]);
    const again = await preview({ keywords: 'ocean', what: 'all' });
    expect(again.embeds[0].title).toBe('Subscribed');
    expect(harness.stored()).toHaveLength(1);
  });

  it('is gone by Cancel, and nothing was saved', async () => {
    const shown = await preview({ keywords: 'ocean' });
    const gone = await harness.click(shown.id, 'Cancel');
    expect([gone.id, gone.embeds[0].title, buttonsOf(gone)]).toEqual([shown.id, 'Nothing was saved', []]);
    expect(harness.stored()).toEqual([]);
  });

  it('offers every sensitivity with what it would have brought, and goes on with the chosen one', async () => {
    const shown = await preview({ keywords: 'ocean' });
    const select = idOfSelect(shown);
    expect(choicesOf(shown, select).map(({ label }) => label.split(':')[0])).toEqual([
      ...['strict', 'balanced', 'early', 'everything rising'],
    ]);
    const early = await harness.choose(shown.id, select, 'early');
    expect(linesOf(early)[1]).toContain('newly trending papers (early)');
    await harness.click(early.id, 'Subscribe');
    expect(harness.stored()).toMatchObject([{ what: { kind: 'trending', sensitivity: 'early' } }]);
  });

  it('goes on with the chosen sensitivity, and with another what, whatever was typed of either', async () => {
    const shown = await preview({ keywords: 'ocean', sensitivity: 'strict', cap: 2 });
    const early = await harness.choose(shown.id, idOfSelect(shown), 'early');
    expect(linesOf(early)[1]).toContain('newly trending papers (early)');
    const best = await harness.click(early.id, 'Best 3 a day');
    expect(linesOf(best)[1]).toMatch(/^the best 3 of a day/);
  });

  it('offers another way where papers matched and none stood out', async () => {
    const shown = await preview({ keywords: 'ocean', at: '' });
    expect(shown.embeds[0].description).toContain('Nothing stood out in 1 day; 2 new papers matched.');
    expect(buttonsOf(shown)).toEqual([
      ...['Subscribe', 'Change', 'Cancel', 'Weekly digest of all', 'Best 3 a day'],
    ]);
    const weekly = await harness.click(shown.id, 'Weekly digest of all');
    expect(linesOf(weekly)[1]).toMatch(/^every new paper, on Monday at /);
    await harness.click(weekly.id, 'Subscribe');
    expect(harness.stored()).toMatchObject([{ what: { kind: 'all' }, when: { kind: 'weekly' } }]);
  });

  it('takes a mistyped word as it was meant, before anything is saved', async () => {
    const shown = await preview({ keywords: 'oceon', what: 'all' });
    const right = await harness.click(shown.id, 'Use ocean');
    expect(linesOf(right)[0]).toContain('match `ocean`');
    expect(harness.stored()).toEqual([]);
    await harness.click(right.id, 'Subscribe');
    expect(harness.stored()).toMatchObject([{ filter: 'ocean' }]);
  });

  it('can be subscribed by after a restart', async () => {
    const shown = await preview({ keywords: 'ocean', what: 'all' });
    await harness.restart();
    await harness.driver.untilCommand('subscribe');
    await harness.click(shown.id, 'Subscribe');
    expect(harness.stored()).toMatchObject([{ filter: 'ocean' }]);
  });

  it('is told when somebody subscribed the same on other terms meanwhile', async () => {
    const shown = await preview({ keywords: 'ocean', what: 'all' });
    await harness.subscribe({ keywords: 'ocean', what: 'all', cap: 3 });
    const refused = await harness.click(shown.id, 'Subscribe');
    expect(refused.content).toMatch(/is subscribed to `ocean` already/);
    expect(harness.stored()).toMatchObject([{ cap: 3 }]);
  });
});

function idOfSelect(message: Parameters<typeof choicesOf>[0]): string {
  return /"custom_id":"(sensitivity:[^"]+)"/.exec(JSON.stringify(message.components))?.[1] ?? '';
}
