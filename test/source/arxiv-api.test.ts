import { describe, expect, it } from 'vitest';
import { OutsideError } from '#src/foundation/failure.ts';
import { createHttp } from '#src/foundation/http/http.ts';
import { silentLog } from '#src/foundation/log.ts';
import { ARXIV_MANNERS } from '#src/source/arxiv.ts';
import { createArxivApi } from '#src/source/arxiv-api.ts';
import { createFakeClock } from '#test/fakes/fake-clock.ts';
import { createScriptedFetch } from '#test/fakes/scripted-fetch.ts';
import { atomEntry, atomError, atomFeed } from './bodies.ts';

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

function open(answer: (query: URLSearchParams, count: number) => string | Response) {
  const clock = createFakeClock('2026-03-10T15:00:00Z');
  const { fetch, asked } = createScriptedFetch((url, count) => {
    const answered = answer(url.searchParams, count);
    return typeof answered === 'string' ? new Response(answered) : answered;
  });
  const http = createHttp({ fetch, clock, log: silentLog, userAgent: 'Paperboy/test' });
  const source = createArxivApi({
    host: http.host(ARXIV_MANNERS),
    clock,
    log: silentLog,
    url: 'https://export.arxiv.org/api/query',
  });
  return {
    clock,
    asked: () => asked.map(({ url }) => Object.fromEntries(new URL(url).searchParams)),
    find: (id: string, signal?: AbortSignal) => clock.settle(source.find?.(id, signal) ?? Promise.reject()),
    search: (words: string, limit = 5) => clock.settle(source.search?.(words, limit) ?? Promise.reject()),
    describe: (ids: string[]) => clock.settle(source.describe?.(ids) ?? Promise.reject()),
  };
}

const ids = (count: number) =>
  Array.from({ length: count }, (_, index) => `2603.${String(index + 1).padStart(5, '0')}`);

/** arXiv as it should be: every id it is asked for exists, except those of `unknown`. */
const knowing =
  (unknown: readonly string[] = []) =>
  (query: URLSearchParams) =>
    atomFeed(
      (query.get('id_list') ?? '')
        .split(',')
        .filter((id) => !unknown.includes(id))
        .map((id) => atomEntry({ id: `${id}v1` })),
    );

describe('one paper', () => {
  it('has its key without a version, its text on one line, its primary category first', async () => {
    const { find } = open(() => atomFeed([atomEntry()]));

    const poll = await find('2603.01234');

    expect(poll).toMatchObject({
      source: 'arxiv-api',
      list: 'lookup',
      sightings: [{ place: 1, votes: null, batchDay: null }],
    });
    expect(poll?.sightings[0].paper).toEqual({
      id: '2603.01234',
      title: 'Sparse Attention',
      abstract: 'We attend to less.',
      authors: ['André Beispiel'],
      categories: ['cs.LG', 'cs.CL'],
      keywords: [],
      organization: null,
      comment: null,
      journalRef: null,
      withdrawn: null,
      updatedAt: Date.parse('2026-03-09T00:00:00Z'),
      publishedAt: Date.parse('2026-03-08T14:49:20Z'),
      repository: null,
      projectPage: null,
      thumbnail: null,
    });
  });

  it('has the comment and the journal reference, each on one line; an empty one is unknown', async () => {
    const more = `<arxiv:comment>Accepted at
      ICML 2026</arxiv:comment><arxiv:journal_ref> Phys. Rev. D 103, 1 (2026)</arxiv:journal_ref>`;
    const both = await open(() => atomFeed([atomEntry({ more })])).find('2603.01234');
    expect(both?.sightings[0].paper).toMatchObject({
      comment: 'Accepted at ICML 2026',
      journalRef: 'Phys. Rev. D 103, 1 (2026)',
    });
    const empty = '<arxiv:comment> </arxiv:comment><arxiv:journal_ref/>';
    const none = await open(() => atomFeed([atomEntry({ more: empty })])).find('2603.01234');
    expect(none?.sightings[0].paper).toMatchObject({ comment: null, journalRef: null });
  });

  it('of the old style is found too', async () => {
    const { find } = open(() => atomFeed([atomEntry({ id: 'hep-th/9901001v3' })]));

    expect((await find('hep-th/9901001'))?.sightings[0].paper.id).toBe('hep-th/9901001');
  });

  it('that does not exist is null at once: nobody waits for a second answer', async () => {
    const { find, asked } = open(() => atomFeed([]));

    expect(await find('2603.99999')).toBeNull();
    expect(asked()).toHaveLength(1);
  });

  it('that was unknown is asked for again, since empty answers are not always true', async () => {
    const { find, asked } = open((_, count) => atomFeed(count === 1 ? [] : [atomEntry()]));
    const first = await find('2603.01234');

    const second = await find('2603.01234');
    await find('2603.01234');

    expect([first, second?.sightings.length, asked().length]).toEqual([null, 1, 2]);
  });

  it('is no longer asked for when nobody waits for it', async () => {
    const { find, asked, clock } = open(() => atomFeed([atomEntry()]));
    const gone = new AbortController();
    await find('2603.00001');
    const second = find('2603.00002', gone.signal).catch((error) => error);

    gone.abort();
    await clock.advance(MINUTE);

    expect(await second).toBeInstanceOf(OutsideError);
    expect(asked()).toHaveLength(1);
  });

  it('whose id arXiv calls impossible is null', async () => {
    const { find } = open(
      () => new Response(atomError('incorrect id format for 2603.01234'), { status: 400 }),
    );

    expect(await find('2603.01234')).toBeNull();
  });

  it('is not asked for twice a day', async () => {
    const { find, asked, clock } = open(() => atomFeed([atomEntry()]));
    await find('2603.01234');
    await find('2603.01234');
    const sameDay = asked().length;
    await clock.advance(DAY);

    await find('2603.01234');

    expect([sameDay, asked().length]).toEqual([1, 2]);
  });
});

