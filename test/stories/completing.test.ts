import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import topicList from '#config/topics.json' with { type: 'json' };
import { parseFilter } from '#src/match/language/parse-filter.ts';
import { readTopicCatalogue } from '#src/match/language/read-topics.ts';
import { type Harness, openHarness } from './harness.ts';

let harness: Harness;
const LONG = `Large language models as agents ${'that do many things '.repeat(8)}`.trim();
beforeAll(async () => {
  harness = await openHarness('2026-03-10T12:00:00Z');
  await harness.print(
    { title: 'Diffusion models for images', votes: 36, authors: ['Yann LeCun', 'Ada Lovelace'] },
    { title: 'OpenSeeker: RAG for question answering with LoRA', votes: 12, organization: 'Sea Lab' },
    { title: 'Scaling RAGs and a MoE with time machines', votes: 2, authors: ['Jürgen Schmidhuber'] },
    { title: LONG, votes: 3 },
    { title: `Flags ${'🏳️‍🌈'.repeat(30)}`, votes: 1 },
  );
});
afterAll(() => harness.close());

const topics = readTopicCatalogue(topicList);
const offered = (command: string, option: string, text: string) => harness.offered(command, option, text);
const values = async (command: string, option: string, text: string) =>
  (await offered(command, option, text)).map(({ value }) => String(value));

