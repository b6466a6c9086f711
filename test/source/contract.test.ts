import { volatileCursors } from '#src/foundation/cursors.ts';
import { ARXIV_MANNERS } from '#src/source/arxiv.ts';
import { createArxivApi } from '#src/source/arxiv-api.ts';
import { createArxivRss } from '#src/source/arxiv-rss.ts';
import { createHuggingFace } from '#src/source/hugging-face.ts';
import { HUGGING_FACE_MANNERS } from '#src/source/hugging-face-api.ts';
import { createSampleSource } from '#src/source/sample.ts';
import { keepsSourceContract } from '#test/contracts/source.contract.ts';
import { atomEntry, atomFeed, huggingFaceEntry, huggingFaceList, rssFeed, rssItem } from './bodies.ts';

keepsSourceContract('Hugging Face', {
  open: ({ http, ...parts }) =>
    createHuggingFace({
      ...parts,
      host: http.host(HUGGING_FACE_MANNERS),
      url: 'https://huggingface.co',
      token: null,
    }),
  body: JSON.stringify([
    ...huggingFaceList(9),
    huggingFaceEntry({ id: 'nonsense' }),
    ...huggingFaceList(4, 50),
  ]),
});

keepsSourceContract('arXiv RSS', {
  open: ({ http, ...parts }) =>
    createArxivRss({
      ...parts,
      host: http.host(ARXIV_MANNERS),
      url: 'https://rss.arxiv.org',
      apiUrl: 'https://export.arxiv.org/api/query',
      cursors: volatileCursors(),
      categories: ['cs.LG', 'stat.ML'],
    }),
  body: rssFeed([
    rssItem(),
    rssItem({ id: '2603.01235', type: 'replace' }),
    rssItem({ id: 'none', guid: 'none' }),
    rssItem({ id: '2603.01236', type: 'cross' }),
  ]),
});

keepsSourceContract('arXiv API', {
  open: ({ http, ...parts }) =>
    createArxivApi({ ...parts, host: http.host(ARXIV_MANNERS), url: 'https://export.arxiv.org/api/query' }),
  body: atomFeed([atomEntry(), atomEntry({ id: 'none' }), atomEntry({ id: 'hep-th/9901001v3' })]),
});

keepsSourceContract('the sample', {
  open: ({ clock }) => createSampleSource({ clock, startedAt: clock.now() }),
  body: null,
});
