import { expect, it } from 'vitest';
import { openArchive } from '#src/archive/archive.ts';
import { openDatabase } from '#src/foundation/database/database.ts';
import { openOutbox } from '#src/outbox/outbox.ts';
import { refreshCards } from '#src/pipeline/living-cards.ts';
import type { Postman } from '#src/pipeline/postman.ts';
import { aLook, aPaper, aSighting, MINUTE, MONDAY } from '#test/archive/some-papers.ts';
import { createFakeClock } from '#test/fakes/fake-clock.ts';
import { createKeptLog } from '#test/fakes/kept-log.ts';

it('a card that cannot be written anew keeps no other from it', async () => {
  const db = openDatabase(':memory:');
  const archive = openArchive(db);
  const outbox = openOutbox(db, MONDAY);
  archive.keep(
    aLook(MONDAY, [aSighting(aPaper('a'), 1, { votes: 90 }), aSighting(aPaper('b'), 2, { votes: 80 })]),
  );
  const why = { filters: ['x'], news: { kind: 'new', at: MONDAY }, votes: 1, stars: 0, repository: false };
  for (const [channelId, paper] of [
    ['odd', 'a'],
    ['good', 'b'],
  ]) {
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
      servers: { channel: (id) => (id === 'odd' ? broken() : null) },
      postman: { edit } as unknown as Postman,
      log: createKeptLog(),
    },
    24,
  );
  expect(edited).toEqual(['good']);
});

function broken(): never {
  throw new Error('a mistake of ours');
}
