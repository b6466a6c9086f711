import { closeSync, fdatasyncSync, mkdtempSync, openSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Database, openDatabase } from '#src/foundation/database/database.ts';
import { channelOfDestination, toChannel } from '#src/outbox/destination.ts';
import type { Due } from '#src/outbox/due-entries.ts';
import { type Outbox, openOutbox } from '#src/outbox/outbox.ts';
import { type BenchLine, type BenchOptions, heldBytes, median } from './bench.ts';

const NOW = Date.UTC(2026, 2, 2, 12);
/** What address.ts keeps with an entry. */
const WHY = {
  filters: ['diffusion OR "score matching"'],
  news: {
    kind: 'trending',
    trendEvent: {
      at: NOW,
      from: 1.5,
      score: 3.05,
      reason: { kind: 'votes', place: 2, papers: 40, votes: 34 },
    },
  },
  votes: 34,
};

/** What queueing, waiting and sending cost, in a file, with every transaction durable. */
export async function* run({ quick }: BenchOptions): AsyncIterable<BenchLine> {
  const folder = mkdtempSync(join(tmpdir(), 'paperboy-outbox-'));
  const db = await openDatabase(join(folder, 'outbox.db'));
  try {
    yield* adding(db, folder, quick ? 2000 : 40_000);
  } finally {
    await db.close();
    rmSync(folder, { recursive: true });
  }
}

async function* adding(db: Database, folder: string, channels: number): AsyncIterable<BenchLine> {
  const outbox = await openOutbox(db, NOW);
  const before = heldBytes();
  const rounds: Awaited<ReturnType<typeof entriesForAll>>[] = [];
  for (const paper of ['p1', 'p2', 'p3']) rounds.push(await entriesForAll(db, outbox, paper, channels));
  const cpu = median(rounds.map(({ cpu }) => cpu));
  const wall = median(rounds.map(({ wall }) => wall));
  const note = `one paper, ${channels} channels, one transaction; processor time is what others on the machine do not change`;
  yield {
    case: `promise to ${channels} channels`,
    metric: 'cpu_us_per_promise',
    value: cpu,
    goal: { max: 20 },
    note,
  };
  yield { case: `promise to ${channels} channels`, metric: 'ms', value: (wall * channels) / 1000 };

  const waiting = channels * 3;
  yield {
    case: `${waiting} waiting`,
    metric: 'held_MB',
    value: (heldBytes() - before) / 1e6,
    goal: { max: 5 },
  };
  const reads: number[] = [];
  for (let i = 0; i < 50; i++) reads.push(await timed(() => outbox.due(NOW, 50)));
  yield { case: `due(50) of ${waiting} waiting`, metric: 'ms_p50', value: median(reads), goal: { max: 5 } };
  yield {
    case: `backlog of ${waiting} waiting`,
    metric: 'ms',
    value: await timed(async () => outbox.backlog()),
  };
  yield* sending(outbox, folder);
}

async function* sending(outbox: Outbox, folder: string): AsyncIterable<BenchLine> {
  const took: number[] = [];
  for (let round = 0; round < 4; round++)
    for (const due of await outbox.due(NOW, 50)) took.push(await timed(() => send(outbox, due)));
  const floor = median(Array.from({ length: 50 }, () => oneSync(folder)));
  const note =
    'three transactions, of which the attempt is durable; floor: 4 KB and fdatasync on the same disk';
  yield { case: 'pack, attempt, settle', metric: 'ms_p50', value: median(took), rivals: { floor }, note };
}

async function send(outbox: Outbox, { serverId, destination, mode, entries }: Due): Promise<void> {
  const papers = entries.map(({ paper }) => paper);
  const post = await outbox.pack({ serverId, destination, kind: 'message' }, mode, papers, NOW);
  await outbox.attempt(post?.id ?? 0, NOW);
  await outbox.settle(
    post?.id ?? 0,
    { kind: 'delivered', messageId: '1', channelId: channelOfDestination({ destination }) },
    NOW,
  );
}

async function entriesForAll(
  db: Database,
  outbox: Outbox,
  paper: string,
  channels: number,
): Promise<{ cpu: number; wall: number }> {
  const cpuBefore = process.cpuUsage();
  const ms = await timed(() =>
    db.transaction(async () => {
      for (let i = 0; i < channels; i++) await entryFor(outbox, i, paper);
    }),
  );
  const { user, system } = process.cpuUsage(cpuBefore);
  return { cpu: (user + system) / channels, wall: (ms * 1000) / channels };
}

async function entryFor(outbox: Outbox, channel: number, paper: string): Promise<void> {
  const [serverId, channelId] = [snowflake(channel >> 2), snowflake(channel + 1e6)];
  const subscriptions = ['abc234'];
  const decided = { why: WHY, score: 3, mode: 'card', decidedAt: NOW, dueAt: NOW } as const;
  await outbox.add({ serverId, destination: toChannel(channelId), paper, subscriptions, ...decided });
}

/** Nineteen digits in no order, as Discord's ids of servers that joined at different times. */
function snowflake(n: number): string {
  return `11${String((n * 2_654_435_761) % 1e9).padStart(9, '0')}${String(n).padStart(8, '0')}`;
}

function oneSync(folder: string): number {
  const file = openSync(join(folder, 'floor'), 'w');
  const page = new Uint8Array(4096);
  const start = performance.now();
  writeSync(file, page);
  fdatasyncSync(file);
  const ms = performance.now() - start;
  closeSync(file);
  return ms;
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await work();
  return performance.now() - start;
}
