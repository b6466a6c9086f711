import { takeBreaths } from '#src/foundation/breath.ts';
import type { Clock } from '#src/foundation/clock.ts';
import { channelOfDestination } from '#src/outbox/destination.ts';
import type { Post } from '#src/outbox/post.ts';
import type { DigestView } from '#src/render/digest.ts';
import { PAGE_SIZE, pageWithin } from '#src/render/paper-list.ts';
import { WHYS_OFFERED, WHYS_SHOWN, type WhyPage } from '#src/render/why-page.ts';
import type { WhyView } from '#src/render/why-view.ts';
import { UserError } from '#src/wording/user-error.ts';
import type { Asker } from './asker.ts';
import type { HeavyWork } from './heavy-work.ts';
import { visiblePost } from './visible-post.ts';
import { type WhyDeps, whyThere } from './why-there.ts';

type Deps = WhyDeps & {
  clock: Clock;
  heavy: HeavyWork;
  /** A page of a posted digest: rendered by the same code that posted it. */
  digestPage(post: Post, page: number): Promise<DigestView>;
};

export type ExplainPost = {
  /** For whoever sees the post's channel; `paper`: one of its papers alone. */
  explainPost(asker: Asker & { nonce: string; paper?: string | null }): Promise<WhyPage>;
  openDigest(asker: Asker & { nonce: string; page: number }): Promise<DigestView>;
};

/** What the "Why here?" and "More papers" buttons of posts answer. */
export function createExplainPost(deps: Deps): ExplainPost {
  const { outbox, heavy, digestPage } = deps;
  const postFor = (asked: Asker & { nonce: string }): Promise<Post> => visiblePost(outbox, asked);
  return {
    explainPost: ({ paper = null, ...asked }) =>
      heavy.run(asked.userId, async () => {
        const post = await postFor(asked);
        const papers = paper === null ? post.papers : post.papers.filter((one) => one === paper);
        return whyOf(deps, { post, papers }, asked);
      }),
    openDigest: (asked) =>
      heavy.run(asked.userId, async () => {
        const post = await postFor(asked);
        return digestPage(post, pageWithin(asked.page, post.papers.length, PAGE_SIZE));
      }),
  };
}

type Explained = { post: Post; papers: readonly string[] };

/** The first are explained, more are offered. What is no longer known of a paper is not told. */
async function whyOf(
  deps: Deps,
  { post: { place, nonce, kind }, papers }: Explained,
  { rights, now }: Asker,
): Promise<WhyPage> {
  const breathe = takeBreaths(deps.clock);
  const isModerator = (await rights.through('subscriptions')) !== null;
  const { sees } = rights;
  const { serverId } = place;
  const channelId = channelOfDestination(place);
  const there = { serverId, channelId, day: null, now, isModerator, sees };
  const shown: WhyView[] = [];
  const known = await deps.archive.papers(papers.slice(0, WHYS_OFFERED));
  for (const stored of known.slice(0, WHYS_SHOWN)) {
    shown.push((await whyThere(deps, { ...there, paper: stored })).view);
    await breathe();
  }
  if (shown.length === 0) throw new UserError('why.forgottenPaper');
  const offered = known.map(({ paper: { id, title } }) => ({ paper: id, title }));
  return { nonce, shown, offered, total: papers.length, isExample: kind === 'example' };
}
