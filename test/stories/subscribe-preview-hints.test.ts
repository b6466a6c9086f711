import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Answer, buttonsOf, type Harness, linesOf, openHarness } from './harness.ts';

let harness: Harness;
beforeAll(async () => {
  // Wide enough that the first of its list stands out.
  harness = await openHarness('2026-03-09T12:00:00Z', { TREND_WIDE: '1', TREND_EARLY: '1.15' });
  await harness.print({ title: 'Ocean tides', abstract: 'Tides of the moon. A survey.' });
  harness.clock.leapTo('2026-03-10T12:00:00Z');
  await harness.print(
    { title: 'Ocean waves and ice', votes: 30, abstract: 'Waves break.' },
    { title: 'Desert winds', votes: 1 },
  );
});
afterAll(() => harness.close());

const preview = (options: Record<string, string>) =>
  harness.ask('subscribe', { sensitivity: 'everything rising', ...options });
const small = (answer: Answer): string[] =>
  linesOf(answer).flatMap((line) => (line.startsWith('-# ') ? line.slice(3) : []));

describe('what a preview says of a filter that finds little', () => {
  it('names the newest papers that trended and lack one clause of it', async () => {
    const told = small(await preview({ keywords: 'ocean waves storm' }));
    expect(told).toContain('Nearest: “Ocean waves and ice” lacks `storm`.');
    const excluded = small(await preview({ keywords: 'ocean -ice -survey' }));
    expect(excluded).toContain('Nearest: “Ocean waves and ice” has `ice`, which is not wanted.');
  });

  it('names none that lacks more, and none of a single word', async () => {
    for (const keywords of ['storm', 'storm thunder', 'storm OR thunder'])
      expect(small(await preview({ keywords })).join('\n')).not.toContain('Nearest');
  });
});

describe('the topic that covers what was typed', () => {
  it('is offered with its count of words, and taken by its button', async () => {
    const shown = await preview({ keywords: 'qubit -ice' });
    expect(small(shown)).toContain('`topic:quantum` covers this and 2 more words.');
    expect(buttonsOf(shown)).toContain('Use it');
    const taken = await harness.click(shown.id, 'Use it');
    expect(linesOf(taken)[0]).toContain('match `topic:quantum -ice`');
    await harness.click(taken.id, 'Subscribe');
    expect(harness.stored()).toMatchObject([
      { filter: 'topic:quantum -ice', what: { kind: 'trending', sensitivity: 'wide' } },
    ]);
  });
});

describe('a word that most papers have', () => {
  it('is told with its count, and left out by its button', async () => {
    harness.clock.leapTo('2026-03-11T12:00:00Z');
    await harness.print(...Array.from({ length: 100 }, (_, n) => ({ title: `Forest ${n}` })));
    const shown = await preview({ keywords: 'ocean OR forest' });
    expect(small(shown)).toContain('“forest” tells little: 100 of 103 papers have it.');
    const without = await harness.click(shown.id, 'Leave out forest');
    expect(linesOf(without)[0]).toContain('match `ocean`');
    expect(small(without).join('\n')).not.toContain('tells little');
  });
});

describe('/status of a channel', () => {
  it('names the day’s nearest miss, with the clause that failed, and none that came or lacks more', async () => {
    const subscribed = async (...filters: string[]) => {
      const channel = harness.channelNamed(`of-${filters.join(' ').replaceAll(/\W+/g, '-')}`);
      for (const keywords of filters)
        await harness.subscribe({ keywords, sensitivity: 'everything rising' }, channel);
      return channel;
    };
    const lacking = await subscribed('ocean waves storm');
    const excluding = await subscribed('ocean -ice');
    const far = await subscribed('storm thunder waves');
    // It comes to the channel by its other filter.
    const both = await subscribed('ocean waves storm', 'ocean ice');
    const ofToday = async (channel: string) => linesOf(await harness.ask('status', {}, channel))[1];
    expect(await ofToday(lacking)).not.toContain('Nearest miss');
    harness.clock.leapTo('2026-03-12T12:00:00Z');
    await harness.print(
      { title: 'Ocean waves and more ice', votes: 30 },
      { title: 'Desert sands', votes: 1 },
    );
    expect(await ofToday(lacking)).toContain(
      ' 0 posted. Nearest miss: “Ocean waves and more ice” lacks `storm`.',
    );
    expect(await ofToday(excluding)).toContain(
      'Nearest miss: “Ocean waves and more ice” has `ice`, which is not wanted.',
    );
    for (const channel of [far, both]) expect(await ofToday(channel)).not.toContain('Nearest miss');
  });
});
