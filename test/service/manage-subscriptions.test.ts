import { ChannelType } from 'discord-api-types/v10';
import { beforeEach, describe, expect, it } from 'vitest';
import { sayPhrase, sayValue } from '#src/render/say.ts';
import type { SubscribeOrder } from '#src/service/subscribe-order.ts';
import { aSubscription } from '#test/builders/a-subscription.ts';
import { aDesk, anOrder, MODERATOR, NOBODYS, rightsOf, undoneBy } from './a-desk.ts';
import { NOON } from './a-library.ts';

const MINUTE = 60_000;
const DAY = 86_400_000;
const CHANNEL = { serverId: '1', destination: 'channel:5' } as const;
let desk: Awaited<ReturnType<typeof aDesk>>;
beforeEach(async () => {
  desk = await aDesk([{ title: 'Ocean waves', votes: 9 }, { title: 'Desert winds' }]);
});
const subscribe = (facts?: Partial<SubscribeOrder>, channel?: object) =>
  desk.subscribeChannel(anOrder(facts, channel));
const filters = () => desk.subscriptionStore.inServer('1').map(({ filter }) => filter);

describe('an order is refused, and nothing is saved,', () => {
  it.each<[what: string, order: Partial<SubscribeOrder>, channel: object, sentence: string]>([
    ['without anything to subscribe to', { keywords: '' }, {}, 'Say what to subscribe to: either `topic`'],
    ['with a topic and keywords', { topic: 'llm' }, {}, 'Say either `topic` or `keywords`, not both'],
    [
      'with a topic that is nearly one',
      { topic: 'lmm', keywords: '' },
      {},
      'There is no topic “lmm”. Did you mean `llm`? Start typing',
    ],
    [
      'with a topic that is far from any',
      { topic: 'zzzzzz', keywords: '' },
      {},
      'There is no topic “zzzzzz”. Start typing',
    ],
    ['with a filter that only excludes', { keywords: '-ocean' }, {}, 'This filter only says what you do not'],
    ['with a side that does', { keywords: 'ice OR -ocean' }, {}, 'One side of an OR here only says what'],
    ['for a voice channel', {}, { type: ChannelType.GuildVoice }, '<#5> is not a channel I can post in.'],
    [
      'where one permission is missing',
      {},
      { botPermissions: 1n },
      'Paperboy may not send messages in <#5>, so nothing is posted. Open Edit channel, Permissions, Paperboy; allow Send Messages. The channel’s settings deny Send Messages to @everyone. Nothing was saved.',
    ],
    [
      'where two are',
      {},
      { botPermissions: 0n },
      'Paperboy may not embed links in <#5>, and papers are embeds, so nothing is posted. Open Edit channel, Permissions, Paperboy; allow Send Messages and Embed Links. The channel’s settings deny Send Messages to @everyone. None of Paperboy’s roles has Embed Links. Nothing was saved.',
    ],
    ['with a role that is everybody', { role: { id: '1', mentionable: true } }, {}, 'mentions no @everyone'],
    ['in a direct message', { serverId: null }, {}, 'This works in a server only'],
    [
      'by a member',
      { rights: NOBODYS },
      {},
      'Integrations page lets use `/subscribe`, can do this. Ask a moderator',
    ],
    [
      'for a channel that the moderator does not see',
      { rights: rightsOf({ 5: 'viewChannel' }) },
      {},
      'This is about a channel that you cannot see',
    ],
    [
      'for one that is not theirs',
      { rights: rightsOf({ 5: 'manageChannels' }) },
      {},
      'You may not change what is posted in <#5>, because you do not have Manage Channels there.',
    ],
    [
      'for one in which they may not write',
      { rights: rightsOf({ 5: 'sendMessages' }) },
      {},
      'You may not change what is posted in <#5>, because you may not write there yourself: Send Messages is missing.',
    ],
  ])('%s', async (_, order, channel, sentence) => {
    await expect(subscribe(order, channel)).rejects.toThrow(sentence);
    expect(filters()).toEqual([]);
  });

  it('beyond as many as a channel takes, whatever others have', async () => {
    for (const keywords of ['ice', 'snow', 'rain']) await subscribe({ keywords });
    await expect(subscribe()).rejects.toThrow('This channel already has 3 subscriptions, the most there can');
    await subscribe({}, { id: '6' });
    expect(filters()).toHaveLength(4);
  });

  it('beyond as many as a server takes, in whatever channel', async () => {
    for (let n = 0; n < 30; n++) await subscribe({}, { id: String(10 + n) });
    await expect(subscribe()).rejects.toThrow(
      'This server already has 30 subscriptions, the most there can be. Remove one with `/subscriptions` first, or join two filters with OR.',
    );
    const [{ id }] = desk.subscriptionStore.inServer('1');
    const { undo } = await desk.removeSubscriptions({ ...MODERATOR, ids: [id] });
    await subscribe();
    await expect(desk.undoChange({ ...MODERATOR, key: undo ?? '' })).rejects.toThrow(
      'This server has no room for it: there can be 30 subscriptions in a server. Nothing was undone.',
    );
    expect(filters()).toHaveLength(30);
  });
});

