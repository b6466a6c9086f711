import { describe, expect, it } from 'vitest';
import type { Due } from '#src/outbox/due-entries.ts';
import { packDue, staysPacked } from '#src/pipeline/pack-due.ts';
import type { Subscription } from '#src/subscription/subscription.ts';
import { inEnglish } from '#src/wording/kept-phrase.ts';
import { DAY, MONDAY } from '#test/archive/some-papers.ts';
import { HOUR } from '#test/outbox/some-posts.ts';
import { DECIDED, inC, NOON, openCounter, why } from './some-deliveries.ts';

type Counter = Awaited<ReturnType<typeof openCounter>>;
const QUIET = { from: '11:30', to: '13:00', zone: 'UTC' };

/** Packs what is due in channel `c`; tells whether something was put off or taken back, and what is packed. */
async function pack(counter: Counter) {
  const [due] = await counter.outbox.due(counter.clock.now(), 9);
  const putOff = await packDue(counter.rooms, due as Due);
  return { putOff, posts: await counter.outbox.ready(counter.clock.now(), 9) };
}
const entryOf = async ({ outbox }: Counter, paper: string) => (await outbox.ledger({ paper, limit: 1 }))[0];

describe('what is due', () => {
  it('is packed as a card, of which nothing is put off', async () => {
    const counter = await openCounter();
    await counter.queue('a');
    const { putOff, posts } = await pack(counter);
    expect(putOff).toBe(false);
    expect(posts).toMatchObject([{ kind: 'card', papers: ['a'], steps: [], queuedAt: DECIDED }]);
    expect(posts[0].place).toEqual({ serverId: 's', destination: 'channel:c', kind: 'message' });
  });

  it.each(['digest', 'catch-up'] as const)(
    'as %s is one post for all of them, and a card for a single one',
    async (mode) => {
      for (const [papers, kind] of [
        [['a', 'b'], mode],
        [['a'], 'card'],
      ] as const) {
        const counter = await openCounter();
        for (const paper of papers) await counter.queue(paper, { mode });
        expect((await pack(counter)).posts).toMatchObject([{ kind, papers }]);
      }
    },
  );

  it('waits for the end of the quiet hours of who wants it: a card then comes in a digest', async () => {
    for (const [mode, later] of [
      ['card', 'digest'],
      ['catch-up', 'catch-up'],
    ] as const) {
      const counter = await openCounter({ subscriptions: [inC('s1', { quiet: QUIET })] });
      await counter.queue('a', { mode });
      expect(await pack(counter)).toEqual({ putOff: true, posts: [] });
      expect(await entryOf(counter, 'a')).toMatchObject({ mode: later, dueAt: NOON + HOUR });
    }
  });

  it('goes without what waits, and tells that something was put off', async () => {
    const subscriptions = [inC('s1'), inC('s2', { quiet: QUIET })];
    const counter = await openCounter({ subscriptions });
    await counter.queue('a', { mode: 'digest' });
    await counter.queue('b', { mode: 'digest', subscriptions: ['s2'] });
    const { putOff, posts } = await pack(counter);
    expect([putOff, posts.map(({ papers }) => papers)]).toEqual([true, [['a']]]);
  });

  it('is taken back where nobody wants it any more', async () => {
    const counter = await openCounter({ subscriptions: [] });
    await counter.queue('a');
    expect(await pack(counter)).toEqual({ putOff: true, posts: [] });
    const { state, reason, settledAt } = await entryOf(counter, 'a');
    expect([state, settledAt]).toEqual(['refused', NOON]);
    expect(inEnglish(reason ?? '')).toBe('no subscription of the channel wants it any more');
  });

  it('is put off to the next morning where the channel had its cards of today; a digest is not', async () => {
    const counter = await openCounter({ subscriptions: [inC('s1', { cap: 1 })] });
    await counter.queue('a');
    await counter.run();
    await counter.queue('b');
    expect(await pack(counter)).toEqual({ putOff: true, posts: [] });
    expect(await entryOf(counter, 'b')).toMatchObject({ dueAt: MONDAY + DAY + 9 * HOUR, mode: 'digest' });
    await counter.queue('d', { mode: 'digest' });
    await counter.queue('e', { mode: 'digest' });
    expect((await pack(counter)).posts).toHaveLength(1);
  });

  it('comes again where what the channel wants was changed while it was asked', async () => {
    const counter = await openCounter();
    await counter.queue('a');
    const askAgain: typeof counter.askAgain = async (entries) => {
      const answers = await counter.askAgain(entries);
      counter.put('s1', inC('s1', { cap: 3 }));
      return answers;
    };
    const [due] = await counter.outbox.due(NOON, 9);
    expect(await packDue({ ...counter.rooms, askAgain }, due)).toBe(true);
    expect(await counter.states()).toEqual(['a due']);
  });
});

