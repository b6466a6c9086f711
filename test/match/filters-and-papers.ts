import fc from 'fast-check';
import type { Filter, MatchDocument, TextField } from '#src/match/language/filter.ts';
import { parseFilter } from '#src/match/language/parse-filter.ts';
import { ofOnePerson } from '#src/match/language/person.ts';
import { FIGURE_FIELDS, recordOf } from '#src/paper/figures.ts';
import { inEnglish } from '#src/wording/kept-phrase.ts';
import { collectVocabulary, generateFilters, MIXES } from '#test/bench/filter-generator.ts';

/** Compounds that plural and spelling rules see differently as a whole, and their pieces. */
const COMPOUNDS = [
  ...['node', 'js', 'nodejs', 'Node.js', 'nodes'],
  ...['half', 'lives', 'life', 'half-lives', 'halflives'],
  ...['channel', 'line', 'lines', 'channelline', 'channel-line'],
];

/** Words with two spellings, and those that they meet. */
const UMLAUTS = [
  ...['Müller', 'Mu\u0308ller', 'Mueller', 'Muller', 'Müllers'],
  ...['größe', 'groesse', 'Å', 'aa', 'über', 'ueber', 'uber', 'Müllernet', 'ueber-müller', 'ubermuller'],
];

/** Random filters over a few words that trap an index: hyphens, joined forms, plurals, acronyms, CJK, names. */
const WORDS = [
  'model',
  'models',
  "model's",
  'data',
  'set',
  'sets',
  'dataset',
  'datasets',
  'data-set',
  'fine-tuning',
].concat(
  [
    'finetuning',
    'tuning',
    'fine',
    'tuned',
    'RAG',
    'rag',
    'RAGs',
    'RAG-based',
    'U-Net',
    'UNet',
    'unet',
    'net',
    'GPT-4o',
    'GPT',
  ],
  [
    '4o',
    'gpt4o',
    'colour',
    'color',
    'C++',
    '3D',
    'a',
    'in',
    'ina',
    '扩散',
    '模型',
    '扩散模型',
    'É',
    'e',
    'state',
    'space',
  ],
);
const NAMES = [
  'Albert Gu',
  'Gu',
  'Albert B. Gu',
  'Adams',
  'Adam',
  'Mc Allester',
  'McAllester',
  'Li Wei',
  'Wei Li',
  'Jörg Müller',
  'Joerg Muller',
  'Jorg Mueller',
  'Jo Erg Mü Ller',
  'Gu, Albert',
  'Gu A.',
  'A. B. Gu',
  'A Gu',
  'Albert Gu Jr.',
  'Gu, Albert, Jr.',
  'Jean-Pierre Li',
  'J.-P. Li',
  'Weinan E',
  '李 伟',
  '李，伟',
];
const CATEGORIES = ['cs.LG', 'cs.AI', 'stat.ML', 'astro-ph', 'astro-ph.CO', 'cs.IT', 'math.IT', 'hep-th'];

const word = fc.oneof(
  { weight: 3, arbitrary: fc.constantFrom(...WORDS) },
  { weight: 1, arbitrary: fc.constantFrom(...COMPOUNDS) },
  { weight: 1, arbitrary: fc.constantFrom(...UMLAUTS) },
);

const VENUES_ASKED = [
  'NIPS',
  'neurips',
  'NeurIPS 2025',
  'ICML',
  'machine learning',
  'workshop',
  'nature',
  'Physical Review',
  '2025',
  'widgets',
];
const COMMENTS = [
  'Accepted at NeurIPS 2025',
  'NeurIPS 2025 Workshop on Widgets',
  'Submitted to ICML',
  'Accepted at ICML 2024 and NeurIPS 2025',
  '12 pages',
  'To appear in the Journal of Widgets',
];
const REFERENCES = [
  'Nature 521, 436 (2025)',
  'Phys. Rev. D 103, 1 (2021)',
  'Proc. of the 38th Int. Conf. on Machine Learning',
];

const field = fc.constantFrom<TextField | null>(null, null, null, 'title', 'abstract', 'keyword', 'org');
const words = (least: number, most: number) =>
  fc.array(word, { minLength: least, maxLength: most }).map((chosen) => chosen.join(' '));
const day = fc.constantFrom('2026-01-01', '2026-02-01', '2026-03-01');

