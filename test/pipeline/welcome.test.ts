import { beforeEach, expect, it } from 'vitest';
import { openArchive } from '#src/archive/archive.ts';
import { openCursors } from '#src/foundation/cursors.ts';
import { type Database, openDatabase } from '#src/foundation/database/database.ts';
import { type Outbox, openOutbox } from '#src/outbox/outbox.ts';
import type { Audience, Servers } from '#src/pipeline/postman.ts';
import { welcomeServers } from '#src/pipeline/welcome.ts';
import { createWelcomes, type Welcomes } from '#src/subscription/welcomes.ts';
import { inEnglish } from '#src/wording/kept-phrase.ts';
import { createFakeClock } from '#test/fakes/fake-clock.ts';
import { HOUR, NOON } from '#test/outbox/some-posts.ts';
import { aGateway, textChannel } from './some-servers.ts';

const mods: Audience = [{ id: 'mods', manages: true }];
const channels = ['general', 'hidden', 'updates'].map((id) => textChannel(id));
let db: Database;
let outbox: Outbox;
let welcomes: Welcomes;

const begin = async () => {
  db = await openDatabase(':memory:');
  await openArchive(db, []);
  outbox = await openOutbox(db, NOON);
  welcomes = createWelcomes({ cursors: openCursors(db) });
};
beforeEach(begin);

/** A server that took the bot in an hour ago; `seen`: who sees a channel that not everybody sees. */
const server = (seen: Record<string, Audience>, facts: Partial<Servers> = {}): Servers =>
  aGateway(channels, {
    joinedSince: (since) => (since <= NOON - HOUR ? [{ serverId: 's', joinedAt: NOON - HOUR }] : []),
    ownRooms: () => ({ moderators: 'updates', system: 'general' }),
    audience: (id) => (id in seen ? seen[id] : 'everybody'),
    ...facts,
  });

const welcome = (servers: Servers, now = NOON) =>
  welcomeServers({ db, outbox, welcomes, servers, clock: createFakeClock(now) });
const told = () =>
  db.all<{ server: string; destination: string }>('SELECT server, destination FROM post ORDER BY id');

it.each<[string, Record<string, Audience>, string]>([
  ['in the moderators’ own channel where not everybody sees it', { updates: mods, hidden: mods }, 'updates'],
  ['where moderators are among themselves, where everybody sees their own', { hidden: mods }, 'hidden'],
])('first words are said %s', async (_, seen, room) => {
  await welcome(server(seen));
  expect(await told()).toEqual([{ server: 's', destination: `channel:${room}` }]);
  const [{ note, about }] = await outbox.ready(NOON, 9);
  expect([inEnglish(note ?? '').length > 50, about]).toEqual([true, 'welcome']);
  expect(await welcomes.isWaiting('s')).toBe(false);
});

it('they are said once each time that a server takes the bot in', async () => {
  const first = server({ hidden: mods });
  await welcome(first);
  await welcome(first, NOON + HOUR);
  expect(await told()).toHaveLength(1);
  const again = { joinedSince: () => [{ serverId: 's', joinedAt: NOON + HOUR }] };
  await welcome(server({ hidden: mods }, again), NOON + 2 * HOUR);
  expect(await told()).toHaveLength(2);
});

it('each of several servers is told', async () => {
  const joinedSince = () => ['s', 'z'].map((serverId) => ({ serverId, joinedAt: NOON }));
  await welcome(server({ hidden: mods }, { joinedSince }));
  expect((await told()).map(({ server }) => server)).toEqual(['s', 'z']);
});

it('where everybody sees all channels they wait for the first moderator, who hears them alone', async () => {
  await welcome(server({}));
  expect([await told(), await welcomes.isWaiting('s')]).toEqual([[], true]);
  expect(await welcomes.takeWaiting('s')).toBe(true);
  await welcome(server({ hidden: mods }));
  expect(await told()).toEqual([]);
});

it('they come into a channel that was opened for moderators meanwhile, and no moderator hears them again', async () => {
  await welcome(server({}));
  await welcome(server({ hidden: mods }));
  expect([(await told()).length, await welcomes.isWaiting('s')]).toEqual([1, false]);
});

it('they wait where the bot may write in no hidden channel', async () => {
  const obstacle: Servers['obstacle'] = ({ destination }) =>
    destination === 'channel:general' ? null : { code: 'permission-missing', reason: 'Missing Access' };
  await welcome(server({ hidden: mods, updates: mods }, { obstacle }));
  expect([await told(), await welcomes.isWaiting('s')]).toEqual([[], true]);
});

it('who took the bot in more than a day ago is told nothing', async () => {
  await welcome(server({ hidden: mods }), NOON + 22 * HOUR);
  expect(await told()).toHaveLength(1);
  await begin();
  await welcome(server({ hidden: mods }), NOON + 24 * HOUR);
  expect([await told(), await welcomes.isWaiting('s')]).toEqual([[], false]);
});
