import type { Archive } from '#src/archive/archive.ts';
import { readWhy } from '#src/decision/why.ts';
import { channelOf } from '#src/outbox/destination.ts';
import type { Outbox } from '#src/outbox/outbox.ts';
import type { Post } from '#src/outbox/post.ts';
import { promisesOf } from '#src/pipeline/compose.ts';
import type { Postman } from '#src/pipeline/postman.ts';
import { tellNews } from '#src/render/reason.ts';

/** A post as it is printed. */
export type ReplayedPost = {
  at: string;
  channel: string;
  kind: Post['kind'];
  papers: readonly string[];
  titles: readonly string[];
  /** Those that matched at least one of its papers. */
  filters: readonly string[];
  /** Of a digest: one for each paper, in their order. */
  reason: string | readonly string[];
};

type Rooms = { outbox: Outbox; archive: Archive; channelNames: ReadonlyMap<string, string>; now(): number };

/** Delivers at once to nobody, and tells of what it was given. */
export function createReplayPostman(rooms: Rooms, tell: (post: ReplayedPost) => void): Postman {
  let sent = 0;
  return {
    async post({ nonce, place }) {
      const post = await rooms.outbox.postByNonce(nonce);
      if (post) tell(await replayed(rooms, post));
      return { kind: 'delivered', messageId: String(++sent), channelId: channelOf(place) };
    },
    time: () => ({ from: rooms.now(), until: rooms.now() }),
    find: async () => ({ kind: 'absent' }),
    edit: async (channelId, messageId) => ({ kind: 'delivered', messageId, channelId }),
    openThread: async (place, messageId) => ({ kind: 'delivered', messageId, channelId: channelOf(place) }),
    publish: async (channelId, messageId) => ({ kind: 'delivered', messageId, channelId }),
  };
}

async function replayed({ outbox, archive, channelNames, now }: Rooms, post: Post): Promise<ReplayedPost> {
  const whys = (await promisesOf(outbox, post)).flatMap(({ why }) => readWhy(why) ?? []);
  const reasons = whys.map(({ news }) => tellNews(news));
  return {
    at: new Date(now()).toISOString(),
    channel: channelNames.get(channelOf(post.place)) ?? channelOf(post.place),
    kind: post.kind,
    papers: post.papers,
    titles: await Promise.all(
      post.papers.map(async (paper) => (await archive.paper(paper))?.paper.title ?? ''),
    ),
    filters: [...new Set(whys.flatMap(({ filters }) => filters))].sort(),
    reason: post.kind === 'card' ? reasons[0] : reasons,
  };
}
