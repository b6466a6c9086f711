import { afterEach, describe, expect, it } from 'vitest';
import { createHttp } from '#src/foundation/http/http.ts';
import { silentLog } from '#src/foundation/log.ts';
import { type LoopbackServer, openLoopbackServer } from '#test/fakes/loopback-server.ts';
import type { ShiftedClock } from '#test/fakes/shifted-clock.ts';
import { sourcesAt } from '#test/fakes/sources-at.ts';
import { atomEntry, atomFeed, rssFeed, rssItem } from '#test/source/bodies.ts';
import { postsIn } from './newsstand.ts';
import { openStage, type Stage, textOf } from './stage.ts';

let stage: Stage;
let server: LoopbackServer;
/** What arXiv answers now: the feed's items with the day it was built, and the API's entries; null: it is silent. */
let items: string[] = [];
let built = '';
let entries: string[] | null = [];

/** A house that reads arXiv alone, on Monday 9 March 2026 at noon, after a first feed without lanterns. */
async function open(): Promise<void> {
  [items, built, entries] = [[rssItem({ title: 'Old news' })], 'Mon, 09 Mar 2026 04:00:00 +0000', []];
  server = await openLoopbackServer(({ pathname: path, searchParams }) => {
    if (path.startsWith('/rss/')) return { body: rssFeed(items, built) };
    if (path.startsWith('/api/query'))
      return entries === null
        ? { status: 503, body: '' }
        : { body: atomFeed(searchParams.has('id_list') ? entries : []) };
    return { body: '[]' };
  });
  stage = await openStage({ start: '2026-03-09T12:00:00Z', sources: (clock) => sources(clock, server.url) });
}

const sources = (clock: ShiftedClock, url: string) => {
  const http = createHttp({
    fetch,
    clock,
    log: silentLog,
    userAgent: 'Paperboy/0 (story)',
    limits: { retries: 0 },
  });
  return sourcesAt(url, { http, clock, log: silentLog, spacing: 0 });
};

const announce = async (day: string, ...announced: string[]): Promise<void> => {
  [items, built] = [announced, `${day} 04:00:00 +0000`];
  stage.clock.leapTo(new Date(Date.parse(`${day} 12:00:00 +0000`)).toISOString());
  await stage.round();
};
const TUESDAY = 'Tue, 10 Mar 2026';
const WEDNESDAY = 'Wed, 11 Mar 2026';

const subscribe = (keywords: string, more = {}, channel = stage.channel) =>
  stage.subscribe({ keywords, what: 'all', ...more }, channel);
const posted = (channel = stage.channel) => postsIn(stage, channel).map(({ message }) => textOf(message));
const titles = (channel?: string) =>
  posted(channel).flatMap((text) =>
    [...text.matchAll(/Lanterns [a-z0-9 ]+/g)].map(([title]) => title.trim()).slice(0, 1),
  );
const search = async (query: string) => textOf(await stage.ask('search', { query }));

afterEach(async () => {
  await stage.close();
  await server.close();
});

describe('a paper that was added to a category', () => {
  const CROSSED = [
    rssItem({ id: '2603.00011', title: 'Lanterns new' }),
    rssItem({ id: '2603.00012', title: 'Lanterns crossed', type: 'cross' }),
    rssItem({ id: '2602.00013', title: 'Lanterns of last month', type: 'cross' }),
    rssItem({ id: '2511.00014', title: 'Lanterns of autumn', type: 'cross' }),
    rssItem({ id: 'math.CO/0503123', title: 'Lanterns of 2005', type: 'cross' }),
    rssItem({ id: 'hep-th/9306123', title: 'Lanterns of 1993', type: 'cross' }),
  ];
  const TOLD = [
    atomEntry({ id: '2603.00012v1', title: 'Lanterns crossed', published: '2026-03-06T17:00:00Z' }),
    atomEntry({ id: '2602.00013v1', title: 'Lanterns of last month', published: '2026-02-12T17:00:00Z' }),
    atomEntry({ id: '2511.00014v3', title: 'Lanterns of autumn', published: '2025-11-20T17:00:00Z' }),
    atomEntry({ id: 'math/0503123v2', title: 'Lanterns of 2005', published: '2005-03-20T17:00:00Z' }),
    atomEntry({ id: 'hep-th/9306123v1', title: 'Lanterns of 1993', published: '1993-06-20T17:00:00Z' }),
  ];

  it.each([
    ['has told the days', TOLD],
    ['is silent', null],
  ])('long ago is no news, one of these weeks is, whether arXiv %s', async (_, told) => {
    await open();
    await subscribe('lanterns');
    const best = stage.channelNamed('best');
    await subscribe('lanterns', { what: 'top 9', when: 'daily', at: '18:00' }, best);
    entries = told;
    await announce(TUESDAY, ...CROSSED);
    stage.clock.leapTo('2026-03-10T18:01:00Z');
    await stage.pipeline().deliver();

    expect(titles()).toEqual(['Lanterns new', 'Lanterns crossed', 'Lanterns of last month']);
    expect(posted(best).join()).not.toMatch(/autumn|2005|1993/);
    expect(posted(best).join()).toMatch(/Lanterns crossed/);
  });

  it('is found by its age from the day on that arXiv tells, and not before', async () => {
    await open();
    await subscribe('lanterns age:<7d');
    entries = null;
    await announce(TUESDAY, ...CROSSED);
    expect(titles()).toEqual(['Lanterns new']);

    entries = TOLD;
    stage.clock.leap(2 * 3_600_000);
    await stage.round();
    expect(titles()).toEqual(['Lanterns new', 'Lanterns crossed']);
  });

  it('is searched for by its day, or by the month of its id while that is all that is known', async () => {
    await open();
    for (const told of [null, TOLD]) {
      entries = told;
      await announce(told ? WEDNESDAY : TUESDAY, ...CROSSED);

      expect(await search('lanterns before:2006-01-01')).toMatch(/2005.*1993|1993.*2005/s);
      expect(await search('lanterns before:2006-01-01')).not.toMatch(/autumn|crossed/);
      expect(await search('lanterns after:2025-11-01 before:2025-12-01')).toContain('autumn');
      expect(await search('lanterns age:<30d')).not.toMatch(/autumn|2005|1993/);
    }
    expect(await search('lanterns after:2026-03-01')).toContain('Lanterns crossed');
  });
});

