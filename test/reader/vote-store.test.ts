import { beforeEach, expect, it } from 'vitest';
import { openDatabase } from '#src/foundation/database/database.ts';
import { openVoteStore, type VoteStore } from '#src/reader/vote-store.ts';

const NOON = Date.UTC(2026, 2, 10, 12);
const DAY = 86_400_000;
const paper = { serverId: '1', channelId: '11', paper: '2603.00001' };

let voteStore: VoteStore;
beforeEach(async () => {
  voteStore = await openVoteStore(await openDatabase(':memory:'));
});

it('a member says once of a paper that it is not for a channel, and others are counted beside', async () => {
  expect(await voteStore.count(paper)).toBe(0);
  expect(await voteStore.add({ ...paper, member: 'ada' }, NOON)).toBe(true);
  expect(await voteStore.add({ ...paper, member: 'ada' }, NOON + 1)).toBe(false);
  expect(await voteStore.add({ ...paper, member: 'bob' }, NOON + 1)).toBe(true);
  expect(await voteStore.count(paper)).toBe(2);
});

it('what is said of it in another channel, or of another paper, is counted there', async () => {
  for (const other of [{ channelId: '12' }, { paper: '2603.00002' }, { serverId: '2' }]) {
    await voteStore.add({ ...paper, ...other, member: 'ada' }, NOON);
    expect(await voteStore.count({ ...paper, ...other })).toBe(1);
  }
  expect(await voteStore.count(paper)).toBe(0);
});

it('it is kept for 180 days, then it may be said again', async () => {
  await voteStore.add({ ...paper, member: 'ada' }, NOON);
  await voteStore.add({ ...paper, member: 'bob' }, NOON + 1);
  expect(await voteStore.prune(NOON + 180 * DAY)).toBe(0);
  expect(await voteStore.prune(NOON + 180 * DAY + 1)).toBe(1);
  expect(await voteStore.count(paper)).toBe(1);
  expect(await voteStore.add({ ...paper, member: 'ada' }, NOON + 181 * DAY)).toBe(true);
});

it('what was said by a clock that ran ahead is not kept for longer', async () => {
  await voteStore.add({ ...paper, member: 'ada' }, NOON + DAY);
  expect(await voteStore.ahead(NOON)).toEqual([NOON + DAY]);
  expect(await voteStore.putRight(NOON, () => NOON)).toBe(1);
  expect(await voteStore.ahead(NOON)).toEqual([]);
});
