import type { Paper } from '#src/paper/paper.ts';
import type { SourceName } from '#src/paper/sighting.ts';

/**
 * Which source is believed about what. The authority's word replaces what is known; others only fill gaps once the
 * authority has spoken, so that sources which disagree do not change a paper back and forth at every poll.
 */
const ARXIV: ReadonlySet<SourceName> = new Set(['arxiv-rss', 'arxiv-api']);
const HUGGING_FACE: ReadonlySet<SourceName> = new Set(['hugging-face']);

/**
 * One paper from what is known (as told by the `knownFrom` sources) and what `source` says now.
 * Unknown never replaces known. Among sources without authority the longer abstract wins, otherwise the newest word.
 */
export function mergeFacts(
  known: Paper,
  knownFrom: readonly SourceName[],
  says: Paper,
  source: SourceName,
): Paper {
  const byArxiv = preference(ARXIV, knownFrom, source);
  const byHuggingFace = preference(HUGGING_FACE, knownFrom, source);
  return {
    id: known.id,
    // Hugging Face strips the TeX from titles; Discord shows none.
    title: byHuggingFace(known.title, says.title),
    abstract: abstractOf(known, says, knownFrom, source),
    authors: byArxiv(known.authors, says.authors),
    categories: byArxiv(known.categories, says.categories),
    publishedAt: byArxiv(known.publishedAt, says.publishedAt),
    // An author's comment changes with the versions, and the newest counts; a source that does not know it says null.
    comment: byArxiv(known.comment, says.comment),
    journalRef: byArxiv(known.journalRef, says.journalRef),
    withdrawn: withdrawalOf(known, says),
    updatedAt: newest(known.updatedAt, says.updatedAt),
    keywords: byHuggingFace(known.keywords, says.keywords),
    organization: byHuggingFace(known.organization, says.organization),
    repository: byHuggingFace(known.repository, says.repository),
    projectPage: byHuggingFace(known.projectPage, says.projectPage),
    thumbnail: byHuggingFace(known.thumbnail, says.thumbnail),
  };
}

/** Whether two descriptions of a paper say the same. */
export function sameFacts(a: Paper, b: Paper): boolean {
  return JSON.stringify(inOrder(a)) === JSON.stringify(inOrder(b));
}

function preference(
  authority: ReadonlySet<SourceName>,
  knownFrom: readonly SourceName[],
  source: SourceName,
) {
  const settled = !authority.has(source) && knownFrom.some((name) => authority.has(name));
  return <T extends string | number | readonly string[] | null>(known: T, says: T): T => {
    if (isUnknown(says)) return known;
    if (isUnknown(known)) return says;
    return settled ? known : says;
  };
}

function abstractOf(known: Paper, says: Paper, knownFrom: readonly SourceName[], source: SourceName): string {
  const nobodyDecides = ![...knownFrom, source].some((name) => ARXIV.has(name));
  if (nobodyDecides && says.abstract.length < known.abstract.length) return known.abstract;
  return preference(ARXIV, knownFrom, source)(known.abstract, says.abstract);
}

/** The earliest word of a withdrawal dates it; only a version that is newer than the withdrawal takes it back. */
function withdrawalOf(known: Paper, says: Paper): Paper['withdrawn'] {
  if (!known.withdrawn) return isPassed(says.withdrawn, known.updatedAt) ? null : says.withdrawn;
  if (says.withdrawn) return known.withdrawn.at === null ? says.withdrawn : known.withdrawn;
  return isPassed(known.withdrawn, says.updatedAt) ? null : known.withdrawn;
}

const isPassed = (withdrawn: Paper['withdrawn'], updatedAt: number | null): boolean =>
  withdrawn !== null && withdrawn.at !== null && updatedAt !== null && updatedAt > withdrawn.at;

const newest = (a: number | null, b: number | null): number | null =>
  a === null || b === null ? (a ?? b) : Math.max(a, b);

function isUnknown(fact: string | number | readonly string[] | null): boolean {
  if (fact === null) return true;
  return typeof fact !== 'number' && fact.length === 0;
}

function inOrder(paper: Paper): unknown[] {
  return [
    paper.id,
    paper.title,
    paper.abstract,
    paper.authors,
    paper.categories,
    paper.keywords,
    paper.organization,
    paper.comment,
    paper.journalRef,
    paper.withdrawn,
    paper.updatedAt,
    paper.publishedAt,
    paper.repository,
    paper.projectPage,
    paper.thumbnail,
  ];
}
