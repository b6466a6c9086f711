import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Database, openDatabase } from '#src/foundation/database/database.ts';
import { channelIn, toChannel } from '#src/outbox/destination.ts';
import { type Outbox, openOutbox } from '#src/outbox/outbox.ts';
import type { DoubtCheck } from '#src/outbox/post-states.ts';
import { type Fate, ModelDiscord } from './model-discord.ts';
import { anEntry, HOUR, MINUTE, NOON } from './some-posts.ts';

// c1 and c2 are text channels of two servers, c3 is a forum, where no nonce guards.
const CHANNELS = ['c1', 'c2', 'c3'];
const PAPERS = ['a', 'b', 'c', 'd', 'bad'];

type Crash = 'no' | 'before the call' | 'after the call';
type Step =
  | { do: 'promise'; channel: string; paper: string; mode: 'card' | 'digest'; in: number }
  | { do: 'send'; fate: Fate; crash: Crash }
  | { do: 'check'; fate: Fate; crash: Crash }
  | { do: 'wait'; ms: number }
  | { do: 'break' | 'mend' | 'blind' | 'see'; channel: string }
  | { do: 'set-clock'; by: number }
  | { do: 'chat'; channel: string; count: number }
  | { do: 'gather' }
  | { do: 'defer'; channel: string; paper: string };

const channel = fc.constantFrom(...CHANNELS);
const paper = fc.constantFrom(...PAPERS);
const fate = fc.constantFrom<Fate>('through', 'through', 'cut-before', 'cut-after', 'put-off');
const crash = fc.constantFrom<Crash>('no', 'no', 'no', 'before the call', 'after the call');
const mode = fc.constantFrom('card' as const, 'digest' as const);
const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({
      do: fc.constant('promise' as const),
      channel,
      paper,
      mode,
      in: fc.constantFrom(0, 0, MINUTE),
    }),
  },
  { weight: 5, arbitrary: fc.record({ do: fc.constant('send' as const), fate, crash }) },
  { weight: 4, arbitrary: fc.record({ do: fc.constant('check' as const), fate, crash }) },
  {
    weight: 3,
    arbitrary: fc.record({
      do: fc.constant('wait' as const),
      ms: fc.constantFrom(1000, 20_000, 50_000, 2 * MINUTE, HOUR),
    }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constantFrom('break' as const, 'mend' as const), channel }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constantFrom('blind' as const, 'see' as const), channel }) },
  {
    weight: 1,
    arbitrary: fc.record({
      do: fc.constant('set-clock' as const),
      by: fc.constantFrom(-HOUR, -30 * MINUTE, 30 * MINUTE, HOUR),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      do: fc.constant('chat' as const),
      channel,
      count: fc.constantFrom(1, 99, 150, 2300),
    }),
  },
  { weight: 1, arbitrary: fc.constant({ do: 'gather' as const }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('defer' as const), channel, paper }) },
);

// Long ones: trouble takes an entry, an attempt, an accident and a wait, in that order.
const manySteps = fc.array(step, { minLength: 20, maxLength: 80, size: 'max' });

/** The house around the outbox, as small as it can be. */
class World {
  readonly db: Database;
  readonly discord = new ModelDiscord(new Set(['bad']), NOON);
  outbox: Outbox;

  private constructor(db: Database, outbox: Outbox) {
    this.db = db;
    this.outbox = outbox;
  }

  static async open(): Promise<World> {
    const db = await openDatabase(':memory:');
    return new World(db, await openOutbox(db, NOON));
  }

  get now(): number {
    return this.discord.now;
  }

  async take(step: Step): Promise<void> {
    if (step.do === 'promise') await this.promise(step.channel, step.paper, step.mode, step.in);
    if (step.do === 'send') await this.send(step.fate, step.crash);
    if (step.do === 'check') await this.check(step.fate, step.crash);
    if (step.do === 'wait') this.wait(step.ms);
    if (step.do === 'break') this.discord.broken.add(step.channel);
    if (step.do === 'mend') await this.mend(step.channel);
    if (step.do === 'blind') this.discord.blind.add(step.channel);
    if (step.do === 'see') this.discord.blind.delete(step.channel);
    if (step.do === 'set-clock') this.discord.ahead += step.by;
    if (step.do === 'chat') this.discord.chat(step.channel, step.count);
    if (step.do === 'gather') while (await this.outbox.gather(this.now - 30 * MINUTE, this.now));
    if (step.do === 'defer') await this.outbox.defer(toChannel(step.channel), step.paper, this.now + MINUTE);
  }

