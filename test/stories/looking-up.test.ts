import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { blocksOf, contentOf } from '#test/read-message.ts';
import {
  type Answer,
  buttonsOf,
  choicesOf,
  footerOf,
  type Harness,
  inUtc,
  linesOf,
  linksOf,
  openHarness,
  titleOf,
} from './harness.ts';

let harness: Harness;
let waves: string;
const ABSTRACT = `Waves of the *sea*. They break. ${'They come again. '.repeat(60)}The end.`;
/** One paper a day at these days before 10 March: the first and the last of each period, and its neighbours. */
const DAYS = [30, 29, 7, 6, 3, 2, 1];
beforeAll(async () => {
  harness = await openHarness('2026-02-05T12:00:00Z');
  for (const day of DAYS) {
    harness.clock.leapTo(Date.parse('2026-03-10T12:00:00Z') - day * 86_400_000);
    await harness.print({ title: `Rivers of ${day} days ago`, votes: 5 });
  }
  harness.clock.leapTo('2026-03-10T12:00:00Z');
  [waves] = await harness.print(
    {
      ...{ title: 'Ocean waves: a study', votes: 3, abstract: ABSTRACT },
      ...{ authors: ['Ada Lovelace', 'Bo Li', 'C', 'D', 'E', 'F'], categories: ['cs.CV', 'cs.LG'] },
      ...{ organization: 'Sea Lab', repository: 'sea/waves' },
    },
    { title: 'Ocean tides', votes: 30, abstract: 'Tides.' },
    { title: 'Desert storms', votes: 20 },
  );
});
afterAll(() => harness.close());

