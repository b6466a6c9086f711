import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { choicesOf, type Harness, linesOf, openHarness } from './harness.ts';
import { headsIn, noticesIn } from './newsstand.ts';
import { saidOf } from './stage.ts';

const HOUR = 3_600_000;

let harness: Harness;
let staff: string;
beforeEach(async () => {
  harness = await openHarness('2026-03-10T12:00:00Z');
  staff = harness.channelNamed('staff');
});
afterEach(() => harness.close());

const at = async (instant: string): Promise<void> => {
  harness.clock.leapTo(instant);
  await harness.round();
  await harness.pipeline().deliver();
};
const told = () => noticesIn(harness, staff).filter((text) => text.includes('last day'));
const filters = () => harness.stored().map(({ filter }) => filter);

describe('a subscription with a last day', () => {
  it('tells it in its preview, when it is saved and in the list', async () => {
    const options = { keywords: 'ocean', until: '2026-03-12', zone: 'Berlin' };
    const preview = await harness.ask('subscribe', options);
    expect(saidOf(preview)).toContain('until the end of 2026-03-12 (Europe/Berlin)');
    expect(await harness.subscribed(options)).toContain('until the end of 2026-03-12 (Europe/Berlin)');
    expect(linesOf(await harness.ask('subscriptions'))).toContain(
      '**1.** `ocean` · until the end of 2026-03-12 (Europe/Berlin)',
    );
    expect(harness.stored()[0].until?.at).toBe(Date.parse('2026-03-12T23:00:00Z'));
  });

  it('says that the day is of UTC where neither it nor the server names a zone', async () => {
    await harness.changeSettings({ samePaper: 'full', zone: null, notices: null });
    expect(await harness.subscribed({ keywords: 'ocean', until: '8 weeks' })).toContain(
      'The last day ends at midnight UTC. Write your city in `zone`, for example `zone:Berlin`, to have it end at your own midnight.',
    );
  });

  it('is not saved where that is over, or is none', async () => {
    expect(await harness.subscribed({ keywords: 'ocean', until: '2026-03-09' })).toContain(
      '`2026-03-09` is over: today is 2026-03-10 there. Write a day that is to come, such as `2026-05-05`',
    );
    expect(await harness.subscribed({ keywords: 'ocean', until: 'christmas' })).toContain(
      '“christmas” is no day that I can read. Write the last day, like `2026-12-31`',
    );
    expect(harness.stored()).toEqual([]);
  });

  it('ends with one word to moderators and a row in the History, which brings it back without an end', async () => {
    await harness.subscribe({ keywords: 'ocean', what: 'all', until: '2026-03-11' });
    await at('2026-03-11T23:30:00Z');
    await harness.print({ title: 'Ocean on its last day' });
    expect(filters()).toEqual(['ocean']);
    await at('2026-03-12T00:30:00Z');
    await harness.print({ title: 'Ocean on the day after' });
    await harness.pipeline().deliver();
    expect(headsIn(harness, harness.channel)).toEqual(['card: Ocean on its last day']);
    expect(filters()).toEqual([]);
    await at('2026-03-13T00:30:00Z');
    expect(told()).toEqual([
      `A subscription ended, as was agreed when it was made or changed:\n- \`ocean\` in <#${harness.channel}>: its last day was 2026-03-11.\nNothing more comes of it. \`/subscriptions\` → History tells of it, and brings it back.`,
    ]);
    expect(harness.history()).toEqual(['added', 'ended']);
    await harness.subscribe({ keywords: 'desert' });
    const list = await harness.ask('subscriptions');
    const history = await harness.click(list.id, 'History');
    expect(linesOf(history).slice(-2)).toEqual([
      '**By Paperboy itself**',
      expect.stringMatching(/^\*\*3\.\*\* <t:\d+:f> `ocean` in <#\d+> ended: its last day was over$/),
    ]);
    const ended = choicesOf(history, 'take-back:0').find(({ label }) => label === '3. Ended: ocean');
    const back = await harness.choose(history.id, 'take-back:0', ended?.value ?? '');
    expect(linesOf(back)[0]).toBe(
      `<#${harness.channel}> is subscribed to \`ocean\` again: every new paper, as they happen, at most 10 cards a day (strict papers to 20), the rest in a digest.`,
    );
    expect(filters()).toContain('ocean');
    await at('2026-03-14T00:30:00Z');
    await harness.print({ title: 'Ocean again' });
    expect(headsIn(harness, harness.channel)).toContain('card: Ocean again');
  });

  it('stays until what was decided before its end has come', async () => {
    const daily = { keywords: 'ocean', what: 'all', when: 'daily', at: '09:00', until: '2026-03-10' };
    await harness.subscribe(daily);
    await harness.print({ title: 'Ocean that waits' });
    await at('2026-03-11T01:00:00Z');
    await harness.print({ title: 'Ocean too late' });
    expect([filters(), told()]).toEqual([['ocean'], []]);
    await at('2026-03-11T09:00:05Z');
    await at('2026-03-11T09:01:00Z');
    expect(headsIn(harness, harness.channel)).toEqual(['card: Ocean that waits']);
    expect([filters(), told().length]).toEqual([[], 1]);
  });

  it('that ends while Paperboy is down posts what was news before, and nothing else', async () => {
    await harness.subscribe({ keywords: 'ocean', what: 'all', quiet: '20-8', until: '2026-03-10' });
    harness.clock.leap(9 * HOUR);
    await harness.print({ title: 'Ocean in the night' });
    await harness.restart(() => harness.clock.leapTo('2026-03-11T10:00:00Z'));
    await harness.print({ title: 'Ocean the next day' });
    await at('2026-03-11T11:00:00Z');
    expect(headsIn(harness, harness.channel)).toEqual(['card: Ocean in the night']);
    expect([filters(), told().length]).toEqual([[], 1]);
  });

  it('ends also where what the server mutes cannot be read', async () => {
    await harness.subscribe({ keywords: 'ocean', what: 'all', until: '2026-03-10' });
    await harness.restart(() => harness.spoil('mutes'));
    await at('2026-03-11T00:30:00Z');
    expect([filters(), told().length]).toEqual([[], 1]);
  });

  it('to the best of a day chooses none after it', async () => {
    await harness.subscribe({ keywords: 'ocean', what: 'best 2 a day', at: '09:00', until: '2026-03-11' });
    await harness.print({ title: 'Ocean one' });
    await at('2026-03-11T09:00:05Z');
    await harness.print({ title: 'Ocean two' });
    await at('2026-03-12T09:00:05Z');
    expect(headsIn(harness, harness.channel)).toEqual(['card: Ocean one']);
    expect(filters()).toEqual([]);
  });
});
