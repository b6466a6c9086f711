import { describe, expect, it } from 'vitest';
import { openArchive } from '#src/archive/archive.ts';
import { openCursors } from '#src/foundation/cursors.ts';
import { openDatabase } from '#src/foundation/database/database.ts';
import { openOutbox } from '#src/outbox/outbox.ts';
import type { Receipt } from '#src/outbox/receipt.ts';
import { notifyLost } from '#src/pipeline/notify-lost.ts';
import type { Lost } from '#src/subscription/lost.ts';
import { inEnglish, readKept } from '#src/wording/kept-phrase.ts';
import { phrase } from '#src/wording/phrase.ts';
import { DAY, MONDAY } from '#test/archive/some-papers.ts';
import { aSubscription } from '#test/builders/a-subscription.ts';
import { holdWriter, untilAllWait } from '#test/fakes/held-writer.ts';
import { plainClock } from '#test/fakes/plain-clock.ts';
import { aGateway, textChannel } from './some-servers.ts';
import { aStore } from './some-subscriptions.ts';

const servers = aGateway([textChannel('staff')]);

it('of a filter that cannot be read moderators hear nothing once its subscription is removed, also while the word waits', async () => {
  const db = await openDatabase(':memory:');
  const outbox = await openOutbox(db, MONDAY);
  const broken = ['a', 'b'].map((id) => aSubscription(id, { serverId: 's', channelId: `c${id}` }));
  const { subscriptionStore, put } = aStore(broken);
  await openArchive(db, []);
  const held = holdWriter(db);
  const telling = notifyLost({
    ...{ db, outbox, subscriptionStore, servers, cursors: openCursors(db) },
    clock: plainClock({ now: () => MONDAY, elapsed: () => 0 }),
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

describe('of what a subscription names and is gone', () => {
  const zone: Lost = { kind: 'zone', zone: 'No/Where' };
  const role = (mention: 'gone' | 'silent' | 'everyone'): Lost => ({ kind: 'role', roleId: 'r', mention });
  const filter: Lost = { kind: 'filter', problem: phrase('syntax.empty') };

  async function open(...ids: string[]) {
    const db = await openDatabase(':memory:');
    await openArchive(db, []);
    const outbox = await openOutbox(db, MONDAY);
    const { subscriptionStore, put } = aStore(
      ids.map((id) => aSubscription(id, { serverId: 's', channelId: `c${id}` })),
    );
    const known = { servers, now: MONDAY, lost: {} as Record<string, Lost[]> };
    const cursors = openCursors(db);
    const notify = () =>
      notifyLost({
        ...{ db, outbox, subscriptionStore, cursors, servers: known.servers },
        clock: plainClock({ now: () => known.now, elapsed: () => 0 }),
        lost: ({ id }) => known.lost[id] ?? [],
      });
    const words = async () =>
      (await db.all<{ note: string }>('SELECT note FROM post ORDER BY id')).map(({ note }) =>
        inEnglish(readKept(note)),
      );
    /** The words that wait go, with that outcome. */
    const send = async (receipt: Receipt) => {
      for (const { id } of await outbox.ready(known.now, 9)) {
        await outbox.attempt(id, known.now);
        await outbox.settle(id, receipt, known.now);
      }
    };
    const names = async () => (await cursors.startingWith('told of lost ')).map(({ name }) => name).sort();
    return { known, put, notify, words, send, names };
  }

  it.each<[string, Lost, string]>([
    ['a filter', filter, 'A filter in <#ca> cannot be read any more'],
    [
      'a time zone',
      zone,
      'There is no time zone “No/Where” any more, so a subscription in <#ca> posts nothing.',
    ],
    ['a role', role('gone'), 'The role that posts in <#ca> mentioned was deleted'],
  ])('moderators are told once: %s', async (_, lost, sentence) => {
    const room = await open('a');
    room.known.lost = { a: [lost] };
    await room.notify();
    room.known.now += 9 * DAY;
    await room.notify();
    expect(await room.words()).toEqual([expect.stringContaining(sentence)]);
    expect(await room.names()).toEqual([`told of lost ${lost.kind} a`, `told of lost ${lost.kind} a by`]);
  });

  it.each(['silent', 'everyone'] as const)('a role that is %s is none of it', async (mention) => {
    const room = await open('a');
    room.known.lost = { a: [role(mention)] };
    await room.notify();
    expect(await room.words()).toEqual([]);
  });

  it('one word is about all that lost the same, and another about each other thing', async () => {
    const room = await open('a', 'b', 'd');
    room.known.lost = { a: [zone], b: [zone], d: [filter] };
    await room.notify();
    expect(await room.words()).toEqual([
      expect.stringContaining('a subscription in <#ca> and <#cb> posts nothing'),
      expect.stringContaining('A filter in <#cd>'),
    ]);
  });

  it('each server hears of its own', async () => {
    const room = await open('a');
    room.put('b', aSubscription('b', { serverId: 'other', channelId: 'cb' }));
    room.known.lost = { a: [zone], b: [zone] };
    await room.notify();
    expect(await room.words()).toHaveLength(2);
  });

  it('what was mended and lost again is told again', async () => {
    const room = await open('a');
    for (const lost of [[zone], [], [zone]]) {
      room.known.lost = { a: lost };
      await room.notify();
      room.known.now += DAY;
    }
    expect(await room.words()).toHaveLength(2);
  });

  it('nothing counts as mended of a server that Discord cannot reach', async () => {
    const room = await open('a');
    room.known.lost = { a: [filter, zone, role('gone')] };
    await room.notify();
    room.known.servers = aGateway([textChannel('staff')], { presence: () => 'away' });
    room.known.lost = {};
    await room.notify();
    expect(await room.names()).toHaveLength(6);
    room.known.servers = servers;
    await room.notify();
    expect(await room.names()).toEqual([]);
  });

  it('a word that Discord refused is said again a day later', async () => {
    const room = await open('a');
    room.known.lost = { a: [zone] };
    await room.notify();
    await room.send({ kind: 'refused', code: 'permission-missing', reason: 'x' });
    room.known.now += DAY - 1;
    await room.notify();
    expect(await room.words()).toHaveLength(1);
    room.known.now += 1;
    await room.notify();
    expect(await room.words()).toHaveLength(2);
  });

  it('a word that arrived, or may have, is not said again', async () => {
    for (const receipt of [
      { kind: 'delivered', messageId: 'm', channelId: 'staff' },
      { kind: 'unknown', reason: 'time-out' },
    ] as const) {
      const room = await open('a');
      room.known.lost = { a: [zone] };
      await room.notify();
      await room.send(receipt);
      room.known.now += 2 * DAY;
      await room.notify();
      expect(await room.words()).toHaveLength(1);
    }
  });

  it('it is told when there is a place for it', async () => {
    const room = await open('a');
    room.known.lost = { a: [zone] };
    room.known.servers = aGateway([]);
    await room.notify();
    expect(await room.words()).toEqual([]);
    room.known.servers = servers;
    await room.notify();
    expect(await room.words()).toHaveLength(1);
  });
});
