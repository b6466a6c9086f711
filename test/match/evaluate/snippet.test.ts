import fc from 'fast-check';
import { expect, test } from 'vitest';
import { snippetOf, snippetsOf } from '#src/match/evaluate/snippet.ts';
import { type MatchDocument, NOTHING_KNOWN, type TermMatch } from '#src/match/language/filter.ts';

const paper = (abstract: string, title = ''): MatchDocument => ({
  ...NOTHING_KNOWN,
  id: '2601.00001',
  title,
  abstract,
});

const found = (abstract: string, ...terms: string[]): TermMatch[] =>
  terms.map((term) => {
    const start = abstract.indexOf(term);
    return { term, field: 'abstract', item: 0, start, end: start + term.length };
  });

const shown = (snippet: ReturnType<typeof snippetOf>) =>
  snippet?.map(({ text, hit }) => (hit ? `[${text}]` : text)).join('');

test('a short abstract is shown whole with the words that were found marked', () => {
  const abstract = 'We tune a diffusion model.';
  expect(shown(snippetOf(paper(abstract), found(abstract, 'model', 'diffusion')))).toBe(
    'We tune a [diffusion] [model].',
  );
});

test('of a long abstract the part with the most terms is shown, cut between words', () => {
  const abstract = `A model. ${'Some filler follows here. '.repeat(30)}The diffusion of a score model helps. ${'More of it. '.repeat(30)}`;
  const matches = [...found(abstract, 'model', 'diffusion'), ...found(abstract, 'score')];
  expect(shown(snippetOf(paper(abstract), matches))).toMatch(
    /^…(\w|\s|\.)*\[diffusion\] of a \[score\] model helps\..*…$/,
  );
});

test('overlapping finds are one mark', () => {
  const abstract = 'fine-tuning of models';
  expect(shown(snippetOf(paper(abstract), found(abstract, 'fine-tuning', 'tuning')))).toBe(
    '[fine-tuning] of models',
  );
});

test('without a find there is no passage', () => {
  expect(snippetOf(paper('Anything'), [])).toBeNull();
});

test('the passages together show each find once, and their plain text stands in the paper', () => {
  const text = fc
    .array(fc.constantFrom('model', 'data', 'x', '𝒳𝒴', '扩散', 'a-b', '\n'), { maxLength: 200 })
    .map((all) => all.join(' '));
  fc.assert(
    fc.property(text, fc.array(fc.nat(1000), { maxLength: 5 }), (abstract, starts) => {
      const words = [...abstract.matchAll(/\S+/g)];
      const matches = starts.flatMap((start) => {
        const word = words[start % Math.max(1, words.length)];
        return word
          ? [
              {
                term: word[0],
                field: 'abstract' as const,
                item: 0,
                start: word.index,
                end: word.index + word[0].length,
              },
            ]
          : [];
      });
      const snippets = snippetsOf(paper(abstract), matches, 100);
      const hits = snippets.flatMap((snippet) => snippet.filter(({ hit }) => hit));
      expect(hits).toHaveLength(new Set(matches.map(({ start }) => start)).size);
      for (const snippet of snippets) {
        expect(abstract).toContain(
          snippet
            .map(({ text: piece }) => piece)
            .join('')
            .replace(/^…|…$/g, ''),
        );
      }
    }),
  );
});