/** The titles of a list, in its order. */
const titlesOf = (message: Answer): string[] =>
  linesOf(message).flatMap((line) => /^\*\*(?:\d+\.\*\* )?\[(.*?)\]\(/.exec(line)?.[1] ?? []);
const daysOf = (message: Answer): number[] =>
  titlesOf(message).flatMap((title) => /(\d+) days/.exec(title)?.slice(1).map(Number) ?? []);

describe('/paper', () => {
  it('shows a paper with all that is known of it', async () => {
    const card = await harness.ask('paper', { query: waves });
    expect(card.ephemeral).toBe(false);
    const [block] = JSON.parse(inUtc(JSON.stringify(blocksOf(card))));
    expect(block).toMatchObject({
      title: 'Ocean waves: a study',
      url: `https://huggingface.co/papers/${waves}`,
      footer: `arXiv:${waves} · cs.CV, cs.LG`,
      fields: [
        { name: 'Now', value: '3 upvotes' },
        { name: 'Published', value: '2026-03-10 12:00' },
        { name: 'From', value: 'Sea Lab' },
      ],
    });
    expect(linesOf(card)).toEqual([
      '*Ada Lovelace, Bo Li, C, D and 2 more*',
      '',
      'Waves of the \\*sea\\*. They break.',
    ]);
    expect(buttonsOf(card)).toEqual(['Whole abstract', 'arXiv', 'PDF', 'Code']);
    expect(linksOf(card)).toEqual([
      `https://arxiv.org/abs/${waves}`,
      `https://arxiv.org/pdf/${waves}`,
      'https://github.com/sea/waves',
    ]);
  });

  it.each([
    'https://arxiv.org/abs/ID',
    'https://arxiv.org/pdf/IDv2',
    'arXiv:IDv1',
    'https://huggingface.co/papers/ID',
    'https://www.alphaxiv.org/abs/ID',
    'https://doi.org/10.48550/arXiv.ID',
    'ocean WAVES, a study',
    'waves study',
  ])('knows it by “%s”', async (query) => {
    const card = await harness.ask('paper', { query: query.replace('ID', waves) });
    expect(titleOf(card)).toBe('Ocean waves: a study');
  });

  it('offers the nearest, to the asker alone, where no title is just that', async () => {
    const near = await harness.ask('paper', { query: 'ocean' });
    expect(near.ephemeral).toBe(true);
    expect(contentOf(near)).toBe('2 titles have “ocean”. Pick one below.');
    expect(choicesOf(near, 'open')).toEqual([
      { label: 'Ocean tides', value: expect.any(String), description: expect.stringContaining('A. Author') },
      { label: 'Ocean waves: a study', value: waves, description: `arXiv:${waves} · Ada Lovelace` },
    ]);
    const opened = await harness.choose(near.id, 'open', waves);
    expect([titleOf(opened), opened.ephemeral]).toEqual(['Ocean waves: a study', true]);
  });

  it('asks the source for what it does not know, and knows it then', async () => {
    const id = harness.stand.keepInStore('Attention of old');
    const card = await harness.ask('paper', { query: id });
    expect([titleOf(card), card.ephemeral]).toEqual(['Attention of old', false]);
    await harness.ask('paper', { query: harness.stand.keepInStore('Attention of old times') });
    expect(titleOf(await harness.ask('paper', { query: 'attention of old' }))).toBe('Attention of old');
    expect(titleOf(await harness.ask('paper', { query: 'attention times' }))).toBe('Attention of old times');
  });

  it('shows the whole abstract at a press, to the asker alone', async () => {
    const card = await harness.ask('paper', { query: waves });
    const whole = await harness.click(card.id, 'Whole abstract');
    expect(whole.ephemeral).toBe(true);
    expect(blocksOf(whole)[0]).toMatchObject({
      title: 'Ocean waves: a study',
      url: `https://huggingface.co/papers/${waves}`,
      text: ABSTRACT.replaceAll('*', '\\*'),
    });
    expect(buttonsOf(await harness.ask('paper', { query: 'ocean tides' }))).toEqual(['arXiv', 'PDF']);
  });

  it('completes titles: the name is the title, the value the id', async () => {
    expect(await harness.offered('paper', 'query', 'ocean wav')).toEqual([
      { name: 'Ocean waves: a study', value: waves },
    ]);
  });
});

describe('/search', () => {
  it('shows each paper with its upvotes, its day and the passage that matches', async () => {
    const found = await harness.ask('search', { query: 'ocean' });
    expect([found.ephemeral, titleOf(found)]).toEqual([false, '2 papers · ocean · best match first']);
    expect(linesOf(found).slice(0, 4)).toEqual([
      expect.stringMatching(
        /^\*\*\[Ocean tides\]\(https:\/\/huggingface\.co\/papers\/2603\.\d+\)\*\* · 30 upvotes · 10 March$/,
      ),
      '**Ocean** tides',
      `**[Ocean waves: a study](https://huggingface.co/papers/${waves})** · 3 upvotes · 10 March`,
      '**Ocean** waves: a study',
    ]);
    expect(linesOf(found).slice(4)).toEqual([
      '',
      '-# Few papers match, so the sources were asked too. Hugging Face: none.',
    ]);
    expect(footerOf(found)).toBe('Page 1 of 1');
    expect(choicesOf(found, 'open').map(({ label }) => label)).toEqual([
      'Ocean tides',
      'Ocean waves: a study',
    ]);
  });

  it.each([
    ['24h', []],
    ['2d', [1]],
    ['7d', [1, 2, 3, 6]],
    ['2026-03-08', [1, 2]],
    ['1w', [1, 2, 3, 6]],
    ['', [1, 2, 3, 6, 7, 29, 30]],
  ])('reaches back %s', async (since, days) => {
    const found = await harness.ask('search', {
      query: 'rivers',
      sort: 'newest',
      ...(since ? { since } : {}),
    });
    expect(daysOf(found)).toEqual(days);
  });

  it('says what a span of time looks like', async () => {
    expect(await harness.said('search', { query: 'rivers', since: 'yesterweek' })).toBe(
      '“yesterweek” tells no day. Write `since` as `24h`, `7d`, `4w`, `yesterday`, a month such as `2026-01` or a day such as `2026-01-31`.\n',
    );
  });

  it('sorts by upvotes, by age, and by how well they match', async () => {
    const sorted = async (sort: string) =>
      titlesOf(await harness.ask('search', { query: 'ocean OR desert OR "6 days"', sort }));
    expect(await sorted('votes')).toEqual([
      'Ocean tides',
      'Desert storms',
      'Rivers of 6 days ago',
      'Ocean waves: a study',
    ]);
    expect((await sorted('newest')).at(-1)).toBe('Rivers of 6 days ago');
    expect(titlesOf(await harness.ask('search', { query: 'waves OR ocean', sort: 'relevance' }))[0]).toBe(
      'Ocean waves: a study',
    );
  });

  it('is for the asker alone where that is wanted', async () => {
    expect((await harness.ask('search', { query: 'ocean', private: true })).ephemeral).toBe(true);
    expect((await harness.ask('search', { query: 'ocean', private: false })).ephemeral).toBe(false);
  });

  it('tells what the sources said where few papers match, and shows what they know', async () => {
    // Nobody may ask the sources more than ten times in ten minutes.
    harness.clock.leap(600_000);
    harness.stand.keepInStore('Glaciers');
    const found = await harness.ask('search', { query: 'glaciers' });
    expect(titlesOf(found)).toEqual(['Glaciers']);
    expect(linesOf(found).at(-1)).toBe(
      '-# Few papers match, so the sources were asked too. Hugging Face: 1 paper.',
    );
  });

  it('completes the last word, and keeps what was typed first', async () => {
    expect(await harness.offered('search', 'query', 'ocean -dese')).toEqual([
      { name: 'ocean -dese', value: 'ocean -dese' },
      { name: 'ocean -desert', value: 'ocean -desert' },
    ]);
    expect(await harness.offered('search', 'query', 'ocean -d')).toEqual([
      { name: 'ocean -d', value: 'ocean -d' },
    ]);
  });
});

describe('a long list', () => {
  beforeAll(async () => {
    harness.clock.leapTo('2026-04-20T12:00:00Z');
    await harness.print(
      ...Array.from({ length: 21 }, (_, n) => ({ title: `Mountain ${21 - n}`, votes: 100 - n })),
    );
  });
  const mountains = (from: number, to: number) =>
    Array.from({ length: to - from + 1 }, (_, n) => `Mountain ${22 - from - n}`);

  it.each([['search', { query: 'mountain', sort: 'votes' }, 'Page']])(
    'of /%s turns its pages to the end and back',
    async (command, options, footer) => {
      const first = await harness.ask(command, options);
      expect([titlesOf(first), buttonsOf(first), footerOf(first)]).toEqual([
        mountains(1, 10),
        ['Next'],
        `${footer} 1 of 3`,
      ]);
      const second = await harness.click(first.id, 'Next');
      expect(second.id).toBe(first.id);
      expect([titlesOf(second), buttonsOf(second), footerOf(second)]).toEqual([
        mountains(11, 20),
        ['Previous', 'Next'],
        `${footer} 2 of 3`,
      ]);
      expect(linesOf(second)[0]).toMatch(/^\*\*\[Mountain 11\]/);
      expect(choicesOf(second, 'open').map(({ label }) => label)).toEqual(mountains(11, 20));
      const third = await harness.click(second.id, 'Next');
      expect([titlesOf(third), buttonsOf(third), footerOf(third)]).toEqual([
        mountains(21, 21),
        ['Previous'],
        `${footer} 3 of 3`,
      ]);
      expect(titlesOf(await harness.click(third.id, 'Previous'))).toEqual(mountains(11, 20));
    },
  );

  it('of /search does so too', async () => {
    const list = await harness.ask('search', { query: 'mountain', since: '2d' });
    harness.clock.leapTo('2026-04-23T12:00:00Z');
    await harness.print({ title: 'Mountain lake' });
    const turned = await harness.click(list.id, 'Next');
    expect([titlesOf(turned), buttonsOf(turned), footerOf(turned)]).toEqual([
      ['Mountain lake'],
      [],
      'Page 1 of 1',
    ]);
  });
});
