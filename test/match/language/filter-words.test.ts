import { describe, expect, it } from 'vitest';
import { withWord, writtenUnits } from '#src/match/language/filter-words.ts';
import { good, topics } from '../document.ts';

const wordsIn = (text: string): string[] => writtenUnits(good(text)).flatMap(({ words }) => words);
const corrected = (text: string, word: string, instead: string) =>
  withWord({ text, filter: good(text) }, [word, instead], topics);

describe('the words that a filter looks for in texts', () => {
  it.each([
    ['difusion -survey title:"state space"', ['difusion', 'survey', 'state', 'space']],
    [
      '(keyword:Pruning OR abstract:fine-tuning) "image model"~5',
      ['Pruning', 'fine', 'tuning', 'image', 'model'],
    ],
    ["Müller's théorème диффузия", ["Müller's", 'théorème', 'диффузия']],
  ])('are as they were written in `%s`', (text, words) => {
    expect(wordsIn(text)).toEqual(words);
  });

  it('are no names, beginnings, figures, signs, CJK characters, categories or topics', () => {
    expect(wordsIn('author:difusion org:difusion difus* cat:cs.LG topic:llm upvotes:>3')).toEqual([]);
    expect(wordsIn('2027 OR 3.75 OR gpt9 OR C++ OR 扩散模型 OR "N:M"')).toEqual([]);
  });
});

describe('a filter in which a word is corrected', () => {
  it.each([
    ['Difusion  | NOT ( Title: "score Difusion" )', 'Diffusion  | NOT ( Title: "score Diffusion" )'],
    ['title:"Difusion models"~3 -Difusion', 'title:"Diffusion models"~3 -Diffusion'],
    ['“Difusion” -non-Difusion Difusions', '“Diffusion” -non-Diffusion Difusions'],
  ])('keeps everything else of `%s` as it was written', (text, expected) => {
    expect(corrected(text, 'Difusion', 'Diffusion')).toBe(expected);
  });

  it('leaves the same letters in a name or a topic, and is then written out anew', () => {
    expect(corrected('author:llm AND llm AND topic:llm', 'llm', 'llms')).toBe('author:llm llms topic:llm');
  });

  it('is none where the word cannot be found again, or the filter would grow too long', () => {
    expect(corrected('diffusion', 'diffuson', 'diffusion')).toBe(null);
    const long = `${'x'.repeat(990)} difusion`;
    expect(corrected(long, 'difusion', 'diffusionsss')).toBe(null);
  });
});
