import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Feed, readFeed } from '#src/source/arxiv-rss-feed.ts';
import { createFakeClock } from '#test/fakes/fake-clock.ts';
import { rssError, rssFeed, rssItem } from './bodies.ts';

type Read = Feed | { failed: true };

const read = (body: string): Promise<Read> =>
  readFeed(body, createFakeClock()).catch((): Read => ({ failed: true }));

/** Behind a document type that may declare something, a feed is read as one document. */
const readWhole = (body: string): Promise<Read> => read(typed(body, '<!DOCTYPE rss []>'));

const typed = (body: string, type: string): string =>
  body.startsWith('<?') ? body.replace('?>', `?>${type}`) : `${type}${body}`;

/** Whatever may stand between two items, or inside one, of a well-formed feed. */
const LURES = [
  '<!-- <item> </item> </channel> -->',
  '<!-->- <item>" -->',
  '<![CDATA[ </item><item> ]] > & " ]]>',
  '<?note <item> " ?>',
  '<image><title>no title</title><item><title>x</title></item></image>',
  `<atom:link href=">" rel="/>'" />`,
  '<n a=\'>"\' b="/">\'</n>',
  '<item/>',
  '<item xmlns="urn:other"><title>other</title></item>',
  '<items>"</items>',
  "it's \u{1d4d0} &amp; &eacute; &#x41; ]] > /> \r\n",
  '<x:item><link>https://arxiv.org/abs/2603.09999</link></x:item>',
  '',
];
const lures = fc.array(fc.constantFrom(...LURES), { maxLength: 4 }).map((parts) => parts.join(''));

const item = fc
  .record({ number: fc.integer({ min: 0, max: 99_999 }), lure: lures, attribute: fc.boolean() })
  .map(({ number, lure, attribute }) => {
    const whole = rssItem({ id: `2603.${String(number).padStart(5, '0')}` });
    const started = attribute ? whole.replace('<item>', '<item a="/>">') : whole;
    return `${started.slice(0, -'</item>'.length)}${lure}</item >`;
  });
const feed = fc
  .record({
    items: fc.array(fc.tuple(item, lures), { maxLength: 5 }),
    prefixed: fc.boolean(),
    head: fc.boolean(),
  })
  .map(({ items, prefixed, head }) => {
    const body = rssFeed(items.flat());
    const named = prefixed ? body.replaceAll('arxiv:', 'ax:').replace('xmlns:arxiv', 'xmlns:ax') : body;
    return head ? `<?xml version="1.0"?>\n<!-- <item> -->${named}\n<!-- end -->` : named;
  });

