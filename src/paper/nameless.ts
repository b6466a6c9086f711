import type { Paper } from './paper.ts';

/** A paper of which the id alone is known. */
export function nameless(id: string): Paper {
  return {
    id,
    title: '',
    abstract: '',
    authors: [],
    categories: [],
    keywords: [],
    organization: null,
    publishedAt: null,
    repository: null,
    projectPage: null,
    thumbnail: null,
    comment: null,
    journalRef: null,
    withdrawn: null,
    updatedAt: null,
  };
}
