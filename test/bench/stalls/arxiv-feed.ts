import { volatileCursors } from '#src/foundation/cursors.ts';
import { createHttp } from '#src/foundation/http/http.ts';
import { silentLog } from '#src/foundation/log.ts';
import { ARXIV_MANNERS } from '#src/source/arxiv.ts';
import { createArxivRss } from '#src/source/arxiv-rss.ts';
import type { Source } from '#src/source/source.ts';
import { createShiftedClock } from '#test/fakes/shifted-clock.ts';
import { rssFeed, rssItem } from '#test/source/bodies.ts';
import { generatePapers } from '../paper-generator.ts';
import { papersToLearnFrom } from '../recorded-papers.ts';
import { NOW } from './papers.ts';

/** The real reader of arXiv's feeds, before an arXiv that announces so many papers in one category. */
export function announcing(count: number): Source {
  const body = new TextEncoder().encode(feedOf(count));
  const clock = createShiftedClock(NOW);
  const fetch = async () => new Response(body);
  const http = createHttp({ fetch, clock, log: silentLog, userAgent: 'Paperboy/bench' });
  return createArxivRss({
    host: http.host(ARXIV_MANNERS),
    clock,
    log: silentLog,
    url: 'https://rss.arxiv.org',
    apiUrl: 'https://export.arxiv.org/api/query',
    categories: ['cs.LG'],
    cursors: volatileCursors(),
  });
}

function feedOf(count: number): string {
  const items = generatePapers(papersToLearnFrom(), count, 20_260_331).map((paper, index) => {
    const id = `2603.${String(30_000 + index)}`;
    return rssItem({
      id,
      title: escaped(paper.title),
      description: `arXiv:${id}v1 Announce Type: new \nAbstract: ${escaped(paper.abstract)}`,
      creator: escaped(paper.authors.join(', ')),
      categories: paper.categories.join(' '),
    });
  });
  return rssFeed(items, 'Tue, 31 Mar 2026 04:00:00 +0000');
}

const escaped = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
