import { beforeEach, describe, expect, it } from 'vitest';
import { type Archive, openArchive } from '#src/archive/archive.ts';
import { ARCHIVE_MIGRATIONS } from '#src/archive/migrations.ts';
import { documentOf } from '#src/archive/stored-paper.ts';
import { type Database, openDatabase } from '#src/foundation/database/database.ts';
import { NO_FIGURES } from '#src/paper/figures.ts';
import { SOURCES } from '#src/source/sources.ts';
import type { TrendEvent } from '#src/trend/trend-event.ts';
import { aPaper } from '#test/builders/a-paper.ts';
import { aPoll, aSighting, DAY, MINUTE, MONDAY } from './some-papers.ts';

let db: Database;
let archive: Archive;
beforeEach(async () => {
  db = await openDatabase(':memory:');
  archive = await openArchive(db, []);
});

describe('a paper in the archive', () => {
  it('is fresh once, changed when its figures move, and untouched by the same poll again', async () => {
    const first = aPoll(MONDAY, [aSighting(aPaper('2603.00001'), 1, { votes: 3 })]);
    const later = aPoll(MONDAY + MINUTE, [aSighting(aPaper('2603.00001'), 1, { votes: 5 })]);

    expect(await archive.keep(first)).toMatchObject({ fresh: ['2603.00001'], changed: [] });
    expect(await archive.keep(first)).toMatchObject({ fresh: [], changed: [] });
    expect(await archive.keep(later)).toMatchObject({ fresh: [], changed: ['2603.00001'] });
    expect(await archive.keep(later)).toMatchObject({ fresh: [], changed: [] });
    expect((await archive.paper('2603.00001'))?.signals.votes).toBe(5);
  });

  it('is one paper however many sources show it, with the facts of each', async () => {
    const fromHuggingFace = aPaper('2603.00001', {
      title: 'A Plain Title',
      abstract: 'Short.',
      keywords: ['pruning'],
      organization: 'Acme Research',
      repository: 'acme/prune',
    });
    const fromArxiv = aPaper('2603.00001', {
      title: 'A $\\mathcal{P}$lain Title',
      abstract: 'The whole abstract.',
      authors: ['Ada Lovelace'],
      categories: ['cs.LG', 'stat.ML'],
      publishedAt: MONDAY - DAY,
    });

    await archive.keep(aPoll(MONDAY, [aSighting(fromHuggingFace, 1, { votes: 3, batchDay: '2026-03-02' })]));
    await archive.keep(
      aPoll(MONDAY + 1, [aSighting(fromArxiv, 1)], { source: 'arxiv-rss', list: 'announced', key: 'cs.LG' }),
    );
    await archive.keep(
      aPoll(MONDAY + 2, [aSighting(fromHuggingFace, 1, { votes: 3, batchDay: '2026-03-02' })]),
    );

    expect(await archive.paper('2603.00001')).toEqual({
      paper: {
        ...fromArxiv,
        title: 'A Plain Title',
        keywords: ['pruning'],
        organization: 'Acme Research',
        repository: 'acme/prune',
      },
      signals: { ...NO_FIGURES, votes: 3, trendingRank: null },
      firstSeenAt: MONDAY,
      listedBy: 'hugging-face',
      newsAt: null,
      risesSince: MONDAY + 2,
      batchDay: '2026-03-02',
      batchDays: ['2026-03-02'],
      sources: ['hugging-face', 'arxiv-rss'],
    });
  });

  it('keeps falling votes, and never lets an old poll overwrite newer figures', async () => {
    await archive.keep(aPoll(MONDAY, [aSighting(aPaper('2603.00001'), 1, { votes: 9 })]));
    await archive.keep(aPoll(MONDAY + 2, [aSighting(aPaper('2603.00001'), 1, { votes: 7, comments: 1 })]));
    await archive.keep(aPoll(MONDAY + 1, [aSighting(aPaper('2603.00001'), 1, { votes: 8, comments: 0 })]));
    expect((await archive.paper('2603.00001'))?.signals).toMatchObject({ votes: 7, comments: 1 });
  });

  it('keeps known figures where a list does not show them', async () => {
    await archive.keep(aPoll(MONDAY, [aSighting(aPaper('2603.00001'), 1, { votes: 9, stars: 4 })]));
    await archive.keep(aPoll(MONDAY + 1, [aSighting(aPaper('2603.00001'), 1)], { list: 'latest', key: '' }));
    expect((await archive.paper('2603.00001'))?.signals).toMatchObject({ votes: 9, stars: 4 });
  });

  it('remembers every day it was featured, and the newest as its batch day', async () => {
    await archive.keep(aPoll(MONDAY, [aSighting(aPaper('2603.00001'), 1, { batchDay: '2026-03-02' })]));
    const again = await archive.keep(
      aPoll(MONDAY + DAY, [aSighting(aPaper('2603.00001'), 1, { batchDay: '2026-03-03' })]),
    );
    expect(again.changed).toEqual(['2603.00001']);
    expect(await archive.paper('2603.00001')).toMatchObject({
      batchDay: '2026-03-03',
      batchDays: ['2026-03-02', '2026-03-03'],
    });
  });

  it('has a trending rank while it stands in the trending list, and none after it left', async () => {
    const trending = (at: number, ids: string[], complete = true) =>
      archive.keep(
        aPoll(
          at,
          ids.map((id, index) => aSighting(aPaper(id), index + 1)),
          { list: 'trending', key: '', complete },
        ),
      );
    await trending(MONDAY, ['a', 'b', 'c', 'd']);
    expect((await archive.paper('c'))?.signals.trendingRank).toBe(3);

    const cut = await trending(MONDAY + 1, ['a', 'c', 'b'], false);
    expect(cut.changed.sort()).toEqual(['b', 'c']);
    expect((await archive.paper('d'))?.signals.trendingRank).toBe(4);

    const whole = await trending(MONDAY + 2, ['a', 'c']);
    expect(whole.changed.sort()).toEqual(['b', 'd']);
    expect((await archive.paper('b'))?.signals.trendingRank).toBeNull();
  });

  it('is given to filters with votes as upvotes', async () => {
    await archive.keep(
      aPoll(MONDAY, [aSighting(aPaper('a', { abstract: 'Text.' }), 1, { votes: 9, stars: 2 })]),
    );
    const [stored] = await archive.papers(['unknown', 'a']);
    expect(documentOf(stored)).toMatchObject({
      id: 'a',
      abstract: 'Text.',
      upvotes: 9,
      comments: null,
      stars: 2,
    });
  });

  it('is described by arXiv only when it is known, and asked about once a day', async () => {
    await archive.keep(aPoll(MONDAY, [aSighting(aPaper('a'), 1), aSighting(aPaper('b'), 2)]));
    expect(await archive.lackingCategories(10, MONDAY)).toEqual(['b', 'a']);

    await archive.noteAsked(['a', 'b'], MONDAY);
    expect(
      (await archive.describe([aPaper('a', { categories: ['cs.AI'] }), aPaper('stranger')], 'arxiv-api'))
        .changed,
    ).toEqual(['a']);

    expect(await archive.lackingCategories(10, MONDAY + DAY - 1)).toEqual([]);
    expect(await archive.lackingCategories(10, MONDAY + DAY)).toEqual(['b']);
    expect(await archive.paper('stranger')).toBeNull();
  });

  it('leaves no half of a poll behind when the transaction around it fails', async () => {
    const failing = () =>
      db.transaction(async () => {
        await archive.keep(aPoll(MONDAY, [aSighting(aPaper('a'), 1)]));
        throw new Error('crash');
      });
    await expect(failing()).rejects.toThrow('crash');
    expect(await archive.paper('a')).toBeNull();
    expect(await archive.lastPollId()).toBe(0);
    expect((await archive.keep(aPoll(MONDAY, [aSighting(aPaper('a'), 1)]))).fresh).toEqual(['a']);
  });
});

