import { describe, expect, it } from 'vitest';
import { openArchive } from '#src/archive/archive.ts';
import { openDatabase } from '#src/foundation/database/database.ts';
import { OutsideError } from '#src/foundation/failure.ts';
import { silentLog as log } from '#src/foundation/log.ts';
import { createDescriber } from '#src/pipeline/describe.ts';
import type { Source } from '#src/source/source.ts';
import { aPoll, aSighting, MONDAY } from '#test/archive/some-papers.ts';
import { aPaper } from '#test/builders/a-paper.ts';
import { createFakeClock } from '#test/fakes/fake-clock.ts';

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