describe('categories for many papers', () => {
  it('are asked for a hundred ids at a time, with room for all of them in the answer', async () => {
    const { describe: describeIds, asked } = open(knowing());

    const papers = await describeIds(ids(230));

    expect(papers.map(({ id }) => id)).toEqual(ids(230));
    expect(asked().map((query) => [query.id_list.split(',').length, query.max_results])).toEqual([
      [100, '100'],
      [100, '100'],
      [30, '30'],
    ]);
  });

  it('leave out ids that arXiv does not know, and do not ask for those again that day', async () => {
    const { describe: describeIds, asked } = open(knowing(['2603.00002']));

    const papers = await describeIds(ids(3));
    await describeIds(ids(3));

    expect(papers.map(({ id }) => id)).toEqual(['2603.00001', '2603.00003']);
    expect(asked()).toHaveLength(1);
  });

  it('lose only the one id that arXiv calls impossible', async () => {
    const { describe: describeIds } = open((query) =>
      query.get('id_list')?.includes('2603.00003')
        ? atomError('incorrect id format for 2603.00003')
        : knowing()(query),
    );

    const papers = await describeIds(ids(8));

    expect(papers.map(({ id }) => id)).toEqual(ids(8).filter((id) => id !== '2603.00003'));
  });

  it('fail, and may be asked for again, after an empty answer about many ids', async () => {
    let broken = true;
    const { describe: describeIds, clock } = open((query) => (broken ? atomFeed([]) : knowing()(query)));
    const failure = await describeIds(ids(40)).catch((error) => error);
    broken = false;
    await clock.advance(MINUTE);

    const papers = await describeIds(ids(40));

    expect(failure).toMatchObject({ name: 'OutsideError', retryable: true });
    expect(papers).toHaveLength(40);
  });

  it('of papers too new for arXiv are asked for again the next day', async () => {
    let indexed = false;
    const { describe: describeIds, clock } = open((query) => (indexed ? knowing()(query) : atomFeed([])));
    const today = await describeIds(ids(2));
    indexed = true;
    const later = await describeIds(ids(2));
    await clock.advance(DAY);

    const tomorrow = await describeIds(ids(2));

    expect([today.length, later.length, tomorrow.length]).toEqual([0, 0, 2]);
  });

  it('that came before a failure are not lost to the next try', async () => {
    let down = true;
    const {
      describe: describeIds,
      asked,
      clock,
    } = open((query, count) => (down && count > 1 ? new Response('', { status: 403 }) : knowing()(query)));
    const failure = await describeIds(ids(150)).catch((error) => error);
    down = false;
    await clock.advance(MINUTE);

    const papers = await describeIds(ids(150));

    expect(failure).toBeInstanceOf(OutsideError);
    expect(papers).toHaveLength(150);
    expect(asked().at(-1)?.id_list.split(',')).toHaveLength(50);
  });
});

