import { expect, it } from 'vitest';
import { openArchive } from '#src/archive/archive.ts';
import { openDatabase } from '#src/foundation/database/database.ts';
import { openOutbox } from '#src/outbox/outbox.ts';
import { digestView, entriesOfPost } from '#src/pipeline/compose.ts';
import type { Servers } from '#src/pipeline/postman.ts';
import { openZones } from '#src/subscription/zone.ts';
import { aPoll, aSighting, MONDAY } from '#test/archive/some-papers.ts';
import { aPaper } from '#test/builders/a-paper.ts';
import { createKeptLog } from '#test/fakes/kept-log.ts';
import { anEntry, aPlace } from '#test/outbox/some-posts.ts';
import { parse } from './some-subscriptions.ts';

it.each([
  [
    'shows the passage that matched',
    parse,
    [
      [
        { text: 'Deep ', hit: false },
        { text: 'ocean', hit: true },
        { text: ' currents.', hit: false },
      ],
    ],
  ],
  ['comes without it where the passage cannot be worked out', () => broken(), [undefined]],
] as const)('a digest’s paper %s', async (_, read, passages) => {
  const db = await openDatabase(':memory:');
  const archive = await openArchive(db, []);
  const outbox = await openOutbox(db, MONDAY);
  await archive.keep(aPoll(MONDAY, [aSighting(aPaper('a', { abstract: 'Deep ocean currents.' }), 1)]));
  const why = {
    filters: ['ocean'],
    news: { kind: 'new', at: MONDAY },
    votes: 1,
    stars: null,
    repository: false,
  };
  await outbox.add(anEntry('a', { mode: 'digest', why }));
  const post = await outbox.pack(aPlace(), 'digest', ['a'], MONDAY);
  if (!post) throw new Error('nothing to pack');

  const log = createKeptLog();
  const servers = { channel: () => null } as Partial<Servers> as Servers;
  const rooms = {
    archive,
    servers,
    zones: openZones(),
    log,
    parse: read,
    subscription: () => null,
  };
  const { items } = await digestView(rooms, post, await entriesOfPost(outbox, post), 0);
  expect(items.map(({ passage }) => passage)).toEqual(passages);
  const isBroken = passages[0] === undefined;
  expect(log.lines.map(({ level, fields }) => ({ level, fields }))).toMatchObject(
    isBroken ? [{ level: 'error', fields: { post: post.id, paper: 'a', err: { name: 'Error' } } }] : [],
  );
});

function broken(): never {
  throw new Error('a mistake of ours');
}
