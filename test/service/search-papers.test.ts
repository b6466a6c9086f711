import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { OutsideError } from '#src/foundation/failure.ts';
import { sayPhrase, sayValue } from '#src/render/say.ts';
import type { SearchView, UnreadView } from '#src/render/search-page.ts';
import { createAskSources } from '#src/service/ask-sources.ts';
import { createSearchPapers, type SearchPapers } from '#src/service/search-papers.ts';
import type { Source } from '#src/source/source.ts';
import { aPoll, aSighting } from '#test/archive/some-papers.ts';
import { aPaper } from '#test/builders/a-paper.ts';
import { aLibrary, NOON } from './a-library.ts';

/** What the source was asked for, and what it has of it. */
let asked: string[];
let inStore: string[];
let isDown: boolean;
const source: Source = {
  name: 'hugging-face',
  async *poll() {},
  async search(words) {
    asked.push(words);
    if (isDown) throw new OutsideError('Hugging Face', 'it fell', { retryable: true });
    const papers = inStore.map((title, n) => aSighting(aPaper(`1706.0000${n + 1}`, { title }), n + 1));
    return aPoll(NOON, papers, { list: 'lookup', key: '', complete: false });
  },
};

let papers: SearchPapers;
let library: Awaited<ReturnType<typeof aLibrary>>;
beforeAll(async () => {
  library = await aLibrary([
    { title: 'Old rivers of ice', votes: 5, daysAgo: 33 },
    {
      ...{ title: 'Diffusion models for images', votes: 36, categories: ['cs.CV'] },
      abstract: 'They are good at pictures of cats.',
    },
    { title: 'RAG answers questions', votes: 12, organization: 'Sea Lab', authors: ['Yann LeCun'] },
    { title: 'Adam: a method for stochastic optimization', votes: 2, categories: ['cs.LG'] },
    { title: 'Large language models as agents', votes: 3, abstract: 'Agents use tools. A survey.' },
    ...[{ title: 'Pond one' }, { title: 'Pond two' }],
    ...Array.from({ length: 12 }, (_, n) => ({ title: `Lake ${n}`, votes: 12 - n, daysAgo: 2 })),
  ]);
});
beforeEach(() => {
  [asked, inStore, isDown] = [[], [], false];
  papers = createSearchPapers({ ...library, ask: createAskSources({ ...library, sources: [source] }) });
});

const ask = (query: string, more: object = {}) =>
  papers.searchPapers({ ...{ query, since: '', sort: '', page: 0, userId: 'u', now: NOON }, ...more });
const search = async (query: string, more: object = {}): Promise<SearchView> => {
  const view = await ask(query, more);
  if (view.kind === 'unread') throw new Error(sayValue(view.sentence));
  return view;
};
const titlesOf = ({ items }: SearchView) => items.map(({ paper }) => paper.title);
const offersOf = ({ offers }: SearchView | UnreadView) =>
  offers.map(({ query, allDays }) => `${query ?? 'the same'}${allDays ? ', all days' : ''}`);
const hintsOf = ({ hints }: SearchView) => hints.map(sayValue);