describe('an order', () => {
  it.each([ChannelType.GuildText, ChannelType.GuildAnnouncement, ChannelType.GuildForum])(
    'is taken for a channel of type %i, also where nobody knows what the bot may do',
    async (type) => {
      await subscribe({}, { type, botPermissions: null });
      await subscribe({ keywords: 'ice' }, { type, botPermissions: 7n });
      expect(filters()).toEqual(['ocean', 'ice']);
    },
  );

  it('of a topic is saved by the topic’s name', async () => {
    await subscribe({ topic: 'Large Language Models', keywords: '' });
    expect(filters()).toEqual(['topic:llm']);
  });

  it('that is sent twice is one, and new for whoever made it a quarter of an hour ago at most', async () => {
    const [first, again] = [await subscribe(), await subscribe({ now: NOON + 15 * MINUTE })];
    expect([first.isOld, again.isOld]).toEqual([false, false]);
    expect((await subscribe({ now: NOON + 15 * MINUTE + 1 })).isOld).toBe(true);
    expect((await subscribe({ userId: 'other' })).isOld).toBe(true);
    expect([again.subscription.id, filters()]).toEqual([first.subscription.id, ['ocean']]);
  });

  it('of the same meaning on other terms, or of one that is paused, is refused with what is there', async () => {
    const { subscription } = await subscribe({ keywords: 'ocean -ice' });
    const there = '<#5> is subscribed to `ocean -ice` already';
    await expect(subscribe({ keywords: 'NOT ice AND ocean', what: 'early' })).rejects.toThrow(
      `${there}: every new paper, as they happen`,
    );
    await desk.setPaused({ ...MODERATOR, ids: [subscription.id], isPaused: true });
    await expect(subscribe({ keywords: 'ocean -ice' })).rejects.toThrow(`${there}, and paused: every new`);
  });

  it('is amber where something is to be known of it, and offers the filter as it was probably meant', async () => {
    const [plain, slip] = [await subscribe(), await subscribe({ keywords: 'desrt OR ice' })];
    expect([plain.isAmber, plain.correction]).toEqual([false, null]);
    expect([slip.isAmber, slip.correction?.label]).toEqual([true, 'Use desert']);
    expect(slip.correction?.customId).toMatch(/^correct:[\w-]{16}$/);
    expect(slip.backTest.hints.map(sayPhrase)[0]).toContain('desrt');
    const noted = await subscribe({ keywords: 'snow', publish: true });
    expect([noted.isAmber, noted.backTest.hints.map(sayPhrase)[0]]).toEqual([
      true,
      'Publishing needs an announcement channel, so it is left out.',
    ]);
  });

  it('of a category that hardly trends says so', async () => {
    const { backTest } = await subscribe({ keywords: 'cat:cs.RO', what: 'trending' });
    expect(backTest.hints.map(sayPhrase).at(-1)).toContain('of `cs.RO` none was in the last day.');
  });
});

