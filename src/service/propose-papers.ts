import type { Archive } from '#src/archive/archive.ts';
import type { PaperSearch } from '#src/archive/paper-search.ts';
import type { StoredPaper } from '#src/archive/stored-paper.ts';
import { titleFilter } from '#src/archive/title-filter.ts';
import type { Filter } from '#src/match/language/filter.ts';
import { readPaperQuery } from '#src/paper/paper-query.ts';
import { tellNewsShortly } from '#src/render/reason.ts';
import type { TrendRule } from '#src/trend/trend-rule.ts';
import { phrase } from '#src/wording/phrase.ts';
import { type Proposal, type Proposals, proposals, withEnd } from './choices.ts';
import { isCalled } from './field-values.ts';

type Deps = { archive: Archive; search: PaperSearch; trend: TrendRule };

const MOST = 25;
const DAY = 86_400_000;
/** How far back is looked for what trends where nothing of today does, in days. */
const REACHES = [1, 3, 7, 30];
const CALLED_AUTHOR = /^(?:papers? )?(?:by|author:?) +/i;

/** Papers for what was typed so far, each by its id: what trends, an id's paper, titles, authors, organisations. Asks no source. */
export function createProposePapers(deps: Deps): (text: string, now: number) => Promise<Proposals> {
  return async (text, now) => {
    if (text.trim() === '') return trendingNow(deps, now);
    const asked = readPaperQuery(text, now);
    if (asked.kind === 'paper') return proposals([await ofId(deps, asked.id)]);
    if (asked.kind === 'several') return proposals(await Promise.all(asked.ids.map((id) => ofId(deps, id))));
    const titled = await byTitle(deps, text, 'all');
    const written = titled.length < MOST ? await byAuthor(deps, text.trim()) : [];
    const made = titled.length + written.length < MOST ? await byOrganization(deps, text) : [];
    const named = [...titled, ...written, ...made];
    if (named.length > 0) return proposals(named);
    const meant = spelled(deps, text);
    const corrected = meant === null ? [] : await byTitle(deps, meant, 'all');
    return proposals(corrected.length > 0 ? corrected : await byTitle(deps, text, 'any'));
  };
}

async function trendingNow({ archive, trend }: Deps, now: number): Promise<Proposals> {
  const today = Math.floor(now / DAY) * DAY;
  for (const days of REACHES) {
    const hottest = trend.peaks(today - (days - 1) * DAY).slice(0, MOST);
    if (hottest.length === 0) continue;
    const papers = await archive.papers(hottest.map(({ paper }) => paper));
    return proposals(papers.map((stored) => choice(stored, whyOf(trend, stored))));
  }
  return [];
}

function whyOf(trend: TrendRule, { paper }: StoredPaper): string {
  const score = trend.score(paper.id);
  return score === null
    ? ''
    : tellNewsShortly({ kind: 'trending', trendEvent: { reason: score.peakReason, at: score.peakAt } });
}

async function ofId({ archive }: Deps, id: string): Promise<Proposal> {
  const known = await archive.paper(id);
  return known ? choice(known, id) : { name: phrase('paper.notReadYet', { id }), value: id };
}

async function byTitle({ archive, search }: Deps, text: string, wanted: 'all' | 'any'): Promise<Proposal[]> {
  const filter = titleFilter(text, wanted);
  if (filter === null) return [];
  const { hits } = await search.glance(filter, { limit: MOST, now: 0 });
  return (await archive.papers(hits.map(({ paper }) => paper))).map((stored) => choice(stored));
}

/** Papers of whoever is called so, the newest first. */
async function byAuthor({ archive, search }: Deps, text: string): Promise<Proposal[]> {
  const words = text
    .replace(CALLED_AUTHOR, '')
    .split(/[\s,]/)
    .filter((word) => /\p{L}/u.test(word));
  const filter = authorFilter(words);
  if (filter === null) return [];
  const { hits } = await search.glance(filter, { limit: LOOKED_AT, sort: 'newest', now: 0 });
  return (await archive.papers(hits.map(({ paper }) => paper))).flatMap((stored) => {
    const name = stored.paper.authors.find((author) => isCalled(author, words));
    return name === undefined
      ? []
      : [{ name: phrase('paper.by', { author: name, title: titleOf(stored) }), value: stored.paper.id }];
  });
}

/** Papers of an organisation whose name has these words, the newest first. */
async function byOrganization({ archive, search }: Deps, text: string): Promise<Proposal[]> {
  const words = text.match(/[\p{L}\p{N}]+/gu) ?? [];
  if (words.length > MOST_NAMES || !words.some((word) => word.length >= SHORTEST_NAME)) return [];
  const parts = words.map((word): Filter => ({ kind: 'word', text: word.toLowerCase(), field: 'org' }));
  const { hits } = await search.glance({ kind: 'and', parts }, { limit: MOST, sort: 'newest', now: 0 });
  return (await archive.papers(hits.map(({ paper }) => paper))).map((stored) => ({
    name: phrase('paper.of', { organization: stored.paper.organization ?? '', title: titleOf(stored) }),
    value: stored.paper.id,
  }));
}

/** A name that is being typed is looked for in so many papers of those who have its first words. */
const LOOKED_AT = 30;
const MOST_NAMES = 5;
const SHORTEST_NAME = 3;

function authorFilter(words: readonly string[]): Filter | null {
  const isShort = (words.at(-1) ?? '').length < SHORTEST_NAME;
  const whole = words.slice(0, -1).map((text): Filter => ({ kind: 'word', text, field: 'author' }));
  const begun = words.slice(-1).map((text): Filter => ({ kind: 'prefix', text, field: 'author' }));
  const parts = isShort ? whole : [...whole, ...begun];
  if (parts.length === 0 || words.length > MOST_NAMES) return null;
  return parts.length === 1 ? parts[0] : { kind: 'person', filter: { kind: 'and', parts } };
}

/** The words as they were probably meant; null where nothing is to be mended. */
function spelled({ search }: Deps, text: string): string | null {
  const meant = text.replace(/[\p{L}\p{M}]{4,}/gu, (word) =>
    search.completions(word, 1).length > 0 ? word : (search.near(word)[0] ?? word),
  );
  return meant === text ? null : meant;
}

const titleOf = ({ paper }: StoredPaper): string => paper.title || paper.id;

const choice = (stored: StoredPaper, why = '') => ({
  name: withEnd(titleOf(stored), why),
  value: stored.paper.id,
});
