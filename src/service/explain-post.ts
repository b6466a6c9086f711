import type { Archive } from '#src/archive/archive.ts';
import { documentOf } from '#src/archive/stored-paper.ts';
import { UserError } from '#src/foundation/failure.ts';
import { explainMatch } from '#src/match/explain.ts';
import type { MatchDocument } from '#src/match/filter.ts';
import { parseFilter } from '#src/match/parse-filter.ts';
import type { TopicCatalogue } from '#src/match/topic-catalogue.ts';
import type { Outbox } from '#src/outbox/outbox.ts';
import type { Post } from '#src/outbox/post.ts';
import type { DigestView } from '#src/render/digest.ts';
import { tellNews } from '#src/render/reason.ts';
import type { WhyView } from '#src/render/why-page.ts';
import { wording } from '#src/render/wording.ts';
import type { Services } from './services.ts';

type Rooms = {
  archive: Archive;
  outbox: Outbox;
  topics: TopicCatalogue;
  /** A page of a posted digest: rendered by the same code that posted it. */
  digestPage(post: Post, page: number): DigestView;
};

/** What the "Why here?" and "More papers" buttons of posts answer. */
export function createExplainPost(rooms: Rooms): Pick<Services, 'explainPost' | 'openDigest'> {
  const postOf = (nonce: string): Post => {
    const post = rooms.outbox.postByNonce(nonce);
    if (!post) throw new UserError(wording.forgottenPost);
    return post;
  };
  return {
    explainPost: async (nonce) => whyOf(rooms, postOf(nonce)),
    openDigest: async (nonce, page) => rooms.digestPage(postOf(nonce), page),
  };
}

function whyOf({ outbox, archive, topics }: Rooms, post: Post): WhyView[] {
  const { channelId } = post.place;
  return post.papers.flatMap((paper) =>
    outbox.ledger({ channelId, paper, limit: 1 }).map((entry) => {
      const why = entry.why as Decision;
      const stored = archive.paper(paper);
      return {
        paperId: paper,
        title: stored?.paper.title ?? paper,
        filters: why.filters,
        words: stored ? wordsOf(documentOf(stored), why.filters, topics, entry.decidedAt) : [],
        reason: tellNews(why.news),
        decidedAt: entry.decidedAt,
        sentAt: entry.settledAt,
      };
    }),
  );
}

/** What the pipeline keeps with a promise, as far as people are told. */
type Decision = { filters: readonly string[]; news: Parameters<typeof tellNews>[0] };

/** The words of the paper that the filters found, as they are spelt there. */
function wordsOf(
  document: MatchDocument,
  filters: readonly string[],
  topics: TopicCatalogue,
  at: number,
): string[] {
  const words = filters.flatMap((text) => {
    const parsed = parseFilter(text, { topics });
    if (!parsed.ok) return [];
    return explainMatch(parsed.filter, document, at).found.map((found) => spelling(document, found));
  });
  return [...new Set(words)];
}

function spelling(
  document: MatchDocument,
  { field, item, start, end }: { field: string; item: number; start: number; end: number },
): string {
  const text: Record<string, string | undefined> = {
    title: document.title,
    abstract: document.abstract,
    author: document.authors[item],
    org: document.organization ?? '',
    keyword: document.keywords[item],
    category: document.categories[item],
  };
  return (text[field] ?? '').slice(start, end);
}