describe('a paper that its authors withdrew', () => {
  const PAPERS = ['2603.00011', '2603.00012'].map((id, at) => rssItem({ id, title: `Lanterns ${'ab'[at]}` }));
  const GONE = 'This paper has been withdrawn by the authors due to an error in Lemma 3.';
  const withdrawn = (id: string, title: string) =>
    rssItem({
      ...{ id, title, type: 'replace', guid: `oai:arXiv.org:${id}v2` },
      description: `arXiv:${id}v2 Announce Type: replace \nAbstract: ${GONE}`,
    }).replace('Tue, 10 Mar', 'Wed, 11 Mar');

  it('while it waited is not posted, and /paper says so with the day', async () => {
    await open();
    await subscribe('lanterns', { quiet: '08:00-07:00', zone: 'UTC' });
    entries = null;
    await announce(TUESDAY, ...PAPERS);
    expect(posted()).toEqual([]);

    await announce(WEDNESDAY, withdrawn('2603.00011', 'Lanterns a'));
    stage.clock.leapTo('2026-03-12T07:01:00Z');
    await stage.pipeline().deliver();
    expect(posted().join()).toContain('Lanterns b');
    expect(posted().join()).not.toContain('Lanterns a');

    const card = await stage.ask('paper', { query: '2603.00011' });
    expect(textOf(card)).toContain('Withdrawn by its authors on 11 March 2026.');
    expect(textOf(card)).toContain('We attend to less.');
    expect(textOf(await stage.ask('paper', { query: '2603.00012' }))).not.toContain('Withdrawn');
  });

  it('leaves its place among the best to another', async () => {
    await open();
    await subscribe('lanterns', { what: 'top 1', when: 'daily', at: '18:00' });
    const [first, second] = ['2603.00011', '2603.00012'];
    entries = [entry(second, '<arxiv:comment>Withdrawn: Lemma 3 is wrong</arxiv:comment>')];
    await announce(
      TUESDAY,
      rssItem({ id: first, title: 'Lanterns a' }),
      rssItem({ id: second, title: 'Lanterns b' }),
    );
    expect(textOf(await stage.ask('paper', { query: second }))).toContain(
      'Withdrawn by its authors on 9 March 2026.',
    );
    stage.clock.leapTo('2026-03-10T18:01:00Z');
    await stage.pipeline().deliver();

    expect(posted().join()).toContain('Lanterns a');
    expect(posted().join()).not.toContain('Lanterns b');
  });

  it('is posted when a newer version brings it back, a week later too', async () => {
    await open();
    await subscribe('lanterns');
    const id = '2603.00011';
    entries = [entry(id, '<arxiv:comment>Withdrawn: Lemma 3 is wrong</arxiv:comment>')];
    await announce(TUESDAY, rssItem({ id, title: 'WITHDRAWN: Lanterns a' }));
    expect(posted()).toEqual([]);

    const again = entry(id, '<arxiv:comment>Lemma 3 is right now</arxiv:comment>');
    entries = [again.replace(/<updated>.*<\/updated>/, '<updated>2026-03-18T17:00:00Z</updated>')];
    const dated = 'Thu, 19 Mar 2026 00:00:00 -0400';
    await announce('Thu, 19 Mar 2026', rssItem({ id, title: 'Lanterns a', type: 'replace', dated }));
    expect(textOf(await stage.ask('paper', { query: id }))).not.toContain('Withdrawn');
    expect(titles()).toEqual(['Lanterns a']);
  });
});

/** Of a version that came on 9 March. */
const entry = (id: string, more: string) => atomEntry({ id: `${id}v2`, title: 'Lanterns a', more });
