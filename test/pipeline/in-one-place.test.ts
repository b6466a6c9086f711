import { describe, expect, it } from 'vitest';
import type { SamePaper } from '#src/decision/same-paper.ts';
import { toChannel } from '#src/outbox/destination.ts';
import type { NewEntry } from '#src/outbox/entry.ts';
import { inOnePlace, isReadableFrom } from '#src/pipeline/in-one-place.ts';
import type { Audience, Servers } from '#src/pipeline/postman.ts';
import { SETTINGS_OF_NEW } from '#src/subscription/server-settings.ts';
import { createFakeClock } from '#test/fakes/fake-clock.ts';
import { anEntry, anOutbox, HOUR, NOON } from '#test/outbox/some-posts.ts';
import { aGateway } from './some-servers.ts';

const mods: Audience = [{ id: 'mods', manages: true }];
const members: Audience = [{ id: 'members', manages: false }];
const REFUSED = { code: 'permission-missing', reason: 'Missing Access' } as const;
const GONE = { code: 'channel-gone', reason: 'Unknown Channel' } as const;

const inChannel = (id: string, paper = 'a', more: Partial<NewEntry> = {}): NewEntry =>
  anEntry(paper, { serverId: 's', destination: toChannel(id), ...more });

/** A server at noon that wants papers like that; `seen`: who sees a channel that not everybody sees. */
async function open(samePaper: SamePaper = 'line', seen: Record<string, Audience | null> = {}) {
  const { outbox } = await anOutbox();
  const servers: Servers = aGateway([], { audience: (id) => (id in seen ? seen[id] : 'everybody') });
  const clock = createFakeClock(NOON);
  /** Packed, and with a message's id also sent. */
  const pack = async (id: string, messageId: string | null = null, more: Partial<NewEntry> = {}) => {
    await outbox.add(inChannel(id, 'a', more));
    const place = { serverId: 's', destination: toChannel(id), kind: 'message' } as const;
    const post = await outbox.pack(place, 'card', ['a'], NOON);
    if (!post) throw new Error('nothing to pack');
    if (!messageId) return post.id;
    await outbox.attempt(post.id, NOON);
    await outbox.settle(post.id, { kind: 'delivered', messageId, channelId: `place in ${id}` }, NOON);
    return post.id;
  };
  /** Where these papers are to stand, which may go now into a channel. */
  const ask = async (id: string, papers: readonly string[] = ['a']) => {
    for (const paper of papers) await outbox.add(inChannel(id, paper));
    const entries = await outbox.ledger({ destination: toChannel(id), limit: 9 });
    const placing = await inOnePlace(
      { outbox, servers, clock, subscriptionStore: { settings: () => ({ ...SETTINGS_OF_NEW, samePaper }) } },
      entries.toReversed().map((entry) => ({ kind: 'goes', entry, by: [] })),
    );
    if (placing.kind === 'wait') return 'waits';
    return {
      goes: placing.going.map(({ entry, elsewhere }) => [entry.paper, elsewhere?.messageId ?? 'full']),
      settled: placing.settled.map(({ entry, at }) => [entry.paper, at.messageId]),
    };
  };
  return { outbox, clock, pack, ask, servers };
}

const inFull = { goes: [['a', 'full']], settled: [] };
const asLine = (messageId: string) => ({ goes: [['a', messageId]], settled: [] });

