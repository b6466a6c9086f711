import { describe, expect, it } from 'vitest';
import { FatalError } from '#src/foundation/failure.ts';
import { createSceneClock } from '#src/foundation/scene-clock.ts';
import { channelOfDestination, toChannel } from '#src/outbox/destination.ts';
import type { Outbox } from '#src/outbox/outbox.ts';
import type { ReadBack, Receipt } from '#src/outbox/receipt.ts';
import { createDelivery } from '#src/pipeline/deliver.ts';
import type { Parcel } from '#src/pipeline/postman.ts';
import { MINUTE } from '#test/archive/some-papers.ts';
import { aPaper } from '#test/builders/a-paper.ts';
import { untilAllWait } from '#test/fakes/held-writer.ts';
import { inC, NOON, openCounter } from './some-deliveries.ts';
import { aGateway, textChannel } from './some-servers.ts';

const PAPERS = ['a', 'b', 'd', 'e'].map((id) => aPaper(id, { title: `Ocean ${id}` }));
const servers = aGateway(['c', 'x', 'staff'].map((id) => textChannel(id)));
const inX = inC('x1', { channelId: 'x' });
const toX = { destination: toChannel('x'), subscriptions: ['x1'] } as const;
const open = () => openCounter({ subscriptions: [inC('s1'), inX], papers: PAPERS, servers });
type Counter = Awaited<ReturnType<typeof open>>;

const idOf = ({ letter }: Parcel) => (letter.kind === 'card' ? letter.id : letter.kind);
const placesOf = ({ posted }: Counter) =>
  posted.map((parcel) => `${channelOfDestination(parcel.place)} ${idOf(parcel)}`);

/** Discord answers nothing until it is let go. */
function heldUp(counter: Counter) {
  const { promise, resolve } = Promise.withResolvers<void>();
  const { post } = counter.postman;
  const postman = {
    ...counter.postman,
    post: async (parcel: Parcel): Promise<Receipt> => {
      const receipt = await post(parcel);
      await promise;
      return receipt;
    },
  };
  return { postman, release: resolve };
}

