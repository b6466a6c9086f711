import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Answer, buttonsOf, colourOf, type Harness, linesOf, openHarness, titleOf } from './harness.ts';
import { textOf } from './stage.ts';

const AMBER = 0xe0a030;

const HINT = /^-# No paper (of the last year )?has /;
const hintsIn = (answer: Answer): string[] => linesOf(answer).filter((line) => HINT.test(line));

const TITLES = [
  'Score matching for diffusion models',
  'A survey of pruning',
  'Adam, an optimizer',
  'LLaMA and RAG',
  'Finetuning of vision-language transformers',
];

async function openWithTitles(): Promise<Harness> {
  const harness = await openHarness('2026-03-10T12:00:00Z');
  await harness.print(...TITLES.map((title) => ({ title })));
  return harness;
}

describe('a word that no paper has', () => {
  let harness: Harness;
  beforeAll(async () => {
    harness = await openWithTitles();
  });
  afterAll(() => harness.close());

  it('is told to whoever searches and finds nothing, with the search that was probably meant', async () => {
    const answer = await harness.ask('search', { query: 'title:"score maching" -survy (RAG OR cat:cs.LG)' });
    expect(linesOf(answer)).toContain('No paper has “maching” or “survy”.');
    expect(buttonsOf(answer)[0]).toBe('Search title:"score matching" -survey (RAG OR cat:cs.LG)');
  });

  it('is no news while Paperboy knows few papers, unless one has a word that is nearly the same', async () => {
    expect(hintsIn(await harness.subscribe({ keywords: 'zebra OR difusion OR gnu' }))).toEqual([
      '-# No paper of the last year has “difusion”.',
    ]);
    expect(hintsIn(await harness.ask('search', { query: 'zebra' }))).toEqual([]);
  });

  describe('of a thousand', () => {
    beforeAll(async () => {
      await harness.print(...Array.from({ length: 1000 }, (_, n) => ({ title: `Report ${n}` })));
    }, 60_000);

    it('makes the answer amber, with a button that corrects the whole filter in its place', async () => {
      const keywords = 'Difusion OR "score maching" -survy';
      const answer = await harness.subscribe({ keywords, what: 'all' });
      expect(colourOf(answer)).toBe(AMBER);
      expect(hintsIn(answer)).toEqual([
        '-# No paper of the last year has “Difusion”.',
        '-# No paper of the last year has “maching”.',
        '-# No paper of the last year has “survy”.',
      ]);
      expect(buttonsOf(answer)).toEqual([
        'Use Diffusion, matching, survey',
        'Undo',
        'Edit',
        'All subscriptions',
      ]);
      const saved = () => harness.stored().map(({ filter }) => filter);
      expect(saved()).toContain(keywords);
      const right = 'Diffusion OR "score matching" -survey';
      const corrected = await harness.click(answer.id, 'Use Diffusion, matching, survey');
      expect([corrected.id, titleOf(corrected)]).toEqual([answer.id, 'Filter changed']);
      expect(colourOf(corrected)).not.toBe(AMBER);
      expect(linesOf(corrected).slice(0, 4)).toEqual([
        `<#${harness.channel}> \`${keywords}\``,
        `→ \`${right}\``,
        '',
        'Against the old one, in the last day: **+1 / −0**',
      ]);
      expect(saved()).toContain(right);
      expect(buttonsOf(corrected)).toEqual(['Undo', 'All subscriptions']);
      await harness.click(corrected.id, 'Undo');
      expect(saved()).toContain(keywords);
    });

    it('is corrected once, however often the button is pressed, and not over what somebody did since', async () => {
      const answer = await harness.subscribe({ keywords: 'difusion' });
      const [copy, late] = [
        await harness.subscribe({ keywords: 'difusion' }),
        await harness.subscribe({ keywords: 'difusion' }),
      ];
      const first = await harness.click(answer.id, 'Use diffusion');
      const again = await harness.click(copy.id, 'Use diffusion');
      expect(linesOf(again)).toEqual(linesOf(first));
      expect(JSON.stringify(again.components)).toBe(JSON.stringify(first.components));
      expect(harness.history().filter((what) => what === 'changed')).toHaveLength(2);
      const { id = '' } = harness.stored().find(({ filter }) => filter === 'diffusion') ?? {};
      await harness.submit(await harness.form(id), 'diffusion OR ocean');
      expect(textOf(await harness.click(late.id, 'Use diffusion'))).toMatch(
        /^This filter was changed in the meantime; it is now `diffusion OR ocean`, and stays so\./,
      );
    });

    it('is offered right to whoever tries a filter: the button tries the right one', async () => {
      const answer = await harness.ask('filter test', { filter: 'difusion', paper: '2603.00001' });
      expect([titleOf(answer), colourOf(answer)]).toEqual(['It does not match', AMBER]);
      const tried = await harness.click(answer.id, 'Use diffusion');
      expect([tried.id, titleOf(tried), linesOf(tried)[1]]).toEqual([answer.id, 'It matches', '`diffusion`']);
      expect(buttonsOf(tried)).toEqual([]);
    });

    it.each([
      ['ADAM optimizer', ['-# No paper of the last year has “ADAM”.']],
      ['LLAM', ['-# No paper of the last year has “LLAM”.']],
      ['vison-language', ['-# No paper of the last year has “vison”.']],
      ['finetunning', ['-# No paper of the last year has “finetunning”.']],
      ['zebra OR pruning', ['-# No paper has “zebra” yet.']],
      [
        'zebra OR gnu OR okapi OR difusion',
        [
          '-# No paper of the last year has “difusion”.',
          '-# No paper has “zebra” yet.',
          '-# No paper has “gnu” yet.',
        ],
      ],
      [
        `difusion -(${'"score matching for models" OR '.repeat(12)}survey)`,
        ['-# No paper of the last year has “difusion”.'],
      ],
      ['author:survy OR org:survy OR survy', ['-# No paper of the last year has “survy”.']],
    ])('in `%s` is told in /filter test', async (filter, hints) => {
      expect(hintsIn(await harness.ask('filter test', { filter }))).toEqual(hints);
    });

    it.each([
      'fine-tuning "fine tuning" finetunings vision-languages visionlanguage',
      'surv* OR zebr* OR reprt*',
      'author:zebra org:zebra',
      '2027 OR 3.75 OR gpt9 OR 斑马 OR C++',
      '"matching score" pruning -survey',
    ])('is none of these: `%s`', async (filter) => {
      expect(hintsIn(await harness.ask('filter test', { filter }))).toEqual([]);
    });

    it('is told to whoever edits a filter, or tries it on one paper', async () => {
      const [{ id }] = harness.stored().filter(({ filter }) => filter.startsWith('Difusion'));
      const said = await harness.submit(await harness.form(id), 'diffusion -survy');
      expect(said).toContain('No paper of the last year has “survy”.');
      const tried = await harness.ask('filter test', { filter: 'survy', paper: '2603.00002' });
      expect(hintsIn(tried)).toEqual(['-# No paper of the last year has “survy”.']);
    });
  });

  it('is another matter than a venue that no paper is of: it is told why there may be none', async () => {
    await harness.print({ title: 'Ocean waves', comment: 'Accepted at NeurIPS 2025' });
    const hintOn = async (filter: string) =>
      linesOf(await harness.ask('filter test', { filter })).filter((line) => line.includes('arXiv says'));
    expect(await hintOn('venue:NIPS -venue:"NeurIPS 2025"')).toEqual([]);
    expect(await hintOn('venue:NeruIPS OR (ocean venue:"ICML 2025") OR venue:NeurIPS')).toEqual([
      '-# No paper is known to match `venue:NeruIPS` or `venue:"ICML 2025"` yet. Venues are read from what arXiv says of a paper; papers read before Paperboy kept that have none.',
    ]);
  });
});

describe('signs that mislead', () => {
  let harness: Harness;
  beforeAll(async () => {
    harness = await openWithTitles();
  });
  afterAll(() => harness.close());

  it.each([
    ['pruning, diffusion', 'Use pruning OR diffusion', 'pruning OR diffusion'],
    ['survey cs.LG', 'Use survey cat:cs.LG', 'survey cat:cs.LG'],
  ])('in “%s” are mended by a button too', async (keywords, label, filter) => {
    const answer = await harness.subscribe({ keywords, what: 'all' });
    expect(buttonsOf(answer)).toEqual([label, 'Undo', 'Edit', 'All subscriptions']);
    await harness.click(answer.id, label);
    expect(harness.stored().map((one) => one.filter)).toContain(filter);
    const searched = await harness.ask('search', { query: 'pruning, diffusion' });
    expect(buttonsOf(searched)).toContain('Search pruning OR diffusion');
  });
});
