import { describe, expect, it } from 'vitest';
import type { Post } from '#src/outbox/post.ts';
import { compose, digestView, entriesOfPost, noticeLetter } from '#src/pipeline/compose.ts';
import type { CardLetter, CatchUpLetter, DigestLetter } from '#src/pipeline/letter.ts';
import type { DigestView } from '#src/render/digest.ts';
import { inEnglish } from '#src/wording/kept-phrase.ts';
import { phrase, words } from '#src/wording/phrase.ts';
import { MONDAY } from '#test/archive/some-papers.ts';
import { aPaper } from '#test/builders/a-paper.ts';
import { DECIDED, inC, NOON, openCounter, why } from './some-deliveries.ts';
import { aGateway, textChannel } from './some-servers.ts';

const PLACE = { serverId: 's', destination: 'channel:c', kind: 'message' } as const;

describe('a card', () => {
  it('shows its paper, why it came, and the filters that matched, under the mark of its post', async () => {
    const counter = await openCounter();
    const post = await counter.packed('card', ['a']);
    const { letter, ...parcel } = await compose(counter, post);
    expect(letter).toEqual({
      ...{ kind: 'card', id: 'a', mark: post.mark, matched: ['ocean'] },
      shown: {
        paper: expect.objectContaining({ id: 'a', title: 'Ocean a' }),
        signals: expect.objectContaining({ votes: 9 }),
        page: 'https://huggingface.co/papers/a',
      },
      why: {
        news: { kind: 'new', at: MONDAY },
        beside: { votes: 9, asked: undefined, isWeekly: undefined, channel: '#c' },
      },
    });
    expect(parcel).toEqual({
      ...{ place: post.place, nonce: post.nonce, queuedAt: DECIDED, isPlain: false },
      ...{ mentions: [], isSilent: false },
    });
  });

  it('says by what was asked for why it came', async () => {
    const counter = await openCounter();
    await counter.queue('a', { why: why({ asked: { kind: 'top', n: 2 }, isWeekly: true }) });
    const post = await counter.packed('card', ['a']);
    const { why: reason } = (await compose(counter, post)).letter as CardLetter;
    expect(reason?.beside).toMatchObject({ asked: { kind: 'top', n: 2 }, isWeekly: true });
  });

  it('of a paper that is not kept any more shows its id alone', async () => {
    const counter = await openCounter();
    const post = await counter.packed('card', ['gone']);
    expect((await compose(counter, post)).letter).toEqual({
      ...{ kind: 'card', id: 'gone', shown: null, mark: post.mark },
    });
  });

  it('whose reason cannot be read goes without it', async () => {
    const counter = await openCounter();
    await counter.queue('a', { why: { filters: 3 } });
    const { letter } = await compose(counter, await counter.packed('card', ['a']));
    expect(letter).not.toHaveProperty('why');
    expect(letter).not.toHaveProperty('matched');
    expect(letter).toMatchObject({ kind: 'card', id: 'a' });
  });

  it('in a channel that is not known speaks of this channel', async () => {
    const counter = await openCounter({ servers: aGateway([]) });
    const { why: reason } = (await compose(counter, await counter.packed('card', ['a'])))
      .letter as CardLetter;
    expect(reason?.beside.channel).toEqual(phrase('channel.this'));
  });
});

