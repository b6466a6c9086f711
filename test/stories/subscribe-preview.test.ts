import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { contentOf } from '#test/read-message.ts';
import { buttonsOf, choicesOf, footerOf, type Harness, linesOf, openHarness, titleOf } from './harness.ts';
import { postsIn } from './newsstand.ts';
import { textOf } from './stage.ts';

let harness: Harness;
beforeAll(async () => {
  harness = await openHarness('2026-03-10T12:00:00Z');
  await harness.print({ title: 'Ocean waves', votes: 1 }, { title: 'Ocean ice' }, { title: 'Desert wind' });
});
beforeEach(async () => {
  for (const { id } of harness.stored()) await harness.remove(id);
});
afterAll(() => harness.close());

const preview = (options: Record<string, string | number>) => harness.ask('subscribe', options);

describe('what /subscribe answers first', () => {
  it('shows what would be posted, and saves nothing', async () => {
    const shown = await preview({ keywords: 'ocean', what: 'all' });
    expect(shown.ephemeral).toBe(true);
    expect(titleOf(shown)).toBe(`Not saved yet: <#${harness.channel}>`);
    expect(linesOf(shown).slice(0, 4)).toEqual([
      `<#${harness.channel}> would get papers that match \`ocean\``,
      'Options: all new',
      '',
      '**The last day: 2 papers.**',
    ]);
    expect(footerOf(shown)).toBe('Nothing is saved until you press Subscribe.');
    expect(buttonsOf(shown)).toEqual(['Subscribe', 'Change', 'Cancel']);
    expect([harness.stored(), harness.history()]).toEqual([[], []]);
  });

  it('becomes the subscription by Subscribe, once, however often it is pressed', async () => {
    const shown = await preview({ keywords: 'ocean', what: 'all' });
    const saved = await harness.click(shown.id, 'Subscribe');
    expect([saved.id, titleOf(saved)]).toEqual([shown.id, 'Subscribed']);
    expect(harness.stored()).toMatchObject([{ filter: 'ocean', what: { kind: 'all' } }]);
    const again = await preview({ keywords: 'ocean', what: 'all' });
    expect(titleOf(again)).toBe('Subscribed');
    expect(harness.stored()).toHaveLength(1);
  });

  it('is gone by Cancel, and nothing was saved', async () => {
    const shown = await preview({ keywords: 'ocean' });
    const gone = await harness.click(shown.id, 'Cancel');
    expect([gone.id, titleOf(gone), buttonsOf(gone)]).toEqual([shown.id, 'Nothing was saved', []]);
    expect(harness.stored()).toEqual([]);
  });

  it('offers every sensitivity with what it would have brought, and goes on with the chosen one', async () => {
    const shown = await preview({ keywords: 'ocean' });
    const select = idOfSelect(shown);
    expect(choicesOf(shown, select).map(({ label }) => label.split(':')[0])).toEqual([
      ...['strict', 'balanced', 'early', 'everything rising'],
    ]);
    const early = await harness.choose(shown.id, select, 'early');
    expect(linesOf(early)[1]).toBe('Options: early');
    await harness.click(early.id, 'Subscribe');
    expect(harness.stored()).toMatchObject([{ what: { kind: 'trending', sensitivity: 'early' } }]);
  });

  it('goes on with the chosen sensitivity, and with another what, whatever was typed of either', async () => {
    const shown = await preview({ keywords: 'ocean', sensitivity: 'strict', cap: 2 });
    const early = await harness.choose(shown.id, idOfSelect(shown), 'early');
    expect(linesOf(early)[1]).toBe('Options: early, at most 2 cards a day');
    const best = await harness.click(early.id, 'Best 3 a day');
    expect(linesOf(best)[1]).toMatch(/^Options: best 3, daily 09:00 UTC$/);
  });

  it('offers another way where papers matched and none stood out', async () => {
    const shown = await preview({ keywords: 'ocean', at: '' });
    expect(linesOf(shown).join('\n')).toContain('Nothing stood out in 1 day; 2 new papers matched.');
    expect(buttonsOf(shown)).toEqual([
      ...['Subscribe', 'Change', 'Cancel', 'Weekly digest of all', 'Best 3 a day'],
    ]);
    const weekly = await harness.click(shown.id, 'Weekly digest of all');
    expect(linesOf(weekly)[1]).toMatch(/^Options: all new, Monday 09:00 UTC$/);
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
    expect(contentOf(refused)).toMatch(/is subscribed to `ocean` already/);
    expect(harness.stored()).toMatchObject([{ cap: 3 }]);
  });

  it('is not found any more after 30 days, by any of its buttons', async () => {
    const shown = await preview({ keywords: 'oceon' });
    harness.clock.leapTo('2026-04-20T12:00:00Z');
    for (const label of ['Subscribe', 'Use ocean'])
      expect(contentOf(await harness.click(shown.id, label))).toBe(
        'That preview is too old, and papers have come since. `/subscribe` begins anew; `/subscriptions` shows what is saved.',
      );
    expect(harness.stored()).toEqual([]);
  });
});

