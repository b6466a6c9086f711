import type { Database } from '#src/foundation/database/database.ts';
import { type KeptPhrase, storedText } from '#src/wording/kept-phrase.ts';
import type { BulkMoves } from './bulk-moves.ts';
import type { Addressee } from './destination.ts';
import type { EntryStore } from './entry-store.ts';
import type { Episodes } from './episodes.ts';
import type { Post, PostKind, SecondStep } from './post.ts';
import type { ChannelHold, PostOutcome } from './post-states.ts';
import type { PostStore } from './post-store.ts';
import type { PostPlace } from './receipt.ts';

/** The post's new state; `hold` when its channel takes nothing for now, `recovered` when it had not before. */
export type Settled = { state: PostOutcome['to']; hold: ChannelHold | null; recovered?: true };

export type Settlement = ReturnType<typeof openSettlement>;

/** Moves a post and its entries together. Every method runs inside its caller's transaction. */
export function openSettlement(
  db: Database,
  entries: EntryStore,
  posts: PostStore,
  moves: BulkMoves,
  episodes: Episodes,
) {
  const insertHold =
    'INSERT INTO hold (destination, server, code, reason, since) VALUES (?, ?, ?, ?, ?) ON CONFLICT DO NOTHING';

  const heldFor = 'SELECT reason FROM hold WHERE destination = ?';

  const pack = async (
    place: PostPlace,
    kind: PostKind,
    wanted: readonly string[],
    now: number,
    steps: readonly SecondStep[],
  ): Promise<Post | null> => {
    const { papers, decidedAt } = await entries.openOf(place.destination, wanted);
    if (papers.length === 0) return null;
    const packed = { place, kind, key: papers.join(), papers, note: null, queuedAt: decidedAt, steps };
    const post = await posts.add(packed, now);
    for (const paper of papers) await entries.take(place.destination, paper, post.id);
    return post;
  };

  const hold = async ({ destination, serverId }: Addressee, why: ChannelHold, now: number): Promise<void> => {
    await db.run(insertHold, destination, serverId, why.code, storedText(why.reason), now);
    await moves.hold({ destination, serverId }, why.reason, now);
  };

  const halve = async (
    { id, place, kind, papers, steps }: Post,
    reason: KeptPhrase,
    now: number,
  ): Promise<void> => {
    await entries.unpack(id, 'due', null, reason, now);
    const middle = Math.ceil(papers.length / 2);
    await pack(place, kind, papers.slice(0, middle), now, steps);
    await pack(place, kind, papers.slice(middle), now, steps);
  };

  return {
    pack,
    hold,

    async apply(post: Post, outcome: PostOutcome, now: number): Promise<Settled> {
      const isOfPapers = post.kind !== 'notice';
      await posts.move(post.id, outcome, now);
      if (outcome.to === 'sent') await entries.settle(post.id, 'sent', null, now);
      if (outcome.to === 'refused') await entries.settle(post.id, 'refused', outcome.reason, now);
      if (outcome.to === 'dissolved')
        if (outcome.papers === 'halved') await halve(post, outcome.reason, now);
        else await entries.unpack(post.id, 'held', null, outcome.reason, now);
      const trouble = 'hold' in outcome ? outcome.hold : null;
      if (trouble) await hold(post.place, trouble, now);
      // It was under way when its channel was put on hold: its papers wait with the others.
      const held =
        outcome.to === 'packed' && isOfPapers
          ? await db.get<{ reason: string }>(heldFor, post.place.destination)
          : undefined;
      if (held) await moves.dissolve(post.id, 'held', null, held.reason, now);
      const recovered =
        outcome.to === 'sent' && isOfPapers && (await episodes.end(post.place.destination, now));
      return { state: held ? 'dissolved' : outcome.to, hold: trouble, ...(recovered && { recovered }) };
    },
  };
}
