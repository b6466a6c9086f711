import type { SearchView } from '#src/render/search-page.ts';

/** A page of search results with what is to be known of it; nothing else stands on it. */
export const listFound = (view: Partial<SearchView>): SearchView => ({
  ...{ kind: 'list', query: 'x', words: null, since: null, sort: 'relevance', now: 0 },
  ...{ items: [], total: 0, page: 0, key: 'k', hints: [], sources: null, offers: [] },
  ...view,
});
