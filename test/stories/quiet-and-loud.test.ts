import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { contentOf, controlsOf } from '#test/read-message.ts';
import { createNewsstand, type Newsstand, noticesIn } from './newsstand.ts';
import { openStage, type Stage, textOf } from './stage.ts';

const DAY = 86_400_000;

let stage: Stage;
let stand: Newsstand;
let staff: string;
beforeEach(async () => {
  stand = createNewsstand();
  stage = await openStage({ start: '2026-03-02T12:00:00Z', sources: stand.sources });
  staff = stage.channelNamed('staff');
  await stage.round();
});
afterEach(() => stage.close());

const subscribe = async (keywords: string, more = {}) => stage.subscribe({ keywords, what: 'all', ...more });
/** So many days with these papers each, one look a day. */
const live = async (days: number, ...titles: string[]) => {
  for (let day = 0; day < days; day++) {
    stage.clock.leap(DAY);
    stand.print(...titles.map((title) => `${title} ${stage.clock.now()}`));
    await stage.round();
    await stage.pipeline().refresh();
    await stage.pipeline().deliver();
  }
};
const click = (message: string, label: string) =>
  stage.driver.click({ user: stage.moderator, channel: stage.channel, message, label }).message();
const OTHERS = ['Desert', 'Forest', 'City'];
const list = async () => textOf(await stage.ask('subscriptions'));
const told = () => noticesIn(stage, staff).filter((text) => text.includes('not as usual'));
const buttonsOf = (message: Parameters<typeof controlsOf>[0]) =>
  controlsOf(message).flatMap(({ label, custom_id = '' }) =>
    label === undefined ? [] : [[label, custom_id.split(':')[0]]],
  );

describe('a subscription that falls silent', () => {
  it('is told once, and stands so in the list until a paper comes', async () => {
    await subscribe('ocean');
    await live(20, 'Ocean', ...OTHERS);
    expect(told()).toEqual([]);
    await live(14, ...OTHERS);
    expect(told()).toHaveLength(1);
    expect(told()[0]).toMatch(
      /^A subscription is not as usual:\n- `ocean` in <#\d+>: quiet for \d days; \d( or \d)? papers were usual\.\nNothing was changed\. `\/subscriptions` shows what can be done\.$/,
    );
    expect(await list()).toMatch(/⚠ quiet for 1\d days; about 1\d papers were usual\./);
    await live(2, 'Ocean', ...OTHERS);
    expect(await list()).not.toContain('quiet');
    expect(told()).toHaveLength(1);
  });

  it('is no news on days on which no papers come, for whatever reason', async () => {
    await live(20, 'Ocean', ...OTHERS);
    await subscribe('ocean');
    await live(3);
    stand.setClosed(true);
    await live(25);
    stand.setClosed(false);
    await live(2, ...OTHERS);
    expect(told()).toEqual([]);
    expect(await list()).not.toContain('quiet');
  });

  it('is known by its preview where it was just made', async () => {
    await live(20, 'Ocean', ...OTHERS);
    await subscribe('ocean');
    await live(14, ...OTHERS);
    expect(told()).toHaveLength(1);
  });

  it('It is fine: this is its usual from now on', async () => {
    await live(20, 'Ocean', ...OTHERS);
    await subscribe('ocean');
    await live(14, ...OTHERS);
    const shown = await stage.ask('subscriptions');
    expect(buttonsOf(shown)).toContainEqual(['It is fine', 'fine']);
    // Of every new paper there is nothing wider: its filter is left to change.
    const question = { user: stage.moderator, channel: stage.channel, message: shown.id, label: 'Widen' };
    expect(await stage.driver.click(question).modal()).toMatchObject({
      custom_id: expect.stringMatching(/^filter-edit:/),
    });
    const after = await click(shown.id, 'It is fine');
    expect(contentOf(after)).toBe(
      `Noted: this counts as usual for \`ocean\` in <#${stage.channel}> from now on.`,
    );
    expect(textOf(after)).not.toContain('quiet');
    await live(30, ...OTHERS);
    expect(await list()).not.toContain('quiet');
    expect(told()).toHaveLength(1);
  });
});
