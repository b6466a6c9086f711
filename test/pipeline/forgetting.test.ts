import { beforeEach, describe, expect, it } from 'vitest';
import { openArchive } from '#src/archive/archive.ts';
import { openCursors } from '#src/foundation/cursors.ts';
import { type Database, openDatabase } from '#src/foundation/database/database.ts';
import { type DeletionList, openDeletionList } from '#src/foundation/database/deletion-list.ts';
import { createForgetting } from '#src/pipeline/forgetting.ts';
import { openVoteStore, type VoteStore } from '#src/reader/vote-store.ts';
import { createKeptLog, type KeptLog } from '#test/fakes/kept-log.ts';

const ADA = '900000000000000001';
const BOB = '900000000000000002';
const [SERVER, OTHER] = ['700000000000000001', '700000000000000002'];
const NOON = Date.UTC(2026, 2, 10, 12);

let deletionList: DeletionList;
let log: KeptLog;
beforeEach(() => {
  deletionList = openDeletionList(null, () => NOON);
  log = createKeptLog();
});

/** A database of its own, as a backup is, with the one list; `isBroken`: nothing of a member can be deleted. */
async function aHouse({ isBroken = false, before = null as Database | null } = {}) {
  const db = before ?? (await openDatabase(':memory:'));
  await openArchive(db, []);
  const votes = await openVoteStore(db);
  const servers = new Set([SERVER, OTHER]);
  const broken = { ...votes.members, forget: () => Promise.reject(new Error('the process ended')) };
  const forgetting = createForgetting({
    ...{ db, deletionList, log, cursors: openCursors(db) },
    memberRecords: [isBroken ? broken : votes.members],
    questions: { forgetServer: async () => {} },
    leftServers: {
      forgetNow: async (id) => void servers.delete(id),
      storedServers: async () => servers,
    },
  });
  const others = { db, votes, servers };
  return { ...forgetting, ...others };
}

const vote = (votes: VoteStore, member: string, paper = '2603.00001') =>
  votes.add({ serverId: SERVER, channelId: '5', paper, member }, NOON);
const told = () => log.lines.map(({ message, fields }) => [message, fields]);

describe('what people had deleted', () => {
  it('is deleted again in a database that does not know of it, and nothing else', async () => {
    const now = await aHouse();
    await vote(now.votes, ADA);
    await now.forgetMember(ADA);
    await now.forgetServer(OTHER);
    const older = await aHouse();
    await vote(older.votes, ADA);
    await vote(older.votes, BOB);
    await older.repeat();
    expect([...(await older.votes.members.ids())]).toEqual([BOB]);
    expect([...older.servers]).toEqual([SERVER]);
    expect(told()).toEqual([['deletions that this database did not know of are repeated', { repeated: 2 }]]);
  });

  it('is not deleted again once it was: what a member does later stays', async () => {
    const house = await aHouse();
    await house.forgetMember(ADA);
    await vote(house.votes, ADA);
    await house.repeat();
    expect(told()).toEqual([]);
    const older = await aHouse();
    await older.repeat();
    await vote(older.votes, ADA);
    await older.repeat();
    for (const { votes } of [house, older]) expect([...(await votes.members.ids())]).toEqual([ADA]);
  });

  it('is deleted at the next start where the process ended on the way', async () => {
    const ending = await aHouse({ isBroken: true });
    await vote(ending.votes, ADA);
    await expect(ending.forgetMember(ADA)).rejects.toThrow('the process ended');
    const next = await aHouse({ before: ending.db });
    await next.repeat();
    expect([...(await next.votes.members.ids())]).toEqual([]);
  });
});
