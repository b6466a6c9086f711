import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Archive, openArchive } from '#src/archive/archive.ts';
import { type Database, openDatabase } from '#src/foundation/database/database.ts';
import { openKeyv } from '#src/foundation/database/keyv-store.ts';
import { toChannel } from '#src/outbox/destination.ts';
import { type Outbox, openOutbox } from '#src/outbox/outbox.ts';
import { SCHEMA } from '#src/schema.ts';
import type { HistoryEntry } from '#src/subscription/history.ts';
import { openSubscriptionStore, type SubscriptionStore } from '#src/subscription/subscription-store.ts';
import { openBeside } from '#test/fakes/beside-the-bot.ts';
import { createFakeClock } from '#test/fakes/fake-clock.ts';

/** Written by the first Paperboy that posted, and left as a kill left it: one post was under way. */
const WRITTEN = 'test/files/first-paperboy.db.gz';
const KILLED_AT = '2026-03-10T22:30:00Z';
const HOUR = 3_600_000;

type StoredEntry = { channel: string; paper: string; subscriptions: string; why: string; state: string };
type Told = Pick<HistoryEntry, 'at' | 'who' | 'what' | 'channelId' | 'before' | 'after'>;
type StoredDocument = { key: string; value: string };

describe('a file that the first Paperboy wrote', () => {
  let folder: string;
  let before: {
    entries: StoredEntry[];
    papers: { id: string; title: string }[];
    keyv: StoredDocument[];
    histories: StoredDocument[];
  };
  let db: Database;
  let archive: Archive;
  let outbox: Outbox;
  let subscriptionStore: SubscriptionStore;

  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'paperboy-first-'));
    const file = join(folder, 'paperboy.db');
    writeFileSync(file, gunzipSync(readFileSync(WRITTEN)));
    before = asWritten(file);
    const clock = createFakeClock(KILLED_AT);
    db = await openDatabase(file, { schema: SCHEMA });
    archive = await openArchive(db, []);
    outbox = await openOutbox(db, clock.now());
    subscriptionStore = await openSubscriptionStore(db, await openKeyv(db, 'subscriptions', clock), clock);
  });
  afterEach(async () => {
    await db.close();
    rmSync(folder, { recursive: true, force: true });
  });

  it('still queues each paper to its channel once: none is forgotten, none may be queued anew', async () => {
    expect(before.entries).toHaveLength(35);
    for (const { channel, paper, subscriptions, why, state } of before.entries) {
      const destination = toChannel(channel);
      const [entry] = await outbox.ledger({ destination, paper, limit: 2 });
      expect(await outbox.has(destination, paper)).toBe(true);
      expect(entry).toMatchObject({ destination, paper, state });
      expect(entry.subscriptions).toEqual(JSON.parse(subscriptions));
      expect(entry.why).toEqual(JSON.parse(why));
    }
  });

  it('keeps what was under way in doubt, and what waited, was due or was held as it was', async () => {
    const now = Date.parse(KILLED_AT);
    expect((await outbox.unsettled(now + HOUR, 10)).map(({ post }) => post.papers)).toEqual([['2603.00005']]);
    expect(await outbox.backlog()).toEqual({
      waiting: 9,
      due: 3,
      packed: 0,
      attempted: 0,
      unknown: 1,
      held: 8,
    });
  });

  it('has every subscription as it was, but for pauses that were Discord’s', async () => {
    expect(await subscriptionStore.load()).toEqual([]);
    const stored = before.keyv.flatMap(({ value }) => JSON.parse(value).value.subscriptions ?? []);
    expect(stored).toHaveLength(11);
    for (const { id, filter, scope, when, cap, quiet, place, since, paused } of stored) {
      expect(subscriptionStore.byId(id)).toMatchObject({
        filter,
        what: asCalledNow(scope),
        when,
        cap,
        quiet,
        place,
        since,
      });
      expect(subscriptionStore.byId(id)?.paused !== null).toBe(paused?.by === 'moderator');
    }
  });

  it('has every change of its histories as a row, in its order, and the documents are gone', async () => {
    await subscriptionStore.load();
    const written = before.histories.flatMap(({ key, value }) =>
      JSON.parse(value).value.entries.map((entry: object) => ({ server: key.split(':')[1], ...entry })),
    );
    expect(written.length).toBeGreaterThan(10);
    const servers = [...new Set(written.map(({ server }) => server))];
    const rows = await Promise.all(servers.map((server) => subscriptionStore.history(server)));
    const told = ({ at, who, what, channelId, before: from, after: to }: Told) =>
      [at, who, what, channelId, from?.filter, to?.filter].join();
    expect(rows.flat().map(told)).toEqual(written.map(told));
    const left = await db.all("SELECT key FROM keyv WHERE key LIKE '%:history'");
    expect(left).toEqual([]);
  });

  it('knows every paper', async () => {
    expect(before.papers.length).toBeGreaterThan(5);
    for (const { id, title } of before.papers) expect((await archive.paper(id))?.paper.title).toBe(title);
  });
});

function asWritten(file: string) {
  const raw = openBeside(file, { readOnly: true });
  const rows = {
    entries: raw.prepare('SELECT * FROM promise').all() as StoredEntry[],
    papers: raw.prepare('SELECT id, title FROM paper').all() as { id: string; title: string }[],
    histories: raw
      .prepare("SELECT key, value FROM keyv WHERE key LIKE '%:history' ORDER BY key")
      .all() as StoredDocument[],
    keyv: raw.prepare("SELECT key, value FROM keyv WHERE key NOT LIKE '%:history'").all() as StoredDocument[],
  };
  raw.close();
  return rows;
}

/** What is called sensitivity was a dial then. */
function asCalledNow({ dial, ...scope }: { dial?: unknown }) {
  return dial === undefined ? scope : { ...scope, sensitivity: dial };
}