describe('beside a post', () => {
  const steps = async (
    facts: Partial<Subscription>[],
    mode: 'card' | 'digest' | 'catch-up',
    papers: string[],
  ) => {
    const subscriptions = facts.map((one, n) => inC(`s${n}`, one));
    const counter = await openCounter({ subscriptions });
    for (const paper of papers)
      await counter.queue(paper, { mode, subscriptions: subscriptions.map(({ id }) => id) });
    const { posts } = await pack(counter);
    return posts.map(({ place, steps }) => [place.kind, ...steps]);
  };
  const thread = { place: 'thread' } as const;
  const publish = { publish: true } as const;

  it.each<[string, Partial<Subscription>[], 'card' | 'digest' | 'catch-up', string[], string[]]>([
    ['a card has a thread where one wants that', [{}, thread], 'card', ['a'], ['thread', 'thread']],
    ['a digest has none', [thread], 'digest', ['a', 'b'], ['message']],
    ['a digest of one paper has one', [thread], 'digest', ['a'], ['thread', 'thread']],
    [
      'a digest is published where one wants that',
      [{}, publish],
      'digest',
      ['a', 'b'],
      ['message', 'publish'],
    ],
    ['a digest of one paper is published', [publish], 'digest', ['a'], ['message', 'publish']],
    ['a catch-up is published', [publish], 'catch-up', ['a', 'b'], ['message', 'publish']],
    ['a card is not published', [publish], 'card', ['a'], ['message']],
    ['both are done to a digest of one', [thread, publish], 'digest', ['a'], ['thread', 'thread', 'publish']],
  ])('%s', async (_, facts, mode, papers, expected) => {
    expect(await steps(facts, mode, papers)).toEqual([expected]);
  });
});

describe('in a digest', () => {
  it('each subscription gives its best in turn, the oldest first, and that is kept with it', async () => {
    const subscriptions = [
      inC('new', { filter: 'ocean a OR ocean b', createdAt: 2 }),
      inC('old', { filter: 'ocean b', createdAt: 1 }),
    ];
    const counter = await openCounter({ subscriptions });
    const both = { mode: 'digest', subscriptions: ['new', 'old'] } as const;
    await counter.queue('a', {
      ...both,
      subscriptions: ['new'],
      score: 9,
      why: why({ filters: ['ocean a OR ocean b'] }),
    });
    await counter.queue('b', { ...both, why: why({ filters: ['ocean a OR ocean b', 'ocean b'] }) });
    const { posts } = await pack(counter);
    expect(posts[0].papers).toEqual(['b', 'a']);
    const told = await entryOf(counter, 'b');
    expect(told.subscriptions).toEqual(['old', 'new']);
    expect(told.why).toMatchObject({ filters: ['ocean b', 'ocean a OR ocean b'], asked: { kind: 'all' } });
  });

  it('is why it came: for who gives it, or as it was decided for him who gave it from the first', async () => {
    const subscriptions = [inC('new', { createdAt: 2 }), inC('old', { createdAt: 1, filter: 'a' })];
    const counter = await openCounter({ subscriptions });
    const news = { kind: 'new', at: 7 };
    const told = { why: why({ news, filters: ['ocean', 'a'] }), mode: 'digest' } as const;
    await counter.queue('a', { ...told, subscriptions: ['new', 'old'] });
    await counter.queue('b', { ...told, subscriptions: ['new', 'gone'] });
    await pack(counter);
    expect((await entryOf(counter, 'a')).why).toMatchObject({ news: { kind: 'new', at: MONDAY } });
    expect(await entryOf(counter, 'b')).toMatchObject({ why: { news }, subscriptions: ['new'] });
  });

  it('what was decided stays as it is where nothing was changed since', async () => {
    const counter = await openCounter();
    await counter.queue('a');
    await pack(counter);
    expect((await entryOf(counter, 'a')).why).toEqual(why());
  });

  it('stands who wants it now, by which words and why, where that was changed', async () => {
    const changed = inC('s1', { filter: 'a', since: DECIDED + 1 });
    const counter = await openCounter({ subscriptions: [changed] });
    await counter.queue('a');
    await pack(counter);
    expect((await entryOf(counter, 'a')).why).toMatchObject({
      ...{ filters: ['a'], news: { kind: 'new', at: MONDAY }, asked: { kind: 'all' } },
    });
  });

  it('nothing is told anew of what was decided from something that cannot be read', async () => {
    const counter = await openCounter({ subscriptions: [inC('other')] });
    await counter.queue('a', { why: 'odd' });
    await pack(counter);
    expect(await entryOf(counter, 'a')).toMatchObject({ why: 'odd', subscriptions: ['s1'], state: 'packed' });
  });
});