describe('where a search finds nothing, what does is offered', () => {
  it.each<[query: string, since: string, offers: string[]]>([
    ['difusion', '', ['diffusion', 'topic:diffusion']],
    ['"images diffusion"', '', ['images diffusion']],
    ['diffusion rivers', '', ['rivers', 'diffusion', 'diffusion OR rivers']],
    ['diffusing', '', ['diffusi*', 'topic:diffusion']],
    ['diffusion upvotes:>=100', '', ['diffusion']],
    ['author:lecunn', '', ['author:lecun*']],
    ['lecun', '', ['author:lecun']],
    ['Yann LeCun', '', ['author:"Yann LeCun"']],
    ['sea lab', '', ['org:"sea lab"']],
    [
      'diffusion difusion',
      '',
      ['diffusion diffusion', 'diffusion', 'diffusion OR difusion', 'topic:diffusion'],
    ],
    ['images rivers questions agents', '', ['images OR rivers OR questions OR agents']],
    ['rivers', 'yesterday', ['the same, all days']],
    ['rivrs', '7d', ['rivers, all days']],
    ['"Yann LeCun"', '', ['author:"Yann LeCun"']],
    ['title:lecun', '', []],
    ['lecu*', '', []],
    ['zebra', '', []],
  ])('%s, since %j', async (query, since, offers) => {
    const view = await search(query, { since });
    expect([view.total, offersOf(view)]).toEqual([0, offers]);
    for (const { key } of view.offers) {
      const { total } = await papers.turnSearchPage(key, { page: 0, userId: 'u', now: NOON });
      expect(total).toBeGreaterThan(0);
    }
  });

  it('for a filter that cannot be read too', async () => {
    const [slip, zebra, sign] = [await ask('topic:lmm'), await ask('(zebra'), await ask('🦓')];
    const told = [slip, zebra, sign].map((view) => [view.kind, offersOf(view)]);
    expect(told).toEqual([
      ['unread', ['topic:llm']],
      ['unread', []],
      ['unread', []],
    ]);
    expect(slip.kind === 'unread' && sayValue(slip.sentence)).toMatch(
      /^I cannot read that filter: line 1, column 7: There is no topic "lmm"/,
    );
  });

  it('and where something is found, what was mistyped alone', async () => {
    const view = await search('rivers OR difusion');
    expect([titlesOf(view), offersOf(view)]).toEqual([['Old rivers of ice'], ['rivers OR diffusion']]);
    expect(offersOf(await search('rivers'))).toEqual([]);
  });
});

describe('what else the asker should know', () => {
  it.each<[query: string, hints: string[]]>([
    ['difusion', ['No paper has “difusion”.']],
    ['difusion modls', ['No paper has “difusion” or “modls”.']],
    ['difusion rivers', ['No paper has “difusion”. Try: `diffusion rivers`']],
    ['zebra', []],
    ['cat:cs.XX', ['arXiv has no category "cs.XX". Try: `cat:cs.*`']],
    ['2603.00002', ['`/paper 2603.00002` shows the paper of that id; here it is looked for as a word.']],
    ['title:2603.00002', []],
    [
      'author:lecunn',
      ['No paper that Paperboy knows is by “lecunn”. Names match as papers write them; check the spelling.'],
    ],
    [
      'author:zeb*',
      ['No paper that Paperboy knows is by “zeb\\*”. Names match as papers write them; check the spelling.'],
    ],
    [
      'author:"Yann LeCnu"',
      ['No paper that Paperboy knows is by “Yann LeCnu”. Near it: `author:"Yann LeCun"`'],
    ],
    [
      'org:zebra',
      [
        'No paper that Paperboy knows names the organisation “zebra”. Few papers name one; without `org:` title, abstract and keywords are searched.',
      ],
    ],
    [
      'keyword:zebra',
      [
        'No paper that Paperboy knows has the keyword “zebra”. Without `keyword:` title and abstract are searched too.',
      ],
    ],
    [
      'venue:ICML OR venue:NeurIPS',
      [
        'No paper is known to match `venue:ICML` or `venue:NeurIPS` yet. Venues are read from what arXiv says of a paper; papers read before Paperboy kept that have none.',
      ],
    ],
  ])('of %s', async (query, hints) => {
    expect(hintsOf(await search(query))).toEqual(hints);
  });

  it('from when on papers are known, where more was asked for', async () => {
    const known =
      'Papers are known here from 5 February on; of earlier days only those that somebody looked up.';
    expect(hintsOf(await search('diffusion', { since: '2025' }))).toEqual([known]);
    expect(hintsOf(await search('diffusion', { since: '2026-02-05' }))).toEqual([]);
    expect(hintsOf(await search('diffusion'))).toEqual([]);
  });

  it('that nothing is known yet', async () => {
    const empty = createSearchPapers(await aLibrary([]));
    const question = { query: 'ponds', since: '2025', sort: '', page: 0, userId: 'u', now: NOON };
    const view = (await empty.searchPapers(question)) as SearchView;
    expect([hintsOf(view), view.sources]).toEqual([
      [expect.stringMatching(/^No paper is known here yet\./)],
      null,
    ]);
  });
});

