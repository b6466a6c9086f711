import { describe, expect, it } from 'vitest';
import type { MatchDocument } from '#src/match/language/filter.ts';
import { finds } from '../document.ts';

type Known = Partial<MatchDocument>;
type Case = readonly [filter: string, known: Known];

function describeRule(rule: string, found: readonly Case[], missed: readonly Case[]): void {
  describe(rule, () => {
    it.each(found)('%s finds %j', (filter, known) => expect(finds(filter, known)).toBe(true));
    it.each(missed)('%s does not find %j', (filter, known) => expect(finds(filter, known)).toBe(false));
  });
}

const mamba: Known = {
  title: 'Mamba: Linear-Time Sequence Modeling with Selective State Spaces',
  abstract:
    'Foundation models are based on the Transformer. We improve structured state space models (SSMs).',
  authors: ['Albert Gu', 'Tri Dao'],
  categories: ['cs.LG', 'cs.AI'],
  keywords: ['sequence modeling', 'recurrent networks'],
  organization: 'Carnegie Mellon University',
  upvotes: 20,
  comments: 0,
  stars: null,
  publishedAt: Date.UTC(2026, 2, 20, 12),
};

describeRule(
  'Words side by side: all must occur',
  [
    ['mamba transformer', mamba],
    ['transformer mamba', mamba],
    ['mamba AND transformer', mamba],
    ['mamba recurrent', mamba],
  ],
  [
    ['mamba diffusion', mamba],
    ['diffusion mamba', mamba],
    ['mamba AND diffusion', mamba],
  ],
);

describeRule(
  'OR and | need one of them, NOT and a minus exclude',
  [
    ['diffusion OR mamba', mamba],
    ['diffusion | mamba', mamba],
    ['mamba -diffusion', mamba],
    ['mamba NOT diffusion', mamba],
    ['-diffusion', mamba],
    ['diffusion OR mamba diffusion OR transformer', mamba],
    ['diffusion OR NOT survey', mamba],
    ['NOT diffusion OR mamba', mamba],
    ['NOT (diffusion OR survey)', mamba],
    ['(diffusion OR mamba) (survey OR transformer)', mamba],
  ],
  [
    ['diffusion OR survey', mamba],
    ['mamba -transformer', mamba],
    ['mamba NOT transformer', mamba],
    ['-mamba', mamba],
    ['mamba diffusion OR survey', mamba],
    ['NOT mamba OR diffusion', mamba],
    ['(diffusion OR mamba) survey', mamba],
    ['-(diffusion OR mamba)', mamba],
    ['mamba or diffusion', mamba],
  ],
);

describeRule(
  'A prefix finds what begins with it; spelling, accents and hyphens fold, plurals do not',
  [
    ['trans*', mamba],
    ['model*', mamba],
    ['mod*', mamba],
    ['fine-tun*', { title: 'Finetuned' }],
    ['fine-tun*', { title: 'fine tuning' }],
    ['finetun*', { title: 'Fine-tuning' }],
    ['multimod*', { title: 'multi-modal' }],
    ['multi-mod*', { title: 'Multimodality' }],
    ['optimis*', { title: 'Optimization' }],
    ['optimis*', { title: 'Optimistic' }],
    ['optimiz*', { title: 'Optimisers' }],
    ['behaviou*', { title: 'Behavioral' }],
    ['colou*', { title: 'Colors' }],
    ['centr*', { title: 'A centre' }],
    ['modell*', { title: 'Modelling' }],
    ['analys*', { title: 'We analyze' }],
    ['erdo*', { title: 'Erdős graphs' }],
    ['schrö*', { title: 'Schr{\\"o}dinger' }],
    ['α*', { title: 'alphas' }],
    ['α*', { title: 'αFold' }],
    ['TNF-α*', { title: 'TNF-alpha' }],
    ['π₀*', { title: 'pi0.5' }],
    ['RAG*', { title: 'ragged arrays' }],
    ['LLM*', { title: 'LLMs' }],
    ['models*', { title: 'models' }],
    ['gpt-4*', { title: 'GPT-4o' }],
    ['title:trans*', { title: 'Transformers' }],
  ],
  [
    ['ormer*', mamba],
    ['models*', { title: 'A model' }],
    ['queries*', { title: 'A query' }],
    ['fine-tun*', { title: 'fine art, tuning' }],
    ['colou*', { title: 'A colony' }],
    ['title:recurr*', mamba],
  ],
);

