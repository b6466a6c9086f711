import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parseFilter } from '#src/match/parse-filter.ts';
import { noTopics } from '#src/match/topic-catalogue.ts';
import { type Answer, type Desk, linesOf, openDesk } from './desk.ts';

const HINT = /^-# No paper has /;
const hintsIn = (answer: Answer): string[] => linesOf(answer).filter((line) => HINT.test(line));
const proposalsIn = (answer: Answer): string[] =>
  hintsIn(answer).flatMap((line) => /Try: `(.+)`$/.exec(line)?.[1] ?? []);

const TITLES = [
  'Score matching for diffusion models',
  'A survey of pruning',
  'Adam, an optimizer',
  'LLaMA and RAG',
  'Finetuning of vision-language transformers',
];

describe('a word that no paper has', () => {
  let desk: Desk;
  beforeAll(async () => {
    desk = await openDesk('2026-03-10T12:00:00Z');
    await desk.print(...TITLES.map((title) => ({ title })));
  }, 30_000);
  afterAll(() => desk.close());

  it('is told to whoever searches and finds nothing, with the search that was probably meant', async () => {
    const answer = await desk.ask('search', { query: 'title:"score maching" -survy (RAG OR cat:cs.LG)' });
    expect(hintsIn(answer)).toEqual([
      '-# No paper has “maching”. Try: `title:"score matching" -survy (RAG OR cat:cs.LG)`',
      '-# No paper has “survy”. Try: `title:"score maching" -survey (RAG OR cat:cs.LG)`',
    ]);
  });

  it('is no news while Paperboy knows few papers, unless one has a word that is nearly the same', async () => {
    expect(hintsIn(await desk.ask('subscribe', { keywords: 'zebra OR difusion OR gnu' }))).toEqual([
      '-# No paper has “difusion”. Try: `zebra OR diffusion OR gnu`',
    ]);
    expect(hintsIn(await desk.ask('search', { query: 'zebra' }))).toEqual([]);
  });

  describe('of a thousand', () => {
    beforeAll(async () => {
      await desk.print(...Array.from({ length: 1000 }, (_, n) => ({ title: `Report ${n}` })));
    }, 60_000);

    it('gets a hint with the whole filter corrected, and the subscription is saved as it was typed', async () => {
      const keywords = 'Difusion OR "score matching" -survey';
      const answer = await desk.ask('subscribe', { keywords });
      expect(hintsIn(answer)).toEqual([
        '-# No paper has “Difusion”. Try: `Diffusion OR "score matching" -survey`',
      ]);
      for (const proposal of proposalsIn(answer))
        expect(parseFilter(proposal, { topics: noTopics }).ok).toBe(true);
      expect(desk.stored().map(({ filter }) => filter)).toContain(keywords);
      const tried = await desk.ask('filter test', { filter: proposalsIn(answer)[0] });
      expect(tried.embeds[0].title).toBe('Would have found: 1');
      expect(hintsIn(tried)).toEqual([]);
    });

    it.each([
      ['ADAM optimizer', ['-# No paper has “ADAM”. Try: `adam optimizer`']],
      ['LLAM', ['-# No paper has “LLAM”. Try: `LLAMA`']],
      ['vison-language', ['-# No paper has “vison”. Try: `vision-language`']],
      ['finetunning', ['-# No paper has “finetunning”. Try: `finetuning`']],
      ['zebra OR pruning', ['-# No paper has “zebra” yet.']],
      [
        'zebra OR gnu OR okapi OR difusion',
        [
          '-# No paper has “difusion”. Try: `zebra OR gnu OR okapi OR diffusion`',
          '-# No paper has “zebra” yet.',
          '-# No paper has “gnu” yet.',
        ],
      ],
      [
        `difusion -(${'"score matching for models" OR '.repeat(12)}survey)`,
        ['-# No paper has “difusion”. Try: `diffusion`'],
      ],
      [
        'author:survy OR org:survy OR survy',
        ['-# No paper has “survy”. Try: `author:survy OR org:survy OR survey`'],
      ],
    ])('in `%s` is told in /filter test', async (filter, hints) => {
      expect(hintsIn(await desk.ask('filter test', { filter }))).toEqual(hints);
    });

    it.each([
      'fine-tuning "fine tuning" finetunings vision-languages visionlanguage',
      'surv* OR zebr* OR reprt*',
      'author:zebra org:zebra',
      '2027 OR 3.75 OR gpt9 OR 斑马 OR C++',
      '"matching score" pruning -survey',
    ])('is none of these: `%s`', async (filter) => {
      expect(hintsIn(await desk.ask('filter test', { filter }))).toEqual([]);
    });

    it('is told to whoever edits a filter, or tries it on one paper', async () => {
      const [{ id }] = desk.stored().filter(({ filter }) => filter.startsWith('Difusion'));
      const said = await desk.submit(await desk.form(id), 'diffusion -survy');
      expect(said).toContain('No paper has “survy”. Try: `diffusion -survey`');
      const tried = await desk.ask('filter test', { filter: 'survy', paper: '2603.00002' });
      expect(hintsIn(tried)).toEqual(['-# No paper has “survy”. Try: `survey`']);
    });
  });

  it('is another matter than a venue that no paper is of: it is told why there may be none', async () => {
    await desk.print({ title: 'Ocean waves', comment: 'Accepted at NeurIPS 2025' });
    const hintOn = async (filter: string) =>
      linesOf(await desk.ask('filter test', { filter })).filter((line) => line.includes('arXiv says'));
    expect(await hintOn('venue:NIPS -venue:"NeurIPS 2025"')).toEqual([]);
    expect(await hintOn('venue:NeruIPS OR (ocean venue:"ICML 2025") OR venue:NeurIPS')).toEqual([
      '-# No paper is known to match `venue:NeruIPS` or `venue:"ICML 2025"` yet. Venues are read from what arXiv says of a paper; papers read before Paperboy kept that have none.',
    ]);
  });
});