const leaf: fc.Arbitrary<Filter> = fc.oneof(
  { weight: 6, arbitrary: fc.record({ kind: fc.constant('word' as const), text: word, field }) },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant('prefix' as const),
      text: fc.constantFrom(
        'mod',
        'fin',
        'finetun',
        'fine-tun',
        'data',
        'dat',
        'colou',
        'RAG',
        'ina',
        'gpt-4',
        'channell',
        'müll',
        'muel',
        'ueberm',
        'über-mu',
        '扩散',
      ),
      field,
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constant('phrase' as const),
      text: words(1, 4),
      field,
      within: fc.constant(null),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant('phrase' as const),
      text: words(2, 3),
      field,
      within: fc.integer({ min: 1, max: 4 }),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constantFrom('word' as const, 'prefix' as const),
      text: fc.constantFrom(
        'Gu',
        'Adams',
        'Adam',
        'Wei',
        'McAll',
        'McAllester',
        'Müller',
        'Mueller',
        'Muller',
        'Jörg',
        'Joe',
        'A',
        'Jean-P',
        '李',
      ),
      field: fc.constant('author' as const),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant('phrase' as const),
      text: fc.constantFrom(...NAMES, 'A. B.', 'Gu A. B.'),
      field: fc.constant('author' as const),
      within: fc.option(fc.integer({ min: 1, max: 3 }), { freq: 3 }),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant('category' as const),
      pattern: fc.constantFrom(...CATEGORIES, 'cs.*', 'astro-ph.*', 'math.*'),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant('venue' as const),
      form: fc.constantFrom('word' as const, 'phrase' as const, 'prefix' as const),
      text: fc.constantFrom(...VENUES_ASKED),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant('number' as const),
      figure: fc.constantFrom(...FIGURE_FIELDS),
      is: fc.constantFrom('>' as const, '>=' as const, '<' as const, '<=' as const, '=' as const),
      value: fc.integer({ min: 0, max: 4 }),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant('date' as const),
      side: fc.constantFrom('after' as const, 'before' as const),
      day,
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant('age' as const),
      is: fc.constantFrom('<' as const, '<=' as const, '>' as const, '>=' as const),
      hours: fc.constantFrom(24, 24 * 31, 24 * 45),
    }),
  },
);

const name: fc.Arbitrary<Filter> = fc.record({
  kind: fc.constantFrom('word' as const, 'prefix' as const),
  text: fc.constantFrom('Gu', 'Albert', 'A', 'Li', 'Wei', 'Jean-Pierre', '李'),
  field: fc.constant('author' as const),
});

const person: fc.Arbitrary<Filter> = fc.letrec<{ group: Filter }>((tie) => ({
  group: fc.oneof(
    { maxDepth: 3, depthSize: 'small' },
    name,
    fc.record({
      kind: fc.constantFrom('and' as const, 'or' as const),
      parts: fc.array(tie('group'), { minLength: 2, maxLength: 3 }),
    }),
    fc.record({ kind: fc.constant('not' as const), part: tie('group') }),
  ),
})).group;

export const anyFilter: fc.Arbitrary<Filter> = fc.letrec<{ filter: Filter }>((tie) => ({
  filter: fc.oneof(
    { maxDepth: 4, depthSize: 'small' },
    leaf,
    person.map(ofOnePerson),
    fc.record({
      kind: fc.constantFrom('and' as const, 'or' as const),
      parts: fc.array(tie('filter'), { minLength: 2, maxLength: 4 }),
    }),
    fc.record({ kind: fc.constant('not' as const), part: tie('filter') }),
    fc.record({ kind: fc.constant('topic' as const), name: fc.constant('llm'), filter: tie('filter') }),
  ),
})).filter;

const figure = fc.option(fc.integer({ min: 0, max: 4 }));

export const anyPaper: fc.Arbitrary<MatchDocument> = fc.record({
  id: fc.integer({ min: 0, max: 9999 }).map((number) => `2601.${String(number).padStart(5, '0')}`),
  title: words(0, 4),
  abstract: words(0, 12),
  authors: fc.array(fc.constantFrom(...NAMES), { maxLength: 3 }),
  categories: fc.array(fc.constantFrom(...CATEGORIES), { maxLength: 2 }),
  keywords: fc.array(words(1, 2), { maxLength: 2 }),
  organization: fc.option(words(1, 2)),
  comment: fc.option(fc.constantFrom(...COMMENTS)),
  journalRef: fc.option(fc.constantFrom(...REFERENCES)),
  ...recordOf(FIGURE_FIELDS, () => figure),
  publishedAt: fc.option(
    fc.constantFrom('2026-01-01', '2026-02-01', '2026-02-20').map((text) => Date.parse(text)),
  ),
});

export const NOW = Date.parse('2026-03-05T12:00:00Z');

/** Filters as the benchmark makes them from the papers' own words, half of them broad. */
export function writtenFilters(papers: readonly MatchDocument[], count: number): Filter[] {
  const vocabulary = collectVocabulary(papers);
  const mixes = [generateFilters(vocabulary, MIXES.broad, 5), generateFilters(vocabulary, MIXES.narrow, 6)];
  return Array.from({ length: count }, (_, number) => {
    const parsed = parseFilter(mixes[number % 2].next().value, { topics: null });
    if (!parsed.ok) throw new Error(inEnglish(parsed.error.message));
    return parsed.filter;
  });
}

export const topic = (filter: Filter): Filter => ({ kind: 'topic', name: 'llm', filter });
const not = (part: Filter): Filter => ({ kind: 'not', part });

/** The filter with those topics wherever it has one, and with them beside, in and around it. */
export function askingFor(topics: readonly Filter[], filter: Filter): Filter[] {
  let next = 0;
  const another = (): Filter => topic(topics[next++ % topics.length]);
  const named = (part: Filter): Filter => {
    if (part.kind === 'topic') return another();
    if (part.kind === 'not') return not(named(part.part));
    return part.kind === 'and' || part.kind === 'or' ? { ...part, parts: part.parts.map(named) } : part;
  };
  return [
    another(),
    not(another()),
    named(filter),
    { kind: 'and', parts: [filter, not(another()), another()] },
    { kind: 'or', parts: [another(), { kind: 'and', parts: [not(filter), another()] }] },
  ];
}
