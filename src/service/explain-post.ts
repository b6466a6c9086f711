import type { Archive } from '#src/archive/archive.ts';
import { documentOf } from '#src/archive/stored-paper.ts';
import { type Elsewhere, readWhy } from '#src/decision/why.ts';
import { takeBreaths } from '#src/foundation/breath.ts';
import type { Clock } from '#src/foundation/clock.ts';
import { own } from '#src/foundation/own.ts';
import { createConditions } from '#src/match/evaluate/conditions.ts';
import { type Condition, explain, prepareDocument } from '#src/match/evaluate/explain.ts';
import type { MatchDocument } from '#src/match/language/filter.ts';
import { parseSavedFilter } from '#src/match/language/parse-filter.ts';
import type { TopicCatalogue } from '#src/match/language/topic-catalogue.ts';
import { toChannel } from '#src/outbox/destination.ts';
import type { OutboxEntry } from '#src/outbox/entry.ts';
import type { Outbox } from '#src/outbox/outbox.ts';
import type { Post } from '#src/outbox/post.ts';
import type { DigestView } from '#src/render/digest.ts';
import { PAGE_SIZE, pageWithin } from '#src/render/paper-list.ts';
import { tellNews } from '#src/render/reason.ts';
import { say } from '#src/render/say.ts';
import { WHYS_SHOWN, type WhyPage, type WhyView } from '#src/render/why-page.ts';
import type { Mutes } from '#src/subscription/mutes.ts';
import type { Asker } from './asker.ts';
import type { HeavyWork } from './heavy-work.ts';
import { visiblePost } from './visible-post.ts';

type Deps = {
  archive: Archive;
  outbox: Outbox;
  mutes: Pick<Mutes, 'mutedBy'>;
  topics: TopicCatalogue;
  clock: Clock;
  heavy: HeavyWork;
  /** A page of a posted digest: rendered by the same code that posted it. */
  digestPage(post: Post, page: number): Promise<DigestView>;
};

export type ExplainPost = {
  /** For whoever sees the post's channel. */
  explainPost(asker: Asker & { nonce: string }): Promise<WhyPage>;
  openDigest(asker: Asker & { nonce: string; page: number }): Promise<DigestView>;
};

/** What the "Why here?" and "More papers" buttons of posts answer. */
export function createExplainPost(deps: Deps): ExplainPost {
  const { outbox, heavy, digestPage } = deps;
  const postFor = (asked: Asker & { nonce: string }): Promise<Post> => visiblePost(outbox, asked);
  return {
    explainPost: (asked) => heavy.run(asked.userId, async () => whyOf(deps, await postFor(asked), asked)),
    openDigest: (asked) =>
      heavy.run(asked.userId, async () => {
        const post = await postFor(asked);
        return digestPage(post, pageWithin(asked.page, post.papers.length, PAGE_SIZE));
      }),
  };
}

/** Only what is shown is explained: each paper is read once, each filter once. */
async function whyOf(deps: Deps, post: Post, asker: Asker): Promise<WhyPage> {
  const { outbox, topics, clock } = deps;
  const { destination } = post.place;
  const breathe = takeBreaths(clock);
  const conditionOf = createConditions((filter) => parseSavedFilter(filter, { topics }));
  const shown: WhyView[] = [];
  for (const paper of post.papers.slice(0, WHYS_SHOWN)) {
    const [entry] = await outbox.ledger({ destination, paper, limit: 1 });
    if (entry) shown.push(await viewOf(deps, entry, asker, conditionOf));
    await breathe();
  }
  return { nonce: post.nonce, shown, total: post.papers.length };
}

async function viewOf(
  { archive, outbox, mutes }: Deps,
  entry: OutboxEntry,
  { rights, now }: Asker,
  conditionOf: (filter: string) => Condition | null,
): Promise<WhyView> {
  const why = readWhy(entry.why);
  const filters = why?.filters ?? [];
  const stored = await archive.paper(entry.paper);
  // What a server mutes is told to its moderators alone.
  const muted = stored && mutes.mutedBy(entry.serverId, documentOf(stored), now);
  return {
    paper: entry.paper,
    title: stored?.paper.title ?? entry.paper,
    filters,
    words: stored
      ? wordsOf(
          documentOf(stored),
          filters.flatMap((filter) => conditionOf(filter) ?? []),
          entry.decidedAt,
        )
      : [],
    reason: why
      ? tellNews(why.news, { asked: why.asked, isWeekly: why.isWeekly, votes: stored?.signals.votes })
      : say('why.lost'),
    elsewhere: why?.elsewhere ? await elsewhereOf(outbox, entry.paper, why.elsewhere) : null,
    muted: muted && (await rights.through('subscriptions')) ? muted : null,
    decidedAt: entry.decidedAt,
    sentAt: entry.settledAt,
  };
}

/** Where it stood in full when it was posted as a line, and whether it does still. */
async function elsewhereOf(
  outbox: Outbox,
  paper: string,
  { channelId, messageId }: Elsewhere,
): Promise<WhyView['elsewhere']> {
  const [there] = await outbox.ledger({ destination: toChannel(channelId), paper, limit: 1 });
  const isDeleted = there?.post?.messageId === messageId && there.post.deletedAt !== null;
  return { channelId, isDeleted };
}

/** The words of the paper that the filters found, as they are spelt there. */
function wordsOf(document: MatchDocument, conditions: readonly Condition[], at: number): string[] {
  const read = prepareDocument(document);
  const found = conditions.flatMap((condition) => explain(condition, read, at).found);
  return [...new Set(found.map((place) => spelling(document, place)))];
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
  return (own(text, field) ?? '').slice(start, end);
}