describe('a filter that is being typed', () => {
  it.each<[text: string, offered: string[]]>([
    ['ti', ['ti', 'title:', 'time']],
    ['au', ['au', 'author:']],
    ['votes', ['votes', 'upvotes:']],
    ['since', ['since', 'after:']],
    ['diffusion -ti', ['diffusion -ti', 'diffusion -title:', 'diffusion -time']],
    ['keyword:', ['keyword:']],
    ['images author:', ['images author:']],
    ['images OR', ['images OR']],
    ['(images NOT', ['(images NOT']],
    ['cat:CS.LG', ['cat:CS.LG', 'cat:cs.LG']],
    ['cat:cs.LG', ['cat:cs.LG']],
    ['cat:machine lear', ['cat:cs.LG', 'cat:stat.ML']],
    ['cat:nlp', ['cat:nlp', 'cat:cs.CL']],
    ['time cs.LG', ['time cs.LG', 'time cat:cs.LG']],
    ['topic:lmm', ['topic:llm']],
    ['images -topic:quantum', ['images -topic:quantum']],
    [
      'language models',
      ['language models', 'topic:llm', 'topic:vision-language', 'topic:diffusion-language-models'],
    ],
    ['venue:neurips', ['venue:neurips', 'venue:NeurIPS']],
    ['author:yann le', ['author:"Yann LeCun"']],
    ['author:"yann le', ['author:"yann le"', 'author:"Yann LeCun"']],
    ['author:schmid', ['author:schmid', 'author:"Jürgen Schmidhuber"']],
    ['org:sea', ['org:sea', 'org:"Sea Lab"']],
    ['upvotes:20', ['upvotes:20', 'upvotes:>=20', 'upvotes:<20']],
    ['after:2026-03-1', ['after:2026-03-10']],
    ['age:7', ['age:<7d']],
    ['diffusion O', ['diffusion O', 'diffusion OR']],
    ['RA', ['RA', 'RAG']],
    ['Lo', ['Lo', 'LoRA']],
    ['Mo', ['Mo', 'MoE', 'Models']],
    ['difusion', ['difusion', 'diffusion']],
    ['difusion machines', ['difusion machines', 'diffusion machines']],
    ['(diffusion OR time', ['(diffusion OR time)', '(diffusion OR topic:time-series)']],
    ['"question ans', ['"question ans"', '"question answering"']],
    ['time OR ("time mach', ['time OR ("time mach")', 'time OR ("time machines")']],
    ['C++', ['C++']],
    ['🦓', []],
    ['topic:constructor', []],
    ['__proto__:x', []],
    [`${'x'.repeat(98)} di`, []],
  ])('%s is completed', async (text, wanted) => {
    expect(await values('search', 'query', text)).toEqual(wanted);
  });

  it('tells topics, categories and fields by what they are', async () => {
    const names = async (text: string) => (await offered('search', 'query', text)).map(({ name }) => name);
    expect(await names('cat:cs.LG')).toContain('cat:cs.LG · Machine learning');
    expect(await names('topic:ll')).toContain('topic:llm · Large language models');
    expect(await names('ti')).toContain('title: · words of the title');
    expect(await names('difusion')).toContain('diffusion · corrected');
  });

  it('has examples to begin with', async () => {
    expect((await offered('search', 'query', '')).slice(0, 2)).toEqual([
      { name: 'topic:llm · a topic of the catalogue', value: 'topic:llm' },
      {
        name: 'diffusion OR "score matching" -survey · either, without surveys',
        value: 'diffusion OR "score matching" -survey',
      },
    ]);
  });

  it('is completed alike wherever filters are typed', async () => {
    for (const [command, option] of [
      ['subscribe', 'keywords'],
      ['filter test', 'filter'],
    ])
      expect(await values(command, option, 'topic:lmm')).toEqual(['topic:llm']);
  });

  it('is offered only what can be searched for, but for a field or operator that waits for more', async () => {
    const texts = [
      '"diff',
      'a (b',
      'title:',
      'cat:',
      'age:',
      'after:',
      'topic:',
      'venue:',
      '-',
      '--',
      'NOT',
      'x OR',
      '("',
      '“dif',
      'di)',
      'upvotes:>',
    ];
    for (const text of [...texts, ...texts.map((one) => `title:(${one}`)])
      for (const { name, ...choice } of await offered('search', 'query', text)) {
        const value = String(choice.value);
        const isBegun = /(?:^|[\s(-])(?:[a-z]+:|OR|AND|NOT)$/.test(value);
        expect([text, value, isBegun || parseFilter(value, { topics }).ok]).toEqual([text, value, true]);
        expect([name.length <= 100, value.length <= 100]).toEqual([true, true]);
      }
  });
});

describe('a topic that is being typed', () => {
  it.each([
    ['lmm', ['llm']],
    ['llm', ['llm', 'agents']],
    ['diffuson', ['diffusion', 'diffusion-language-models']],
    ['langauge models', ['llm', 'vision-language', 'diffusion-language-models']],
    ['robots', ['robotics']],
    ['zebra', []],
  ])('%s is known by its name, its words and its slips', async (text, wanted) => {
    for (const command of ['trending', 'subscribe'])
      expect((await values(command, 'topic', text)).slice(0, wanted.length || 9)).toEqual(wanted);
  });

  it('has its title beside its name, and all begin the list', async () => {
    const all = await offered('trending', 'topic', '');
    expect(all).toHaveLength(25);
    expect(all[0]).toEqual({ name: 'Large language models (llm)', value: 'llm' });
  });
});

describe('a paper that is being typed', () => {
  it.each<[text: string, offered: string[]]>([
    ['2603.00001', ['Diffusion models for images · 2603.00001']],
    ['https://arxiv.org/abs/2603.00001v2', ['Diffusion models for images · 2603.00001']],
    ['https://arxiv.org/abs/2408.00714', ['2408.00714 (not read yet: looks it up)']],
    ['images diff', ['Diffusion models for images']],
    ['openseekr', ['OpenSeeker: RAG for question answering with LoRA']],
    ['difusion modles', ['Diffusion models for images']],
    ['lecun', ['by Yann LeCun · Diffusion models for images']],
    ['by Yann Le', ['by Yann LeCun · Diffusion models for images']],
    ['Jurgen schmid', ['by Jürgen Schmidhuber · Scaling RAGs and a MoE with time machines']],
    ['sea la', []],
    ['SEA lab', ['of Sea Lab · OpenSeeker: RAG for question answering with LoRA']],
    ['zebra', []],
    ['🦓', []],
  ])('%s is known', async (text, names) => {
    for (const [command, option] of [
      ['paper', 'query'],
      ['filter test', 'paper'],
    ])
      expect((await offered(command, option, text)).map(({ name }) => name)).toEqual(names);
  });

  it('is one of those that trend, with its place, before anything is typed', async () => {
    const trending = await offered('paper', 'query', '');
    expect(trending[0]).toEqual({
      name: 'Diffusion models for images · 1st of 5 papers of 10 March',
      value: '2603.00001',
    });
    harness.clock.leapTo('2026-03-12T12:00:00Z');
    expect((await offered('paper', 'query', ''))[0].value).toBe('2603.00001');
  });

  it('has a name that fits and halves no letter', async () => {
    for (const text of ['large language', 'flags', ''])
      for (const { name } of await offered('paper', 'query', text)) {
        expect(name.length).toBeLessThanOrEqual(100);
        expect(name).not.toMatch(/[\u200d\ufe0f]…|[\ud800-\udbff]…/);
      }
  });
});

describe('before anything is known', () => {
  it('papers have nothing to offer but what was typed, filters their examples', async () => {
    const empty = await openHarness('2026-03-10T12:00:00Z');
    expect(await empty.offered('paper', 'query', '')).toEqual([]);
    expect(await empty.offered('paper', 'query', 'abc')).toEqual([]);
    expect(await empty.offered('paper', 'query', '2408.00714')).toHaveLength(1);
    expect(await empty.offered('search', 'query', '')).not.toEqual([]);
    expect(await empty.offered('search', 'query', 'zeb')).toEqual([{ name: 'zeb', value: 'zeb' }]);
    await empty.close();
  });
});
