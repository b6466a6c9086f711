import { describe, expect, it } from 'vitest';
import { volatileCursors } from '#src/foundation/cursors.ts';
import { createHttp } from '#src/foundation/http/http.ts';
import { silentLog } from '#src/foundation/log.ts';
import { NO_FIGURES } from '#src/paper/figures.ts';
import type { Poll } from '#src/paper/sighting.ts';
import { ARXIV_MANNERS } from '#src/source/arxiv.ts';
import { createArxivRss } from '#src/source/arxiv-rss.ts';
import type { PollFailure } from '#src/source/source.ts';
import { createFakeClock } from '#test/fakes/fake-clock.ts';
import { createScriptedFetch } from '#test/fakes/scripted-fetch.ts';
import { atomFeed, rssError, rssFeed, rssItem } from './bodies.ts';

const HOUR = 3600_000;
const TUESDAY = '2026-03-10T15:00:00Z';

function open(
  answer: (category: string) => string | Response,
  { start = TUESDAY, categories = ['cs.LG'] } = {},
) {
  const clock = createFakeClock(start);
  const cursors = volatileCursors();
  const { fetch, asked } = createScriptedFetch((url) => {
    const answered = answer(decodeURIComponent(url.pathname.slice(5)));
    return typeof answered === 'string' ? new Response(answered) : answered;
  });
  const http = createHttp({
    fetch,
    clock,
    log: silentLog,
    userAgent: 'Paperboy/test',
    limits: { retries: 0 },
  });
  const host = http.host(ARXIV_MANNERS);
  const source = createArxivRss({
    host,
    clock,
    log: silentLog,
    url: 'https://rss.arxiv.org',
    apiUrl: 'https://export.arxiv.org/api/query',
    cursors,
    categories,
  });
  const collect = async () => {
    const results: (Poll | PollFailure)[] = [];
    for await (const result of source.poll(clock.now())) results.push(result);
    return results;
  };
  return { clock, asked, pollLists: () => clock.settle(collect()) };
}

/** The feed as it is built at midnight Eastern (daylight saving time) of a day. */
const builtOn = (day: string) => rssFeed([rssItem()], new Date(`${day}T04:00:00Z`).toUTCString());

const only = async (items: string[]): Promise<Poll> => {
  const [poll] = await open(() => rssFeed(items)).pollLists();
  return poll as Poll;
};

