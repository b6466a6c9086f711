import type { Archive } from '#src/archive/archive.ts';
import type { PaperSearch } from '#src/archive/paper-search.ts';
import { documentOf } from '#src/archive/stored-paper.ts';
import { takeBreaths } from '#src/foundation/breath.ts';
import type { Clock } from '#src/foundation/clock.ts';
import type { MatchDocument } from '#src/match/language/filter.ts';
import type { TopicCatalogue } from '#src/match/language/topic-catalogue.ts';
import { type Corpus, createProposeLike } from '#src/match/like/propose-filters.ts';
import { readPaperQuery } from '#src/paper/paper-query.ts';
import { faultTold } from '#src/render/find-page.ts';
import type { LikeView } from '#src/render/like-page.ts';
import { code, phrase, sentences } from '#src/wording/phrase.ts';
import { UserError } from '#src/wording/user-error.ts';
import type { Phrase } from '#src/wording/values.ts';
import type { Asker } from './asker.ts';
import type { FindPaper } from './find-paper.ts';
import type { HeavyWork } from './heavy-work.ts';
import { moderatorFor } from './moderate.ts';

type Deps = {
  archive: Archive;
  search: PaperSearch;
  topics: TopicCatalogue;
  clock: Clock;
  heavy: HeavyWork;
  findPaper: FindPaper['findPaper'];
};

export type LikeThese = {
  /**
   * Filters that find most of the papers that `like` names by ids or links, and what they would have found. Throws UserError
   * for fewer than two papers, more than ten, and what is no paper.
   */
  likeThese(asker: Asker & { like: string }): Promise<LikeView>;
};

const FEWEST = 2;
const MOST = 10;
const DAY = 86_400_000;
const DAYS = 30;
/** What topics find is told by so many of the newest papers. */
const TRIED = 200;

/** Proposes filters from examples; nothing but a filter is ever saved. */
export function createLikeThese(deps: Deps): LikeThese {
  const { archive, search, heavy } = deps;
  const propose = createProposeLike(deps.topics);

  return {
    async likeThese({ like, ...asker }) {
      await moderatorFor(asker, 'subscribe');
      const ids = readExamples(like, asker.now);
      await refuseUnknown(deps, ids, asker.userId);
      return heavy.run(asker.userId, async () => {
        const examples = (await archive.papers(ids)).map(documentOf);
        const { filters, nearest } = await propose(examples, await corpusOf(deps, asker.now));
        const recent = await recentPapers(deps, asker.now);
        const shown: LikeView['filters'][number][] = [];
        for (const { filter, text, finds } of filters) {
          const { papers } = await search.matching(filter, recent, asker.now);
          shown.push({ filter: text, finds, recent: papers.size });
        }
        return { examples: examples.length, filters: shown, nearest };
      });
    },
  };
}

/** The ids that a text names. What looks like one and is none is told, all of it at once. */
function readExamples(text: string, now: number): readonly string[] {
  const pieces = text.split(/[\s,;]+/).filter((piece) => /\d/.test(piece));
  const strange = pieces.filter((piece) => idsIn(piece, now).length === 0);
  const ids = idsIn(text, now);
  if (strange.length > 0 && ids.length + strange.length >= FEWEST) {
    const problems = tellStrange(strange.slice(0, MOST), now);
    throw new UserError('like.write', { problems, example: code('2603.19039 2603.18742') });
  }
  if (ids.length < FEWEST) throw new UserError('like.oneMore', { n: ids.length });
  if (ids.length > MOST) throw new UserError('like.tooMany', { n: ids.length });
  return ids;
}

/** Ids that cannot be are told with what is wrong, what else there is together. */
function tellStrange(pieces: readonly string[], now: number): Phrase {
  const read = pieces.map((piece) => ({ text: code(piece, 60), asked: readPaperQuery(piece, now) }));
  const faults = read.flatMap(({ asked }) =>
    asked.kind === 'malformed' ? [faultTold(code(asked.written, 60), asked.why)] : [],
  );
  const texts = read.flatMap(({ text, asked }) => (asked.kind === 'malformed' ? [] : [text]));
  const [first, ...others] = [...faults, ...(texts.length > 0 ? [phrase('like.notPapers', { texts })] : [])];
  return sentences(first, ...others);
}

function idsIn(text: string, now: number): readonly string[] {
  const asked = readPaperQuery(text, now);
  if (asked.kind === 'paper') return [asked.id];
  return asked.kind === 'several' ? [...new Set(asked.ids)] : [];
}

async function refuseUnknown({ findPaper }: Deps, ids: readonly string[], userId: string): Promise<void> {
  const unknown: string[] = [];
  for (const id of ids) if ((await findPaper(id, userId)).kind !== 'paper') unknown.push(id);
  if (unknown.length === 0) return;
  throw new UserError('like.unknown', {
    papers: unknown.map((id) => code(id)),
    n: unknown.length,
  });
}

async function corpusOf({ archive, search, clock }: Deps, now: number): Promise<Corpus> {
  const some: MatchDocument[] = (await archive.arrivedSince(now - DAYS * DAY, TRIED)).map(documentOf);
  return { size: await archive.size(), counts: search.counts, some, breathe: takeBreaths(clock) };
}

async function recentPapers({ archive }: Deps, now: number): Promise<Set<string>> {
  const { arrivals } = await archive.recent(now - DAYS * DAY);
  return new Set(arrivals.map(({ paper }) => paper));
}
