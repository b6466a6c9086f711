import { beforeAll, describe, expect, it } from 'vitest';
import type { What } from '#src/decision/terms.ts';
import { parseFilter } from '#src/match/language/parse-filter.ts';
import { pastOf } from '#src/service/back-test.ts';
import { nearMisses } from '#src/service/near-misses.ts';
import { nearestMiss } from '#src/service/nearest-miss.ts';
import { inEnglish } from '#src/wording/kept-phrase.ts';
import { NOTHING_MUTED } from '#test/fakes/nothing-muted.ts';
import { aLibrary, idOf, NOON } from './a-library.ts';

const HOUR = 3_600_000;
const BALANCED = { kind: 'trending', sensitivity: 'balanced' } as const;

let library: Awaited<ReturnType<typeof aLibrary>>;
beforeAll(async () => {
  library = await aLibrary([
    { title: 'Ocean ice of old' },
    { title: 'Ocean ice of today' },
    { title: 'Ocean ice between' },
    { title: 'Ocean ice that nearly rose' },
    { title: 'Desert winds' },
  ]);
  const threshold = library.trend.thresholdFor('balanced');
  const rise = (n: number, hoursAgo: number, score: number) => ({
    ...{ paper: idOf(n), at: NOON - hoursAgo * HOUR, from: 0, score },
    reason: { kind: 'rank', rank: 1 } as const,
  });
  await library.archive.keepTrendEvents([
    ...[rise(1, 30, threshold + 1), rise(2, 2, threshold + 1), rise(3, 9, threshold)],
    ...[rise(4, 1, threshold - 0.1), rise(5, 3, threshold + 1)],
  ]);
});

async function told(text: string, what: What = BALANCED): Promise<string[]> {
  const parsed = parseFilter(text, { topics: null });
  if (!parsed.ok) throw new Error(text);
  const deps = { ...library, mutes: NOTHING_MUTED };
  const past = await pastOf(deps, '1', parsed.filter, NOON);
  return (await nearMisses(deps, past, { serverId: 's', what })).map(inEnglish);
}

describe('papers that a filter nearly took', () => {
  it('are of a channel only those that trended while it asked for that', async () => {
    const nearest = async (hoursAgo: number) => {
      const since = NOON - hoursAgo * HOUR;
      const subscription = { filter: 'ocean waves', what: BALANCED, since };
      const asked = { serverId: 's', subscriptions: [subscription], since: NOON - 24 * HOUR, now: NOON };
      const topics = { topics: [], find: () => null, nearest: () => null };
      return (await nearestMiss({ ...library, mutes: NOTHING_MUTED, topics }, asked))?.title;
    };
    expect([await nearest(3), await nearest(1)]).toEqual(['Ocean ice of today', undefined]);
  });

  it('are of a channel the first that one of its filters lacks, and none that another of them took', async () => {
    const topics = { topics: [], find: () => null, nearest: () => null };
    const nearest = async (filters: string[], since = NOON - 24 * HOUR) => {
      const subscriptions = filters.map((filter) => ({ filter, what: BALANCED, since: 0 }));
      const asked = { serverId: 's', subscriptions, since, now: NOON };
      return (await nearestMiss({ ...library, mutes: NOTHING_MUTED, topics }, asked))?.title ?? null;
    };
    expect(await nearest(['(', 'waves', 'desert rain', 'ocean waves'])).toBe('Desert winds');
    expect(await nearest(['ocean waves', 'today'])).toBe('Ocean ice between');
    expect(await nearest(['ocean waves', 'ocean'])).toBeNull();
    expect(await nearest([...Array(10).fill('waves'), 'ocean waves'])).toBeNull();
    expect(await nearest([...Array(9).fill('waves'), 'ocean waves'])).toBe('Ocean ice of today');
    expect(await nearest(['ocean waves'], NOON)).toBeNull();
  });

  it('are the two that trended last, as far as the sensitivity hears of them', async () => {
    expect(await told('ocean waves')).toEqual([
      'Nearest: “Ocean ice of today” lacks `waves`.',
      'Nearest: “Ocean ice between” lacks `waves`.',
    ]);
  });

  it('are others where the sensitivity is another; of every new paper those that balanced hears of', async () => {
    const [newest] = await told('ocean waves', { kind: 'trending', sensitivity: 'early' });
    expect(newest).toBe('Nearest: “Ocean ice that nearly rose” lacks `waves`.');
    expect(await told('ocean waves', { kind: 'all' })).toEqual(await told('ocean waves'));
  });

  it('are none where all that is asked for would be left out', async () => {
    expect(await told('waves -ice')).toEqual([]);
    expect(await told('ocean -ice -old')).toEqual([
      'Nearest: “Ocean ice of today” has `ice`, which is not wanted.',
      'Nearest: “Ocean ice between” has `ice`, which is not wanted.',
    ]);
  });

  it('are those of each alternative', async () => {
    expect(await told('(desert rain) OR waves')).toEqual(['Nearest: “Desert winds” lacks `rain`.']);
  });
});
