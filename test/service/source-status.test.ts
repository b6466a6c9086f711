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
    expect(await silentFor(60 * MINUTE, 15 * MINUTE)).toBe('on time');
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
    const sources: Source[] = [{ name: 'arxiv-rss', poll: async function* () {} }];
    const health = async () => [failed, { ...failed, source: 'arxiv-rss' }];
    const told = await sourcesStatus({ archive: { health }, sources }, NOW, 15 * MINUTE);
    expect(told.map(({ name }) => inEnglish(name))).toEqual(['arXiv']);
  });
});

describe('how a source fares', () => {
  const list = (facts: Partial<ListHealth> = {}): ListHealth => ({
    ...{ source: 'hugging-face', list: 'daily', complete: true, items: 6, malformed: 0, reason: null },
    ...{ succeededAt: NOW - 20 * MINUTE, failedAt: null },
    ...facts,
  });
  const FAILS = { failedAt: NOW - MINUTE, reason: 'it fell' };
  const NEVER = { succeededAt: null, items: 0 };
  const lookUp = (facts: Partial<ListHealth> = {}) => list({ list: 'lookup', complete: false, ...facts });
  const awaited = (lists: string[]): StandingNote => ({ kind: 'awaited', day: '2026-03-12', lists });
  const unfinished: StandingNote = { kind: 'unfinished', day: '2026-03-12', lists: [] };
  const quiet: StandingNote = { kind: 'quiet', day: '2026-03-11' };
  const empty: StandingNote = { kind: 'empty', day: '2026-03-12' };
  const shrunk: StandingNote = { kind: 'shrunk', day: '2026-03-12', papers: 1, before: 9 };
  const LOOK_UP = 'its last look-up failed: it fell';

  it.each<[told: string, health: readonly ListHealth[], notes: readonly StandingNote[]]>([
    ['on time', [list()], []],
    ['not read yet', [list(NEVER)], []],
    ['not read yet: no list came on Wednesday, as on a holiday', [list(NEVER)], [quiet]],
    ['late: it fell', [list({ ...NEVER, ...FAILS })], []],
    ['late: it fell', [list(FAILS), list({ list: 'trending' })], []],
    ['late: it fell', [list({ ...FAILS, failedAt: NOW - 20 * MINUTE })], []],
    ['on time', [list({ ...FAILS, failedAt: NOW - 21 * MINUTE })], []],
    ['late: the list of Thursday is still empty', [list(NEVER)], [empty]],
    ['late: the list of Thursday is still empty', [list()], [empty]],
    ['late: the list of Thursday has not come yet', [list()], [awaited([])]],
    ['partial: the list of Thursday has not come yet for cs.CL', [list()], [awaited(['cs.CL'])]],
    [
      'partial: it fell; the list of Thursday has not come yet for cs.CL',
      [list(FAILS)],
      [awaited(['cs.CL'])],
    ],
    [
      'partial: the list of Thursday still has papers of the day before, so it is read again',
      [list()],
      [unfinished],
    ],
    ['on time: no list came on Wednesday, as on a holiday', [list()], [quiet]],
    [
      'partial: the list of Thursday came with 1 paper instead of 9; those seen before are kept',
      [list({ complete: false })],
      [shrunk],
    ],
    [
      'late: the list of Thursday came with 1 paper instead of 9; those seen before are kept',
      [list(FAILS)],
      [shrunk],
    ],
    ['partial: 2 of its papers could not be read; the others were kept', [list({ malformed: 2 })], []],
    ['partial: its list came incomplete', [list({ complete: false })], []],
    [
      'partial: its list came incomplete; no list came on Wednesday, as on a holiday',
      [list({ complete: false })],
      [quiet],
    ],
    [
      'late: it fell; the list of Thursday has not come yet for cs.CL',
      [list({ ...NEVER, ...FAILS })],
      [awaited(['cs.CL'])],
    ],
    [`partial: ${LOOK_UP}`, [list(), lookUp(FAILS)], []],
    ['on time', [list(), lookUp({ ...FAILS, failedAt: NOW - 15 * MINUTE, succeededAt: null })], []],
    [
      `partial: ${LOOK_UP}`,
      [list(), lookUp({ ...FAILS, failedAt: NOW - 15 * MINUTE + 1, succeededAt: null })],
      [],
    ],
    ['on time', [list(), lookUp({ ...FAILS, succeededAt: NOW })], []],
    ['late: it fell', [list(FAILS), lookUp({ ...FAILS, reason: 'it broke' })], []],
    [`partial: ${LOOK_UP}`, [lookUp({ ...FAILS, succeededAt: null })], []],
    ['not read yet', [lookUp({ succeededAt: null })], []],
    ['on time', [lookUp()], []],
  ])('%s', async (sentence, health, notes) => {
    const source: Source = {
      name: 'hugging-face',
      poll: async function* () {},
      standing: async () => ({ notes, nextAt: 5 }),
    };
    const [{ state, reasons }] = await sourcesStatus(
      { archive: { health: async () => [...health] }, sources: [source] },
      NOW,
      15 * MINUTE,
    );
    expect([state, ...(reasons.length > 0 ? [reasons.map(inEnglish).join('; ')] : [])].join(': ')).toBe(
      sentence,
    );
  });

  it('is told with when it was read last and when something new is expected', async () => {
    const standing = async () => ({ notes: [], nextAt: NOW + MINUTE });
    const sources: Source[] = [{ name: 'hugging-face', poll: async function* () {}, standing }];
    const health = async () => [list(), list({ list: 'trending', succeededAt: NOW - MINUTE })];
    const [told] = await sourcesStatus({ archive: { health }, sources }, NOW, 15 * MINUTE);
    expect([told.lastSuccessAt, told.nextAt]).toEqual([NOW - MINUTE, NOW + MINUTE]);
    const [alone] = await sourcesStatus(
      { archive: { health: async () => [lookUp()] }, sources },
      NOW,
      MINUTE,
    );
    expect([alone.lastSuccessAt, alone.nextAt]).toEqual([NOW - 20 * MINUTE, null]);
  });

  it('stands under its name; one that is only asked, as look-ups', async () => {
    const health = async () => [list(), lookUp({ source: 'arxiv-api' }), list({ source: 'arxiv-rss' })];
    const told = await sourcesStatus({ archive: { health } }, NOW, 15 * MINUTE);
    expect(told.map(({ name }) => inEnglish(name))).toEqual(['Hugging Face', 'arXiv look-ups', 'arXiv']);
  });
});
