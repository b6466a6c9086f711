import { ChannelType } from 'discord-api-types/v10';
import { expect, it } from 'vitest';
import { openArchive } from '#src/archive/archive.ts';
import { openCursors } from '#src/foundation/cursors.ts';
import { openDatabase } from '#src/foundation/database/database.ts';
import { openOutbox } from '#src/outbox/outbox.ts';
import { notifyLost } from '#src/pipeline/notify-lost.ts';
import type { Servers } from '#src/pipeline/postman.ts';
import { inEnglish } from '#src/wording/kept-phrase.ts';
import { phrase } from '#src/wording/phrase.ts';
import { MONDAY } from '#test/archive/some-papers.ts';
import { aSubscription } from '#test/builders/a-subscription.ts';
import { holdWriter, untilAllWait } from '#test/fakes/held-writer.ts';
import { aStore } from './some-subscriptions.ts';

const text = { id: 'staff', serverId: 's', name: 'staff', type: ChannelType.GuildText, tags: [] };
const servers: Servers = {
  obstacle: () => null,
  presence: () => 'here',
  channel: () => text,
  channels: () => [text],
  mention: () => 'rings',
  audience: () => 'everybody',
  named: () => ({}),
  ownRooms: () => ({ moderators: 'staff', system: null }),
};

it('of a filter that cannot be read moderators hear nothing once its subscription is removed, also while the word waits', async () => {
  const db = await openDatabase(':memory:');
  const outbox = await openOutbox(db, MONDAY);
  const broken = ['a', 'b'].map((id) => aSubscription(id, { serverId: 's', channelId: `c${id}` }));
  const { subscriptionStore, put } = aStore(broken);
  await openArchive(db, []);
  const held = holdWriter(db);
  const telling = notifyLost({
    ...{ db, outbox, subscriptionStore, servers, cursors: openCursors(db) },
    clock: { now: () => MONDAY, elapsed: () => 0, sleep: async () => {} },
    lost: () => [{ kind: 'filter', problem: phrase('syntax.empty') }],
  });
  await untilAllWait();
  put('b', null);
  await held.release();
  await telling;
  const [word, ...more] = await outbox.ready(MONDAY, 9);
  expect(more).toEqual([]);
  const told = word.note === null ? '' : inEnglish(word.note);
  expect(told).toContain('<#ca>');
  expect(told).not.toContain('cb');
});
