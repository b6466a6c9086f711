import { beforeEach, describe, expect, it } from 'vitest';
import { DAY, MINUTE, MONDAY } from '#test/archive/some-papers.ts';

import { HOUR } from '#test/outbox/some-posts.ts';
import { aGateway } from './some-servers.ts';
import { here, MISSING, openTroubles, place, shut } from './some-troubles.ts';

let room: Awaited<ReturnType<typeof openTroubles>>;
beforeEach(async () => {
  room = await openTroubles();
});

describe('a channel that refused', () => {
  it('is told to the operator, with the reason', async () => {
    await room.refuse('c');
    expect(room.log.lines).toEqual([
      {
        level: 'warn',
        message: expect.any(String),
        fields: { channel: 'c', code: 'permission-missing', reason: 'the thread is locked' },
      },
    ]);
  });

  it('is tried again ten minutes later, with what was held, and the operator is told', async () => {
    await room.refuse('c');
    room.known.now += 10 * MINUTE - 1;
    await room.trouble.probe();
    expect(await room.isHeld('c')).toBe(true);
    expect(room.log.lines.filter(({ level }) => level === 'info')).toEqual([]);
    room.known.triggered.length = 0;
    room.known.now += 1;
    await room.trouble.probe();
    expect([await room.isHeld('c'), room.known.triggered]).toEqual([false, ['deliver']]);
    expect(room.log.lines.at(-1)).toMatchObject({ level: 'info', fields: { channel: 'c', papers: 1 } });
  });

  it('is tried again after as long as its trouble has lasted, and after a day at the most', async () => {
    await room.refuse('c');
    const tries: number[] = [];
    for (let step = 0; step < 3000; step++) {
      room.known.now += 10 * MINUTE;
      await room.trouble.probe();
      if (await room.isHeld('c')) continue;
      tries.push((room.known.now - MONDAY) / MINUTE);
      await room.outbox.hold(place('c'), MISSING, room.known.now);
      await room.trouble.onHold(place('c'), MISSING);
      if (tries.length === 10) break;
    }
    expect(tries).toEqual([10, 20, 40, 80, 160, 320, 640, 1280, 2560, 2560 + 1440]);
  });

  it('is not tried while the gateway sees what hinders, and at once when that is over', async () => {
    room.known.servers = shut;
    await room.refuse('c');
    room.known.now += DAY;
    await room.trouble.probe({ serverId: 's', channelId: null });
    expect(await room.isHeld('c')).toBe(true);
    room.known.now = MONDAY + MINUTE;
    room.known.servers = aGateway(here);
    await room.trouble.probe({ serverId: 'other', channelId: null });
    expect(await room.isHeld('c')).toBe(true);
    await room.trouble.probe({ serverId: 's', channelId: 'staff' });
    expect(await room.isHeld('c')).toBe(false);
  });

  it('though nothing was seen that hinders is tried when that very channel changes', async () => {
    await room.refuse('c');
    await room.trouble.probe({ serverId: 's', channelId: 'd' });
    expect(await room.isHeld('c')).toBe(true);
    await room.trouble.probe({ serverId: 's', channelId: 'c' });
    expect(await room.isHeld('c')).toBe(false);
  });

  it('is tried at a change elsewhere too, once it was seen what hinders, or once papers had arrived there', async () => {
    await room.refuse('c');
    room.known.servers = shut;
    await room.trouble.onHold(place('c'), MISSING);
    room.known.servers = aGateway(here);
    await room.trouble.probe({ serverId: 's', channelId: 'd' });
    expect(await room.isHeld('c')).toBe(false);
    await room.refuse('d');
    await room.trouble.onRecovered(place('d'));
    await room.trouble.probe({ serverId: 's', channelId: 'c' });
    expect(await room.isHeld('d')).toBe(false);
  });

  it('is tried where the clock was set back since', async () => {
    await room.refuse('c');
    room.known.now -= HOUR;
    await room.trouble.probe();
    expect(await room.isHeld('c')).toBe(false);
  });

  it('goes on without a word where nobody subscribes to it any more', async () => {
    room.known.servers = shut;
    await room.refuse('c');
    room.put('c', null);
    await room.trouble.probe();
    expect(await room.isHeld('c')).toBe(false);
    expect(await room.outbox.episodes.openIn('channel:c')).toEqual([]);
  });

  it('stays on hold where its settings cannot be read', async () => {
    room.known.servers = shut;
    await room.refuse('c');
    room.put('c', null);
    Object.assign(room.subscriptionStore, { unreadIn: (id: string) => [{ key: `${id}:c` }] });
    await room.trouble.probe();
    expect(await room.isHeld('c')).toBe(true);
    Object.assign(room.subscriptionStore, { unreadIn: (id: string) => [{ key: `${id}:d` }] });
    await room.trouble.probe();
    expect(await room.isHeld('c')).toBe(false);
  });

  it('is not tried where the gateway knows nothing of it', async () => {
    await room.refuse('c');
    room.known.servers = aGateway([]);
    room.known.now += DAY;
    await room.trouble.probe();
    expect(await room.isHeld('c')).toBe(true);
  });

  it('is tried once where two look at it at the same time', async () => {
    await room.refuse('c');
    room.known.now += HOUR;
    await Promise.all([room.trouble.probe({ serverId: 's', channelId: 'c' }), room.trouble.probe()]);
    expect(room.log.lines.filter(({ level }) => level === 'info')).toHaveLength(1);
  });

  it('without a paper that waits makes nobody deliver', async () => {
    await room.outbox.hold(place('c'), MISSING, MONDAY);
    await room.trouble.onHold(place('c'), MISSING);
    room.known.triggered.length = 0;
    room.known.now += HOUR;
    await room.trouble.probe();
    expect([await room.isHeld('c'), room.known.triggered]).toEqual([false, []]);
    expect(room.log.lines.at(-1)).toMatchObject({ fields: { papers: 0 } });
  });
});