describe('an announcement', () => {
  it('becomes a paper with its categories', async () => {
    const poll = await only([rssItem()]);

    expect(poll).toMatchObject({
      source: 'arxiv-rss',
      list: 'announced',
      key: 'cs.LG',
      complete: true,
      malformed: 0,
    });
    expect(poll.sightings).toEqual([
      {
        place: 1,
        ...NO_FIGURES,
        batchDay: null,
        paper: {
          id: '2603.01234',
          title: 'Sparse Attention',
          abstract: 'We attend to less.',
          authors: ['Ada Example', 'André Beispiel'],
          categories: ['cs.LG', 'cs.CL'],
          keywords: [],
          organization: null,
          comment: null,
          journalRef: null,
          withdrawn: null,
          updatedAt: null,
          publishedAt: Date.parse('2026-03-10T04:00:00Z'),
          repository: null,
          projectPage: null,
          thumbnail: null,
        },
      },
    ]);
  });

  it('has the journal reference, when there is one', async () => {
    const more = '<arxiv:journal_reference>Phys. Rev. D 103, 1 (2026)</arxiv:journal_reference>';
    const poll = await only([rssItem({ more })]);
    expect(poll.sightings[0].paper).toMatchObject({
      comment: null,
      journalRef: 'Phys. Rev. D 103, 1 (2026)',
      withdrawn: null,
      updatedAt: null,
    });
  });

  it('is kept when new or cross-listed; a replacement is no new paper', async () => {
    const poll = await only([
      rssItem({ id: '2603.00001', type: 'replace' }),
      rssItem({ id: '2603.00002', type: 'new' }),
      rssItem({ id: '2603.00003', type: 'replace-cross' }),
      rssItem({ id: '2603.00004', type: 'cross' }),
      rssItem({ id: '2603.00005', type: 'absonly' }),
    ]);

    expect(poll.sightings.map(({ paper }) => paper.id)).toEqual(['2603.00002', '2603.00004']);
    expect(poll.malformed).toBe(0);
  });

  it('of a cross-listed paper says nothing about when it was published: that may be years ago', async () => {
    const poll = await only([rssItem({ type: 'cross' })]);

    expect(poll.sightings[0].paper.publishedAt).toBeNull();
  });

  it('takes the id from the guid when the link is of no use', async () => {
    const item = rssItem().replace('https://arxiv.org/abs/2603.01234', 'https://arxiv.org/');

    expect((await only([item])).sightings[0].paper.id).toBe('2603.01234');
  });

  it('reads authors with affiliations, suffixes and TeX accents', async () => {
    const creator = String.raw`Andr\'e {\O}stby (MIT, Cambridge), John Smith, Jr., Pawe{\l} \v{C}ech, M\&M`;

    const poll = await only([rssItem({ creator: creator.replace('&', '&amp;') })]);

    expect(poll.sightings[0].paper.authors).toEqual(['André Østby', 'John Smith, Jr.', 'Paweł Čech', 'M&M']);
  });

  it('keeps an abstract without the usual heading', async () => {
    const poll = await only([rssItem({ description: 'Plain words.' })]);

    expect(poll.sightings[0].paper.abstract).toBe('Plain words.');
  });

  it('that is malformed is counted, and the others are kept', async () => {
    const poll = await only([
      rssItem({ id: '2603.00001' }),
      rssItem({ id: 'none', guid: 'none' }),
      rssItem({ id: '2603.00003', title: ' ' }),
      rssItem({ id: '2603.00004', type: 'surprise' }),
      rssItem({ id: '2603.00005' }),
    ]);

    expect(poll.malformed).toBe(2);
    expect(poll.sightings.map(({ place }) => place)).toEqual([1, 4, 5]);
  });

  it.each([
    ['bare ampersands', 'Q & A, R&D', 'Q & A, R&D'],
    ['a control that XML forbids', 'Sparse&#11; Attention', 'Sparse Attention'],
    ['half a character', 'Sparse&#xD83D; Attention&#55357;', 'Sparse Attention'],
    ['a bare less-than sign', 'For n < 3, m<4', 'For n < 3, m<4'],
    ['names of HTML', 'Caf&eacute;s&nbsp;&ndash; &AMP; &notin; &hellip;', 'Cafés – & ∉ …'],
    [
      'entities encoded twice',
      'Q&amp;amp;amp;amp;A of &amp;quot;R&amp;amp;D&amp;quot; &amp;#233;',
      'Q&A of "R&D" é',
    ],
    ['names of no entity', 'a &undefined; b &c d&e; f', 'a &undefined; b &c d&e; f'],
    ['text in CDATA', '<![CDATA[Q & A <3 &eacute;]]> &amp; & ]]&gt;', 'Q & A <3 é & & ]]>'],
    ['the id behind it', 'Sparse Attention (arXiv:2603.01234v1 [cs.LG])', 'Sparse Attention'],
    ['no id behind it', 'Sparse Attention (for arXiv) [1]', 'Sparse Attention (for arXiv) [1]'],
  ])('with %s in its title is read as it was meant', async (_, title, read) => {
    const poll = await only([rssItem({ title }), rssItem({ id: '2603.00003' })]);

    expect(poll.sightings.map(({ paper }) => paper.title)).toEqual([read, 'Sparse Attention']);
  });

  it.each([
    [
      'without its announce type',
      { more: '' },
      'arXiv:2603.01234v1 Announce Type: new \nAbstract: We attend.',
      true,
    ],
    ['without any announce type', {}, 'We attend.', true],
    [
      'of a later version without any announce type',
      { guid: 'oai:arXiv.org:2603.01234v3' },
      'We attend.',
      false,
    ],
    ['in one line', { type: 'New' }, 'arXiv:2603.01234v1 Announce Type: new Abstract: We attend.', true],
    [
      'in capitals',
      { type: ' NEW\n' },
      'ARXIV:2603.01234v1 ANNOUNCE TYPE: NEW\n\n Abstract: We attend.',
      true,
    ],
    [
      'of an unheard-of type',
      { type: 'revived' },
      'arXiv:2603.01234v1 Announce Type: revived\nAbstract: We attend.',
      false,
    ],
    [
      'in a paragraph, of earlier years',
      { title: 'T (arXiv:2603.01234v1 [cs.LG])' },
      '&lt;p&gt;We attend.&lt;/p&gt;',
      true,
    ],
    [
      'added to a category, of earlier years',
      { title: 'T (arXiv:2603.01234v1 [cs.LG] CROSS LISTED)' },
      'We attend.',
      false,
    ],
  ])('%s is kept, its abstract alone being the abstract', async (_, item, description, isNew) => {
    const given = 'type' in item ? '' : /<arxiv:announce_type>new<\/arxiv:announce_type>/;
    const poll = await only([rssItem({ ...item, description }).replace(given, '')]);

    expect(poll.sightings.map(({ paper }) => paper.abstract)).toEqual(['We attend.']);
    expect(poll.sightings[0].paper.publishedAt !== null).toBe(isNew);
  });

  it('that was replaced, of earlier years, is no new paper', async () => {
    const item = rssItem({ title: 'T (arXiv:2603.01234v2 [cs.LG] UPDATED)', description: 'We attend.' });

    expect((await only([item.replace(/<arxiv:announce.*announce_type>/, '')])).sightings).toEqual([]);
  });

  it.each(['Thu, 01 Jan 2099 00:00:00 -0500', 'Mon, 01 Jan 0001 00:00:00 +0000', '1 May 1991', 'soon', ''])(
    'dated "%s" is kept, and when it was published is unknown',
    async (date) => {
      const item = rssItem().replace(/<pubDate>.*<\/pubDate>/, `<pubDate>${date}</pubDate>`);

      const poll = await only([item]);

      expect(poll.sightings.map(({ paper }) => paper.publishedAt)).toEqual([null]);
    },
  );

  it.each([
    ['a tag without its end', { description: 'We <b>attend to less.' }],
    ['half a tag before a letter', { description: 'For n < 3 and m <n we attend.' }],
    ['half a tag', { description: 'For n <item' }],
  ])('with %s costs itself alone', async (_, odd) => {
    const poll = await only([rssItem({ id: '2603.00001' }), rssItem(odd), rssItem({ id: '2603.00003' })]);

    expect(poll.malformed).toBe(1);
    expect(poll.sightings.map(({ paper, place }) => [paper.id, place])).toEqual([
      ['2603.00001', 1],
      ['2603.00003', 3],
    ]);
  });

  it('with a control character in its abstract does not cost the feed', async () => {
    const poll = await only([rssItem({ description: 'a \u0002 b &undefined; c' })]);

    expect(poll.sightings[0].paper.abstract).toBe('a b &undefined; c');
  });

  it('is read by namespace, whatever prefix the feed uses', async () => {
    const feed = rssFeed([rssItem()])
      .replaceAll('dc:', 'd:')
      .replaceAll('xmlns:dc', 'xmlns:d')
      .replaceAll('arxiv:announce', 'a:announce')
      .replaceAll('xmlns:arxiv', 'xmlns:a');

    const [poll] = await open(() => feed).pollLists();

    expect((poll as Poll).sightings[0].paper.authors).toEqual(['Ada Example', 'André Beispiel']);
  });
});

