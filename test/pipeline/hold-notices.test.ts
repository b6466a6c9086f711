import { beforeEach, describe, expect, it } from 'vitest';
import type { Servers } from '#src/pipeline/postman.ts';
import { DAY, MONDAY } from '#test/archive/some-papers.ts';
import { anEntry, HOUR } from '#test/outbox/some-posts.ts';
import { all, GONE, LOCKED, openNotices, UNTAGGED } from './some-hold-notices.ts';
import { aGateway, textChannel } from './some-servers.ts';

const toC = { serverId: 's', destination: 'channel:c', kind: 'message' } as const;

let room: Awaited<ReturnType<typeof openNotices>>;
beforeEach(async () => {
  room = await openNotices();
});

describe('the trouble of a channel', () => {
  it('is told once, in the pass in which it began', async () => {
    expect(await room.note('c')).not.toBeNull();
    expect(room.known.triggered).toBe(1);
    expect(await room.notices.tell()).toBe(true);
    expect(await room.words()).toEqual([
      expect.stringMatching(/^channel:staff I cannot post in <#c> any more: the thread is locked\./),
    ]);
    expect(room.known.triggered).toBe(2);
    await room.note('c');
    expect([room.known.triggered, await room.notices.tell()]).toEqual([2, false]);
    expect(await room.words()).toHaveLength(1);
  });

  it('that was not found is none: nothing is noted and nobody is told', async () => {
    expect(await room.notices.note(async () => null)).toBeNull();
    expect([await room.notices.tell(), room.known.triggered]).toEqual([false, 0]);
  });

  it('is told in one notice with that of others for the same reason, and apart from other reasons', async () => {
    await room.note('c');
    await room.note('d', UNTAGGED);
    await room.note('e');
    await room.notices.tell();
    const texts = (await room.words()).concat();
    expect(texts[0]).toContain('I cannot post in <#c> and <#e> any more: the thread is locked.');
    await room.send();
    expect(await room.words()).toEqual([
      expect.stringContaining('I cannot post in <#d> any more: every post in this forum'),
    ]);
  });

  it('is told in one notice with all others where a server has more than two reasons at once', async () => {
    await room.note('c');
    await room.note('d', UNTAGGED);
    await room.note('e', { code: 'permission-missing', reason: 'Missing Access' });
    await room.notices.tell();
    expect(await room.words()).toEqual([
      'channel:staff I cannot post in <#c>, <#d> and <#e> any more, for several reasons. `/doctor` says of each what is missing and where to click. Their subscriptions are paused; nothing is lost. When they work again they resume by themselves, with what was held as one digest in each channel.',
    ]);
    await room.send();
    for (const channel of ['c', 'd', 'e']) await room.recover(channel);
    await room.notices.goOn();
    expect(room.edits).toEqual([
      expect.stringMatching(/^staff m I could not post in <#c>, <#d> and <#e>\. They work again since /),
    ]);
  });

  it('of another server is told there', async () => {
    await room.note('c');
    await room.note('d', LOCKED, 'other');
    await room.notices.tell();
    const places = (await room.db.all<{ server: string }>('SELECT server FROM post')).map(
      ({ server }) => server,
    );
    expect(places.sort()).toEqual(['other', 's']);
  });

  it('that is over before it is told is told to nobody', async () => {
    await room.note('c');
    await room.outbox.release('channel:c', MONDAY);
    expect([await room.notices.tell(), await room.words()]).toEqual([false, []]);
  });

  it('is told in the channel itself where nothing else is there, but not where Discord refuses unseen', async () => {
    room.known.servers = aGateway([textChannel('c')]);
    room.known.isUnseen = true;
    await room.note('c');
    expect([await room.notices.tell(), await room.words()]).toEqual([false, []]);
    room.known.isUnseen = false;
    await room.notices.goOn();
    expect(await room.words()).toEqual([expect.stringMatching(/^channel:c /)]);
  });

  it('is kept until there is a place to tell it', async () => {
    const shut = { code: 'permission-missing', reason: 'x' } as const;
    room.known.servers = aGateway(all, { obstacle: () => shut });
    await room.note('c');
    expect(await room.notices.tell()).toBe(false);
    await room.notices.goOn();
    expect(await room.words()).toEqual([]);
    room.known.servers = aGateway(all);
    await room.notices.goOn();
    expect(await room.words()).toHaveLength(1);
  });

  it('that an earlier version told of is not told again; once papers arrived since then it is new', async () => {
    await room.cursors.set('told of hold c', MONDAY - DAY);
    await room.note('c');
    expect([await room.notices.tell(), await room.words()]).toEqual([false, []]);
    expect(await room.cursors.get('told of hold c')).toBe(0);
    const held = await room.outbox.holdOf('channel:c');
    expect(held && (await room.notices.lastedFor({ ...held, since: MONDAY + HOUR }))).toBe(DAY + HOUR);
  });

  it('that an earlier version told of is told anew where papers have arrived since', async () => {
    await room.cursors.set('told of hold c', MONDAY - DAY);
    await room.outbox.add(anEntry('p', { serverId: 's', destination: 'channel:c' }));
    const post = await room.outbox.pack(toC, 'card', ['p'], MONDAY - HOUR);
    await room.outbox.attempt(post?.id ?? 0, MONDAY - HOUR);
    const arrived = { kind: 'delivered', messageId: 'm', channelId: 'c' } as const;
    await room.outbox.settle(post?.id ?? 0, arrived, MONDAY - HOUR);
    await room.note('c');
    expect([await room.notices.tell(), (await room.words()).length]).toEqual([true, 1]);
  });

  it.each<[string, Partial<Servers>, string]>([
    ['another server', { channels: (id) => (id === 's' ? all : []) }, 'other'],
    ['another reason', { channels: () => [textChannel('c')] }, 's'],
  ])('is delivered though nobody can be told of %s after it', async (_, known, serverId) => {
    room.known.servers = aGateway(all, known);
    await room.note('c');
    await room.note('d', UNTAGGED, serverId);
    expect(await room.notices.tell()).toBe(true);
    expect(await room.words()).toEqual([expect.stringContaining('I cannot post in <#c> any more')]);
  });

  it('has lasted since it was noted first, and not at all where it is new or the clock was set back', async () => {
    const held = { serverId: 's', destination: 'channel:c', since: MONDAY + HOUR, ...LOCKED } as const;
    expect(await room.notices.lastedFor(held)).toBe(0);
    await room.note('c');
    expect(await room.notices.lastedFor(held)).toBe(HOUR);
    expect(await room.notices.lastedFor({ ...held, since: MONDAY - HOUR })).toBe(0);
  });
});

describe('a channel that was deleted', () => {
  const seen = { name: 'ocean', audience: 'everybody' } as const;
  beforeEach(() => {
    room.known.servers = aGateway([textChannel('staff')]);
  });

  it('is called by its last name where everybody who reads that could see it; others are counted', async () => {
    await room.note('c', GONE, 's', { isGone: true, last: seen });
    await room.note('d', GONE, 's', { isGone: true, last: { name: 'secret', audience: [] } });
    await room.note('e', GONE, 's', { isGone: true });
    await room.notices.tell();
    expect(await room.words()).toEqual([
      expect.stringContaining('The channels #ocean and 2 more that I posted in were deleted'),
    ]);
  });

  it('has no trouble of another kind any more', async () => {
    await room.note('c');
    await room.note('c', GONE, 's', { isGone: true, last: seen });
    await room.notices.tell();
    expect(await room.words()).toEqual([expect.stringContaining('The channel #ocean was deleted')]);
    const open = await room.outbox.episodes.openIn('channel:c');
    expect(open.map(({ code }) => code)).toEqual(['channel-gone']);
  });

  it('is told apart from one that only refuses so, and is there', async () => {
    room.known.servers = aGateway([textChannel('c'), textChannel('staff')]);
    await room.note('c', GONE);
    await room.note('d', GONE, 's', { isGone: true, last: seen });
    await room.notices.tell();
    await room.send();
    const rest = await room.words();
    expect(rest).toHaveLength(1);
    expect(rest[0]).toContain('The channel #ocean was deleted');
  });
});

it('of very many troubles all are gone through, some in each round', async () => {
  room.known.servers = aGateway([]);
  for (let n = 0; n < 45; n++) await room.note(`x${n}`, LOCKED, `server ${n}`);
  await room.notices.tell();
  for (let round = 0; round < 2; round++) await room.notices.goOn();
  room.known.servers = aGateway([textChannel('staff')]);
  const told = async () => (await room.db.all('SELECT 1 FROM post')).length;
  await room.notices.goOn();
  expect(await told()).toBe(40);
  await room.notices.goOn();
  expect(await told()).toBe(45);
});
