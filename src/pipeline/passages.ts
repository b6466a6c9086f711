import { documentOf, type StoredPaper } from '#src/archive/stored-paper.ts';
import { createConditions } from '#src/match/evaluate/conditions.ts';
import { explain, prepareDocument } from '#src/match/evaluate/explain.ts';
import { snippetOf } from '#src/match/evaluate/snippet.ts';
import type { Parsed } from '#src/match/language/filter.ts';
import type { Passage } from '#src/render/passage.ts';

/** For one page of papers: each filter is read once. */
export type Passages = {
  /** The passage that the first of these filters found at `at` (UTC ms), its words marked; null where none shows anything. */
  of(stored: StoredPaper, filters: readonly string[], at: number): Passage | null;
};

export function createPassages(parse: (filter: string) => Parsed): Passages {
  const conditionOf = createConditions(parse);
  return {
    of(stored, filters, at) {
      const document = documentOf(stored);
      const read = prepareDocument(document);
      for (const condition of filters.map(conditionOf)) {
        // The title stands above it, and that a category fits shows nothing of the paper.
        const found = (condition ? explain(condition, read, at).found : []).filter(
          ({ field }) => field !== 'category' && field !== 'title',
        );
        const snippet = snippetOf(document, found);
        if (snippet) return snippet;
      }
      return null;
    },
  };
}