describe('the sources are asked', () => {
  it('where fewer than three papers match', async () => {
    expect([(await search('pond')).total, asked]).toEqual([2, ['pond']]);
    expect([(await search('rivers OR pond')).total, asked]).toEqual([3, ['pond']]);
  });

  it('for the words of the filter that are wanted', async () => {
    await search('(diffusion OR x) -y author:(lecun hinton) "score matching" upvotes:>1 gen*');
    expect(asked).toEqual(['diffusion lecun hinton score matching gen']);
    expect((await search('upvotes:>100')).sources).toBeNull();
    expect(asked).toHaveLength(1);
  });

  it('and what they bring is found at once', async () => {
    inStore = ['Glaciers melt'];
    const view = await search('glaciers');
    expect([titlesOf(view), view.sources?.said.map(sayPhrase)]).toEqual([
      ['Glaciers melt'],
      ['Hugging Face: 1 paper.'],
    ]);
    expect(view.sources).toMatchObject({ found: true, canAskAgain: false });
  });

  it('once in ten minutes, but again where that is wished; then they may be asked again', async () => {
    expect((await search('zebra')).sources).toMatchObject({ found: false, canAskAgain: false });
    expect((await search('zebra')).sources).toMatchObject({ canAskAgain: true });
    await search('zebra', { again: true });
    expect(asked).toEqual(['zebra', 'zebra']);
  });

  it('and one that does not answer may be asked again', async () => {
    isDown = true;
    expect((await search('zebra')).sources).toMatchObject({ found: false, canAskAgain: true });
  });

  it('and of two what one brings is found, and the other may be asked again', async () => {
    const other: Source = {
      ...source,
      name: 'arxiv-api',
      async search() {
        throw new OutsideError('arXiv', 'it fell', { retryable: true });
      },
    };
    inStore = ['Narwhals at sea'];
    const two = createSearchPapers({
      ...library,
      ask: createAskSources({ ...library, sources: [source, other] }),
    });
    const question = { query: 'narwhals', since: '', sort: '', page: 0, userId: 'u', now: NOON };
    const asking = async () => (await two.searchPapers(question)) as SearchView;
    expect((await asking()).sources).toMatchObject({ found: true, canAskAgain: true });
  });

  it('but not for a member who asked too often: that is told, and it may be tried later', async () => {
    for (let n = 0; n < 10; n++) await search(`zebra${n}`);
    const { sources } = await search('gnu');
    expect(sources?.canAskAgain).toBe(true);
    expect(sources?.said.map(sayPhrase).join()).toContain('you asked the sources many times');
  });
});

describe('what is found', () => {
  it('stands in pages of ten, the last where there is none so far', async () => {
    const first = await search('lake', { sort: 'votes' });
    const beyond = await search('lake', { sort: 'votes', page: 5 });
    expect([first.kind, first.items.length, first.page, first.total]).toEqual(['list', 10, 0, 12]);
    expect([titlesOf(beyond), beyond.page]).toEqual([['Lake 10', 'Lake 11'], 1]);
    const turned = await papers.turnSearchPage(first.key, { page: 1, userId: 'u', now: NOON });
    expect([titlesOf(turned), turned.sort]).toEqual([['Lake 10', 'Lake 11'], 'votes']);
  });

  it('shows its words where they stand, but no category', async () => {
    const noteOf = async (query: string) => (await search(query)).items[0].note;
    expect(await noteOf('cats')).toBe('They are good at pictures of **cats**.');
    expect(await noteOf('cat:cs.LG')).toBeUndefined();
  });

  it.each([
    ['cats', 'cats'],
    ['"models for images"', 'models for images'],
    ['title:images', null],
    ['models images', null],
  ])('is told by the words alone where %s is nothing else', async (query, words) => {
    expect((await search(query)).words).toBe(words);
  });

  it.each([
    ['newest', 'newest'],
    ['', 'relevance'],
    ['toString', 'relevance'],
  ])('is in the order %j', async (sort, order) => expect((await search('lake', { sort })).sort).toBe(order));
});