describe('categories that cannot be had', () => {
  it('are asked for ever more rarely, however often they are wanted, and within half an hour of recovery', async () => {
    let down = true;
    const {
      describe: describeIds,
      asked,
      clock,
    } = open((query) => (down ? new Response('', { status: 403 }) : knowing()(query)));
    const want = async (ms: number) => {
      let papers: readonly unknown[] = [];
      for (let passed = 0; passed < ms; passed += MINUTE / 2) {
        papers = await describeIds(ids(3)).catch(() => []);
        await clock.advance(MINUTE / 2);
      }
      return papers;
    };
    await want(6 * 60 * MINUTE);
    const tries = asked().length;
    down = false;

    expect(tries).toBeLessThan(20);
    expect(await want(30 * MINUTE)).toHaveLength(3);
  });
});

describe('an empty answer about categories', () => {
  it('is doubted once, behind everybody who waits', async () => {
    const { describe: describeIds, asked } = open((query, count) =>
      count === 1 ? atomFeed([]) : knowing()(query),
    );

    expect(await describeIds(ids(2))).toHaveLength(2);
    expect(asked()).toHaveLength(2);
  });
});

describe('a search', () => {
  it('wants every word somewhere, and lets no word act as an operator', async () => {
    const { search, asked } = open(() => atomFeed([atomEntry()]));

    await search('sparse AND "state-space" OR cat:cs.LG)', 7);

    expect(asked()[0]).toEqual({
      search_query: 'all:sparse AND all:state AND all:space AND all:cat AND all:cs AND all:LG',
      max_results: '7',
      sortBy: 'relevance',
    });
  });

  it('hands back the results in their order', async () => {
    const { search } = open(() =>
      atomFeed([atomEntry({ id: '2603.00002v1' }), atomEntry({ id: '2603.00001v1' })]),
    );

    const poll = await search('sparse attention');

    expect(poll.sightings.map(({ place, paper }) => [place, paper.id])).toEqual([
      [1, '2603.00002'],
      [2, '2603.00001'],
    ]);
  });

  it('is not put twice a day', async () => {
    const { search, asked, clock } = open(() => atomFeed([atomEntry()]));
    await search('sparse');
    await clock.advance(DAY / 2);
    await search('sparse');
    const sameDay = asked().length;
    await clock.advance(DAY / 2);

    await search('sparse');

    expect([sameDay, asked().length]).toEqual([1, 2]);
  });

  it('that found nothing is put again when somebody asks; one that found something is not, all day', async () => {
    const { search, asked } = open((_, count) => atomFeed(count === 1 ? [] : [atomEntry()]));
    const first = await search('sparse');

    const second = await search('sparse');
    await search('sparse');

    expect([first.sightings.length, second.sightings.length, asked().length]).toEqual([0, 1, 2]);
  });

  it('without a word finds nothing and asks nobody', async () => {
    const { search, asked } = open(() => atomFeed([]));

    expect((await search(' ?! ')).sightings).toEqual([]);
    expect(asked()).toEqual([]);
  });

  it.each([400, 200])(
    'that arXiv complains about is an OutsideError, whatever the status: %i',
    async (status) => {
      const { search } = open(() => new Response(atomError('sortBy must be in: relevance'), { status }));

      const failure = await search('sparse').catch((error) => error);

      expect(failure).toMatchObject({
        name: 'OutsideError',
        message: 'arXiv: sortBy must be in: relevance',
        retryable: false,
      });
    },
  );

  it('that is refused with "Rate exceeded." is an OutsideError that may be tried later', async () => {
    const { search } = open(
      () => new Response('Rate exceeded.', { status: 429, headers: { 'retry-after': '900' } }),
    );

    const failure = await search('sparse').catch((error) => error);

    expect(failure).toMatchObject({ name: 'OutsideError', retryable: true });
  });
});
