import { channelOfDestination } from '#src/outbox/destination.ts';
import type { Letter } from '#src/pipeline/letter.ts';
import type { Parcel, Postman } from '#src/pipeline/postman.ts';
import { type Reason, tellNews } from '#src/render/reason.ts';

/** A post as it is printed. */
export type ReplayedPost = {
  at: string;
  channel: string;
  kind: Letter['kind'];
  papers: readonly string[];
  titles: readonly string[];
  /** Those that matched at least one of its papers. */
  filters: readonly string[];
  /** Of a digest: one for each paper, in their order. */
  reason: string | readonly string[];
};

type Deps = { channelNames: ReadonlyMap<string, string>; now(): number };

/** Delivers at once to nobody, and tells of what it was given. */
export function createReplayPostman(deps: Deps, tell: (post: ReplayedPost) => void): Postman {
  let sent = 0;
  return {
    async post(parcel) {
      tell(replayed(deps, parcel));
      return { kind: 'delivered', messageId: String(++sent), channelId: channelOfDestination(parcel.place) };
    },
    time: () => ({ from: deps.now(), until: deps.now() }),
    find: async () => ({ kind: 'absent' }),
    edit: async (channelId, messageId) => ({ kind: 'delivered', messageId, channelId }),
    openThread: async (place, messageId) => ({
      kind: 'delivered',
      messageId,
      channelId: channelOfDestination(place),
    }),
    remove: async (_, message) => ({ kind: 'delivered', ...message }),
    publish: async (channelId, messageId) => ({ kind: 'delivered', messageId, channelId }),
  };
}

function replayed({ channelNames, now }: Deps, { place, letter }: Parcel): ReplayedPost {
  const told = papersOf(letter);
  const reasons = told.flatMap(({ why }) => (why ? tellNews(why.news) : []));
  return {
    at: new Date(now()).toISOString(),
    channel: channelNames.get(channelOfDestination(place)) ?? channelOfDestination(place),
    kind: letter.kind,
    papers: told.map(({ id }) => id),
    titles: told.map(({ title }) => title),
    filters: [...new Set(told.flatMap(({ matched = [] }) => matched))].sort(),
    reason: letter.kind === 'card' ? reasons[0] : reasons,
  };
}

type Told = { id: string; title: string; why?: Reason; matched?: readonly string[] };

function papersOf(letter: Letter): readonly Told[] {
  if (letter.kind === 'notice') return [];
  if (letter.kind === 'card') return [{ ...letter, title: letter.shown?.paper.title ?? '' }];
  return letter.view.items.map(({ paper, why, matched }) => ({
    id: paper.id,
    title: paper.title,
    why,
    matched,
  }));
}
