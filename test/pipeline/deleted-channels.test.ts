import { beforeEach, describe, expect, it } from 'vitest';
import { MONDAY } from '#test/archive/some-papers.ts';
import { anEntry } from '#test/outbox/some-posts.ts';
import { aGateway, textChannel } from './some-servers.ts';
import { GONE, LEFT, MISSING, openTroubles, place } from './some-troubles.ts';

let room: Awaited<ReturnType<typeof openTroubles>>;
beforeEach(async () => {
  room = await openTroubles();
});

describe('a channel that is gone', () => {
  const gone = aGateway([textChannel('d'), textChannel('staff')]);

  it('is owed nothing any more where the gateway does not know it either', async () => {
    room.known.servers = gone;
    await room.refuse('c', GONE);
    expect((await room.outbox.ledger({ limit: 1 }))[0]).toMatchObject({ state: 'refused' });
    await room.trouble.notifyBegun();
    expect(await room.words()).toEqual([expect.stringContaining('was deleted')]);
  });

  it('by a receipt alone waits like any other: that may be a blip', async () => {
    await room.refuse('c', GONE);
    expect((await room.outbox.ledger({ limit: 1 }))[0]).toMatchObject({ state: 'held' });
    room.known.servers = aGateway([]);
    await room.refuse('d', GONE);
    expect((await room.outbox.ledger({ limit: 1 }))[0]).toMatchObject({ state: 'held' });
  });

  it('is not so because it refuses for another reason while the gateway does not know it', async () => {
    room.known.servers = gone;
    await room.refuse('c', MISSING);
    expect((await room.outbox.ledger({ limit: 1 }))[0]).toMatchObject({ state: 'held' });
  });

  it('is owed nothing of what was queued since either', async () => {
    room.known.servers = gone;
    await room.refuse('c', GONE);
    const { serverId, destination } = place('c');
    await room.outbox.add(anEntry('late', { serverId, destination, decidedAt: MONDAY, dueAt: MONDAY }));
    await room.trouble.probe();
    expect((await room.outbox.ledger({ paper: 'late', limit: 1 }))[0]).toMatchObject({ state: 'refused' });
    expect(await room.isHeld('c')).toBe(true);
  });
});

describe('when the gateway has told of all servers anew', () => {
  it('what it saw hindering and does not see any more is over at once', async () => {
    for (const [id, hold] of [
      ['c', MISSING],
      ['d', LEFT],
    ] as const)
      await room.refuse(id, hold);
    await room.trouble.reconcile();
    expect([await room.isHeld('c'), await room.isHeld('d')]).toEqual([false, false]);
  });

  it('what it cannot see waits for its time', async () => {
    await room.refuse('c', { code: 'tag-required', reason: 'x' });
    await room.trouble.reconcile();
    expect(await room.isHeld('c')).toBe(true);
  });

  it('a channel that is not there any more was deleted: subscribed or on hold, it is owed nothing', async () => {
    await room.refuse('d');
    room.put('d', null);
    room.known.servers = aGateway([textChannel('staff')]);
    await room.trouble.reconcile();
    expect(await room.outbox.holdOf('channel:c')).toMatchObject({ code: 'channel-gone' });
    expect((await room.outbox.ledger({ limit: 1 }))[0]).toMatchObject({ state: 'refused' });
    const warnings = room.log.lines.filter(({ level }) => level === 'warn').slice(1);
    expect(warnings).toEqual([{ level: 'warn', message: expect.any(String), fields: { channel: 'c' } }]);
  });

  it.each([
    ['Discord cannot reach the server', aGateway([textChannel('staff')], { presence: () => 'away' })],
    ['nothing is known of its channels', aGateway([])],
  ])('nothing counts as deleted where %s', async (_, servers) => {
    room.known.servers = servers;
    await room.trouble.reconcile();
    expect(await room.isHeld('c')).toBe(false);
  });

  it('one that was noted as deleted is not told again', async () => {
    room.known.servers = aGateway([textChannel('staff')]);
    await room.trouble.reconcile();
    await room.trouble.reconcile();
    expect(room.log.lines.filter(({ level }) => level === 'warn')).toHaveLength(2);
  });

  it('all channels on hold are looked at, however many', async () => {
    for (let n = 0; n < 501; n++) await room.outbox.hold(place(`x${n}`), MISSING, MONDAY);
    room.known.servers = aGateway([textChannel('staff')], {
      channels: () => [],
      channel: (id) => textChannel(id),
    });
    await room.trouble.reconcile();
    expect(await room.outbox.held(9)).toEqual([]);
  });
});

describe('a channel that is deleted when nothing is subscribed there', () => {
  const last = { name: 'old', audience: [] } as const;
  const known = async () => room.outbox.episodes.lastKnown('channel:e');

  it('is remembered with who could see it where something was posted there', async () => {
    await room.trouble.onChannelGone('s', 'e', last);
    expect(await known()).toBeNull();
    await room.outbox.add(anEntry('p', { serverId: 's', destination: 'channel:e' }));
    await room.outbox.pack({ ...place('e') }, 'card', ['p'], MONDAY);
    await room.trouble.onChannelGone('s', 'e', null);
    expect(await known()).toBeNull();
    await room.trouble.onChannelGone('s', 'e', last);
    expect(await known()).toEqual(last);
  });

  it('is remembered where changes of it are kept', async () => {
    Object.assign(room.subscriptionStore, { changedChannels: async () => [{ channelId: 'd' }] });
    await room.trouble.onChannelGone('s', 'e', last);
    expect(await known()).toBeNull();
    Object.assign(room.subscriptionStore, {
      changedChannels: async () => [{ channelId: 'd' }, { channelId: 'e' }],
    });
    await room.trouble.onChannelGone('s', 'e', last);
    expect(await known()).toEqual(last);
    expect([await room.isHeld('e'), room.log.lines]).toEqual([false, []]);
  });
});
