import type { Database } from '#src/foundation/database/database.ts';
import type { BulkMoves, Channel } from './bulk-moves.ts';
import type { Episodes } from './episodes.ts';
import type { Post, PostKind, Step } from './post.ts';
import type { PostBook } from './post-book.ts';
import type { Hold, Outcome } from './post-states.ts';
import type { PromiseBook } from './promise-book.ts';
import type { Place } from './receipt.ts';

/** The post's new state; `hold` when its channel takes nothing for now, `recovered` when it had not before. */
export type Settled = { state: Outcome['to']; hold: Hold | null; recovered?: true };

/** Moves a post and its promises together. Every method runs inside its caller's transaction. */
export function openSettlement(
  db: Database,
  promises: PromiseBook,
  posts: PostBook,
  moves: BulkMoves,
  episodes: Episodes,
) {
  const insertHold = db.prepare(
    'INSERT INTO hold (channel, server, code, reason, since) VALUES (?, ?, ?, ?, ?) ON CONFLICT DO NOTHING',
  );

  const heldFor = db.prepare<{ reason: string }>('SELECT reason FROM hold WHERE channel = ?');

  const pack = (
    place: Place,
    kind: PostKind,
    wanted: readonly string[],
    now: number,
    steps: readonly Step[],
  ): Post | null => {
    const { papers, decidedAt } = promises.openOf(place.channelId, wanted);
    if (papers.length === 0) return null;
    const packed = { place, kind, key: papers.join(), papers, note: null, promisedAt: decidedAt, steps };
    const id = posts.add(packed, now);
    for (const paper of papers) promises.take(place.channelId, paper, id);
    return posts.get(id);
  };

  const hold = ({ channelId, serverId }: Channel, why: Hold, now: number): void => {
    insertHold.run(channelId, serverId, why.code, why.reason, now);
    moves.hold({ channelId, serverId }, why.reason, now);
  };

  const halve = ({ id, place, kind, papers, steps }: Post, reason: string, now: number): void => {
    promises.unpack(id, 'due', null, reason, now);
    const middle = Math.ceil(papers.length / 2);
    pack(place, kind, papers.slice(0, middle), now, steps);
    pack(place, kind, papers.slice(middle), now, steps);
  };

  return {
    pack,
    hold,

    apply(post: Post, outcome: Outcome, now: number): Settled {
      const isOfPapers = post.kind !== 'notice';
      posts.move(post.id, outcome, now);
      if (outcome.to === 'sent') promises.settle(post.id, 'sent', null, now);
      if (outcome.to === 'refused') promises.settle(post.id, 'refused', outcome.reason, now);
      if (outcome.to === 'dissolved' && outcome.papers === 'halved') halve(post, outcome.reason, now);
      if (outcome.to === 'dissolved' && outcome.papers === 'held')
        promises.unpack(post.id, 'held', null, outcome.reason, now);
      const trouble = 'hold' in outcome ? outcome.hold : null;
      if (trouble) hold(post.place, trouble, now);
      // It was under way when its channel was put on hold: its papers wait with the others.
      const held = outcome.to === 'packed' && isOfPapers ? heldFor.get(post.place.channelId) : undefined;
      if (held) moves.dissolve(post.id, 'held', null, held.reason, now);
      const recovered = outcome.to === 'sent' && isOfPapers && episodes.end(post.place.channelId, now);
      return { state: held ? 'dissolved' : outcome.to, hold: trouble, ...(recovered && { recovered }) };
    },
  };
}