describe('a paper that stands in full in another channel of its server', () => {
  it('is one line with a link, which leads to the message where it is', async () => {
    const { outbox, clock, servers, pack } = await open();
    await pack('b', 'm1');
    await outbox.add(inChannel('c'));
    const [entry] = await outbox.ledger({ destination: toChannel('c'), limit: 1 });
    const placing = await inOnePlace(
      { outbox, servers, clock, subscriptionStore: { settings: () => SETTINGS_OF_NEW } },
      [{ kind: 'goes', entry, by: [] }],
    );
    const at = { channelId: 'b', messageChannelId: 'place in b', messageId: 'm1' };
    expect(placing).toEqual({
      ...{ kind: 'placed', settled: [] },
      going: [{ kind: 'goes', entry, by: [], elsewhere: at }],
    });
  });

  it('is not posted again where the server wants it once, and the message that has it is noted', async () => {
    const { pack, ask } = await open('none');
    await pack('b', 'm1');
    expect(await ask('c', ['a', 'z'])).toEqual({ goes: [['z', 'full']], settled: [['a', 'm1']] });
  });

  it('is posted in full again where the server wants it so', async () => {
    const { pack, ask } = await open('full');
    await pack('b', 'm1');
    expect(await ask('c')).toEqual(inFull);
  });

  it('is linked where it stands in the first channel of the list, however late it came there', async () => {
    const { pack, ask } = await open();
    await pack('d', 'second');
    await pack('b', 'first');
    await pack('e', 'third');
    expect(await ask('c')).toEqual(asLine('first'));
  });

  it.each<[string, Record<string, Audience | null>, unknown]>([
    ['that not everybody here sees', { b: mods }, inFull],
    ['that all who read here see', { b: [...mods, ...members], c: mods }, asLine('m1')],
  ])('and %s', async (_, seen, expected) => {
    const { pack, ask } = await open('line', seen);
    await pack('b', 'm1');
    expect(await ask('c')).toEqual(expected);
  });

  it('comes in full where a moderator deleted it there', async () => {
    const { outbox, pack, ask } = await open();
    await outbox.noteDeleted(await pack('b', 'm1'), NOON);
    expect(await ask('c')).toEqual(inFull);
  });

  it('comes in full where that channel was deleted; not where the channel only takes nothing more', async () => {
    const { outbox, pack, ask } = await open();
    await pack('b', 'm1');
    await outbox.hold({ serverId: 's', destination: toChannel('b') }, REFUSED, NOON);
    expect(await ask('c')).toEqual(asLine('m1'));
    const gone = await open();
    await gone.pack('b', 'm1');
    await gone.outbox.hold({ serverId: 's', destination: toChannel('b') }, GONE, NOON);
    expect(await gone.ask('c')).toEqual(inFull);
  });

  it('comes in full where that is a line itself, with a link to a third one that is gone', async () => {
    const { pack, ask } = await open();
    const elsewhere = { channelId: 'd', messageChannelId: 'd', messageId: 'm0' };
    const why = { filters: ['x'], news: { kind: 'new', at: NOON }, repository: false, elsewhere };
    await pack('b', 'm1', { why });
    expect(await ask('c')).toEqual(inFull);
  });

  it('of another server comes in full', async () => {
    const { outbox, ask } = await open();
    await outbox.add(inChannel('b', 'a', { serverId: 'other' }));
    expect(await ask('c')).toEqual(inFull);
  });
});

describe('a paper that is about to stand in another channel', () => {
  it('waits while it is packed there, ten minutes at most, and then comes in full', async () => {
    const { clock, pack, ask } = await open();
    await pack('d');
    expect(await ask('c')).toBe('waits');
    clock.jump(NOON + HOUR);
    expect(await ask('c')).toEqual(inFull);
  });

  it('waits where it is due in a channel that stands before in the list, not for one behind', async () => {
    const { outbox, ask } = await open();
    await outbox.add(inChannel('d'));
    expect(await ask('c')).toEqual(inFull);
    await outbox.add(inChannel('b'));
    expect(await ask('c')).toBe('waits');
  });

  it('lets all that go with it wait too, for they go in one post', async () => {
    const { outbox, ask } = await open();
    await outbox.add(inChannel('b', 'z'));
    expect(await ask('c', ['a', 'z'])).toBe('waits');
  });
});

describe('who reads here can follow a link into another channel', () => {
  it.each<[string, Audience | null, Audience | null, boolean]>([
    ['where everybody sees that one', 'everybody', mods, true],
    ['where nobody knows who sees that one', null, mods, true],
    ['where all who read here see it', [...members, ...mods], mods, true],
    ['where the very same read there and here', mods, mods, true],
    ['not where one who reads here does not', mods, [...mods, ...members], false],
    ['not where everybody reads here', mods, 'everybody', false],
    ['not where nobody knows who reads here', mods, null, false],
  ])('%s', (_, there, here, expected) => {
    const servers = aGateway([], { audience: (id) => (id === 'there' ? there : here) });
    expect(isReadableFrom({ servers }, 'there', 'here')).toBe(expected);
  });
});