describeRule(
  'A phrase is consecutive words of one field; punctuation between them is ignored',
  [
    ['"state spaces"', mamba],
    ['"state space models"', mamba],
    ['"selective state"', mamba],
    ['"time sequence"', mamba],
    ['"Transformer. We improve"', mamba],
    ['"transformer we"', mamba],
    ['"mamba: linear"', mamba],
    ['"sequence modeling"', { keywords: ['sequence modeling'] }],
  ],
  [
    ['"space state"', mamba],
    ['"state models"', mamba],
    ['"spaces foundation"', mamba],
    ['"modeling recurrent"', mamba],
    ['"state spaces"', { title: 'state', abstract: 'spaces' }],
    ['"gu tri"', mamba],
    ['author:"Gu Tri"', mamba],
  ],
);

describeRule(
  'Nearness: any order, last position minus first at most n',
  [
    ['"a f"~5', { title: 'a b c d e f' }],
    ['"f a"~5', { title: 'a b c d e f' }],
    ['"a b"~1', { title: 'b a' }],
    ['"a c e"~4', { title: 'a b c d e' }],
    ['"e a c"~4', { title: 'a b c d e' }],
    ['"models state"~2', mamba],
    ['"fine-tuning language"~4', { title: 'language models and fine tuning' }],
    ['"finetuning language"~4', { title: 'language models and fine tuning' }],
    ['"fine tuning"~5', { title: 'Finetuning' }],
    ['"a a"~3', { title: 'a b c a' }],
    ['"fast-slow path"~3', { title: 'path fast-slow' }],
    ['title:"a b"~2', { title: 'a x b' }],
  ],
  [
    ['"a f"~4', { title: 'a b c d e f' }],
    ['"a c e"~3', { title: 'a b c d e' }],
    ['"fine-tuning language"~3', { title: 'language models and fine tuning' }],
    ['"a b"~5', { title: 'a', abstract: 'b' }],
    ['"a b"~5', { keywords: ['a', 'b'] }],
    ['"a a"~3', { title: 'a b c d' }],
    ['"RAG eval"~3', { title: 'rag eval' }],
  ],
);

describeRule(
  'Fields: where a term is looked for',
  [
    ['title:mamba', mamba],
    ['abstract:transformer', mamba],
    ['keyword:recurrent', mamba],
    ['keyword:"recurrent network"', mamba],
    ['org:carnegie', mamba],
    ['org:"Carnegie Mellon"', mamba],
    ['author:gu', mamba],
    ['author:"Albert Gu"', mamba],
    ['author:"albert gu"', mamba],
    ['title:(diffusion OR mamba)', mamba],
    ['title:(state mamba)', mamba],
    ['title: mamba', mamba],
    ['-title:transformer', mamba],
    ['title:mamba transformer', mamba],
    ['author:GU', mamba],
    ['author:"Albert Gu"', { authors: ['Albert K. Gu'] }],
    ['author:"Łukasz Kaiser"', { authors: ['Lukasz Kaiser'] }],
    ['author:liming', { authors: ['Li-Ming Wang'] }],
    ["author:O'Brien", { authors: ['Conan O’Brien'] }],
    ['author:"Andre Müller"', { authors: ['Andr\\\'e M{\\"u}ller'] }],
  ],
  [
    ['title:transformer', mamba],
    ['abstract:mamba', mamba],
    ['keyword:mamba', mamba],
    ['gu', mamba],
    ['carnegie', mamba],
    ['author:mamba', mamba],
    ['author:"Albert Dao"', mamba],
    ['author:"Gu Albert"', mamba],
    ['author:al', mamba],
    ['author:adam', { authors: ['Ansel Adams'] }],
    ['title:(mamba transformer)', mamba],
    ['cs', mamba],
    ['org:meta', { organization: null }],
  ],
);

