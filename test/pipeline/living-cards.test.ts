import { expect, it } from 'vitest';
import { openArchive } from '#src/archive/archive.ts';
import { openDatabase } from '#src/foundation/database/database.ts';
import { openOutbox } from '#src/outbox/outbox.ts';
import type { Sighting } from '#src/paper/sighting.ts';
import { refreshCards } from '#src/pipeline/living-cards.ts';
import type { Postman } from '#src/pipeline/postman.ts';
import { aLook, aPaper, aSighting, MINUTE, MONDAY } from '#test/archive/some-papers.ts';
import { createFakeClock } from '#test/fakes/fake-clock.ts';
import { createKeptLog } from '#test/fakes/kept-log.ts';

const WHY = { filters: ['x'], news: { kind: 'new', at: MONDAY }, repository: false };

/** Where cards are written anew: one for each channel, of a paper with these figures, posted for this reason. */
async function editedCards(cards: readonly { channelId: string; figures: Partial<Sighting>; why: object }[]) {
  const db = openDatabase(':memory:');
  const archive = openArchive(db);
  const outbox = openOutbox(db, MONDAY);
  archive.keep(
    aLook(
      MONDAY,
      cards.map(({ channelId, figures }, index) => aSighting(aPaper(channelId), index + 1, figures)),
    ),
  );
  for (const { channelId, why } of cards) {
    const paper = channelId;
    outbox.promise({
      ...{ serverId: 's', channelId, paper, subscriptions: ['x'], why },
      ...{ score: 0, lane: 'card', decidedAt: MONDAY, dueAt: MONDAY },
    } as never);
    outbox.due(MONDAY, 10);
    const post = outbox.pack({ serverId: 's', channelId, kind: 'message' }, 'card', [paper], MONDAY);
    outbox.attempt(post?.id ?? 0, MONDAY);
    outbox.settle(post?.id ?? 0, { kind: 'delivered', messageId: '1', channelId }, MONDAY);
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
      servers: { channel: () => null },
      postman: { edit } as unknown as Postman,
      log: createKeptLog(),
    },
    24,
  );
  return edited;
}

it('a card that cannot be written anew keeps no other from it', async () => {
  const edited = await editedCards([
    { channelId: 'odd', figures: { votes: 90 }, why: {} },
    { channelId: 'good', figures: { votes: 80 }, why: { ...WHY, votes: 1, stars: 0 } },
  ]);
  expect(edited).toEqual(['good']);
});

it('a figure that was not noted when the card was posted counts as none', async () => {
  const edited = await editedCards([
    { channelId: 'many', figures: { votes: 1, stars: 60 }, why: { ...WHY, votes: 1 } },
    { channelId: 'few', figures: { votes: 1, stars: 40 }, why: { ...WHY, votes: 1 } },
  ]);
  expect(edited).toEqual(['many']);
});
