import { describe, expect, it } from 'vitest';
import { matchFilter } from '#src/match/explain.ts';
import { parseFilter, parseSavedFilter } from '#src/match/parse-filter.ts';
import { NOW, paper, topics } from './document.ts';

function savedFinds(filter: string, title: string): boolean {
  const parsed = parseSavedFilter(filter, { topics });
  if (!parsed.ok) throw new Error(parsed.error.message);
  return matchFilter(parsed.filter, paper({ title }), NOW);
}

describe('A filter that was saved when its signs were only punctuation still works', () => {
  it.each([
    ['[diffusion] survey', 'A diffusion survey', 'A survey'],
    ['{diffusion OR flow} image', 'Diffusion', 'A survey'],
    ['diffusion [survey', 'A diffusion survey', 'Diffusion'],
    ['diffusion] -survey', 'Diffusion', 'A diffusion survey'],
    ['title:[mask] token', 'The [MASK] token', 'A token'],
    ['author:x OR [mask', 'The mask', 'A token'],
    ['【diffusion】 survey', 'A diffusion survey', 'A survey'],
    ['「diffusion survey', 'A survey of diffusion', 'Diffusion'],
    ['diffusion ‹survey', 'A diffusion survey', 'Diffusion'],
    ['[diffusion] —survey', 'A diffusion survey', 'Diffusion'],
    ['[diffusion] ANDNOT survey', 'Diffusion ANDNOT survey', 'Diffusion'],
    ['[diffusion] !survey', 'A diffusion survey', 'Diffusion'],
    ["[diffusion] 'score matching'", 'Matching a score by diffusion', 'Diffusion'],
    ['diffusion !', 'Diffusion', 'A survey'],
    ['diffusion !!survey', 'A diffusion survey', 'Diffusion'],
    ['diffusion ANDNOT', 'Diffusion ANDNOT', 'Diffusion'],
    ['ANDNOT OR diffusion', 'Diffusion', 'A survey'],
  ])('%s finds %s, not %s', (filter, found, missed) => {
    expect(savedFinds(filter, found)).toBe(true);
    expect(savedFinds(filter, missed)).toBe(false);
  });

  it.each(['diffusion OR "score matching"', 'diffusion -survey', "Alzheimer's disease", 'diffusion —survey'])(
    'and one that can be read today is read as today: %s',
    (filter) => {
      expect(parseSavedFilter(filter, { topics })).toEqual(parseFilter(filter, { topics }));
    },
  );

  it('and one that could never be read is told as today', () => {
    expect(parseSavedFilter('[a OR', { topics })).toEqual(parseFilter('[a OR', { topics }));
  });
});
