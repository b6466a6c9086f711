import { afterEach, describe, expect, it } from 'vitest';
import {
  buttonsOf,
  choicesOf,
  type Facts,
  footerOf,
  type Harness,
  linesOf,
  openHarness,
  titleOf,
} from './harness.ts';
import { headsIn, postsIn } from './newsstand.ts';
import { textOf } from './stage.ts';

const HOUR = 3_600_000;
const NOON = Date.parse('2026-03-10T12:00:00Z');

let harness: Harness;
const open = async (settings: Record<string, string> = {}) => {
  harness = await openHarness('2026-03-10T12:00:00Z', settings);
};
afterEach(() => harness.close());

const oceans = (count: number): Facts[] =>
  Array.from({ length: count }, (_, n) => ({ title: `Ocean ${n + 1}`, votes: 100 - n }));
const firstPost = () => postsIn(harness, harness.channel)[0].message;
/** The posts of a day in one digest at 15:00. */
const digestOf = async (papers: readonly Facts[]) => {
  await harness.subscribe({ keywords: 'ocean', what: 'all', at: '15:00' });
  await harness.print(...papers);
  harness.clock.leapTo('2026-03-10T15:00:05Z');
  await harness.pipeline().deliver();
  return firstPost();
};
const seconds = (text: string): number[] =>
  [...text.matchAll(/<t:(\d+):f>/g)].map(([, at]) => Number(at) * 1000);

describe('“Why here?” under a post', () => {
  it('names the paper, the filters that took it, their words in its own spelling, why and when', async () => {
    await open();
    await harness.subscribe({ keywords: 'Oceans -desert', what: 'all' });
    await harness.subscribe({ keywords: 'author:lovelace', what: 'all' });
    harness.clock.leap(HOUR);
    await harness.print({
      title: 'The Ocean at night',
      authors: ['Bo Li', 'Ada Lovelace'],
      abstract: 'An oceans’ tale.',
    });
    const card = firstPost();
    const answer = await harness.click(card.id, 'Why here?');
    expect([answer.ephemeral, titleOf(answer)]).toEqual([true, 'Why here?']);
    const [told, seen, reason, ...rest] = linesOf(answer);
    expect(told).toMatch(/^\*\*The Ocean at night came to <#\d+> on <t:\d+:f>\.\*\*$/);
    expect(seen).toMatch(/^Yes · seen <t:\d+:f>, 1st of 1 paper in a list of Hugging Face$/);
    expect(reason).toMatch(/^Yes · First seen on 10 March; <#\d+> asks for every new paper that matches$/);
    expect(rest.slice(0, 2)).toEqual([
      'Yes · filter 1 `Oceans -desert`: **Ocean**, **oceans**',
      'Yes · filter 2 `author:lovelace`: **Lovelace**',
    ]);
    const when = rest[2];
    expect(when).toMatch(/^Yes · decided <t:\d+:f>, posted <t:\d+:f>$/);
    for (const at of seconds(when)) expect(Math.abs(at - NOON - HOUR)).toBeLessThan(60_000);
  });

  it('tells by what a paper rose', async () => {
    await open({ TREND_BALANCED: '1.2' });
    await harness.subscribe({ keywords: 'ocean' });
    harness.clock.leap(HOUR);
    await harness.print(
      { title: 'Ocean', votes: 30 },
      { title: 'Desert', votes: 3 },
      { title: 'Ice', votes: 2 },
    );
    const answer = await harness.click(firstPost().id, 'Why here?');
    expect(linesOf(answer)[2]).toMatch(
      /^Yes · newly trending <t:\d+:f>: 1st of 3 papers of 10 March \(30 upvotes at 13 h\)$/,
    );
  });

  it('of a digest explains its first eight papers, and counts the others', async () => {
    await open();
    const digest = await digestOf(oceans(10));
    const answer = await harness.click(digest.id, 'Why here?');
    const titles = linesOf(answer).filter((line) => line.startsWith('**'));
    expect(titles.map((title) => title.replace(/ came to .*/, ''))).toEqual(
      Array.from({ length: 8 }, (_, n) => `**Ocean ${n + 1}`),
    );
    expect(linesOf(answer).at(-1)).toBe('and 2 more');
    const [decided, sent] = seconds(linesOf(answer)[3]);
    expect(sent - decided).toBeGreaterThan(2.9 * HOUR);
    // All stages of one of them.
    const customId = /"(why:[^"]+)"/.exec(JSON.stringify(answer.components))?.[1] ?? '';
    const { value } = choicesOf(answer, customId)[1];
    const one = await harness.choose(answer.id, customId, value);
    expect(linesOf(one)[0]).toContain('**Ocean 2 came to ');
    expect(linesOf(one)[1]).toMatch(/^Yes · seen /);
    expect(linesOf(one)).toContainEqual(expect.stringMatching(/^Yes · due with the digest of <t:\d+:f>$/));
    expect(buttonsOf(one)).toEqual(['Not for us']);
  });
});

