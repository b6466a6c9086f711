import { expect, it } from 'vitest';
import { openArchive } from '#src/archive/archive.ts';
import { openDatabase } from '#src/foundation/database/database.ts';
import { toChannel } from '#src/outbox/destination.ts';
import { openOutbox } from '#src/outbox/outbox.ts';
import type { Sighting } from '#src/paper/sighting.ts';
import { refreshCards } from '#src/pipeline/living-cards.ts';
import type { Postman } from '#src/pipeline/postman.ts';
import { aPoll, aSighting, MINUTE, MONDAY } from '#test/archive/some-papers.ts';
import { aPaper } from '#test/builders/a-paper.ts';
import { createFakeClock } from '#test/fakes/fake-clock.ts';
import { createKeptLog } from '#test/fakes/kept-log.ts';

const why = { filters: ['x'], news: { kind: 'new', at: MONDAY }, votes: 1, stars: 0, repository: false };

type Card = { channelId: string; figures: Partial<Sighting>; shown?: string };

/** In which channels cards are written anew, of papers with these figures; `shown`: what was noted when they last were. */
async function editedCards(cards: readonly Card[]) {
  const db = await openDatabase(':memory:');
  const archive = await openArchive(db, []);
  const outbox = await openOutbox(db, MONDAY);
  await archive.keep(
    aPoll(
      MONDAY,
      cards.map(({ channelId, figures }, index) => aSighting(aPaper(channelId), index + 1, figures)),
    ),
  );
  for (const { channelId, shown } of cards) {
    const paper = channelId;
    await outbox.add({
      ...{ serverId: 's', destination: toChannel(channelId), paper, subscriptions: ['x'], why },
      ...{ score: 0, mode: 'card', decidedAt: MONDAY, dueAt: MONDAY },
    } as never);
    await outbox.due(MONDAY, 10);
    const post = await outbox.pack(
      { serverId: 's', destination: toChannel(channelId), kind: 'message' },
      'card',
      [paper],
      MONDAY,
    );
    await outbox.attempt(post?.id ?? 0, MONDAY);
    await outbox.settle(post?.id ?? 0, { kind: 'delivered', messageId: '1', channelId }, MONDAY);
    if (shown) await outbox.noteShown(post?.id ?? 0, shown);
  }
  const edited: string[] = [];
  const edit = async (channelId: string, messageId: string) => {
    edited.push(channelId);
    return { kind: 'delivered', channelId, messageId } as const;
  };
  const clock = createFakeClock(MONDAY + MINUTE);
  await refreshCards(
    {
      outbox,
      archive,
      clock,
      servers: { channel: (id) => (id === 'odd' ? broken() : null) },
      postman: { edit } as unknown as Postman,
      log: createKeptLog(),
    },
    24,
  );
  return edited;
}

it('a card that cannot be written anew keeps no other from it', async () => {
  const edited = await editedCards([
    { channelId: 'odd', figures: { votes: 90 } },
    { channelId: 'good', figures: { votes: 80 } },
  ]);
  expect(edited).toEqual(['good']);
});

it('a figure that was not noted when the card was last written counts as none', async () => {
  const shown = JSON.stringify({ votes: 1, repository: false });
  const edited = await editedCards([
    { channelId: 'many', figures: { votes: 1, stars: 60 }, shown },
    { channelId: 'few', figures: { votes: 1, stars: 40 }, shown },
  ]);
  expect(edited).toEqual(['many']);
});

function broken(): never {
  throw new Error('a mistake of ours');
}