describe('the change journal', () => {
  it('names each paper once, at its newest change', async () => {
    await archive.keep(aPoll(MONDAY, [aSighting(aPaper('a'), 1), aSighting(aPaper('b'), 2)]));
    const seen = await archive.lastSeq();
    await archive.keep(
      aPoll(MONDAY + 1, [aSighting(aPaper('a'), 1, { votes: 2 }), aSighting(aPaper('b'), 2)]),
    );

    expect((await archive.changesAfter(0, 10)).map(({ paper }) => paper.paper.id)).toEqual(['b', 'a']);
    expect((await archive.changesAfter(seen, 10)).map(({ paper }) => paper.paper.id)).toEqual(['a']);
    expect(await archive.changesAfter(await archive.lastSeq(), 10)).toEqual([]);
    expect(await archive.changesAfter(0, 1)).toHaveLength(1);
  });

  it('names a paper again when its score rose, and once for the same trend event', async () => {
    await archive.keep(aPoll(MONDAY, [aSighting(aPaper('a'), 1), aSighting(aPaper('b'), 2)]));
    const rose: TrendEvent = {
      paper: 'a',
      at: MONDAY,
      from: Number.NEGATIVE_INFINITY,
      score: 2.5,
      reason: { kind: 'votes', place: 1, papers: 2, votes: 9, ageHours: 3, pace: null },
    };
    const seen = await archive.lastSeq();
    await archive.keepTrendEvents([rose]);
    const after = await archive.lastSeq();
    await archive.keepTrendEvents([rose]);

    expect((await archive.changesAfter(seen, 10)).map(({ paper }) => paper.paper.id)).toEqual(['a']);
    expect(await archive.lastSeq()).toBe(after);
    expect(await archive.trendEvents('a')).toEqual([rose]);
    const { reason: _, ...rise } = rose;
    expect((await archive.risesSince(MONDAY)).map((one) => ({ ...one }))).toEqual([rise]);
    expect(await archive.risesSince(MONDAY + 1)).toEqual([]);
  });
});

