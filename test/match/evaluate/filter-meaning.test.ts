import { describe, expect, it } from 'vitest';
import topicList from '#config/topics.json' with { type: 'json' };
import { meaningOf } from '#src/match/evaluate/filter-meaning.ts';
import { parseFilter } from '#src/match/language/parse-filter.ts';
import { readTopicCatalogue } from '#src/match/language/read-topics.ts';
import { inEnglish } from '#src/wording/kept-phrase.ts';

const topics = readTopicCatalogue(topicList);

function meaning(text: string): string {
  const parsed = parseFilter(text, { topics });
  if (!parsed.ok) throw new Error(`${text}: ${inEnglish(parsed.error.message)}`);
  return meaningOf(parsed.filter);
}

describe('what a filter means', () => {
  it.each([
    ['pruning OR sparsity', 'sparsity OR pruning'],
    ['pruning | sparsity', 'pruning OR sparsity'],
    ['pruning sparsity', 'sparsity AND pruning'],
    ['pruning -survey', '-survey pruning'],
    ['pruning NOT survey', 'pruning -survey'],
    ['pruning pruning', 'pruning'],
    ['(pruning)', ' pruning '],
    ['pruning -(-sparsity)', 'pruning sparsity'],
    ['pruning -(survey OR review)', 'pruning -survey -review'],
    ['pruning (sparsity OR survey)', '(pruning sparsity) OR (survey pruning)'],
    ['pruning OR (pruning sparsity)', 'pruning'],
    ['(pruning OR sparsity) (pruning OR -sparsity)', 'pruning'],
    ['Pruning', 'pruning'],
    ['models', 'model'],
    ['fine-tuning', '"fine tuning"'],
    ['finetuning', 'fine-tuning'],
    ['tumour', 'tumor'],
    ['"pruning"', 'pruning'],
    ['"state space"~5', '"space state"~5'],
    ['title:(pruning OR sparsity)', 'title:sparsity OR TITLE:pruning'],
    ['cat:cs.lg', 'CAT:cs.LG'],
    ['topic:llm', 'TOPIC:LLM'],
    ['author:"LeCun, Yann"', 'author:"Yann LeCun"'],
    ['author:(Yann LeCun)', 'author:(LeCun Yann)'],
    ['venue:NIPS', 'venue:NeurIPS'],
    ['upvotes:>5', 'upvotes:>=6'],
    ['age:<1d', 'age:<24h'],
    ['MoE', 'MOE'],
    ['Muller', 'muller'],
  ])('is the same for `%s` and `%s`', (one, other) => {
    expect(meaning(one)).toBe(meaning(other));
  });

  it.each([
    ['pruning OR sparsity', 'pruning sparsity'],
    ['pruning', 'pruning -survey'],
    ['RAG', 'rag'],
    ['fine tuning', 'fine-tuning'],
    ['title:pruning', 'pruning'],
    ['title:pruning', 'abstract:pruning'],
    ['"state space"', '"space state"'],
    ['"state space"~5', '"state space"~6'],
    ['"state space"~5', '"state space"'],
    ['prun*', 'prune*'],
    ['prun*', 'pruning'],
    ['cat:cs.LG', 'cat:cs.*'],
    ['topic:llm', 'llm'],
    ['author:(Yann LeCun)', 'author:Yann author:LeCun'],
    ['-(author:(Yann -LeCun)) pruning', 'author:(LeCun OR -Yann) pruning'],
    ['upvotes:>5', 'stars:>5'],
    ['pruning -upvotes:>5', 'pruning upvotes:<=5'],
    ['after:2026-01-01', 'before:2026-01-01'],
    ['Müller', 'Muller'],
    ['GPT-4o', 'gpt4o'],
    ['"GPT 3"', 'GPT'],
    ['C++', 'C#'],
    ['venue:NeurIPS', 'venue:"NeurIPS 2025"'],
    ['扩散模型', '扩散 模型'],
  ])('is another for `%s` and `%s`', (one, other) => {
    expect(meaning(one)).not.toBe(meaning(other));
  });

  it('says of filters that decide nothing that they do not', () => {
    expect(meaning('(pruning OR sparsity) -pruning -sparsity')).toBe('never');
    expect(meaning('pruning OR -pruning')).toBe('always');
  });

  it('is told of the largest filters there can be', () => {
    const words = Array.from({ length: 64 }, (_, n) => `w${(n * 37) % 64}`);
    expect(meaning(words.join(' OR '))).toBe(meaning(words.toReversed().join(' OR ')));
    const pairs = (all: readonly string[]) =>
      Array.from({ length: 32 }, (_, n) => `(${all[n]} OR ${all[63 - n]})`).join(' ');
    expect(meaning(pairs(words))).toBe(meaning(pairs(words.toReversed())));
  });
});
