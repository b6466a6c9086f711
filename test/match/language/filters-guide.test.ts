/** What docs/filters.md entries, claim by claim and in its words: a claim that changes there changes here. */
import { describe, expect, it } from 'vitest';
import type { MatchDocument } from '#src/match/language/filter.ts';
import { parseFilter } from '#src/match/language/parse-filter.ts';
import { createSearchIndex } from '#src/match/search/search-index.ts';
import { finds, good, NOW, paper, topics } from '../document.ts';

type Claim = readonly [filter: string, found: readonly string[], missed?: readonly string[]];

/** By plain evaluation, the index of filters and the search, which have to agree. */
function findsEverywhere(filter: string, known: Partial<MatchDocument>): boolean {
  const plain = finds(filter, known);
  const index = createSearchIndex();
  index.add(paper(known));
  const { total } = index.searchNow(good(filter), { limit: 1, now: NOW });
  if (total !== Number(plain)) throw new Error(`the search says ${!plain}`);
  return plain;
}

function rows(claims: readonly Claim[]): (readonly [string, string, boolean])[] {
  return claims.flatMap(([filter, found, missed = []]) => [
    ...found.map((text) => [filter, text, true] as const),
    ...missed.map((text) => [filter, text, false] as const),
  ]);
}

function describeTexts(section: string, claims: readonly Claim[]): void {
  it.each(rows(claims))(`${section}: \`%s\` and "%s": %s`, (filter, title, found) =>
    expect(findsEverywhere(filter, { title })).toBe(found),
  );
}