describeRule(
  'Categories, in any case, whole archives, and under both names',
  [
    ['cat:cs.LG', mamba],
    ['cat:CS.lg', mamba],
    ['cat:cs.*', mamba],
    ['cat:(stat.ML OR cs.AI)', mamba],
    ['-cat:math.*', mamba],
    ['cat:math.MP', { categories: ['math-ph'] }],
    ['cat:math-ph', { categories: ['math.MP'] }],
    ['cat:math.IT', { categories: ['cs.IT'] }],
    ['cat:cs.SY', { categories: ['eess.SY'] }],
    ['cat:stat.TH', { categories: ['math.ST'] }],
    ['cat:econ.GN', { categories: ['q-fin.EC'] }],
    ['cat:cs.NA', { categories: ['math.NA'] }],
    ['cat:cs.*', { categories: ['eess.SY'] }],
    ['cat:cond-mat.*', { categories: ['cond-mat.mes-hall'] }],
  ],
  [
    ['cat:cs.CL', mamba],
    ['cat:cs', mamba],
    ['cat:c.*', mamba],
    ['cat:stat.*', mamba],
    ['cat:cs.*', { categories: [] }],
    ['cat:math.*', { categories: ['math-ph.XX'] }],
  ],
);

describeRule(
  'Numbers; a comparison with an unknown value is false, so its NOT is true',
  [
    ['upvotes:20', mamba],
    ['upvotes:=20', mamba],
    ['upvotes:>=20', mamba],
    ['upvotes:<=20', mamba],
    ['upvotes:>19', mamba],
    ['upvotes:<21', mamba],
    ['comments:0', mamba],
    ['-stars:>5', mamba],
    ['NOT stars:<5', mamba],
  ],
  [
    ['upvotes:19', mamba],
    ['upvotes:>20', mamba],
    ['upvotes:<20', mamba],
    ['stars:>=0', mamba],
    ['stars:<5', mamba],
    ['-upvotes:20', mamba],
  ],
);

describeRule(
  'Days are UTC: after includes its day, before excludes it; age counts back from now',
  [
    ['after:2026-03-20', mamba],
    ['before:2026-03-21', mamba],
    ['after:2026-03-20 before:2026-03-21', mamba],
    ['after:2026-03-20', { publishedAt: Date.UTC(2026, 2, 20) }],
    ['before:2026-03-21', { publishedAt: Date.UTC(2026, 2, 20, 23, 59, 59, 999) }],
    ['age:<=7d', mamba],
    ['age:>=168h', mamba],
    ['age:<=1w', mamba],
    ['age:<8d', mamba],
    ['age:>6d', mamba],
    ['-age:<7d', { publishedAt: null }],
    ['-after:2026-01-01', { publishedAt: null }],
  ],
  [
    ['after:2026-03-21', mamba],
    ['before:2026-03-20', mamba],
    ['before:2026-03-21', { publishedAt: Date.UTC(2026, 2, 21) }],
    ['age:<7d', mamba],
    ['age:>7d', mamba],
    ['age:>0h', { publishedAt: null }],
    ['before:2026-03-21', { publishedAt: null }],
  ],
);

describeRule(
  'Topics are filters of the catalogue; a bare word stands for itself',
  [
    ['topic:llm', { title: 'A large language model' }],
    ['topic:llm', { abstract: 'LLMs everywhere' }],
    ['topic:LLM -survey', { title: 'LLMs' }],
    ['topic:sparsity', { title: 'N:M weights' }],
    ['-topic:llm', { title: 'Diffusion' }],
  ],
  [
    ['llm', { title: 'A large language model' }],
    ['topic:llm', { title: 'A language' }],
    ['-topic:llm', { title: 'LLMs' }],
  ],
);