describe('of very many channels on hold', () => {
  it('forty are tried in a round, and the next forty in the next', async () => {
    const ids = Array.from({ length: 60 }, (_, n) => `x${String(n).padStart(2, '0')}`);
    for (const id of ids) await room.outbox.hold(place(id), MISSING, MONDAY);
    const held = async () => (await room.outbox.held(99)).length;
    await room.trouble.probe();
    expect(await held()).toBe(20);
    await room.trouble.probe();
    expect(await held()).toBe(0);
  });
});

describe('a trouble of which a process that died told nobody', () => {
  it('is told in the next round, and only there', async () => {
    room.known.servers = shut;
    await room.outbox.hold(place('c'), MISSING, MONDAY);
    await room.trouble.probe();
    expect(await room.words()).toHaveLength(1);
    await room.trouble.probe();
    await room.trouble.notifyBegun();
    expect(await room.words()).toHaveLength(1);
  });
});

describe('where nothing waits any more', () => {
  const idle = async (hold = MISSING) => {
    room.known.servers = shut;
    await room.refuse('c', hold);
    await room.outbox.release('channel:c', room.known.now);
    await room.outbox.goOn(room.known.now);
    await room.outbox.refuse('channel:c', `p${MONDAY}`, 'x', room.known.now);
  };
  const open = async () => (await room.outbox.episodes.openIn('channel:c')).length;

  it('a trouble is over once the gateway sees nothing that hinders', async () => {
    await idle();
    await room.trouble.probe();
    expect(await open()).toBe(1);
    room.known.servers = aGateway(here, { presence: () => 'away' });
    await room.trouble.probe();
    expect(await open()).toBe(1);
    room.known.servers = aGateway(here);
    await room.trouble.probe({ serverId: 's', channelId: 'd' });
    expect(await open()).toBe(1);
    await room.trouble.probe();
    expect(await open()).toBe(0);
  });

  it('a trouble that the gateway never saw is not', async () => {
    await idle();
    room.known.servers = aGateway(here);
    await room.trouble.onHold(place('c'), MISSING);
    await room.outbox.hold(place('c'), MISSING, MONDAY);
    await room.trouble.onHold(place('c'), MISSING);
    await room.outbox.release('channel:c', MONDAY);
    await room.trouble.probe();
    expect(await open()).toBe(1);
  });
});