describe('The guide to filters says of', () => {
  describeTexts('words', [
    ['diffusion flow', ['flow and diffusion'], ['diffusion', 'flow']],
    ['diffusion OR flow', ['diffusion', 'flow'], ['image']],
    ['diffusion | flow', ['diffusion', 'flow'], ['image']],
    ['diffusion -survey', ['diffusion'], ['a survey of diffusion', 'flow']],
    ['diffusion NOT survey', ['diffusion'], ['a survey of diffusion', 'flow']],
    ['diffusion ANDNOT survey', ['diffusion'], ['a survey of diffusion', 'flow']],
    ['(diffusion OR flow) image', ['image diffusion', 'image flow'], ['diffusion flow']],
    ['"score matching"', ['score matching', 'Score-Matching'], ['matching score', 'score based matching']],
    [
      '"image diffusion"~5',
      ['diffusion of an image', 'image one two three four diffusion'],
      ['image one two three four five diffusion'],
    ],
    ['diffus*', ['diffusion', 'diffuse', 'diffusing'], ['prediffusion']],
    ['a OR b c', ['a', 'b c'], ['b', 'c']],
    ['a OR -b c', ['a', 'c'], ['b c']],
    ['art', ['the art of it', 'state-of-the-art'], ['state-of-the-artful']],
  ]);

  describeTexts('capitals, accents and TeX', [
    ['schrodinger', ['Schrödinger', 'Schr\\"{o}dinger', 'SCHRÖDINGER', 'Schr&ouml;dinger']],
    ['Schroedinger', ['Schrödinger']],
    ['Müller', ['Muller', 'Mueller', 'Müller']],
    ['Muller', [], ['Mueller']],
    ['Mueller', [], ['Muller']],
  ]);

  describeTexts('hyphen, blank or nothing', [
    ...['fine-tuning', '"fine tuning"', 'finetuning'].map(
      (filter) => [filter, ['fine-tuning', 'fine tuning', 'finetuning']] as const,
    ),
    ['nodejs', ['Node.js', 'node js']],
    ['Node.js', ['nodejs']],
    ['meta-lens', ['metalens']],
    ['metalens', ['meta-lens']],
    ['fine tuning', ['tuning is fine', 'fine tuning'], ['fine']],
  ]);

  describeTexts('plural and possessive', [
    ['model', ['models', "model's"]],
    ['matrix', ['matrices']],
    ['hypothesis', ['hypotheses']],
    ['supernova', ['supernovae', 'supernovas']],
    ['grandchild', ['grandchildren']],
    ['gpu', ['gpus']],
    ['tactic', ['tactics']],
    ['physics', ['physics'], ['physic']],
    ['robotics', ['robotics'], ['robotic']],
    ['news', ['news'], ['new']],
    ['lens', ['lens'], ['len']],
    ['bias', ['bias'], ['bia']],
    ['dynamics', ['dynamics'], ['dynamic']],
    ['basis', ['base', 'bases']],
    ['base', ['basis', 'bases']],
  ]);

  describeTexts('British and American spelling', [
    ['behavior', ['behaviour']],
    ['optimisation', ['optimization']],
    ['labelled', ['labeled']],
    ['focused', ['focussed']],
    ['oedema', ['edema']],
    ['centre', ['center']],
    ['filled', [], ['filed']],
  ]);

  describeTexts('points', [
    ['iid', ['i.i.d.']],
    ['USA', ['U.S.A.']],
  ]);

  describeTexts('stars', [
    ['haemo*', ['hemoglobin']],
    ['model*', ['models']],
    ['models*', ['models'], ['model']],
  ]);

  describeTexts('acronyms', [
    ['RAG', ['RAG', 'RAGs', 'RAG-based', 'Tree-RAG'], ['a rag doll', 'GraphRAG']],
    ...['MoE', 'LoRA', 'GPT-4o'].map((name) => [name, [name], [name.toLowerCase()]] as const),
    ['DIT', ['DiT']],
    ['rag', ['RAG', 'a rag doll']],
    ['ImageNet', ['imagenet']],
    ['Adam', ['adam']],
    ['RAG*', ['rag', 'ragtime']],
  ]);

  describeTexts('names with signs and numbers', [
    ['C++', ['C++'], ['C', 'C#']],
    ['C#', ['C#'], ['C', 'C++']],
    ['C', ['C'], ['C++', 'C#']],
    ['GPT-3', ['GPT-3'], ['GPT-3.5']],
    ['snake', ['snake_case']],
    ['"N:M"', ['N:M sparsity']],
    ['transformer', ['Transformer²']],
    ['"transformer 2"', ['Transformer²', 'Transformer^2']],
    ['CO2', ['CO₂', 'CO$_2$']],
    ['CO', ['CO'], ['CO₂', 'CO$_2$']],
    ['l1', ['$\\ell_1$']],
    ['alpha', ['α', '$\\alpha$', '\\alpha']],
    ['muP', ['μP']],
    ['pi0', ['π₀']],
    ['log', ['$\\log x$']],
    ['quad', [], ['speed\\quad up']],
    ['LoRA', ['\\LoRA']],
    ['nanogpt', ['github.com/karpathy/nanoGPT']],
    ['karpathy', [], ['github.com/karpathy/nanoGPT']],
    ['学习', ['深度学习模型']],
    ['RAG', ['基于RAG的方法']],
  ]);

  const gu: Partial<MatchDocument> = { authors: ['Albert K. Gu'] };
  const leCun: Partial<MatchDocument> = { authors: ['Yann André LeCun'] };
  const two: Partial<MatchDocument> = { authors: ['Yann Ollivier', 'Marie LeCun'] };
  const known: readonly (readonly [string, Partial<MatchDocument>, boolean])[] = [
    ['author:"Albert Gu"', gu, true],
    ['author:GU', gu, true],
    ['keyword:"state space"', { keywords: ['state', 'space'] }, false],
    ['keyword:"state space"', { keywords: ['state space'] }, true],
    ['org:"carnegie mellon"', { organization: 'Carnegie Mellon University' }, true],
    ['venue:NeurIPS', { comment: 'Accepted at NeurIPS 2025' }, true],
    ['venue:NIPS', { comment: 'Accepted at NeurIPS 2025' }, true],
    ['venue:"ICML 2025"', { comment: 'Accepted at ICML 2025' }, true],
    ['venue:"ICML 2025"', { comment: 'Accepted at ICML 2024' }, false],
    ['venue:"Physical Review"', { journalRef: 'Phys. Rev. Lett. 120, 1 (2024)' }, true],
    ['venue:workshop', { comment: 'NeurIPS 2025 Workshop on Widgets' }, true],
    ['venue:"NeurIPS workshop"', { comment: 'NeurIPS 2025 Workshop on Widgets' }, true],
    ['venue:NeurIPS', { comment: 'NeurIPS 2025 Workshop on Widgets' }, false],
    ['venue:NeurIPS', { comment: 'Submitted to NeurIPS 2025' }, false],
    ['venue:NeurIPS', { comment: 'Under review at NeurIPS 2025' }, false],
    ['venue:NeurIPS', {}, false],
    ['cat:cs.LG', { categories: ['cs.LG'] }, true],
    ['cat:CS.lg', { categories: ['cs.LG'] }, true],
    ['cat:cs.*', { categories: ['cs.LG'] }, true],
    ['cat:math.IT', { categories: ['cs.IT'] }, true],
    ['topic:llm', { title: 'Large Language Models' }, true],
    ['upvotes:20', { upvotes: 20 }, true],
    ['upvotes:20', { upvotes: 21 }, false],
    ['upvotes:>=20', { upvotes: 20 }, true],
    ['upvotes:>20', { upvotes: 20 }, false],
    ['upvotes:<20', { upvotes: 19 }, true],
    ['upvotes:<=20', { upvotes: 20 }, true],
    ['after:2026-01-31', { publishedAt: Date.UTC(2026, 0, 31) }, true],
    ['after:2026-01-31', { publishedAt: Date.UTC(2026, 0, 31) - 1 }, false],
    ['before:2026-01-31', { publishedAt: Date.UTC(2026, 0, 31) }, false],
    ['before:2026-01-31', { publishedAt: Date.UTC(2026, 0, 31) - 1 }, true],
    ['age:<7d', { publishedAt: NOW - 7 * 86_400_000 + 1 }, true],
    ['age:>=12h', { publishedAt: NOW - 12 * 3_600_000 }, true],
    ['age:<=2w', { publishedAt: NOW - 14 * 86_400_000 }, true],
    ['age:<7d', {}, false],
    ['-stars:>5', { stars: null }, true],
    ['title:(pruning OR sparsity) image', { title: 'Sparsity', abstract: 'of an image' }, true],
    ['title:(pruning OR sparsity) image', { title: 'Image', abstract: 'sparsity' }, false],
    ['TITLE : pruning', { title: 'Pruning' }, true],
    ['-title:survey', { title: 'A survey' }, false],
    ['author:"LeCun, Yann"', leCun, true],
    ['author:"Y. LeCun"', leCun, true],
    ['author:"LeCun Y"', leCun, true],
    ['author:"LeCun, Y."', leCun, true],
    ['author:"Yann LeCun"', { authors: ['Y. LeCun'] }, false],
    ['author:(Yann LeCun)', leCun, true],
    ['author:(Yann LeCun)', two, false],
    ['author:(LeCun -Yann)', leCun, false],
    ['author:(LeCun -Yann)', two, true],
    ['author:Yann author:LeCun', two, true],
  ];
  it.each(known)('fields: `%s` and %j: %s', (filter, one, found) =>
    expect(findsEverywhere(filter, one)).toBe(found),
  );

  describeTexts('phones and word processors', [
    ...[
      '“score matching”',
      "'score matching'",
      "``score matching''",
      '「score matching」',
      '«score matching»',
    ].map((filter) => [filter, ['score matching'], ['matching score']] as const),
    ["workers' rights", ['rights of workers'], ['workers']],
    ['（diffusion OR flow） image', ['image flow'], ['flow']],
    ['title：pruning', ['pruning']],
    ['prun＊', ['pruning']],
    ...['-', '–', '—', '−', '!', '¬'].map(
      (sign) => [`diffusion ${sign}survey`, ['diffusion'], ['diffusion survey']] as const,
    ),
    ['diffusion — survey', ['a survey of diffusion']],
    ['Schr\\"{o}dinger', ['Schrödinger']],
    ['state … space', ['a space of states']],
    ['"score [matching]"', ['score matching']],
  ]);

  const answers = (filter: string): (string | null)[] => {
    const parsed = parseFilter(filter, { topics });
    return parsed.ok ? parsed.hints.map(({ proposal }) => proposal) : [parsed.error.proposal];
  };
  it.each(['state — space', 'state … space', 'Controlling Space and Time with Diffusion Models'])(
    'what gets in the way: `%s` has no hint',
    (filter) => expect(answers(filter)).toEqual([]),
  );

  it.each([
    ['[a OR b]', '(a OR b)'],
    ['{a OR b}', '(a OR b)'],
    ['ti:pruning', 'title:pruning'],
    ['all:pruning', 'pruning'],
    ['score NEAR/5 matching', '"score matching"~5'],
    ['a ODER b', 'a OR b'],
    ['upvotes:10..20', 'upvotes:>=10 upvotes:<=20'],
    ['age:<3 months', 'age:<90d'],
    ['cat:vision', 'cat:cs.CV'],
    ['pruning, sparsity', 'pruning OR sparsity'],
    ['cs.LG', 'cat:cs.LG'],
    ['upvotes:20 or more', 'upvotes:>=20'],
    ['author=Gu', 'author:Gu'],
    ['venue:ICML 2025', 'venue:"ICML 2025"'],
    ['a - b', 'a -b'],
    ['a & b', 'a b'],
    ['a / b', 'a b'],
    ['a and b', 'a AND b'],
    ['a or b', 'a OR b'],
    ['a not b', 'a NOT b'],
    ['a 🚀 b', 'a b'],
    ['🚀', null],
    ['a -a', null],
    ['-survey', null],
  ])('what gets in the way: `%s` is answered with %s', (filter, proposal) =>
    expect(answers(filter)).toEqual([proposal]),
  );
});
