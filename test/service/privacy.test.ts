import { beforeEach, describe, expect, it } from 'vitest';
import type { MemberRecord } from '#src/foundation/member-records.ts';
import { toChannel } from '#src/outbox/destination.ts';
import { openVoteStore } from '#src/reader/vote-store.ts';
import { createPrivacy } from '#src/service/privacy.ts';
import { aDesk, anOrder, MODERATOR, NOBODYS } from './a-desk.ts';
import { idOf, NOON } from './a-library.ts';

const MEMBER = { ...MODERATOR, userId: 'mia', rights: NOBODYS };
const me = { ...MEMBER, about: 'me' } as const;
const server = { ...MODERATOR, about: 'server' } as const;
const record = (kind: MemberRecord['kind'], at: number | null, stored: object): MemberRecord => ({
  ...{ kind, serverId: '1', at, stored },
});

let desk: Awaited<ReturnType<typeof aDesk>>;
let votes: Awaited<ReturnType<typeof openVoteStore>>;
let records: MemberRecord[][];
let forgotten: string[];
let privacy: ReturnType<typeof createPrivacy>;
beforeEach(async () => {
  desk = await aDesk([{ title: 'Ocean' }]);
  votes = await openVoteStore(desk.db);
  [records, forgotten] = [[], []];
  const forget = (what: string, isEmpty: boolean) => async (id: string) => {
    forgotten.push(`${what} ${id}`);
    return isEmpty;
  };
  privacy = createPrivacy({
    ...desk,
    memberRecords: [0, 1].map((at) => ({
      of: async (id) => (id === 'mia' ? (records[at] ?? []) : []),
      ids: async () => new Set<string>(),
      forget: async () => {},
    })),
    voteStore: votes,
    forgetting: { forgetMember: forget('member', true), forgetServer: forget('server', false) },
    contact: 'ops@example.org',
  });
});
const exported = async (asked: typeof me | typeof server) =>
  JSON.parse((await privacy.exportStored(asked)).text);

describe('what is stored about a member', () => {
  it('is counted by kind, and exported as it is stored, the newest first, undated last', async () => {
    records = [
      [record('typed', null, { query: 'old' }), record('vote', 5, { paper: '1' })],
      [record('typed', 9, { query: 'new' }), record('typed', 3, { query: 'older' })],
    ];
    expect(await privacy.showStored(me)).toEqual({
      ...{ about: 'me', contact: 'ops@example.org', most: 2000, stored: { typed: 3, vote: 1 } },
    });
    expect(await exported(me)).toEqual({
      ...{ paperboy: 1, exportedAt: '2026-03-10T12:00:00.000Z', member: 'mia' },
      typed: ['new', 'older', 'old'].map((query) => ({ server: '1', query })),
      vote: [{ server: '1', paper: '1' }],
    });
  });

  it('is nothing of anybody else', async () => {
    records = [[record('vote', 5, { paper: '1' })]];
    expect((await privacy.showStored({ ...me, userId: 'max' })).stored).toEqual({});
  });

  it('is exported up to what a file takes, and all of it counted', async () => {
    records = [Array.from({ length: 2001 }, (_, at) => record('vote', at, { at }))];
    const { stored, text } = await privacy.exportStored(me);
    const { vote } = JSON.parse(text);
    expect([stored, vote.length, vote[0].at]).toEqual([{ vote: 2001 }, 2000, 2000]);
  });

  it('is deleted for the asker, who needs no right', async () => {
    expect(await privacy.deleteStored(me)).toEqual({ about: 'me', isLogEmpty: true });
    expect(forgotten).toEqual(['member mia']);
  });
});

describe('what is stored of a server', () => {
  it('is nothing at first, not even settings', async () => {
    const { stored } = await privacy.showStored(server);
    expect(new Set(Object.values(stored))).toEqual(new Set([0]));
    expect(Object.keys(stored)).toEqual([
      ...['settings', 'subscriptions', 'mutes', 'changes', 'papers', 'posts', 'votes', 'troubles'],
    ]);
    expect(await exported(server)).toMatchObject({ server: '1', settings: [], votes: [], changes: [] });
  });

  it('is told of each kind, of votes the number alone, and nothing of another server', async () => {
    await desk.subscribeChannel(anOrder());
    const [{ id, ...of }] = desk.subscriptionStore.inServer('1');
    await desk.subscriptionStore.mute('1', 'survey', 'mod');
    const vote = { channelId: '5', paper: idOf(1) };
    await votes.add({ ...vote, serverId: '1', member: 'mia' }, NOON);
    await votes.add({ ...vote, serverId: '2', member: 'mia' }, NOON);
    const unusual = { kind: 'quiet', since: 0, at: NOON, posts: 0, usual: 4 } as const;
    await desk.unusualStore.begin({ id, ...of }, unusual);
    await desk.unusualStore.begin({ id: 'x', ...of, serverId: '2' }, unusual);
    const place = { serverId: '1', destination: toChannel('5') };
    const entry = { ...place, subscriptions: [id], why: {}, score: 1, mode: 'card' } as const;
    for (const n of [1, 2]) await desk.outbox.add({ ...entry, paper: idOf(n), decidedAt: NOON, dueAt: NOON });
    const packed = await desk.outbox.pack({ ...place, kind: 'message' }, 'card', [idOf(1)], NOON);
    await desk.outbox.attempt(packed?.id ?? 0, NOON);
    await desk.outbox.settle(packed?.id ?? 0, { kind: 'delivered', messageId: '9', channelId: '5' }, NOON);
    expect((await privacy.showStored(server)).stored).toMatchObject({
      ...{ settings: 1, subscriptions: 1, mutes: 1, changes: 2, papers: 2, posts: 1, votes: 1, troubles: 1 },
    });
    const file = await exported(server);
    expect(file).toMatchObject({
      ...{ votes: [{ votes: 1 }], mutes: [{ text: 'survey' }], subscriptions: [{ filter: 'ocean' }] },
      ...{ changes: [{ what: 'muted' }, { what: 'added' }], troubles: [{ serverId: '1' }] },
    });
    expect([file.papers.length, file.posts.length, JSON.stringify(file.votes)]).toEqual([
      ...[2, 1, '[{"votes":1}]'],
    ]);
  });

  it('is told, exported and deleted for administrators alone, in their own server', async () => {
    const rights = { ...MODERATOR.rights, administers: () => false };
    for (const does of [privacy.showStored, privacy.exportStored, privacy.deleteStored]) {
      await expect(does({ ...server, rights })).rejects.toThrow('Administrator');
      await expect(does({ ...server, serverId: null })).rejects.toThrow('in a server only');
    }
    expect(forgotten).toEqual([]);
    expect(await privacy.deleteStored(server)).toEqual({ about: 'server', isLogEmpty: false });
    expect(forgotten).toEqual(['server 1']);
  });
});
