/** Hand-written answers in the shape that the services send. */

type Fields = Record<string, unknown>;

/** An item of a Hugging Face list with everything on it; `paper` and `entry` replace or add fields. */
export function huggingFaceEntry(paper: Fields = {}, entry: Fields = {}): Fields {
  return {
    paper: {
      id: '2603.01234',
      title: 'Sparse Attention for Long Documents',
      summary: 'We attend to less.',
      authors: [{ _id: 'a1', name: 'Ada Example', hidden: false }],
      publishedAt: '2026-03-08T14:49:20.000Z',
      submittedOnDailyAt: '2026-03-10T01:24:03.220Z',
      upvotes: 34,
      discussionId: 'd1',
      ai_keywords: ['sparse attention', 'long context'],
      githubRepo: 'https://github.com/example/sparse',
      githubStars: 120,
      projectPage: 'https://example.org/sparse',
      organization: { _id: 'o1', name: 'example', fullname: 'Example Institute' },
      ...paper,
    },
    publishedAt: '2026-03-08T10:49:20.000Z',
    title: 'Sparse Attention for Long Documents',
    thumbnail: 'https://cdn-thumbnails.huggingface.co/social-thumbnails/papers/2603.01234.png',
    numComments: 4,
    ...entry,
  };
}

/** A list of `count` different papers, votes falling. */
export const huggingFaceList = (count: number, first = 1): Fields[] =>
  Array.from({ length: count }, (_, index) =>
    huggingFaceEntry({ id: `2603.${String(first + index).padStart(5, '0')}`, upvotes: 1000 - first - index }),
  );

type RssItem = Partial<
  Record<
    'id' | 'title' | 'type' | 'creator' | 'description' | 'categories' | 'guid' | 'dated' | 'more',
    string
  >
>;

export function rssItem(item: RssItem = {}): string {
  const {
    id = '2603.01234',
    type = 'new',
    categories = 'cs.LG cs.CL',
    creator = "Ada Example, Andr\\'e Beispiel",
  } = item;
  const { title = 'Sparse Attention', guid = `oai:arXiv.org:${id}v1` } = item;
  const { dated = 'Tue, 10 Mar 2026 00:00:00 -0400' } = item;
  const { description = `arXiv:${id}v1 Announce Type: ${type} \nAbstract: We attend to less.` } = item;
  return `<item><title>${title}</title><link>https://arxiv.org/abs/${id}</link><description>${description}</description>
    <guid isPermaLink="false">${guid}</guid>${categories
      .split(' ')
      .map((category) => `<category>${category}</category>`)
      .join('')}
    <pubDate>${dated}</pubDate><arxiv:announce_type>${type}</arxiv:announce_type>
    <dc:rights>http://creativecommons.org/licenses/by/4.0/</dc:rights><dc:creator>${creator}</dc:creator>${item.more ?? ''}</item>`;
}

export const rssFeed = (items: readonly string[], built = 'Tue, 10 Mar 2026 04:00:00 +0000'): string =>
  `<rss xmlns:arxiv="http://arxiv.org/schemas/atom" xmlns:dc="http://purl.org/dc/elements/1.1/" version="2.0"><channel>
  <title>cs.LG updates on arXiv.org</title><lastBuildDate>${built}</lastBuildDate>
  <skipDays><day>Saturday</day><day>Sunday</day></skipDays>${items.join('\n')}</channel></rss>`;

/** What arXiv answers, with status 400, for a category that is none. */
export const rssError = (told: string): string =>
  `<rss version="2.0"><channel><title>Feed error for query: cs.XX</title><description>${told}</description></channel></rss>`;

type AtomItem = Partial<
  Record<'id' | 'title' | 'summary' | 'published' | 'author' | 'primary' | 'categories' | 'more', string>
>;

export function atomEntry(item: AtomItem = {}): string {
  const { id = '2603.01234v2', title = 'Sparse\n  Attention', summary = '  We attend\nto less.' } = item;
  const { published = '2026-03-08T14:49:20Z', author = "Andr{\\'e} Beispiel", primary = 'cs.LG' } = item;
  const { categories = 'cs.CL cs.LG' } = item;
  return `<entry><id>http://arxiv.org/abs/${id}</id><title>${title}</title><updated>2026-03-09T00:00:00Z</updated>
    <summary>${summary}</summary>${categories
      .split(' ')
      .map((term) => `<category term="${term}" scheme="http://arxiv.org/schemas/atom"/>`)
      .join('')}
    <published>${published}</published><arxiv:primary_category term="${primary}"/>
    <author><name>${author}</name><arxiv:affiliation>Somewhere</arxiv:affiliation></author>${item.more ?? ''}</entry>`;
}

export const atomFeed = (entries: readonly string[]): string =>
  `<?xml version='1.0' encoding='UTF-8'?>
<feed xmlns:opensearch="http://a9.com/-/spec/opensearch/1.1/" xmlns:arxiv="http://arxiv.org/schemas/atom" xmlns="http://www.w3.org/2005/Atom">
  <id>https://arxiv.org/api/x</id><title>arXiv Query</title><opensearch:totalResults>${entries.length}</opensearch:totalResults>
  ${entries.join('\n')}</feed>`;

export const atomError = (told: string): string =>
  atomFeed([
    `<entry><id>https://arxiv.org/api/errors#x</id><title>Error</title><summary>${told}</summary>
    <author><name>arXiv api core</name></author></entry>`,
  ]);
