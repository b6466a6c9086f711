import { describe, expect, it } from 'vitest';
import type { Health } from '#src/archive/source-health.ts';
import type { StandingNote } from '#src/paper/standing.ts';
import { sourcesStatus } from '#src/service/source-status.ts';
import type { Source } from '#src/source/source.ts';

const NOW = Date.UTC(2026, 2, 12, 9);
const MINUTE = 60_000;

const failed: Health = {
  ...{ source: 'hugging-face', list: 'daily', complete: true, items: 6, malformed: 0, malformedEver: 0 },
  ...{ succeededAt: NOW - 20 * MINUTE, failedAt: NOW - MINUTE },
  reason: 'Hugging Face: sent the list of 2026-03-11 for 2026-03-12',
};

const told = (notes: readonly StandingNote[]) => {
  const source: Source = {
    name: 'hugging-face',
    looks: async function* () {},
    standing: () => ({ notes, nextAt: null }),
  };
  return sourcesStatus({ archive: { health: () => [failed] }, sources: [source] }, NOW, 15 * MINUTE)[0]
    ?.reason;
};

describe('why a source is late', () => {
  it('is what its answers say where nothing tells it better', () => {
    expect(told([])).toBe(failed.reason);
  });

  it('is told once where a list is of another day', () => {
    const reason = told([{ kind: 'foreign', day: '2026-03-12', sent: '2026-03-11' }]);
    expect(reason).toBe('in place of the list of Thursday it sends that of Wednesday');
  });
});

describe('a source that nothing was heard of', () => {
  const silentFor = (ms: number, beat: number, source = 'hugging-face') => {
    const silent: Health = { ...failed, source, list: 'daily', succeededAt: NOW - ms, failedAt: null };
    return sourcesStatus({ archive: { health: () => [silent] } }, NOW, beat)[0]?.state;
  };

  it('is late after its own time, and after three rounds where they are further apart', () => {
    expect(silentFor(59 * MINUTE, 15 * MINUTE)).toBe('on time');
    expect(silentFor(61 * MINUTE, 15 * MINUTE)).toBe('late');
    expect(silentFor(61 * MINUTE, 60 * MINUTE)).toBe('on time');
    expect(silentFor(181 * MINUTE, 60 * MINUTE)).toBe('late');
    expect(silentFor(4 * 24 * 60 * MINUTE, 15 * MINUTE, 'arxiv-rss')).toBe('on time');
  });
});

describe('a source that was switched off', () => {
  it('is not late for ever after', () => {
    const rooms = { archive: { health: () => [failed] }, sources: [] };
    expect(sourcesStatus(rooms, NOW, 15 * MINUTE)).toEqual([]);
  });
});
