import { beforeEach, describe, expect, it } from 'vitest';
import { OutsideError } from '#src/foundation/failure.ts';
import type { SourceName } from '#src/paper/sighting.ts';
import { foundMessage } from '#src/render/find-page.ts';
import { createAskSources } from '#src/service/ask-sources.ts';
import { createFindPaper, type FindPaper } from '#src/service/find-paper.ts';
import type { Source } from '#src/source/source.ts';

import { aPoll, aSighting } from '#test/archive/some-papers.ts';
import { aPaper } from '#test/builders/a-paper.ts';
import { aLibrary, idOf, NOON } from './a-library.ts';

let library: Awaited<ReturnType<typeof aLibrary>>;
let finding: FindPaper;
/** What the sources were asked for; papers that they have; whether they answer. */
let asked: string[];
let inStore: string[];
let isDown: boolean;
let closing: AbortController;

const answer = (question: string) => {
  asked.push(question);
  if (isDown) throw new OutsideError('Hugging Face', 'it fell', { retryable: true });
  const papers = inStore.map((title, n) => aSighting(aPaper(`1706.0000${n + 1}`, { title }), n + 1));
  return aPoll(NOON, papers, { list: 'lookup', key: '', complete: false });
};
const source: Source = {
  name: 'hugging-face',
  async *poll() {},
  find: async (id) => answer(id),
  search: async (words) => answer(words),
};

beforeEach(async () => {
  [asked, inStore, isDown, closing] = [[], [], false, new AbortController()];
  library = await aLibrary([
    { title: 'Quantum foam', authors: ['Yann LeCun', 'José García'], organization: 'Meta FAIR' },
    { title: 'Gravity waves in foam', authors: ['Yann LeCun'] },
    { title: 'Small worlds' },
    { title: 'Small world' },
    { title: 'Reasoning with o7' },
  ]);
  const ask = createAskSources({ ...library, sources: [source], closing: closing.signal });
  finding = createFindPaper({ ...library, ask, closing: closing.signal });
});
const find = (query: string) => finding.findPaper(query, 'u');
const told = async (query: string) => {
  const found = await find(query);
  return found.kind === 'paper' ? found.view.paper.title : (foundMessage(found).content ?? '');
};

describe('words', () => {
  it.each([
    ['quantum foam', 'Quantum foam'],
    ['small world', 'Small world'],
    ['SMALL WORLDS', 'Small worlds'],
    ['gravity foam', 'Gravity waves in foam'],
    ['o7', 'Reasoning with o7'],
  ])('of one title alone are that paper, and nobody is asked: %s', async (query, title) => {
    expect([await told(query), asked]).toEqual([title, []]);
  });

  it.each([
    ['foam', '2 titles have “foam”. Pick one below.'],
    ['LeCun', 'I know no paper called “LeCun”. One author has that name: Yann LeCun (2 papers).'],
    ['papers by lecun, yann', 'One author has that name: Yann LeCun (2 papers).'],
    ['from: García et al., 2019', 'One author has that name: José García (1 paper).'],
    ['„J. García“ (2026b)', 'One author has that name: José García (1 paper).'],
    ['meta fair', 'I know no paper called “meta fair”. One organisation has that name (1 paper).'],
    ['12', 'I know no paper called “12”.'],
    ['of the', 'I know no paper called “of the”.'],
  ])(
    'that may be several, or a name, or say too little, are no question to the sources: %s',
    async (query, sentence) => {
      expect(await told(query)).toContain(sentence);
      expect(asked).toEqual([]);
    },
  );

  it('that are unknown here are asked for at the sources, and what they bring is found', async () => {
    expect(await told('narwhals at sea')).toMatch(
      /^I know no paper called “narwhals at sea”\..*\n-# Hugging Face: none\.$/s,
    );
    expect(asked).toEqual(['narwhals at sea']);
    inStore = ['Whales at sea', 'Whales on ice'];
    expect(await told('whales')).toBe('2 titles have “whales”. Pick one below.\n-# Hugging Face: 2 papers.');
    expect(await told('whales ice')).toBe('Whales on ice');
  });

  it('that sources are silent about are answered after eight seconds, with what each of them said', async () => {
    const { clock } = library;
    const silent = (name: SourceName): Source => ({
      ...source,
      name,
      search: () => new Promise(() => {}),
      find: () => new Promise(() => {}),
    });
    const ask = createAskSources({ ...library, sources: [silent('hugging-face'), silent('arxiv-api')] });
    const patient = createFindPaper({ ...library, ask });
    const asking = Promise.all([
      patient.findPaper('narwhals at sea', 'u'),
      patient.findPaper('1706.00001', 'v'),
    ]);
    let answered: number | null = null;
    void asking.then(() => (answered = clock.now()));
    for (let tenth = 0; tenth < 100 && answered === null; tenth++) await clock.advance(100);
    expect(answered).toBeLessThanOrEqual(NOON + 8500);
    for (const found of await asking)
      expect(foundMessage(found).content).toContain(
        'Hugging Face: no answer in 8 s. arXiv: no answer in 8 s.',
      );
  });

  it('of a slip are told as they were probably meant', async () => {
    expect(await told('quantm foam')).toContain('Did you mean “quantum foam”?');
    expect(await told('Yann LeCnu')).toContain('One author has a name near that: Yann LeCun (2 papers).');
  });
});

