import { describe, expect, it } from 'vitest';
import { matchFilter } from '#src/match/evaluate/explain.ts';
import { parseFilter, parseSavedFilter } from '#src/match/language/parse-filter.ts';
import { createSearchIndex } from '#src/match/search/search-index.ts';
import { inEnglish } from '#src/wording/kept-phrase.ts';
import { NOW, paper, topics } from '../document.ts';

function savedFinds(filter: string, title: string): boolean {
  const parsed = parseSavedFilter(filter, { topics });
  if (!parsed.ok) throw new Error(inEnglish(parsed.error.message));
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
    ['diffusion OR www.example.org', 'Diffusion', 'A survey'],
    ['diffusion OR title:"www.example.org"', 'Diffusion', 'A survey'],
    ['diffusion -arxiv.org/abs/2301.00001', 'Diffusion', 'A survey'],
    ['diffusion OR \\quad', 'Diffusion', 'A survey'],
    ['—diffusion', 'Diffusion', 'A survey'],
    ['!diffusion', 'Diffusion', 'A survey'],
    ['¬"score matching"', 'Score matching', 'A survey'],
    ['—diffusion !survey', 'A survey of diffusion', 'Diffusion'],
  ])('%s finds %s, not %s', (filter, found, missed) => {
    expect(savedFinds(filter, found)).toBe(true);
    expect(savedFinds(filter, missed)).toBe(false);
  });

  it('and finds the same in search', async () => {
    const parsed = parseSavedFilter('diffusion OR www.example.org OR "www.example.org"', { topics });
    if (!parsed.ok) throw new Error(inEnglish(parsed.error.message));
    const index = createSearchIndex();
    for (const title of ['Diffusion', 'www.example.org']) index.add(paper({ id: title, title }));
    const { hits } = await index.search(parsed.filter, { limit: 9, now: NOW });
    expect(hits.map(({ paper }) => paper)).toEqual(['Diffusion']);
  });

  it.each(['diffusion OR "score matching"', 'diffusion -survey', "Alzheimer's disease", 'diffusion —survey'])(
    'and one that can be read today is read as today: %s',
    (filter) => {
      expect(parseSavedFilter(filter, { topics })).toEqual(parseFilter(filter, { topics }));
    },
  );

  it('and costs no search for hints, which nobody would read', () => {
    expect(parseFilter('diffusion, flow +survey', { topics })).toMatchObject({ hints: [{}] });
    const saved = parseSavedFilter('diffusion, flow +survey', { topics });
    expect(saved).toEqual({ ...parseFilter('diffusion, flow +survey', { topics }), hints: [] });
  });

  it('and one that could never be read, or finds nothing any more, is told as today', () => {
    for (const filter of ['[a OR', 'www.example.org', 'www.example.org OR "www.example.com"'])
      expect(parseSavedFilter(filter, { topics })).toEqual(parseFilter(filter, { topics }));
  });
});