describe('a run of the delivery', () => {
  it('sends all that is due, and nothing before its time', async () => {
    const counter = await open();
    await counter.queue('a');
    await counter.queue('b', { dueAt: NOON + 1 });
    await counter.queue('d', toX);
    await counter.run();
    expect(placesOf(counter).sort()).toEqual(['c a', 'x d']);
    expect(await counter.states()).toEqual(['a sent', 'b waiting', 'd sent']);
  });

  it('has one post of a channel in hand, and one of each channel at the same time', async () => {
    const counter = await open();
    for (const paper of ['a', 'b']) await counter.queue(paper);
    await counter.queue('d', toX);
    const { postman, release } = heldUp(counter);
    const run = counter.run({ postman });
    await untilAllWait();
    expect(placesOf(counter).sort()).toEqual(['c a', 'x d']);
    release();
    await run;
    expect(placesOf(counter).at(-1)).toBe('c b');
  });

  it('has one word to moderators of a room in hand too, whatever else is done meanwhile', async () => {
    const counter = await open();
    const staff = { serverId: 's', destination: toChannel('staff'), kind: 'message' } as const;
    for (const key of ['one', 'two']) await counter.outbox.packNotice(staff, key, key, NOON);
    await counter.queue('d', toX);
    const { postman, release } = heldUp(counter);
    const post = (parcel: Parcel) => (idOf(parcel) === 'notice' ? postman : counter.postman).post(parcel);
    const run = counter.run({ postman: { ...postman, post } });
    await untilAllWait();
    await untilAllWait();
    expect(placesOf(counter).sort()).toEqual(['staff notice', 'x d']);
    release();
    await run;
    expect(placesOf(counter)).toHaveLength(3);
  });

  it('is joined by whoever asks for one meanwhile', async () => {
    const counter = await open();
    await counter.queue('a');
    const { postman, release } = heldUp(counter);
    const { run } = createDelivery({ ...counter.rooms, postman });
    const first = run();
    expect(run()).toBe(first);
    release();
    await first;
    await counter.queue('b');
    expect(run()).not.toBe(first);
    await run();
    expect(counter.posted).toHaveLength(2);
  });

  it('gathers what was due for more than half an hour into one digest of its channel', async () => {
    for (const [ms, expected] of [
      [30 * MINUTE + 1, ['c catch-up']],
      [30 * MINUTE, ['c a', 'c b']],
    ] as const) {
      const counter = await open();
      for (const paper of ['a', 'b']) await counter.queue(paper, { decidedAt: NOON - ms, dueAt: NOON - ms });
      await counter.run();
      expect(placesOf(counter)).toEqual(expected);
    }
  });

  it('misses nothing for half an hour that a scene makes of half a second', async () => {
    const counter = await open();
    for (const paper of ['a', 'b']) await counter.queue(paper, { decidedAt: NOON });
    const scene = createSceneClock({ startsAt: NOON, speed: 3600, base: counter.clock });
    await counter.clock.advance(1000);
    await counter.run({ clock: scene });
    expect(placesOf(counter)).toEqual(['c a', 'c b']);
  });

  it('does what is left to do to a post before the next post of its channel', async () => {
    const counter = await openCounter({
      subscriptions: [inC('s1', { place: 'thread' })],
      papers: PAPERS,
      servers,
    });
    const { post } = counter.postman;
    const postman = {
      ...counter.postman,
      post: async (parcel: Parcel) => {
        counter.did.push(`post ${idOf(parcel)}`);
        return post(parcel);
      },
    };
    for (const paper of ['a', 'b']) await counter.queue(paper);
    await counter.run({ postman });
    expect(counter.did).toEqual(['post a', 'thread m', 'post b', 'thread m']);
  });

  it('goes on as long as moderators are told of what began in it', async () => {
    const counter = await open();
    const left = ['a', 'b'];
    const notifyBegun = async () => {
      const paper = left.shift();
      if (paper) await counter.queue(paper);
      return paper !== undefined;
    };
    await counter.run({ notifyBegun });
    expect(placesOf(counter)).toEqual(['c a', 'c b']);
  });

  it('sends what comes after a paper that nobody wants any more, and after one that waits', async () => {
    const counter = await open();
    await counter.queue('a', {
      why: { ...{ filters: ['gone'], news: { kind: 'new', at: 0 } } },
      subscriptions: ['gone'],
    });
    counter.put('s1', inC('s1', { filter: 'ocean b', since: NOON }));
    await counter.queue('b');
    await counter.run();
    expect(placesOf(counter)).toEqual(['c b']);
  });
});

describe('a run in which something is wrong that concerns everybody', () => {
  const broken = (counter: Counter, paper: string) => ({
    ...counter.postman,
    post: async (parcel: Parcel) => {
      if (idOf(parcel) === paper) throw new FatalError(`no ${paper}`);
      return counter.postman.post(parcel);
    },
  });

  it('ends with it', async () => {
    const counter = await open();
    await counter.queue('a');
    await expect(counter.run({ postman: broken(counter, 'a') })).rejects.toThrow('no a');
  });

  it('is no matter of the next', async () => {
    const counter = await open();
    await counter.queue('a');
    const delivery = createDelivery({ ...counter.rooms, postman: broken(counter, 'a') });
    await expect(delivery.run()).rejects.toThrow('no a');
    await counter.queue('d', toX);
    await delivery.run();
    expect(placesOf(counter)).toEqual(['x d']);
  });
});

describe('a stop', () => {
  it('lets the run finish what is in hand, and take nothing new', async () => {
    const counter = await open();
    for (const paper of ['a', 'b']) await counter.queue(paper);
    const { postman, release } = heldUp(counter);
    const delivery = createDelivery({ ...counter.rooms, postman });
    const run = delivery.run();
    await untilAllWait();
    delivery.stop();
    release();
    await run;
    expect(await counter.states()).toEqual(['a sent', 'b due']);
    await delivery.run();
    expect(placesOf(counter)).toEqual(['c a']);
  });

  it.each(['unsettled', 'steps', 'ready'] as const)(
    'while it is asked what there is (%s) takes none of it',
    async (name) => {
      const counter = await openCounter({
        subscriptions: [inC('s1', { place: 'thread' })],
        papers: PAPERS,
        servers,
      });
      const { id } = await counter.packed('card', ['a'], ['thread']);
      if (name !== 'ready') {
        await counter.outbox.attempt(id, NOON);
        const outcome: Receipt =
          name === 'steps'
            ? { kind: 'delivered', messageId: 'm', channelId: 'c' }
            : { kind: 'unknown', reason: 'x' };
        await counter.outbox.settle(id, outcome, NOON);
        await counter.clock.advance(MINUTE);
      }
      const stopping: Partial<Outbox> = {
        [name]: async (...asked: [never, never]) => {
          const found = await counter.outbox[name](...asked);
          if (found.length > 0) delivery.stop();
          return found;
        },
      };
      const delivery = createDelivery({ ...counter.rooms, outbox: { ...counter.outbox, ...stopping } });
      await delivery.run();
      expect([counter.posted, counter.did]).toEqual([[], []]);
    },
  );
});