describe('“More papers” under a digest', () => {
  it('shows the next ten to the asker alone, and so on to the last', async () => {
    await open();
    const digest = await digestOf(oceans(21));
    expect(textOf(digest)).toContain('21 papers: Ocean 1, Ocean 2, Ocean 3 and 18 more');
    expect(buttonsOf(digest)).toEqual(['Why here?', 'More papers']);
    expect(choicesOf(digest, 'open')).toHaveLength(10);
    const second = await harness.click(digest.id, 'More papers');
    expect([second.ephemeral, footerOf(second)]).toEqual([true, 'Page 2 of 3']);
    expect(linesOf(second)[0]).toMatch(
      /^11\. \[Ocean 11\]\(https:\/\/huggingface\.co\/papers\/2603\.00011\)/,
    );
    expect(choicesOf(second, 'open').map(({ label }) => label)).toEqual(
      Array.from({ length: 10 }, (_, n) => `Ocean ${n + 11}`),
    );
    const third = await harness.click(second.id, 'More papers');
    expect(linesOf(third).filter((line) => /^\d+\. /.test(line))).toEqual([
      expect.stringMatching(/^21\. \[Ocean 21\]/),
    ]);
    expect(buttonsOf(third)).toEqual(['Why here?']);
    const opened = await harness.choose(third.id, 'open', '2603.00021');
    expect(titleOf(opened)).toBe('Ocean 21');
  });

  it('is not there where all stand on one page', async () => {
    await open();
    expect(buttonsOf(await digestOf(oceans(10)))).toEqual(['Why here?']);
  });
});

describe('what the operator sets', () => {
  it('a channel gets ten cards a day where nothing else is said, and what was said otherwise', async () => {
    await open();
    await harness.subscribe({ keywords: 'ocean', what: 'all' });
    const few = harness.channelNamed('few');
    await harness.subscribe({ keywords: 'ocean', what: 'all', cap: 2, channel: few });
    await harness.print(...oceans(12));
    await harness.pipeline().deliver();
    expect(headsIn(harness, harness.channel)).toHaveLength(10);
    expect(headsIn(harness, few)).toHaveLength(2);
  });

  it('LIVING_CARD_HOURS: so long a card shows its upvotes as they grow', async () => {
    await open({ LIVING_CARD_HOURS: '3' });
    await harness.subscribe({ keywords: 'ocean', what: 'all' });
    const [paper] = await harness.print({ title: 'Ocean' });
    const shownIn = async (hours: number, votes: number) => {
      harness.clock.leap(hours * HOUR);
      harness.stand.vote(paper, votes);
      await harness.round();
      await harness.pipeline().refresh();
      return textOf(firstPost());
    };
    expect(await shownIn(2, 40)).toContain('40 upvotes');
    expect(await shownIn(2, 400)).toContain('40 upvotes');
  });

  it('PURGE_AFTER_DAYS: so long what belongs to a server is kept after Paperboy was removed from it', async () => {
    await open({ PURGE_AFTER_DAYS: '3' });
    await harness.subscribe({ keywords: 'ocean' });
    harness.driver.kickBot(harness.server);
    const keptAfter = async (days: number) => {
      harness.clock.leap(days * 24 * HOUR);
      await harness.pipeline().prune();
      return harness.stored().length;
    };
    await expect.poll(() => keptAfter(0)).toBe(1);
    expect(await keptAfter(2)).toBe(1);
    expect(await keptAfter(1.1)).toBe(0);
  });

  it('TREND_SURE, _BALANCED, _EARLY, _WIDE: from which score a sensitivity counts a paper', async () => {
    await open({ TREND_SURE: '2.5', TREND_BALANCED: '1.8', TREND_EARLY: '1.4', TREND_WIDE: '1' });
    await harness.print(...oceans(8));
    const line = linesOf(await harness.ask('filter test', { filter: 'ocean' })).find((one) =>
      one.startsWith('Newly trending'),
    );
    expect(line).toBe('Newly trending of these: strict 1, balanced 2, early 3, everything rising 4.');
  });
});