describe('a packed post', () => {
  const stays = async (counter: Counter, papers: string[] = ['a']) =>
    staysPacked(counter.rooms, await counter.packed(papers.length > 1 ? 'digest' : 'card', papers));

  it('stays as it is while those who want it are who was told', async () => {
    const counter = await openCounter({ subscriptions: [inC('s1'), inC('s2', { filter: 'a' })] });
    await counter.queue('a', { subscriptions: ['s2', 's1'], why: why({ filters: ['a', 'ocean'] }) });
    const isAsAsked = await stays(counter);
    expect(isAsAsked?.()).toBe(true);
    counter.put('s2', null);
    expect(isAsAsked?.()).toBe(false);
  });

  it('that is a word to moderators always does', async () => {
    const counter = await openCounter({ subscriptions: [] });
    const place = { serverId: 's', destination: 'channel:c', kind: 'message' } as const;
    const post = await counter.outbox.packNotice(place, 'key', 'text', NOON);
    if (!post) throw new Error('nothing to pack');
    expect((await staysPacked(counter.rooms, post))?.()).toBe(true);
  });

  it('that is an example goes while its subscription is in the channel as it was', async () => {
    const counter = await openCounter({ subscriptions: [inC('s1')] });
    const place = { serverId: 's', destination: 'channel:c', kind: 'message' } as const;
    const { post } = await counter.outbox.packExample(place, 'a', 's1', NOON);
    const isAsAsked = await staysPacked(counter.rooms, post);
    expect(isAsAsked?.()).toBe(true);
    counter.put('s1', null);
    expect(isAsAsked?.()).toBe(false);
    expect(await staysPacked(counter.rooms, post)).toBeNull();
    expect((await counter.outbox.post(post.id))?.state).toBe('dissolved');
  });

  it('whose reason cannot be read stays too', async () => {
    const counter = await openCounter({ subscriptions: [inC('other')] });
    await counter.queue('a', { why: 'odd' });
    expect((await stays(counter))?.()).toBe(true);
  });

  it.each<[string, Subscription[]]>([
    ['is wanted by another', [inC('other')]],
    ['is wanted by one less', [inC('s1')]],
    ['is wanted by other words', [inC('s1', { filter: 'a', since: DECIDED + 1 }), inC('s2')]],
    ['is wanted by nobody', []],
    ['has to wait', [inC('s1', { quiet: QUIET }), inC('s2', { quiet: QUIET })]],
  ])('is taken apart, and its papers asked anew, where it %s', async (_, subscriptions) => {
    const counter = await openCounter({ subscriptions });
    await counter.queue('a', { subscriptions: ['s1', 's2'] });
    expect(await stays(counter)).toBeNull();
    expect(await counter.states()).toEqual(['a due']);
  });

  it('is taken apart where only one of its papers is not wanted any more', async () => {
    const subscriptions = [inC('s1', { filter: 'a', since: DECIDED + 1 })];
    const counter = await openCounter({ subscriptions });
    await counter.queue('a', { why: why({ filters: ['a'] }) });
    expect(await stays(counter, ['a', 'b'])).toBeNull();
  });
});
