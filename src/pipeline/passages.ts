import { documentOf, type StoredPaper } from '#src/archive/stored-paper.ts';
import { explain, prepareDocument, prepareFilter } from '#src/match/explain.ts';
import type { Parsed } from '#src/match/filter.ts';
import { snippetOf } from '#src/match/snippet.ts';
import { passage } from '#src/render/passage.ts';

/** The passage of a paper that the first of these filters found, its words in bold; null where none shows anything. */
export function passageFor(
  parse: (filter: string) => Parsed,
  stored: StoredPaper,
  filters: readonly string[],
  at: number,
): string | null {
  const document = documentOf(stored);
  const read = prepareDocument(document);
  for (const filter of filters) {
    const parsed = parse(filter);
    if (!parsed.ok) continue;
    // The title stands above it, and that a category fits shows nothing of the paper.
    const found = explain(prepareFilter(parsed.filter), read, at).found.filter(
      ({ field }) => field !== 'category' && field !== 'title',
    );
    const snippet = snippetOf(document, found);
    if (snippet) return passage(snippet);
  }
  return null;
}