describe('when feeds are read', () => {
  it('once a day, each category by itself, three seconds apart', async () => {
    const { asked, clock, pollLists } = open(() => builtOn('2026-03-10'), {
      categories: ['cs.LG', 'cs.CL', 'stat.ML'],
    });
    const start = clock.now();

    const results = await pollLists();
    const took = clock.now() - start;
    await clock.advance(HOUR);
    await pollLists();

    expect(results.map(({ key }) => key)).toEqual(['cs.LG', 'cs.CL', 'stat.ML']);
    expect(asked.map(({ url }) => url)).toEqual([
      'https://rss.arxiv.org/rss/cs.LG',
      'https://rss.arxiv.org/rss/cs.CL',
      'https://rss.arxiv.org/rss/stat.ML',
    ]);
    expect(took).toBe(6000);
  });

  it('again half an hour after midnight Eastern, when the next one has been built', async () => {
    let day = '2026-03-10';
    const { asked, clock, pollLists } = open(() => builtOn(day));
    await pollLists();
    day = '2026-03-11';
    clock.jump(Date.parse('2026-03-11T04:29:00Z'));
    await pollLists();
    const before = asked.length;
    clock.jump(Date.parse('2026-03-11T04:31:00Z'));

    await pollLists();

    expect([before, asked.length]).toEqual([1, 2]);
  });

  it("a feed that is still yesterday's is asked for again after a quarter, half, then every hour, not at every poll", async () => {
    const { asked, clock, pollLists } = open(() => builtOn('2026-03-09'));
    const times: number[] = [];

    for (let quarter = 0; quarter < 4 * 6; quarter++) {
      const before = asked.length;
      await pollLists();
      if (asked.length > before) times.push(quarter / 4);
      await clock.advance(HOUR / 4);
    }

    expect(times).toEqual([0, 0.25, 0.75, 1.75, 2.75, 3.75, 4.75, 5.75]);
  });

  it('a feed that broke off is kept as far as it goes, and asked for again, in full', async () => {
    let isBroken = true;
    const whole = rssFeed([rssItem({ id: '2603.00001' }), rssItem({ id: '2603.00002' })]);
    const { asked, clock, pollLists } = open(
      () =>
        new Response(isBroken ? whole.slice(0, whole.lastIndexOf('<pubDate>')) : whole, {
          headers: { etag: '"v1"' },
        }),
    );

    const [first] = await pollLists();
    isBroken = false;
    await clock.advance(HOUR / 4);
    const [second] = await pollLists();

    expect(first).toMatchObject({ complete: false, malformed: 0, sightings: { length: 1 } });
    expect(second).toMatchObject({ complete: true, sightings: { length: 2 } });
    expect(asked.map((one) => one.headers.get('if-none-match'))).toEqual([null, null]);
    await clock.advance(HOUR);
    expect(await pollLists()).toEqual([]);
  });

  it('a replacement tells of a withdrawal, and is no new paper', async () => {
    const description = 'arXiv:2603.00001v2 Announce Type: replace \nAbstract: Withdrawn by the authors.';
    const { pollLists } = open(() =>
      rssFeed([
        rssItem({ id: '2603.00001', type: 'replace', description }),
        rssItem({ id: '2603.00002', type: 'replace' }),
      ]),
    );

    const [poll] = await pollLists();

    expect(poll).toMatchObject({ sightings: [], replaced: [{ id: '2603.00001' }, { id: '2603.00002' }] });
    expect('replaced' in poll && poll.replaced?.map(({ withdrawn }) => withdrawn)).toEqual([
      { at: Date.parse('2026-03-10T04:00:00Z') },
      null,
    ]);
  });

  it('not on Saturdays and Sundays, when arXiv announces nothing', async () => {
    const { asked, pollLists } = open(() => rssFeed([]), { start: '2026-03-14T15:00:00Z' });

    expect(await pollLists()).toMatchObject([{ key: 'cs.LG', sightings: [] }]);
    expect(await pollLists()).toEqual([]);
    expect(asked).toEqual([]);
  });

  it('an empty feed is asked for again, ever more rarely, until the day is taken for a holiday', async () => {
    const { asked, clock, pollLists } = open(
      (category) => (category === 'query' ? atomFeed([]) : rssFeed([])),
      {
        start: '2026-03-10T04:30:00Z',
      },
    );
    const times: number[] = [];

    for (let quarter = 0; quarter < 4 * 23; quarter++) {
      const before = asked.length;
      await pollLists();
      if (asked.slice(before).some(({ url }) => url.includes('/rss/'))) times.push(quarter / 4);
      await clock.advance(HOUR / 4);
    }

    expect(times.slice(0, 4)).toEqual([0, 0.25, 0.75, 1.75]);
    expect(times.slice(11)).toEqual([9.75, 12.75, 15.75, 18.75, 21.75]);
  });
});

