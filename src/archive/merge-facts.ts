import type { Paper } from '#src/paper/paper.ts';
import type { SourceName } from '#src/paper/sighting.ts';
import type { PaperFact, SourceFacts } from '#src/paper/source-facts.ts';

/**
 * One paper from what is known (as told by the `knownFrom` sources) and what `source` says now.
 * Unknown never replaces known. The word of a source that is the authority on a fact replaces what is known; others only
 * fill gaps once one has spoken, so that sources which disagree do not change a paper back and forth at every poll.
 * Among sources without authority the longer abstract wins, otherwise the newest word.
 */
type MergeFacts = (known: Paper, knownFrom: readonly SourceName[], says: Paper, source: SourceName) => Paper;

/** `sources`: who is believed about what. */
export function createMergeFacts(sources: readonly SourceFacts[]): MergeFacts {
  const authorities = new Map<PaperFact, ReadonlySet<SourceName>>();
  for (const fact of new Set(sources.flatMap(({ authorityOn }) => authorityOn)))
    authorities.set(fact, authoritiesOn(fact, sources));
  return (known, knownFrom, says, source) => {
    const told = { knownFrom, source };
    const merged = <Name extends PaperFact>(fact: Name): Paper[Name] =>
      preferred(known[fact], says[fact], authorities.get(fact) ?? NOBODY, told);
    return {
      id: known.id,
      title: merged('title'),
      abstract: isShortened(known, says, authorities.get('abstract') ?? NOBODY, told)
        ? known.abstract
        : merged('abstract'),
      authors: merged('authors'),
      categories: merged('categories'),
      publishedAt: merged('publishedAt'),
      // An author's comment changes with the versions, and the newest counts; a source that does not know it says null.
      comment: merged('comment'),
      journalRef: merged('journalRef'),
      withdrawn: withdrawalOf(known, says),
      updatedAt: newest(known.updatedAt, says.updatedAt),
      keywords: merged('keywords'),
      organization: merged('organization'),
      repository: merged('repository'),
      projectPage: merged('projectPage'),
      thumbnail: merged('thumbnail'),
    };
  };
}

/** The names of those that are believed about it. */
export const authoritiesOn = (fact: PaperFact, sources: readonly SourceFacts[]): ReadonlySet<SourceName> =>
  new Set(sources.filter(({ authorityOn }) => authorityOn.includes(fact)).map(({ name }) => name));

const NOBODY: ReadonlySet<SourceName> = new Set();

/** Whether two descriptions of a paper say the same. */
export function sameFacts(a: Paper, b: Paper): boolean {
  return JSON.stringify(inOrder(a)) === JSON.stringify(inOrder(b));
}

type Told = { knownFrom: readonly SourceName[]; source: SourceName };

function preferred<Value extends Paper[PaperFact]>(
  known: Value,
  says: Value,
  authority: ReadonlySet<SourceName>,
  { knownFrom, source }: Told,
): Value {
  if (isUnknown(says)) return known;
  if (isUnknown(known)) return says;
  const isSettled = !authority.has(source) && knownFrom.some((name) => authority.has(name));
  return isSettled ? known : says;
}

function isShortened(
  known: Paper,
  says: Paper,
  authority: ReadonlySet<SourceName>,
  { knownFrom, source }: Told,
): boolean {
  const nobodyDecides = ![...knownFrom, source].some((name) => authority.has(name));
  return nobodyDecides && says.abstract.length < known.abstract.length;
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

function isUnknown(fact: Paper[PaperFact]): boolean {
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