describe('an id', () => {
  it('that is known is shown, and kept for having been asked for', async () => {
    expect([await told(idOf(1)), asked]).toEqual(['Quantum foam', []]);
    expect((await finding.showPaper(idOf(2), 'u')).paper.title).toBe('Gravity waves in foam');
  });

  it('that is unknown is asked for, once in ten minutes, and again where that is wished', async () => {
    const unknown = { kind: 'unknown', id: '1706.00001', nobodyHas: ['Hugging Face'] };
    expect(await find('1706.00001')).toMatchObject({ ...unknown, earlier: null });
    await library.clock.advance(1000);
    expect(await find('1706.00001')).toMatchObject({ ...unknown, earlier: NOON });
    expect(asked).toEqual(['1706.00001']);
    inStore = ['Found at last'];
    const found = await finding.askAgain('1706.00001', 'u');
    expect(found.kind === 'paper' && found.view.paper.title).toBe('Found at last');
  });

  it('of which a source does not speak is not said to be nowhere', async () => {
    isDown = true;
    expect(await find('1706.00001')).toMatchObject({ kind: 'unknown', nobodyHas: [] });
    await expect(finding.showPaper('1706.00001', 'u')).rejects.toThrow('1706.00001');
  });

  it('is told to be not asked for, to a member who asked too often', async () => {
    for (let n = 0; n < 10; n++) await find(`1706.1000${n}`);
    await expect(find('1706.20000')).rejects.toThrow(/1706\.20000.*you asked the sources many times/s);
    expect(asked).toHaveLength(10);
  });

  it('is given up where Paperboy is closing', async () => {
    isDown = true;
    closing.abort();
    await expect(find('1706.00001')).rejects.toThrow('given up, because Paperboy is closing');
  });

  it('beside another is a choice', async () => {
    expect(await find(`${idOf(1)} and 1706.99999`)).toEqual({
      kind: 'several',
      papers: [
        { id: idOf(1), title: 'Quantum foam' },
        { id: '1706.99999', title: null },
      ],
    });
  });
});

it('an answer that cannot be kept costs itself alone, and is logged', async () => {
  inStore = ['Whales at sea'];
  const archive = {
    ...library.archive,
    keep: async () => {
      throw new Error('full');
    },
  };
  const ask = createAskSources({ ...library, sources: [source] });
  const view = await createFindPaper({ ...library, archive, ask }).findPaper('whales', 'u');
  expect(view).toMatchObject({ kind: 'uncertain', titles: [] });
  expect(library.log.lines).toContainEqual(
    expect.objectContaining({ level: 'warn', message: 'an answer could not be kept' }),
  );
});