describe('the list of subscriptions', () => {
  const list = (lacks: Parameters<typeof rightsOf>[0] = {}, page = 0) =>
    desk.listSubscriptions({ ...MODERATOR, rights: rightsOf(lacks), page });

  it('goes by channel and age, leaves out what the asker does not see, and counts that', async () => {
    await subscribe({ keywords: 'ice' }, { id: '6' });
    await subscribe();
    await desk.clock.advance(1000);
    await subscribe({ keywords: 'snow' });
    const told = async (lacks: Parameters<typeof rightsOf>[0]) => {
      const { items, total, hidden } = await list(lacks);
      return [items.map(({ filter, channelName }) => `${filter} in ${channelName}`), total, hidden];
    };
    const in5 = ['ocean in name of 5', 'snow in name of 5'];
    expect(await told({})).toEqual([[...in5, 'ice in name of 6'], 3, 0]);
    expect(await told({ 6: 'viewChannel' })).toEqual([in5, 2, 1]);
    expect(await told({ 6: 'manageChannels' })).toEqual([[...in5, 'ice in name of 6'], 3, 0]);
  });

  it('has ten on a page, and no more pages than there are', async () => {
    for (let n = 0; n < 12; n++) await subscribe({}, { id: String(10 + n) });
    const [first, beyond] = [await list(), await list({}, 7)];
    expect([first.items.length, first.page, first.total]).toEqual([10, 0, 12]);
    expect([beyond.items.map(({ channelId }) => channelId), beyond.page]).toEqual([['20', '21'], 1]);
  });

  it('asks of each channel once, and of the page alone what became of its papers, however many there are', async () => {
    const thousand = Array.from({ length: 1000 }, (_, n) =>
      aSubscription(`s${n}`, { serverId: '1', channelId: String(n % 50), filter: `f${n}` }),
    );
    await desk.subscriptionStore.putBack('1', 'mod', () => ({
      subscriptions: thousand.map((wanted) => ({ present: null, wanted })),
    }));
    const asked: string[] = [];
    const lacks = async (channelId: string) => {
      asked.push(channelId);
      return null;
    };
    const rights = { ...rightsOf({}), through: async () => ({ lacks }) };
    const { items, channels, total } = await desk.listSubscriptions({ ...MODERATOR, rights, page: 99 });
    expect([items.length, total, channels.size]).toEqual([10, 1000, 1]);
    expect(asked).toHaveLength(50);
  });

  it('tells of each channel when it had a post last, what is usual, and its week', async () => {
    await subscribe();
    await desk.clock.advance(30 * DAY);
    const now = NOON + 30 * DAY;
    const place = { ...CHANNEL, kind: 'message' } as const;
    const entry = {
      subscriptions: ['x'],
      why: {},
      score: 1,
      mode: 'card',
      decidedAt: now,
      dueAt: now,
    } as const;
    for (const paper of ['1', '2']) await desk.outbox.add({ ...CHANNEL, ...entry, paper });
    const post = await desk.outbox.pack(place, 'card', ['1'], now);
    await desk.outbox.attempt(post?.id ?? 0, now);
    const delivered = { kind: 'delivered', messageId: '1', channelId: '5' } as const;
    await desk.outbox.settle(post?.id ?? 0, delivered, now);
    const told = async (asker: object) =>
      (await desk.listSubscriptions({ ...MODERATOR, ...asker, page: 0 })).channels;
    expect((await told({ now })).get('5')).toEqual({
      lastPostAt: now,
      usual: 1,
      matched: 2,
      posted: 1,
      waiting: 1,
    });
    expect((await told({ now: NOON + 27 * DAY })).get('5')?.usual).toBeNull();
  });

  it('says where moderators could not be told of a trouble', async () => {
    await subscribe();
    await desk.outbox.hold(CHANNEL, { code: 'permission-missing', reason: 'closed' }, NOON);
    expect((await list()).isUntold).toBe(false);
    const trouble = {
      ...CHANNEL,
      code: 'permission-missing',
      reason: 'closed',
      since: NOON,
      last: null,
    } as const;
    await desk.outbox.episodes.begin(trouble);
    const [seen, unseen] = [await list(), await list({ 5: 'viewChannel' })];
    expect(seen.items[0].held && sayPhrase(seen.items[0].held.told)).toContain('closed');
    expect([seen.isUntold, unseen.isUntold]).toEqual([true, false]);
  });

  it.each(['subscriptions'])('is for moderators alone: /%s', async (command) => {
    const asker = { ...MODERATOR, rights: NOBODYS };
    const ids = ['x'];
    for (const asked of [
      desk.listSubscriptions({ ...asker, page: 0 }),
      desk.removeSubscriptions({ ...asker, ids }),
      desk.setPaused({ ...asker, ids, isPaused: true }),
      desk.showHistory({ ...asker, page: 0 }),
    ])
      await expect(asked).rejects.toThrow(`lets use \`/${command}\``);
  });
});