describe('a digest', () => {
  it('lists its papers in their order, by the filters that gave them', async () => {
    const counter = await openCounter();
    await counter.queue('b', { mode: 'digest', why: why({ filters: ['waves', 'ocean'] }) });
    const post = await counter.packed('digest', ['b', 'a']);
    const { view } = (await compose(counter, post)).letter as DigestLetter;
    expect(view).toMatchObject({
      mark: post.mark,
      page: 0,
      items: [
        { paper: { id: 'b' }, signals: { votes: 8 }, matched: ['waves', 'ocean'] },
        { paper: { id: 'a' }, signals: { votes: 9 }, matched: ['ocean'] },
      ],
      groups: [
        { filter: 'waves', papers: ['b'] },
        { filter: 'ocean', papers: ['a'] },
      ],
    });
    expect(view.items[0].why).toMatchObject({ news: { kind: 'new', at: MONDAY }, beside: { votes: 8 } });
  });

  it('leaves out what is not kept any more, and shows without a reason what has none that can be read', async () => {
    const counter = await openCounter();
    await counter.queue('b', { mode: 'digest', why: 'odd' });
    const post = await counter.packed('digest', ['gone', 'b']);
    const { view } = (await compose(counter, post)).letter as DigestLetter;
    expect(view.items.map(({ paper }) => paper.id)).toEqual(['b']);
    expect(view.items[0]).not.toHaveProperty('why');
    expect(view.groups).toEqual([
      { filter: 'ocean', papers: ['gone'] },
      { filter: '', papers: ['b'] },
    ]);
  });

  it('shows passages on the page that is shown alone', async () => {
    const papers = Array.from({ length: 12 }, (_, n) =>
      aPaper(`p${n}`, { title: 'Title', abstract: 'Deep ocean currents.' }),
    );
    const ids = papers.map(({ id }) => id);
    const counter = await openCounter({ papers });
    const post = await counter.packed('digest', ids);
    const withPassage = ({ items }: DigestView) =>
      items.filter(({ passage }) => passage !== undefined).map(({ paper }) => paper.id);
    const { view } = (await compose(counter, post)).letter as DigestLetter;
    expect(withPassage(view)).toEqual(ids.slice(0, 10));
    const next = await digestView(counter, post, await entriesOfPost(counter.outbox, post), 1);
    expect([next.page, withPassage(next)]).toEqual([1, ids.slice(10)]);
  });

  it('that missed something is a catch-up, with the hours and why', async () => {
    const counter = await openCounter();
    const { letter } = await compose(counter, await counter.packed('catch-up', ['a', 'b']));
    expect(letter).toMatchObject({ kind: 'catch-up', facts: { papers: 2, channel: '#c', zone: 'UTC' } });
    expect(inEnglish((letter as CatchUpLetter).view.heading)).toBe(
      '2 March, 11:00 to 12:00 UTC · 2 papers missed',
    );
  });

  it('keeps the heading that it was posted with', async () => {
    const counter = await openCounter();
    const post: Post = {
      ...(await counter.packed('digest', ['a', 'b'])),
      note: phrase('paper.count', { n: 7 }),
    };
    const { view } = (await compose(counter, post)).letter as DigestLetter;
    expect(view.heading).toEqual(phrase('paper.count', { n: 7 }));
  });
});

describe('a word to moderators', () => {
  it('has its text, and the post that it asks about; it mentions nobody and rings', async () => {
    const role = inC('s1', { roleId: 'readers', silent: true });
    const counter = await openCounter({ subscriptions: [role] });
    const text = phrase('paper.count', { n: 3 });
    const post = await counter.outbox.packNotice(PLACE, 'key', text, NOON, 'nonce of another');
    if (!post) throw new Error('nothing to pack');
    const parcel = await compose(counter, post);
    expect(parcel.letter).toEqual({ kind: 'notice', text, mark: post.mark, about: 'nonce of another' });
    expect(parcel).toMatchObject({ mentions: [], isSilent: false });
    expect(noticeLetter({ note: null, mark: 'm', about: null }).text).toBe('');
  });
});

describe('an example', () => {
  const example = async (facts: Parameters<typeof inC>[1], paper = 'a') => {
    const servers = aGateway(undefined, { mention: () => 'rings' });
    const counter = await openCounter({ subscriptions: [inC('s1', facts)], servers });
    const { post } = await counter.outbox.packExample(PLACE, paper, 's1', NOON);
    return { counter, post, parcel: await compose(counter, post) };
  };

  it('looks as its subscription’s card will, and says that it is one; it mentions nobody', async () => {
    const { post, parcel } = await example({ roleId: 'readers', mention: 'every', silent: true });
    expect(parcel.letter).toMatchObject({
      ...{ kind: 'card', id: 'a', mark: post.mark, matched: ['ocean'], isExample: true },
      why: { news: { kind: 'new', at: MONDAY }, beside: { votes: 9, channel: '#c' } },
    });
    expect(parcel).toMatchObject({ mentions: [], isSilent: true, nonce: post.nonce });
  });

  it('whose subscription, or paper, is gone meanwhile is written all the same', async () => {
    const { counter, post } = await example({});
    counter.put('s1', null);
    expect((await compose(counter, post)).letter).toMatchObject({ matched: [], isExample: true });
    expect((await example({}, 'gone')).parcel.letter).toMatchObject({ shown: null, isExample: true });
  });

  it('is called after its paper where posts have names', async () => {
    const counter = await openCounter({ subscriptions: [inC('s1', { place: 'forum' })] });
    const { post } = await counter.outbox.packExample({ ...PLACE, kind: 'forum' }, 'a', 's1', NOON);
    expect((await compose(counter, post)).threadName).toEqual(words('Ocean a'));
  });
});

