import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { buttonsOf, footerOf, type Harness, linesOf, openHarness, titleOf } from './harness.ts';
import { textOf } from './stage.ts';

let harness: Harness;
beforeEach(async () => {
  harness = await openHarness('2026-02-05T12:00:00Z');
  await harness.print({ title: 'Old rivers of ice', votes: 5 });
  harness.clock.leapTo('2026-03-10T12:00:00Z');
  await harness.print(
    { title: 'Diffusion models for images', votes: 36, abstract: 'They are good at pictures of cats.' },
    { title: 'RAG answers questions', votes: 12, organization: 'Sea Lab', authors: ['Yann LeCun'] },
    { title: 'Adam: a method for stochastic optimization', votes: 2 },
    { title: 'Large language models as agents', votes: 3, abstract: 'Agents use tools. A survey.' },
  );
});
afterEach(() => harness.close());

const search = (query: string, more: Record<string, string | boolean> = {}) => {
  // Nobody may ask the sources more than ten times in ten minutes.
  harness.clock.leap(120_000);
  return harness.ask('search', { query, ...more });
};

describe('a search that finds nothing', () => {
  it('says so of a mistyped word, what the sources said, and searches for the right word at a press', async () => {
    const none = await search('difusion');
    expect([titleOf(none), linesOf(none), none.ephemeral]).toEqual([
      'No paper has “difusion”',
      ['Hugging Face: none.'],
      false,
    ]);
    expect(buttonsOf(none)[0]).toBe('Search diffusion');
    const found = await harness.click(none.id, 'Search diffusion');
    expect([found.id, titleOf(found)]).toEqual([none.id, '1 paper · diffusion · best match first']);
    expect(linesOf(found)[0]).toContain('Diffusion models for images');
    expect(buttonsOf(found)).toEqual([]);
  });

  it.each<[query: string, title: string, buttons: string[]]>([
    ['"images diffusion"', 'No paper has “images diffusion”', ['Search images diffusion']],
    [
      'diffusion rivers',
      'No paper matches `diffusion rivers`',
      ['Search rivers', 'Search diffusion', 'Search diffusion OR rivers'],
    ],
    ['title:cats', 'No paper matches `title:cats`', ['Search cats']],
    ['ADAM', 'No paper has “ADAM”', ['Search adam', 'Search topic:optimization-training']],
    ['diffusing', 'No paper has “diffusing”', ['Search diffusi*', 'Search topic:diffusion']],
    ['llms', 'No paper has “llms”', ['Search topic:llm']],
    ['diffusion upvotes:>=100', 'No paper matches `diffusion upvotes:>=100`', ['Search diffusion']],
    ['diffusion -models', 'No paper matches `diffusion -models`', ['Search diffusion']],
    ['author:lecunn', 'No paper matches `author:lecunn`', ['Search author:lecun*']],
    [
      'difusion modls',
      'No paper matches `difusion modls`',
      ['Search diffusion models', 'Search topic:diffusion'],
    ],
    ['lecun', 'No paper has “lecun”', ['Search author:lecun']],
    ['Yann LeCun', 'No paper matches `Yann LeCun`', ['Search author:"Yann LeCun"']],
    ['sea lab', 'No paper matches `sea lab`', ['Search org:"sea lab"']],
    ['zebra', 'No paper has “zebra”', []],
    ['upvotes:>100', 'No paper matches `upvotes:>100`', []],
    ['glacier -age:<9d', 'No paper matches `glacier -age:<9d`', []],
  ])('offers for %s what does find something, and nothing else', async (query, title, buttons) => {
    const none = await search(query);
    expect([titleOf(none), buttonsOf(none)]).toEqual([title, buttons]);
    for (const label of buttons) {
      const again = await search(query);
      expect(titleOf(await harness.click(again.id, label))).toMatch(/^\d+ papers? · /);
    }
  });

  it('advises another word for one word, and to ask for less for conditions', async () => {
    expect(linesOf(await search('zebra')).at(-1)).toBe(
      'Try another word for it, or see `/trending` for what is new.',
    );
    expect(linesOf(await search('upvotes:>100'))).toEqual([
      'Ask for less, try other words, or see `/trending` for what is new.',
    ]);
  });

  it('says how one paper is looked up, by its id or its link', async () => {
    const byId = await search('2603.00002');
    expect([titleOf(byId), linesOf(byId).at(-1)]).toEqual([
      'No paper has “2603.00002”',
      '`/paper 2603.00002` shows the paper of that id; here it is looked for as a word.',
    ]);
    expect(textOf(await search('https://arxiv.org/abs/2603.00002'))).toContain(
      'the words of addresses are not searched; `/paper` takes a paper’s link.',
    );
  });

  it('says so where a source sends what does not match', async () => {
    harness.stand.keepInStore('Glaciers melt');
    const none = await search('glaciers -melt');
    expect(linesOf(none)[0]).toBe('Hugging Face: 1 paper. None of these papers matches.');
  });

  it('does not look for just any of the words that every text has', async () => {
    expect(buttonsOf(await search('rivers of the diffusion'))).toContain('Search rivers OR diffusion');
  });

  it('says in which days, and searches all of them at a press', async () => {
    const none = await search('rivers', { since: 'yesterday' });
    expect([titleOf(none), buttonsOf(none)]).toEqual([
      'No paper since 9 March has “rivers”',
      ['Search all days'],
    ]);
    expect(titleOf(await harness.click(none.id, 'Search all days'))).toBe(
      '1 paper · rivers · best match first',
    );
    expect(buttonsOf(await search('rivrs', { since: '7d' }))).toEqual(['Search rivers in all days']);
  });

  it('turns to the page that was asked for right after a restart too', async () => {
    await harness.print(...Array.from({ length: 25 }, (_, n) => ({ title: `Lake ${n}`, votes: 50 - n })));
    const second = await harness.click((await search('lake')).id, 'Next');
    await harness.restart();
    const third = await harness.click(second.id, 'Next');
    expect(footerOf(third)).toBe('Page 3 of 3');
    expect(linesOf(third)[0]).toContain('Lake 20');
  });

  it('keeps its button over a restart, and for other members', async () => {
    const none = await search('difusion');
    await harness.restart();
    const { driver, alice, channel } = harness;
    const pressed = driver.click({ user: alice, channel, message: none.id, label: 'Search diffusion' });
    expect(titleOf(await pressed.message())).toBe('1 paper · diffusion · best match first');
  });

  it('has no button longer than Discord takes, nor one that halves a letter', async () => {
    const none = await search(`difusion OR ${'🏳️‍🌈zzz '.repeat(20)}`);
    for (const label of buttonsOf(none)) expect(label.length).toBeLessThanOrEqual(80);
  });
});