describe('removing and pausing', () => {
  it('tells what was done, what is gone, and how to take it back', async () => {
    const { subscription } = await subscribe();
    const removed = await desk.removeSubscriptions({ ...MODERATOR, ids: [subscription.id, 'x'] });
    expect(removed).toMatchObject({ what: 'removed', gone: 1, to: [{ channelId: '5', filter: 'ocean' }] });
    const again = await desk.removeSubscriptions({ ...MODERATOR, ids: [subscription.id] });
    expect([again.gone, again.to, again.undo]).toEqual([1, [], removed.undo]);
    const back = await undoneBy(desk.undoChange({ ...MODERATOR, key: removed.undo ?? '' }));
    expect([back.isDone, back.items[0].kind, filters()]).toEqual([false, 'back', ['ocean']]);
    expect((await undoneBy(desk.undoChange({ ...MODERATOR, key: removed.undo ?? '' }))).isDone).toBe(true);
  });

  it('does nothing to what is another server’s, or not the moderator’s to change', async () => {
    const { subscription } = await subscribe();
    const ids = [subscription.id];
    for (const asker of [{ ...MODERATOR, serverId: '2' }])
      await expect(desk.removeSubscriptions({ ...asker, ids })).rejects.toThrow('no longer there');
    const rights = rightsOf({ 5: 'manageChannels' });
    await expect(desk.setPaused({ ...MODERATOR, rights, ids, isPaused: true })).rejects.toThrow('<#5>');
    expect(desk.subscriptionStore.byId(ids[0])?.paused).toBeNull();
  });

  it('pauses and resumes, each with its word', async () => {
    const ids = [(await subscribe()).subscription.id];
    expect((await desk.setPaused({ ...MODERATOR, ids, isPaused: true })).what).toBe('paused');
    const { items } = await desk.listSubscriptions({ ...MODERATOR, page: 0 });
    expect(items[0].paused && sayValue(items[0].paused)).toBe('paused by a moderator');
    const { what, undo } = await desk.setPaused({ ...MODERATOR, ids, isPaused: false });
    expect([what, desk.subscriptionStore.byId(ids[0])?.paused]).toEqual(['resumed', null]);
    const undone = await undoneBy(desk.undoChange({ ...MODERATOR, key: undo ?? '' }));
    expect(undone.items.map(({ kind }) => kind)).toEqual(['paused']);
  });

  it.each([
    ['permission-missing', 'No moderator paused this, but Discord takes nothing in <#5>: '],
    ['channel-gone', 'The channel of this subscription was deleted, so it cannot run again.'],
  ] as const)('resumes nothing that Discord hinders: %s', async (code, sentence) => {
    const ids = [(await subscribe()).subscription.id];
    await desk.outbox.hold(CHANNEL, { code, reason: 'closed' }, NOON);
    await expect(desk.setPaused({ ...MODERATOR, ids, isPaused: false })).rejects.toThrow(sentence);
  });
});