describe('posts in doubt', () => {
  /** In each of these channels a post that may have arrived, whose nonce guards it no longer. */
  async function doubted(channels: readonly string[], serverOf = (_: string) => 's') {
    const counter = await openCounter({
      subscriptions: channels.map((id) => inC(id, { channelId: id, serverId: serverOf(id) })),
      papers: PAPERS,
      servers: aGateway(channels.map((id) => textChannel(id))),
    });
    for (const channel of channels) {
      const at = { serverId: serverOf(channel), destination: toChannel(channel), kind: 'message' } as const;
      await counter.queue('a', { ...at, subscriptions: [channel] });
      const post = await counter.outbox.pack(at, 'card', ['a'], NOON);
      await counter.outbox.attempt(post?.id ?? 0, NOON);
      await counter.outbox.settle(post?.id ?? 0, { kind: 'unknown', reason: 'time-out' }, NOON);
    }
    await counter.clock.advance(10 * MINUTE);
    const sought: string[] = [];
    const { promise, resolve } = Promise.withResolvers<void>();
    const find = async (place: Parcel['place']): Promise<ReadBack> => {
      sought.push(channelOfDestination(place));
      await promise;
      return { kind: 'found', messageId: 'm', channelId: channelOfDestination(place) };
    };
    return { ...counter, sought, release: resolve, postman: { ...counter.postman, find } };
  }

  it('are looked for one after the other in a server, and in other servers at the same time', async () => {
    const counter = await doubted(['c1', 'c2', 'd1'], (id) => `server ${id[0]}`);
    const run = counter.run({ postman: counter.postman });
    await untilAllWait();
    expect(counter.sought.toSorted()).toEqual(['c1', 'd1']);
    counter.release();
    await counter.clock.settle(run);
    expect(counter.sought.toSorted()).toEqual(['c1', 'c2', 'd1']);
    expect(counter.posted).toEqual([]);
  });

  it('are looked for in eight servers at once', async () => {
    const channels = Array.from({ length: 10 }, (_, n) => `c${n}`);
    const counter = await doubted(channels, (id) => `server of ${id}`);
    const run = counter.run({ postman: counter.postman });
    await untilAllWait();
    expect(counter.sought).toHaveLength(8);
    counter.release();
    await counter.clock.settle(run);
    expect(counter.sought).toHaveLength(10);
  });

  it('hold up nothing that falls due while they are looked for', async () => {
    const counter = await doubted(['c1', 'd1'], (id) => `server ${id[0]}`);
    await counter.outbox.settleReadBack(2, { kind: 'found', messageId: 'm', channelId: 'd1' }, NOON);
    const run = counter.run({ postman: counter.postman });
    await untilAllWait();
    await counter.queue('b', { serverId: 'server d', destination: toChannel('d1'), subscriptions: ['d1'] });
    await counter.clock.advance(1000);
    await untilAllWait();
    expect(counter.posted.map(idOf)).toEqual(['b']);
    counter.release();
    await counter.clock.settle(run);
  });

  it('whose nonce still guards them go again, with the same', async () => {
    const counter = await open();
    const post = await counter.packed('card', ['a']);
    await counter.outbox.attempt(post.id, NOON, { from: NOON, until: NOON });
    await counter.outbox.settle(post.id, { kind: 'unknown', reason: 'time-out' }, NOON);
    await counter.clock.advance(MINUTE);
    await counter.run();
    expect(counter.posted).toMatchObject([{ nonce: post.nonce, sendBefore: NOON + 2 * MINUTE }]);
    expect(await counter.states()).toEqual(['a sent']);
  });
});