describe('a feed that is read item by item', () => {
  it('says what the whole document says', async () => {
    let readable = 0;
    await fc.assert(
      fc.asyncProperty(feed, async (body) => {
        const whole = await readWhole(body);
        if (!('failed' in whole)) readable++;
        expect(await read(body)).toEqual(whole);
      }),
      { numRuns: 300 },
    );
    expect(readable).toBeGreaterThan(250);
  });

  it('fails where it is cut off before its first item ends; cut off later, it has the items before and says so', async () => {
    const body = rssFeed([rssItem(), rssItem({ id: '2603.00002', title: '<![CDATA[a]]>' })]);
    const ends = [...body.matchAll(/<\/item>/g)].map(({ index }) => index + '</item>'.length);
    for (let end = 0; end < body.length; end++) {
      const cut = await read(body.slice(0, end));
      const whole = ends.filter((one) => one <= end).length;
      if (whole === 0) expect(cut).toEqual({ failed: true });
      else expect(cut).toMatchObject({ isBroken: true, complete: false, items: { length: whole } });
    }
  });

  it.each([
    '<!DOCTYPE rss>',
    '<!DOCTYPE rss SYSTEM "rss.dtd">',
    `<!DOCTYPE rss PUBLIC "-//x//EN" 'a>b.dtd'>`,
  ])('behind %s loses only the item that is not well formed', async (type) => {
    const feed = await read(typed(rssFeed([rssItem({ title: '<b>' }), rssItem()]), type));

    expect(feed).toMatchObject({ items: [{ ok: false }, { ok: true }] });
  });

  it.each([0, 1, 2])('loses no other item when one of three, the one at %i, has no end', async (place) => {
    const items = ['2603.00001', '2603.00002', '2603.00003'].map((id) => rssItem({ id }));
    items[place] = items[place].replace('</item>', '');

    const feed = await read(rssFeed(items));

    expect(feed).toMatchObject({ isBroken: false, complete: true });
    expect('items' in feed && feed.items.map((item) => item.ok && item.sighting.paper.id)).toEqual([
      '2603.00001',
      '2603.00002',
      '2603.00003',
    ]);
  });

  const inside = (text: string): string => rssItem({ id: '2603.00001', title: `Odd ${text} lanterns` });
  const behind = (text: string): string => `${rssItem({ id: '2603.00001' })}${text}`;
  it.each([
    ['an end tag of itself', inside('</item>')],
    ['an end tag of something else', inside('</guid>')],
    ['a text that hides tags and never ends', inside('<![CDATA[')],
    ['a comment that never ends', inside('<!-- oh')],
    ['the end of a text that hides tags', inside(']]>')],
    ['a tag without an end', inside('<br>')],
    ['one end tag more', behind('</item>')],
    ['an end tag of nothing', behind('</p>')],
    ['a start tag of nothing', behind('<br>')],
    ['several of them', behind('<p></br></i><b>bold</p>')],
  ])('loses no other item where one has %s', async (_, odd) => {
    const items = [rssItem({ id: '2603.00003' }), odd, rssItem({ id: '2603.00002' })];

    const feed = await read(rssFeed(items));

    expect(feed).toMatchObject({ isBroken: false, builtAt: Date.parse('2026-03-10T04:00:00Z') });
    const ids = 'items' in feed ? feed.items.map((item) => item.ok && item.sighting.paper.id) : [];
    expect(ids[0]).toBe('2603.00003');
    expect(ids.at(-1)).toBe('2603.00002');
    expect(ids).toHaveLength(3);
  });

  it('begins with a line break, and is read all the same', async () => {
    expect(await read(`\n<?xml version="1.0"?>${rssFeed([rssItem()])}`)).toMatchObject({
      items: [{ ok: true }],
    });
  });

  it('reads on where somebody forgot to escape an ampersand between two items', async () => {
    const feed = await read(rssFeed([rssItem(), 'Q & A', rssItem({ id: '2603.00002' })]));

    expect(feed).toMatchObject({ items: [{ ok: true }, { ok: true }] });
  });

  it.each([
    ['a page', '<!DOCTYPE html><html><body><p>busy<br></body></html>'],
    ['a page that is well formed', '<html><body><item>busy</item></body></html>'],
    ['plain text', 'Rate exceeded.'],
    ['nothing', ''],
    ['two roots', rssFeed([rssItem()]).repeat(2)],
  ])('fails when it is %s', async (_, body) => {
    await expect(readFeed(body, createFakeClock())).rejects.toThrow();
  });

  it('fails with what arXiv says', async () => {
    await expect(readFeed(rssError('no such category'), createFakeClock())).rejects.toThrow(
      'no such category',
    );
  });

  it('gives way again and again while it reads', async () => {
    let elapsed = 0;
    let turns = 0;
    let isReading = true;
    const count = (): void => {
      turns++;
      if (isReading) setImmediate(count);
    };
    setImmediate(count);
    const clock = { elapsed: () => (elapsed += 5), now: () => 0 };
    await readFeed(rssFeed(Array.from({ length: 200 }, () => rssItem())), clock);
    isReading = false;

    expect(turns).toBeGreaterThan(50);
  });

  it('takes time in proportion to its length, whatever stands in it', async () => {
    const hostile = ['<item>', '<item ', '<!--', '<![CDATA[', '</item', '<a "', '<'];
    for (const one of hostile) {
      const feed = await read(`<rss><channel><item>${one.repeat(20_000)}`);
      await read(`<rss><channel></p>${`<item>${one}`.repeat(2_000)}`);
      await read(`<rss><channel>${one.repeat(20_000)}`);
      expect('items' in feed && feed.items.some(({ ok }) => ok)).toBe(false);
    }
  });
});