describe('whoever is told of a post is', () => {
  const told = async (
    facts: Parameters<typeof inC>[1][],
    mention: 'rings' | 'silent' | 'gone' | 'everyone',
  ) => {
    const subscriptions = facts.map((one, n) => inC(`s${n}`, { mention: 'every', ...one }));
    const servers = aGateway(undefined, { mention: () => mention });
    const counter = await openCounter({ subscriptions, servers });
    await counter.queue('a', { subscriptions: [...subscriptions.map(({ id }) => id), 'removed'] });
    const { mentions, isSilent } = await compose(counter, await counter.packed('card', ['a']));
    return { mentions, isSilent };
  };

  it('each role once that one of those who want it names', async () => {
    const roles = [{ roleId: 'r1' }, { roleId: 'r2' }, { roleId: 'r1' }, {}];
    expect(await told(roles, 'rings')).toEqual({ mentions: ['r1', 'r2'], isSilent: false });
    expect((await told(roles, 'silent')).mentions).toEqual(['r1', 'r2']);
  });

  it('with an alert only where its subscription wants every alert, or one ping an hour and there was none', async () => {
    const roles = (['strict', 'every', 'digests', 'hourly'] as const).map((mention) => ({
      ...{ roleId: mention, mention },
    }));
    const subscriptions = roles.map((one) => inC(one.mention, one));
    const counter = await openCounter({ subscriptions });
    const ids = subscriptions.map(({ id }) => id);
    await counter.queue('a', { subscriptions: ids });
    await counter.queue('b', { subscriptions: ids });
    const mentioned = async (post: Post) => (await compose(counter, post)).mentions;
    const first = await counter.packed('card', ['a']);
    expect(await mentioned(first)).toEqual(['every', 'hourly']);

    await counter.outbox.attempt(first.id, NOON);
    await counter.outbox.notePinged(first.id, NOON);
    expect(await mentioned(first)).toEqual(['every', 'hourly']);
    const second = await counter.packed('card', ['b']);
    expect(await mentioned(second)).toEqual(['every']);
    expect(await mentioned({ ...second, packedAt: NOON + 3_600_000 })).toEqual(['every', 'hourly']);

    counter.stillWanted.isStrict = async (paper) => paper === 'b';
    expect(await mentioned(second)).toEqual(['strict', 'every']);
    expect(await mentioned({ ...second, papers: ['a'] })).toEqual(['every']);
  });

  it.each(['gone', 'everyone'] as const)('no role that is %s', async (mention) => {
    expect((await told([{ roleId: 'r1' }], mention)).mentions).toEqual([]);
  });

  it('told without a sound only where all who want it say so', async () => {
    expect((await told([{ silent: true }, { silent: true }], 'rings')).isSilent).toBe(true);
    expect((await told([{ silent: true }, {}], 'rings')).isSilent).toBe(false);
    expect((await told([], 'rings')).isSilent).toBe(false);
  });
});

describe('a post in a forum', () => {
  const forum = (post: Post): Post => ({ ...post, place: { ...post.place, kind: 'forum' } });
  const servers = aGateway([textChannel('c', { tags: [{ id: 't', name: 'x' }] })]);

  it('is called like its paper, or by their number', async () => {
    const counter = await openCounter({ servers });
    expect(await compose(counter, forum(await counter.packed('card', ['a'])))).toMatchObject({
      ...{ threadName: words('Ocean a'), tagIds: [] },
    });
    const gone = forum(await counter.packed('card', ['gone']));
    expect((await compose(counter, gone)).threadName).toEqual(phrase('paper.count', { n: 1 }));
    const digest = forum(await counter.packed('digest', ['b', 'd']));
    expect((await compose(counter, digest)).threadName).toEqual(phrase('paper.count', { n: 2 }));
  });

  it('alone has a name and tags', async () => {
    const counter = await openCounter();
    const parcel = await compose(counter, await counter.packed('card', ['a']));
    expect(parcel).not.toHaveProperty('threadName');
    expect(parcel).not.toHaveProperty('tagIds');
  });
});
