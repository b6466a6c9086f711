import { describe, expect, it } from 'vitest';
import { openArchive } from '#src/archive/archive.ts';
import { openDatabase } from '#src/foundation/database/database.ts';
import { FatalError, OutsideError } from '#src/foundation/failure.ts';
import { silentLog as log } from '#src/foundation/log.ts';
import { createDescriber } from '#src/pipeline/describe.ts';
import type { Source } from '#src/source/source.ts';
import { aPoll, aSighting, MONDAY } from '#test/archive/some-papers.ts';
import { aPaper } from '#test/builders/a-paper.ts';
import { createFakeClock } from '#test/fakes/fake-clock.ts';
import { createKeptLog } from '#test/fakes/kept-log.ts';

const MINUTE = 60_000;

async function openDescriber(papers: number, answer: (ids: readonly string[]) => readonly string[]) {
  const archive = await openArchive(await openDatabase(':memory:'), []);
  const clock = createFakeClock(MONDAY);
  await archive.keep(
    aPoll(
      MONDAY,
      Array.from({ length: papers }, (_, i) => aSighting(aPaper(`p${i}`), i + 1)),
    ),
  );
  const asked: number[] = [];
  const arxiv: Source = {
    name: 'arxiv-api',
    async *poll() {},
    async describe(ids) {
      asked.push(ids.length);
      return answer(ids).map((id) => aPaper(id, { categories: ['cs.LG'] }));
    },
  };
  return { clock, asked, archive, describer: createDescriber([arxiv], { archive, clock, log }) };
}

describe('categories', () => {
  it('are asked for a hundred papers at a time, until none is left', async () => {
    const { describer, asked } = await openDescriber(150, (ids) => ids);
    expect(await describer.describeSome()).toBe(100);
    expect(await describer.describeSome()).toBe(50);
    expect(await describer.describeSome()).toBeNull();
    expect(asked).toEqual([100, 50]);
  });

  it('are asked for ever more rarely while arXiv fails, a few at a time, and at least once an hour', async () => {
    let down = true;
    const { describer, clock, asked } = await openDescriber(50, (ids) => {
      if (down) throw new OutsideError('arXiv', 'knew none of 50 papers', { retryable: true });
      return ids;
    });
    const instants: number[] = [];
    for (let minute = 0; minute < 300; minute++) {
      const before = asked.length;
      await describer.describeSome();
      if (asked.length > before) instants.push(minute);
      await clock.advance(MINUTE);
    }
    expect(asked.slice(0, 3)).toEqual([50, 10, 10]);
    expect(instants).toEqual([0, 1, 3, 7, 15, 31, 63, 123, 183, 243]);
    down = false;
    await clock.advance(60 * MINUTE);
    expect(await describer.describeSome()).toBe(10);
    expect(await describer.describeSome()).toBe(40);
  });
});

describe('comments, which no feed has', () => {
  const WEEK = 7 * 24 * 60 * MINUTE;
  const announced = (paper: string) => aSighting(aPaper(paper, { categories: ['cs.LG'] }), 1);
  async function openFeed() {
    const archive = await openArchive(await openDatabase(':memory:'), []);
    const clock = createFakeClock(MONDAY);
    const feed = { source: 'arxiv-rss', list: 'announced' } as const;
    const asked: string[] = [];
    const arxiv: Source = {
      name: 'arxiv-api',
      async *poll() {},
      async describe(ids) {
        asked.push(...ids);
        return ids.map((id) => aPaper(id, { categories: ['cs.LG'], comment: 'Accepted at ICML 2026' }));
      },
    };
    const describer = createDescriber([arxiv], { archive, clock, log });
    return {
      archive,
      clock,
      asked,
      describer,
      announce: (at: number, ...papers: string[]) =>
        archive.keep({ ...aPoll(at, papers.map(announced)), ...feed }),
    };
  }

  it('are asked for once, for papers of the last days that came with their categories', async () => {
    const { archive, clock, asked, describer, announce } = await openFeed();
    await announce(MONDAY - WEEK, 'old');
    await announce(MONDAY, 'new');
    expect(await describer.isWanted()).toBe(true);
    expect(await describer.describeSome()).toBe(1);
    expect((await archive.paper('new'))?.paper.comment).toBe('Accepted at ICML 2026');
    await clock.advance(WEEK / 7);
    await announce(clock.now(), 'new');
    expect(await describer.describeSome()).toBeNull();
    expect(asked).toEqual(['new']);
  });

  it('wait for categories, without which no filter for a category finds a paper', async () => {
    const { archive, asked, describer, announce } = await openFeed();
    await announce(MONDAY, 'announced');
    await archive.keep(aPoll(MONDAY, [aSighting(aPaper('bare', { categories: [] }), 1)]));
    await describer.describeSome();
    await describer.describeSome();
    expect(asked).toEqual(['bare', 'announced']);
  });
});

describe('arXiv', () => {
  async function openAnswering(describe: Source['describe'], isStopping = false) {
    const archive = await openArchive(await openDatabase(':memory:'), []);
    await archive.keep(aPoll(MONDAY, [aSighting(aPaper('p'), 1)]));
    const kept = createKeptLog();
    const source: Source = { name: 'arxiv-api', async *poll() {}, ...(describe && { describe }) };
    const rooms = { archive, clock: createFakeClock(MONDAY), log: kept, isStopping: () => isStopping };
    return { archive, kept, describer: createDescriber([source], rooms) };
  }
  const broken = (error: Error) => async () => {
    throw error;
  };

  it('that does not answer is told to the operator, and nothing is described', async () => {
    const { describer, kept } = await openAnswering(
      broken(new OutsideError('arXiv', 'is down', { retryable: true })),
    );
    expect(await describer.describeSome()).toBeNull();
    expect(kept.lines).toMatchObject([
      { level: 'warn', fields: { source: 'arxiv-api', err: { name: 'OutsideError' } } },
    ]);
    expect(await describer.isWanted()).toBe(false);
  });

  it('that does not answer because Paperboy stops is nobody’s fault', async () => {
    const { describer, kept } = await openAnswering(broken(new Error('given up')), true);
    expect([await describer.describeSome(), kept.lines]).toEqual([null, []]);
    expect(await describer.isWanted()).toBe(true);
  });

  it('that is not read is asked for nothing', async () => {
    const { describer } = await openAnswering(undefined);
    expect([await describer.describeSome(), await describer.isWanted()]).toEqual([null, false]);
  });

  it('that tells what cannot be kept is told to the operator; the rest is kept', async () => {
    const odd = aPaper('p', { title: 7 as never });
    const { describer, kept } = await openAnswering(async () => [
      odd,
      aPaper('p', { categories: ['cs.LG'] }),
    ]);
    expect(await describer.describeSome()).toBe(1);
    expect(kept.lines).toMatchObject([
      { level: 'warn', fields: { source: 'arxiv-api', refused: [expect.any(String)] } },
    ]);
  });

  it('ends the run where the database is lost', async () => {
    const { describer } = await openAnswering(broken(new FatalError('lost')));
    await expect(describer.describeSome()).rejects.toThrow('lost');
  });

  it('that answers again is asked at once for the rest', async () => {
    const { describer, archive, kept } = await openAnswering(async (ids) =>
      ids.map((id) => aPaper(id, { categories: ['cs.LG'], comment: 'x' })),
    );
    expect([await describer.isWanted(), await describer.describeSome()]).toEqual([true, 1]);
    expect((await archive.paper('p'))?.paper.categories).toEqual(['cs.LG']);
    expect([kept.lines, await describer.isWanted()]).toEqual([[], false]);
  });
});