describe('Post an example here, under what was subscribed', () => {
  // The papers from before are too old by now.
  beforeAll(() => harness.print({ title: 'Ocean foam' }));
  const examples = () => postsIn(harness, harness.channel).map(({ message }) => message);

  it('posts one alert as it will be, once, also after a restart; it counts as none and can be deleted', async () => {
    const saved = await harness.subscribe({ keywords: 'ocean', what: 'all' });
    const told = await harness.click(saved.id, 'Post an example here');
    expect([told.ephemeral, titleOf(told), buttonsOf(told)]).toEqual([
      true,
      'Example',
      ['Delete the example'],
    ]);
    expect(linesOf(told)).toEqual([
      expect.stringMatching(/^\*\*Posted in <#\d+>:\*\* \[Ocean foam\]\(https:/),
      'This is how alerts for `ocean` will look. The example mentions nobody, and does not count as an alert.',
    ]);
    const [post, ...others] = examples();
    expect(others).toEqual([]);
    expect(linesOf(told)[0]).toContain(post.id);
    expect(post.content).toMatch(/^Example: Ocean foam/);
    expect(JSON.stringify(post.embeds)).toContain('A moderator asked to see how alerts will look here.');
    await harness.restart();
    await harness.driver.untilCommand('subscribe');
    const again = await harness.click(saved.id, 'Post an example here');
    expect(linesOf(again)[0]).toMatch(/^\*\*It is in <#\d+>:\*\*/);
    expect(examples()).toHaveLength(1);
    expect(await harness.said('status')).not.toMatch(/last post/i);
    const why = await harness.click(post.id, 'Why here?');
    expect(textOf(why)).toContain('This post is an example');
    expect(buttonsOf(await harness.click(why.id, 'Not for us'))).toContain('Delete this post');
    const gone = await harness.click(told.id, 'Delete the example');
    expect(textOf(gone)).toMatch(/Deleted\n.*may still come there as an alert/s);
    expect(examples()).toEqual([]);
    expect(harness.history().at(-1)).toBe('added');
  });

  it('is not there where nothing could be shown, and says where to click where the channel takes nothing', async () => {
    const none = await harness.subscribe({ keywords: 'volcano', what: 'all' });
    expect(buttonsOf(none)).not.toContain('Post an example here');
    const saved = await harness.subscribe({ keywords: 'ocean', what: 'all' });
    harness.driver.setOverwrite(harness.channel, { id: harness.role, deny: ['SendMessages'] });
    const refused = await harness.click(saved.id, 'Post an example here');
    expect(contentOf(refused)).toMatch(/Send Messages.* No example was posted\.$/);
    harness.driver.setOverwrite(harness.channel, { id: harness.role });
    const told = await harness.click(saved.id, 'Post an example here');
    expect(linesOf(told)[0]).toMatch(/Ocean foam/);
  });
});

function idOfSelect(message: Parameters<typeof choicesOf>[0]): string {
  return /"custom_id":"(sensitivity:[^"]+)"/.exec(JSON.stringify(message.components))?.[1] ?? '';
}