  wait(ms: number): void {
    this.discord.time += ms;
    this.discord.tell();
  }

  async promise(channelId: string, paper: string, mode: 'card' | 'digest', inMs: number): Promise<void> {
    const serverId = channelId === 'c2' ? 's2' : 's1';
    await this.outbox.add(
      anEntry(paper, {
        serverId,
        destination: toChannel(channelId),
        mode,
        decidedAt: this.now,
        dueAt: this.now + inMs,
      }),
    );
  }

  async send(fate: Fate, crash: Crash): Promise<void> {
    for (const { serverId, destination, mode, entries } of await this.outbox.due(this.now, 2)) {
      const kind = destination === 'channel:c3' ? 'forum' : 'message';
      const papers = entries.map(({ paper }) => paper);
      await this.outbox.pack({ serverId, destination, kind }, mode, papers, this.now);
    }
    for (const { id } of await this.outbox.ready(this.now, 2)) await this.attempt(id, fate, crash, null);
  }

  async check(fate: Fate, crash: Crash): Promise<void> {
    for (const { post, check } of await this.outbox.unsettled(this.now, 3, this.discord.there())) {
      if (check.kind === 'resend') await this.attempt(post.id, fate, crash, check);
      else {
        const found = await this.discord.find(post.place, check, post);
        await this.outbox.settleReadBack(post.id, found, this.now);
      }
    }
  }

  async attempt(id: number, fate: Fate, crash: Crash, check: DoubtCheck | null): Promise<void> {
    const post = await this.outbox.attempt(id, this.now, this.discord.there());
    if (!post) return;
    const receipt = crash === 'before the call' ? null : this.discord.post(post, fate, check);
    if (crash === 'no' && receipt) await this.outbox.settle(id, receipt, this.now);
    else await this.restart();
  }

  async restart(): Promise<void> {
    this.outbox = await openOutbox(this.db, this.now);
    this.discord.connect();
  }

  async mend(channelId: string): Promise<void> {
    this.discord.broken.delete(channelId);
    await this.outbox.release(toChannel(channelId), this.now);
  }

  /** All is well again for some hours, and until nothing is left to do. */
  async finish(): Promise<void> {
    await this.restart();
    for (const channelId of CHANNELS) {
      this.discord.blind.delete(channelId);
      await this.mend(channelId);
    }
    for (let round = 0; round < 40 || (round < 400 && (await this.isAtWork())); round++) {
      this.wait(10 * MINUTE);
      await this.check('through', 'no');
      await this.send('through', 'no');
    }
  }

  async isAtWork(): Promise<boolean> {
    return Object.values(await this.outbox.backlog()).some((count) => count > 0);
  }

  /** How often a paper stands in a channel, for every pair that stands there. */
  shown(): Map<string, number> {
    const counts = new Map<string, number>();
    for (const { channelId, papers } of this.discord.messages)
      for (const paper of papers)
        counts.set(`${channelId} ${paper}`, (counts.get(`${channelId} ${paper}`) ?? 0) + 1);
    return counts;
  }
}

describe('whatever happens, in whatever order', () => {
  it('no paper is posted twice in a channel, and each queued one is posted or refused for its words', async () => {
    await fc.assert(
      fc.asyncProperty(manySteps, async (steps) => {
        const world = await World.open();
        for (const each of steps) {
          await world.take(each);
          expect([...world.shown()].filter(([, times]) => times > 1)).toEqual([]);
        }
        await world.finish();
        const shown = world.shown();
        const entry = await world.outbox.ledger({ limit: 100 });
        const ends = entry.map(({ destination, paper, state }) => [
          paper,
          state,
          shown.get(`${channelIn(destination)} ${paper}`) ?? 0,
        ]);
        expect(ends).toEqual(
          entry.map(({ paper }) => (paper === 'bad' ? [paper, 'refused', 0] : [paper, 'sent', 1])),
        );
      }),
      { numRuns: 150 },
    );
  });

  it('the ledger says sent for exactly what stands in the channel', async () => {
    await fc.assert(
      fc.asyncProperty(manySteps, async (steps) => {
        const world = await World.open();
        for (const each of steps) await world.take(each);
        const shown = world.shown();
        const said = (await world.outbox.ledger({ limit: 100 })).filter(({ state }) => state === 'sent');
        expect(
          said.filter(({ destination, paper }) => !shown.has(`${channelIn(destination)} ${paper}`)),
        ).toEqual([]);
      }),
      { numRuns: 60 },
    );
  });
});