describe('a filter that cannot be read', () => {
  it('is told to the asker alone, with its proposal as a button where that finds something', async () => {
    const unread = await search('topic:lmm');
    expect(unread.ephemeral).toBe(true);
    expect(textOf(unread)).toContain('There is no topic "lmm"');
    expect(textOf(unread)).toContain('Try: `topic:llm`');
    expect(titleOf(await harness.click(unread.id, 'Search topic:llm'))).toBe(
      '1 paper · topic:llm · best match first',
    );
    expect(buttonsOf(await search('(zebra'))).toEqual([]);
    expect(buttonsOf(await search('🦓'))).toEqual([]);
  });
});

describe('a search that finds something', () => {
  it('tells of a word that was mistyped all the same, with a button', async () => {
    const found = await search('rivers OR difusion');
    expect(titleOf(found)).toBe('1 paper · rivers OR difusion · best match first');
    expect(linesOf(found)).toContain('-# No paper has “difusion”.');
    expect(titleOf(await harness.click(found.id, 'Search rivers OR diffusion'))).toBe(
      '2 papers · rivers OR diffusion · best match first',
    );
  });

  it.each([
    [{}, 'best match first'],
    [{ sort: 'newest' }, 'newest first'],
    [{ sort: 'votes' }, 'most upvotes first'],
    [{ since: '7d' }, 'since 3 March, 12:02 UTC · best match first'],
    [{ since: '２０２６-03' }, 'since 1 March · best match first'],
    [{ since: 'last month', sort: 'votes' }, 'since 8 February, 12:02 UTC · most upvotes first'],
    [{ since: 'Dec 24' }, 'since 24 December 2025 · best match first'],
  ])('says its order and how its days were understood: %j', async (options, told) => {
    expect(titleOf(await search('diffusion', options))).toBe(`1 paper · diffusion · ${told}`);
  });

  it('says from when on papers are known where it reaches further back', async () => {
    const known =
      '-# Papers are known here from 5 February on; of earlier days only those that somebody looked up.';
    expect(linesOf(await search('diffusion', { since: '2025' }))).toContain(known);
    expect(linesOf(await search('diffusion', { since: '7d' }))).not.toContain(known);
  });
});