describe('copying', () => {
  const target = (facts: object = {}) => anOrder({}, { id: '6', ...facts }).channel;
  const copy = (id: string, channel = target(), asker: object = {}) =>
    desk.copySubscription({ ...MODERATOR, ...asker, id, channel });
  const made = async (facts: Partial<SubscribeOrder> = {}, channel = {}) =>
    (await subscribe(facts, channel)).subscription.id;
  const copied = () => desk.subscriptionStore.inChannel('6');

  it('takes all that was decided, from now on, and says so once to whoever presses twice', async () => {
    const id = await made({ cap: 3, silent: true, until: '2027-01-31', quiet: '22-7', zone: 'Berlin' });
    const done = await copy(id);
    expect(done).toMatchObject({ what: 'copied', to: [{ channelId: '6', filter: 'ocean' }] });
    const from = desk.subscriptionStore.byId(id);
    const { what, when, cap, quiet, silent, until } = from ?? aSubscription('none');
    expect(copied()).toMatchObject([
      { what, when, cap, quiet, silent, until, createdBy: 'mod', paused: null },
    ]);
    expect((await copy(id)).undo).toBe(done.undo);
    expect(copied()).toHaveLength(1);
    await desk.undoChange({ ...MODERATOR, key: done.undo ?? '' });
    expect(copied()).toEqual([]);
  });

  it('copies a paused one to run', async () => {
    const id = await made();
    await desk.setPaused({ ...MODERATOR, ids: [id], isPaused: true });
    await copy(id);
    expect(copied()[0].paused).toBeNull();
  });

  it('takes back nothing that another made', async () => {
    const id = await made();
    await made({ userId: 'ana' }, { id: '6' });
    await expect(copy(id)).rejects.toThrow('<#6> is subscribed to `ocean` already: every new paper');
    expect(copied()).toHaveLength(1);
  });

  it('makes what a channel takes of it: posts in a forum, no publishing, no role that rings nobody', async () => {
    const role = { id: '9', mentionable: true };
    const id = await made({ publish: true, role }, { type: ChannelType.GuildAnnouncement });
    await copy(id, target({ type: ChannelType.GuildForum }));
    expect(copied()).toMatchObject([{ place: 'forum', publish: false, roleId: '9' }]);
    const mentionsAll = { byBot: true, byAsker: false };
    const done = await copy(id, target({ id: '7', mentionsAll }));
    expect(done.isWithoutRole).toBe(true);
    expect(desk.subscriptionStore.inChannel('7')).toMatchObject([{ place: 'message', roleId: null }]);
    await copy(id, target({ id: '8', mentionsAll: { byBot: true, byAsker: true } }));
    expect(desk.subscriptionStore.inChannel('8')).toMatchObject([{ roleId: '9' }]);
  });

  it.each<[string, object, object, string]>([
    [
      'where the bot may not post',
      { botPermissions: 1n },
      {},
      'Paperboy may not send messages in <#6>, so nothing is posted.',
    ],
    [
      'to what is no place for papers',
      { type: ChannelType.GuildVoice },
      {},
      'is not a channel I can post in',
    ],
    [
      'to a channel that the asker cannot see',
      {},
      { rights: rightsOf({ 6: 'viewChannel' }) },
      'you cannot see',
    ],
    ['from one that is not theirs', {}, { rights: rightsOf({ 5: 'sendMessages' }) }, 'You may not change'],
    ['by a member', {}, { rights: NOBODYS }, 'Integrations page lets use `/subscriptions`'],
  ])('is refused %s', async (_, channel, asker, sentence) => {
    const id = await made();
    await expect(copy(id, target(channel), asker)).rejects.toThrow(sentence);
    expect(copied()).toEqual([]);
  });
});

describe('what is offered while a subscription is typed', () => {
  const offered = async (asker: object) =>
    (await desk.proposeSubscriptions({ ...MODERATOR, ...asker, text: '' })).map(({ value }) => value);

  it('is the filters of what is seen; to others nothing', async () => {
    await desk.subscriptionStore.add(
      { serverId: '1', channelId: '5' },
      aSubscription('a'),
      'mod',
      () => undefined,
    );
    await subscribe({ keywords: 'ice' }, { id: '6' });
    await subscribe({ keywords: 'snow' }, { id: '7' });
    const rights = rightsOf({ 6: 'manageChannels', 7: 'viewChannel' });
    expect(await offered({ rights })).toEqual(['ocean', 'ice']);
    expect(await offered({ rights: NOBODYS })).toEqual([]);
    expect(await offered({ serverId: null })).toEqual([]);
  });
});
