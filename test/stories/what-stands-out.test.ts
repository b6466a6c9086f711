import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  type Answer,
  buttonsOf,
  choicesOf,
  footerOf,
  type Harness,
  linesOf,
  openHarness,
  titleOf,
} from './harness.ts';

let harness: Harness;
/** So many papers, each with an upvote less than the one before. */
const many = (title: string, papers: number, votes: number) =>
  Array.from({ length: papers }, (_, n) => ({ title: `${title} ${n + 1}`, votes: votes - n }));

const SCENE = '2026-03-10T12:00:00Z';
beforeAll(async () => {
  harness = await openHarness('2026-02-08T12:00:00Z');
  for (const [day, title] of [
    ['02-08', 'Lake'],
    ['02-11', 'River'],
    ['03-03', 'Brook'],
    ['03-04', 'Spring'],
    ['03-07', 'Pond'],
    ['03-08', 'Marsh'],
  ]) {
    harness.clock.leapTo(`2026-${day}T12:00:00Z`);
    await harness.print(...many(title, 22, 60));
  }
  harness.clock.leapTo(SCENE);
  await harness.print(...many('Ocean', 21, 60), { title: 'Large language models at sea', votes: 200 });
});
afterAll(() => harness.close());

const titlesOf = (message: Answer): string[] =>
  linesOf(message).flatMap((line) => /^\*\*\d+\.\*\* \[(.*?)\]\(/.exec(line)?.[1] ?? []);
/** What is said before the papers, but for since when they are known. */
const notesOf = (message: Answer): string[] => linesOf(message).filter((line) => !/^(-#|\*\*|\d)/.test(line));
/** Chooses another period below a list. */
const choosePeriod = (message: Answer, period: string) => {
  const parts = JSON.stringify(message.components);
  return harness.choose(message.id, /trending-period:[\w-]+/.exec(parts)?.[0] ?? '', period);
};

describe('/trending', () => {
  it('shows what stands out, of how many, each with its reason, since when papers are known and when they were read', async () => {
    const list = await harness.ask('trending');
    expect(list.ephemeral).toBe(false);
    expect(titleOf(list)).toMatch(/^1 of 22 papers stands out today$/);
    expect(linesOf(list)).toEqual([
      expect.stringMatching(/^-# Papers known since 8 February · read <t:\d+:R>$/),
      expect.stringMatching(
        /^\*\*1\.\*\* \[Large language models at sea\]\(.*\) · 200 upvotes · A\. Author$/,
      ),
      '1st of 22 papers of 10 March (200 upvotes at 12 h; the top tenth had 58)',
    ]);
    expect(choicesOf(list, 'open').map(({ label }) => label)).toEqual(titlesOf(list));
    expect((await harness.ask('trending', { private: true })).ephemeral).toBe(true);
  });

  it.each([
    ['today', '22 papers', ['Large language models at sea']],
    ['3 days', '44 papers', ['Large language models at sea', 'Marsh 1']],
    ['week', '88 papers', ['Large language models at sea', 'Spring 1', 'Pond 1', 'Marsh 1']],
    [
      'month',
      '132 papers',
      ['Large language models at sea', 'River 1', 'Brook 1', 'Spring 1', 'Pond 1', 'Marsh 1'],
    ],
  ])('of %s has the days of it and no other', async (period, papers, titles) => {
    const list = await harness.ask('trending', { period });
    expect(titleOf(list)).toContain(`of ${papers} stand`);
    expect(
      titlesOf(list)
        .filter((title) => title.endsWith(' 1') || titles.includes(title))
        .sort(),
    ).toEqual(titles.sort());
  });

  it('has the others behind a button, whose pages turn, and a way back', async () => {
    const list = await harness.ask('trending');
    const others = await harness.click(list.id, 'The other 21 papers');
    expect(others.id).toBe(list.id);
    expect([titleOf(others), titlesOf(others)[0], footerOf(others)]).toEqual([
      'The other 21 papers today',
      'Ocean 1',
      'Strongest first · page 1 of 3',
    ]);
    expect(buttonsOf(others)).toEqual(['Next', 'The one that stands out']);
    const last = await harness.click((await harness.click(others.id, 'Next')).id, 'Next');
    expect([titlesOf(last), footerOf(last)]).toEqual([['Ocean 21'], 'Strongest first · page 3 of 3']);
    expect(titleOf(await harness.click(last.id, 'The one that stands out'))).toBe(
      '1 of 22 papers stands out today',
    );
  });

  it('changes its period in place, the topic stays', async () => {
    const list = await harness.ask('trending', { topic: 'llm' });
    expect([titleOf(list), buttonsOf(list)]).toEqual(['One paper today, and it stands out · llm', []]);
    const week = await choosePeriod(list, 'week');
    expect([week.id, titleOf(week)]).toEqual([list.id, 'One paper this week, and it stands out · llm']);
  });

  it('takes a topic by name, by title, or a filter', async () => {
    for (const topic of ['llm', 'Large language models', '"language models" sea'])
      expect(titlesOf(await harness.ask('trending', { topic }))).toEqual(['Large language models at sea']);
    expect(await harness.said('trending', { topic: 'ocean OR (' })).toMatch(/^I cannot read that filter/);
  });

  it.each([
    [
      'lmm',
      'llm',
      'No paper today matches “lmm”',
      'Did you mean `llm`?',
      'One paper today, and it stands out · llm',
    ],
    [
      'occean',
      'ocean',
      'No paper today matches “occean”',
      'No paper has “occean”. Try: `ocean`',
      'None of 21 papers stands out today · ocean',
    ],
  ])('corrects the topic %s by a button that shows %s', async (topic, meant, title, note, then) => {
    const none = await harness.ask('trending', { topic });
    expect([titleOf(none), notesOf(none)[0], buttonsOf(none)]).toEqual([title, note, [`Show ${meant}`]]);
    expect(titleOf(await harness.click(none.id, `Show ${meant}`))).toBe(then);
  });

  it('says what to do where nothing is, and proposes no longer time after the longest', async () => {
    const notes = async (period: string, topic: string) =>
      notesOf(await harness.ask('trending', { period, topic }))[0];
    expect(await notes('today', 'river')).toBe('Choose a longer time below.');
    expect(await notes('today', 'zebra')).toBe('`/search` looks through all papers, listed or not.');
    expect(await notes('month', 'zebra')).toBe('`/search` looks through all papers, listed or not.');
  });

  it('does not propose a topic in its own place', async () => {
    const none = await harness.ask('trending', { topic: 'robotics' });
    expect([titleOf(none), notesOf(none)[0], buttonsOf(none)]).toEqual([
      'No paper today matches “robotics”',
      '`/search` looks through all papers, listed or not.',
      [],
    ]);
  });

  it('says how one paper is looked up to whoever gives its id', async () => {
    const notes = notesOf(await harness.ask('trending', { topic: '2602.00001' }));
    expect(notes[0]).toBe('`/paper 2602.00001` shows the paper of that id; here it is looked for as a word.');
  });

  it('goes on after a restart, and shows the last page where the one asked for is gone', async () => {
    const list = await harness.ask('trending');
    const others = await harness.click((await harness.click(list.id, 'The other 21 papers')).id, 'Next');
    await harness.restart();
    harness.clock.leapTo('2026-03-11T12:00:00Z');
    await harness.print({ title: 'Valley' });
    const turned = await harness.click(others.id, 'Next');
    expect([titleOf(turned), titlesOf(turned), footerOf(turned)]).toEqual([
      'One paper today, and it does not stand out',
      ['Valley'],
      '',
    ]);
    // Where nothing stands out, there is something to read at once.
    expect(titlesOf(await harness.ask('trending'))).toEqual(['Valley']);
  });

  it.each([
    ['03-12', 'No list of these days has come yet.'],
    ['03-14', 'Hugging Face lists papers from Monday to Friday.'],
  ])('on a day without papers says why: %s', async (day, why) => {
    harness.clock.leapTo(`2026-${day}T12:00:00Z`);
    const none = await harness.ask('trending');
    expect([titleOf(none), notesOf(none)[0]]).toEqual([
      'No paper is listed today',
      `${why} Choose a longer time below.`,
    ]);
    expect(titleOf(await choosePeriod(none, 'week'))).toContain('stand');
  });
});