describe('what goes wrong', () => {
  it('a category that is none fails with what arXiv says, and the others go on', async () => {
    const { pollLists } = open(
      (category) =>
        category === 'cs.XX'
          ? new Response(rssError('Bad archive: cs.XX'), { status: 400 })
          : builtOn('2026-03-10'),
      { categories: ['cs.XX', 'cs.LG'] },
    );

    const results = await pollLists();

    expect(results[0]).toMatchObject({ failed: true, key: 'cs.XX', reason: 'arXiv RSS: Bad archive: cs.XX' });
    expect(results[1]).toMatchObject({ list: 'announced', key: 'cs.LG', sightings: [{ place: 1 }] });
  });

  it('a feed cut at two thousand items is incomplete', async () => {
    const items = Array.from({ length: 2000 }, (_, index) =>
      rssItem({ id: `2603.${String(index + 1).padStart(5, '0')}` }),
    );

    const poll = await only(items);

    expect(poll.complete).toBe(false);
    expect(poll.sightings).toHaveLength(2000);
  });

  it('the plain text "Rate exceeded." is a failure that names arXiv', async () => {
    const { pollLists } = open(() => new Response('Rate exceeded.', { status: 429 }));

    expect(await pollLists()).toMatchObject([{ failed: true, reason: 'arXiv: answered 429' }]);
  });
});
