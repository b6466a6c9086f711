import { beforeEach, describe, expect, it } from 'vitest';
import { type Database, openDatabase } from '#src/foundation/database/database.ts';
import { openKeyv } from '#src/foundation/database/keyv-store.ts';
import { createQuestionStore } from '#src/service/question-store.ts';
import { DEFAULTS } from '#src/subscription/subscription.ts';
import { openSubscriptionStore, type SubscriptionStore } from '#src/subscription/subscription-store.ts';
import { createFakeClock } from '#test/fakes/fake-clock.ts';

const ADA = '900000000000000001';
const BOB = '900000000000000002';
const draft = { ...DEFAULTS, filter: 'ocean' };
const place = { serverId: '1', channelId: '5' };

let db: Database;
let store: SubscriptionStore;
const open = async () => {
  const clock = createFakeClock('2026-03-10T12:00:00Z');
  const opened = await openSubscriptionStore(db, await openKeyv(db, 'subscriptions', clock), clock);
  await opened.load();
  return opened;
};
beforeEach(async () => {
  db = await openDatabase(':memory:');
  store = await open();
});
const everything = async () =>
  JSON.stringify([await db.all('SELECT * FROM keyv'), await db.all('SELECT * FROM change')]);
const kinds = async (id: string) => (await store.members.of(id)).map(({ kind }) => kind);

describe('a member in what servers set', () => {
  it('is told what they made and changed, and what others changed of it', async () => {
    const { id } = await store.add(place, draft, ADA);
    await store.mute('1', 'casino', ADA);
    await store.change(id, { filter: 'rivers' }, BOB);
    expect(await kinds(ADA)).toEqual(['subscription', 'mute', 'change', 'change', 'others']);
    expect(await kinds(BOB)).toEqual(['change']);
    const [hers, his] = await Promise.all(
      [ADA, BOB].map(async (of) => JSON.stringify(await store.members.of(of))),
    );
    expect(hers).not.toMatch(new RegExp(`${BOB}|rivers`));
    expect(his).toContain('rivers');
    expect(his).not.toContain(ADA);
    expect([...(await store.members.ids())]).toEqual([ADA, BOB]);
  });

  it('is forgotten at once and after a restart, and what they made goes on as it was', async () => {
    const { id } = await store.add(place, draft, ADA);
    await store.mute('1', 'casino', ADA);
    await store.change(id, { filter: 'rivers' }, BOB);
    const before = store.byId(id);
    await store.members.forget(ADA);
    expect(await kinds(ADA)).toEqual([]);
    expect(store.byId(id)).toEqual({ ...before, createdBy: 'former' });
    expect(store.mutes('1')).toMatchObject([{ text: 'casino', who: 'former' }]);
    expect(await everything()).not.toContain(ADA);
    expect(await everything()).toContain(BOB);
    const later = await open();
    expect(later.byId(id)).toEqual({ ...before, createdBy: 'former' });
    expect((await later.history('1')).map(({ who }) => who)).toEqual(['former', 'former', BOB]);
  });

  it('is forgotten also in settings that cannot be read, which stay as they are else', async () => {
    await store.add(place, draft, ADA);
    await db.run(`UPDATE keyv SET value = replace(value, '"version":1', '"version":77')`);
    store = await open();
    expect(store.unreadIn('1')).not.toEqual([]);
    expect(await kinds(ADA)).toContain('unread');
    expect(await kinds(BOB)).toEqual([]);
    await store.members.forget(ADA);
    expect(await kinds(ADA)).toEqual([]);
    expect(await everything()).not.toContain(ADA);
    expect(await everything()).toContain(':77,');
    expect(store.unreadIn('1')).not.toEqual([]);
  });

  it('changes nothing of servers where nothing names them', async () => {
    await store.add(place, draft, BOB);
    const before = await everything();
    let heard = 0;
    store.onMutes(() => heard++);
    store.onChange(() => heard++);
    await store.members.forget(ADA);
    expect([await everything(), heard]).toEqual([before, 0]);
  });
});

describe('what a member typed', () => {
  it('is theirs, and goes with them, or with its server', async () => {
    const questions = createQuestionStore(await openKeyv(db, 'questions'));
    const typed = (by: string, serverId: string) =>
      questions.keep({ kind: 'typed', serverId, by, typed: {} });
    const [hers, his] = [await typed(ADA, '700000000000000001'), await typed(BOB, '700000000000000002')];
    expect(await questions.members.of(ADA)).toMatchObject([
      { kind: 'typed', serverId: '700000000000000001', stored: { typed: {} } },
    ]);
    await questions.keep({
      kind: 'change',
      serverId: '700000000000000002',
      changes: [{ createdBy: ADA, filter: 'x' }],
    });
    expect((await questions.members.of(ADA)).map(({ stored }) => stored)).toContainEqual({ kind: 'change' });
    await questions.members.forget(ADA);
    await expect(questions.recall(hers)).rejects.toThrow();
    expect(await questions.recall(his)).toMatchObject({ by: BOB });
    await questions.forgetServer('700000000000000002');
    await expect(questions.recall(his)).rejects.toThrow();
  });
});
