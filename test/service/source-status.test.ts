import { describe, expect, it } from 'vitest';
import type { ListHealth } from '#src/archive/source-health.ts';
import type { StandingNote } from '#src/paper/standing.ts';
import { sourcesStatus } from '#src/service/source-status.ts';
import type { Source } from '#src/source/source.ts';
import { inEnglish } from '#src/wording/kept-phrase.ts';

const NOW = Date.UTC(2026, 2, 12, 9);
const MINUTE = 60_000;

const failed: ListHealth = {
  ...{ source: 'hugging-face', list: 'daily', complete: true, items: 6, malformed: 0 },
  ...{ succeededAt: NOW - 20 * MINUTE, failedAt: NOW - MINUTE },
  reason: 'Hugging Face: sent the list of 2026-03-11 for 2026-03-12',
};

const told = async (notes: readonly StandingNote[]) => {
  const source: Source = {
    name: 'hugging-face',
    poll: async function* () {},
    standing: async () => ({ notes, nextAt: null }),
  };
  return (
    await sourcesStatus({ archive: { health: async () => [failed] }, sources: [source] }, NOW, 15 * MINUTE)
  )[0]?.reasons
    .map(inEnglish)
    .join('; ');
};

describe('why a source is late', () => {
  it('is what its answers say where nothing tells it better', async () => {
    expect(await told([])).toBe(failed.reason);
  });

  it('is told once where a list is of another day', async () => {
    const reason = await told([{ kind: 'foreign', day: '2026-03-12', sent: '2026-03-11' }]);
    expect(reason).toBe('in place of the list of Thursday it sends that of Wednesday');
  });
});

describe('a source that nothing was heard of', () => {
  const silentFor = async (ms: number, pollInterval: number, source = 'hugging-face') => {
    const silent: ListHealth = { ...failed, source, list: 'daily', succeededAt: NOW - ms, failedAt: null };
    return (await sourcesStatus({ archive: { health: async () => [silent] } }, NOW, pollInterval))[0]?.state;
  };

  it('is late after its own time, and after three rounds where they are further apart', async () => {
    expect(await silentFor(59 * MINUTE, 15 * MINUTE)).toBe('on time');
    expect(await silentFor(61 * MINUTE, 15 * MINUTE)).toBe('late');
    expect(await silentFor(61 * MINUTE, 60 * MINUTE)).toBe('on time');
    expect(await silentFor(181 * MINUTE, 60 * MINUTE)).toBe('late');
    expect(await silentFor(4 * 24 * 60 * MINUTE, 15 * MINUTE, 'arxiv-rss')).toBe('on time');
  });
});

describe('papers that cannot be read', () => {
  const fares = async (list: ListHealth['list'], items: number, malformed: number, complete = true) => {
    const read: ListHealth = { ...failed, ...{ list, items, malformed, complete }, failedAt: null };
    const [{ state, reasons }] = await sourcesStatus(
      { archive: { health: async () => [read] } },
      NOW,
      15 * MINUTE,
    );
    return [state, ...reasons.map(inEnglish)].join(': ');
  };

  it.each(['daily', 'announced', 'trending'] as const)('are told of in a list that is %s', async (list) => {
    expect(await fares(list, 4, 2)).toBe('partial: 2 of its papers could not be read; the others were kept');
    expect(await fares(list, 4, 0)).toBe('on time');
  });

  it('are not told as kept where there are no others', async () => {
    expect(await fares('announced', 0, 7)).toBe('partial: none of its 7 papers could be read');
    expect(await fares('announced', 0, 1)).toBe('partial: its only paper could not be read');
  });

  it('are not missing from one page of many announcements', async () => {
    expect(await fares('announced', 200, 0, false)).toBe('on time');
    expect(await fares('daily', 100, 0, false)).toBe('partial: its list came incomplete');
  });
});

describe('a source that was switched off', () => {
  it('is not late for ever after', async () => {
    const rooms = { archive: { health: async () => [failed] }, sources: [] };
    expect(await sourcesStatus(rooms, NOW, 15 * MINUTE)).toEqual([]);
  });
});