describe('what several sources tell of a paper', () => {
  it('is the word of the one that knows best, whoever spoke last', async () => {
    const believing = await openArchive(await openDatabase(':memory:'), SOURCES);
    const named = (repository: string) => aPaper('a', { repository, categories: ['cs.LG'] });
    await believing.keep(aPoll(MONDAY, [aSighting(named('acme/own'), 1)]));
    await believing.describe([named('other/guess')], 'arxiv-api');

    expect((await believing.paper('a'))?.paper.repository).toBe('acme/own');
  });

  it('has a comment to ask for until the one that knows comments has told of it', async () => {
    const believing = await openArchive(await openDatabase(':memory:'), SOURCES);
    const filed = (id: string) => aPaper(id, { categories: ['cs.LG'] });
    await believing.keep(aPoll(MONDAY, [aSighting(filed('a'), 1), aSighting(filed('b'), 2)]));
    await believing.describe([filed('b')], 'arxiv-api');

    expect(await believing.lackingComments(10, MONDAY)).toEqual(['a']);
  });
});

describe('where a paper was accepted', () => {
  const poll = (at: number) => aPoll(MONDAY + at, [aSighting(aPaper('a'), 1, { votes: 3 })]);

  it('is a fact: what arXiv says of it is kept, stands in the journal, and makes no news', async () => {
    await archive.keep(poll(0));
    const before = await archive.paper('a');
    await archive.describe([aPaper('a', { comment: 'Submitted to ICML 2026' })], 'arxiv-api');
    await archive.describe(
      [aPaper('a', { comment: 'Accepted at ICML 2026', journalRef: 'PMLR 300' })],
      'arxiv-api',
    );
    await archive.keep(poll(1));

    const paper = await archive.paper('a');
    expect(paper?.paper).toMatchObject({ comment: 'Accepted at ICML 2026', journalRef: 'PMLR 300' });
    expect(paper).toMatchObject({ newsAt: before?.newsAt, firstSeenAt: before?.firstSeenAt });
    const [change] = await archive.changesAfter(0, 10);
    expect(change.factsSeq).toBe(change.seq);
    expect(documentOf(change.paper)).toMatchObject({
      comment: 'Accepted at ICML 2026',
      journalRef: 'PMLR 300',
    });
  });

  it('is unknown in a file that an earlier version wrote, until arXiv is asked again', async () => {
    const old = await openDatabase(':memory:');
    await old.migrate('archive', ARCHIVE_MIGRATIONS.slice(0, 2));
    await old.run(
      `INSERT INTO paper (id, title, abstract, authors, categories, keywords, figures_at, first_seen_at, batch_days, sources, seq, facts_seq)
         VALUES ('a', 'Old', '', '[]', '["cs.LG"]', '[]', 0, 1, '[]', '["arxiv-rss"]', 1, 1)`,
    );
    const opened = await openArchive(old, []);
    expect((await opened.paper('a'))?.paper).toMatchObject({ title: 'Old', comment: null, journalRef: null });
    await opened.describe([aPaper('a', { title: 'Old', comment: 'ICML 2026' })], 'arxiv-api');
    expect((await opened.paper('a'))?.paper.comment).toBe('ICML 2026');
  });
});

describe('what /status shows', () => {
  it('tells per list when it last worked, why it last failed and how many items were malformed', async () => {
    await archive.notePoll(aPoll(MONDAY, [aSighting(aPaper('a'), 1)], { malformed: 2 }));
    await archive.notePoll({
      failed: true,
      source: 'hugging-face',
      list: 'daily',
      key: '2026-03-02',
      at: MONDAY + 1,
      reason: 'HTTP 503',
    });
    await archive.notePoll(aPoll(MONDAY + 2, [], { malformed: 1, complete: false }));
    await archive.notePoll({
      failed: true,
      source: 'arxiv-rss',
      list: 'announced',
      key: 'cs.LG',
      at: MONDAY,
      reason: 'time-out',
    });

    expect(await archive.health()).toEqual([
      {
        source: 'arxiv-rss',
        list: 'announced',
        succeededAt: null,
        failedAt: MONDAY,
        reason: 'time-out',
        items: 0,
        malformed: 0,
        complete: false,
      },
      {
        source: 'hugging-face',
        list: 'daily',
        succeededAt: MONDAY + 2,
        failedAt: MONDAY + 1,
        reason: 'HTTP 503',
        items: 0,
        malformed: 1,
        complete: false,
      },
    ]);
  });
});
