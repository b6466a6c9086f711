import { expect, it } from 'vitest';
import { openArchive } from '#src/archive/archive.ts';
import { openCursors } from '#src/foundation/cursors.ts';
import { openDatabase } from '#src/foundation/database/database.ts';
import { openKeyv } from '#src/foundation/database/keyv-store.ts';
import { silentLog as log } from '#src/foundation/log.ts';
import { openOutbox } from '#src/outbox/outbox.ts';
import { createLeftServers } from '#src/pipeline/left-servers.ts';
import type { Servers } from '#src/pipeline/postman.ts';
import { DEFAULTS } from '#src/subscription/subscription.ts';
import { createSubscriptionBook } from '#src/subscription/subscription-book.ts';
import { DAY, MONDAY } from '#test/archive/some-papers.ts';

it('a server that comes back and is left anew, while others are forgotten, is kept for another 30 days', async () => {
  let now = MONDAY;
  const clock = { now: () => now, elapsed: () => now, sleep: async () => {} };
  const db = await openDatabase(':memory:');
  await openArchive(db, []);
  const outbox = await openOutbox(db, MONDAY);
  const book = createSubscriptionBook(await openKeyv(db, 'subscription'), clock);
  const servers = { presence: () => 'left' } as unknown as Servers;
  const left = createLeftServers({ db, cursors: openCursors(db), outbox, book, servers, clock, log });
  for (const serverId of ['1', '2']) {
    await book.add({ serverId, channelId: `${serverId}1` }, { ...DEFAULTS, filter: 'ocean' }, 'ada');
    await left.onServerLeft(serverId);
  }
  now += 31 * DAY;
  book.onChange((change) => {
    // The first is being forgotten.
    if (change.kind === 'mutes' && change.serverId === '1') void left.onServerLeft('2');
  });
  await left.purge(30);
  expect([book.inServer('1').length, book.inServer('2').length]).toEqual([0, 1]);
});
