import type { PastPost } from './past.ts';
import { type Copy, placeOfPaper, type SamePaper } from './same-paper.ts';

/** What another channel of the server would have got of the same papers. */
export type PastChannel = {
  channelId: string;
  /** It stands before the asking one in the list of subscriptions. */
  isBefore: boolean;
  /** Whoever reads in the asking channel sees it. */
  isSeen: boolean;
  posts: readonly PastPost[];
};

/** How many papers also came to one of the others, to each of them, and how many would not have come in full here. */
type PastPlaces = { shared: number; perChannel: ReadonlyMap<string, number>; notInFull: number };

/** Pure: of papers that would have come to a channel, which come to others of its server too, and where each stands in full. */
export function placesOfPast(
  samePaper: SamePaper,
  posts: readonly PastPost[],
  others: readonly PastChannel[],
): PastPlaces {
  const cameAt = others.map((other) => ({
    ...other,
    at: new Map(other.posts.toSorted((a, b) => b.at - a.at).map(({ paper, at }) => [paper, at])),
  }));
  const perChannel = new Map<string, number>();
  let shared = 0;
  let notInFull = 0;
  for (const { paper, at } of posts) {
    const having = cameAt.filter((other) => other.at.has(paper));
    for (const { channelId } of having) perChannel.set(channelId, (perChannel.get(channelId) ?? 0) + 1);
    if (having.length > 0) shared++;
    const copies = having.flatMap((other): Copy[] => {
      const there = other.at.get(paper) ?? at;
      const isThere = there < at || (there === at && other.isBefore);
      if (!isThere || !other.isSeen) return [];
      const place = { channelId: other.channelId, messageChannelId: other.channelId, messageId: '' };
      return [{ isBefore: other.isBefore, state: 'there', at: place, since: there }];
    });
    if (placeOfPaper(samePaper, copies, at).kind === 'elsewhere') notInFull++;
  }
  return { shared, perChannel, notInFull };
}
