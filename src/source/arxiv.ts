import { httpUrl } from '#config/variable-kinds.ts';
import type { Manners } from '#src/foundation/http/host-rate.ts';

/**
 * arXiv asks for one request every three seconds over one connection, API and RSS together
 * (info.arxiv.org/help/api/tou.html). Refusals may last for hours, so rests grow.
 */
export const ARXIV_MANNERS: Manners = {
  system: 'arXiv',
  connections: 1,
  spacing: 3000,
  budget: null,
  refusals: [429, 503],
  rest: { first: 15_000, most: 3600_000 },
  // A feed at its limit of 2,000 announcements takes 5 MB.
  body: 16 * 2 ** 20,
};

/** What the feeds and the API tell alike. */
export const ARXIV_FACTS = ['abstract', 'authors', 'categories', 'publishedAt', 'journalRef'] as const;

/** Both ask the API: for look-ups, and for days whose feed was missed. */
export const ARXIV_API_SETTINGS = { ARXIV_API_URL: httpUrl.default('https://export.arxiv.org/api/query') };

export const ARXIV = 'http://arxiv.org/schemas/atom';
export const ATOM = 'http://www.w3.org/2005/Atom';
export const DUBLIN_CORE = 'http://purl.org/dc/elements/1.1/';
export const OPEN_SEARCH = 'http://a9.com/-/spec/opensearch/1.1/';
