import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { SubscriptionDraft } from '#src/subscription/subscription.ts';
import { buttonsOf, type Harness, inUtc, linesOf, openHarness, titleOf } from './harness.ts';
import { textOf } from './stage.ts';

const NOON = Date.parse('2026-03-10T12:00:00Z');

let harness: Harness;
let rooms: Record<'news' | 'forum' | 'readers', string>;
beforeAll(async () => {
  harness = await openHarness('2026-03-10T12:00:00Z', { SUBSCRIPTIONS_PER_CHANNEL: '2' });
  rooms = {
    news: harness.channelNamed('news', 'announcement'),
    forum: harness.channelNamed('forum', 'forum'),
    readers: harness.driver.createRole(harness.server, { ...{ name: 'readers', mentionable: true } }).id,
  };
  await harness.print({ title: 'Ocean waves' }, { title: 'Ocean tides', votes: 9 }, { title: 'Desert' });
});
/** Takes back everything, by the list. */
const clearAway = async () => {
  for (const { id } of harness.stored()) {
    await harness.remove(id);
  }
};
afterEach(clearAway);
afterAll(() => harness.close());

const NINE = { kind: 'daily', at: '09:00', zone: 'UTC' } as const;
const PLAIN: Omit<SubscriptionDraft, 'topic'> = {
  filter: 'ocean',
  what: { kind: 'trending', sensitivity: 'balanced' },
  when: { kind: 'now' },
  ...{
    cap: 10,
    quiet: null,
    roleId: null,
    mention: 'strict',
    place: 'message',
    silent: false,
    publish: false,
  },
};
const daily = (at: string, zone = 'UTC') => ({ kind: 'daily', at, zone }) as const;

describe('what is stored of /subscribe', () => {
  it.each<[Record<string, string | number | boolean>, Partial<SubscriptionDraft>]>([
    [{}, {}],
    [{ what: 'trending' }, {}],
    [{ what: 'sure' }, { what: { kind: 'trending', sensitivity: 'sure' } }],
    [{ what: 'strict' }, { what: { kind: 'trending', sensitivity: 'sure' } }],
    [{ what: 'everything rising' }, { what: { kind: 'trending', sensitivity: 'wide' } }],
    [{ sensitivity: 'early' }, { what: { kind: 'trending', sensitivity: 'early' } }],
    [{ what: 'newly trending', sensitivity: 'strict' }, { what: { kind: 'trending', sensitivity: 'sure' } }],
    [
      { what: 'best 3 a week' },
      { what: { kind: 'top', n: 3 }, when: { kind: 'weekly', weekday: 1, at: '09:00', zone: 'UTC' } },
    ],
    [{ what: 'wide' }, { what: { kind: 'trending', sensitivity: 'wide' } }],
    [{ what: 'about 3 a day' }, { what: { kind: 'trending', sensitivity: { perDay: 3 } } }],
    [{ what: 'all' }, { what: { kind: 'all' } }],
    [{ what: 'top 5' }, { what: { kind: 'top', n: 5 }, when: NINE }],
    [{ what: 'best 5 a day' }, { what: { kind: 'top', n: 5 }, when: NINE }],
    [{ when: 'as it happens' }, {}],
    [{ when: 'daily' }, { when: daily('09:00') }],
    [{ at: '17:30' }, { when: daily('17:30') }],
    [{ when: 'every day at 5:30 pm', zone: 'Munich' }, { when: daily('17:30', 'Europe/Berlin') }],
    [{ at: '９：００ o’clock in Mumbai' }, { when: daily('09:00', 'Asia/Kolkata') }],
    [{ when: 'daily', at: '7:05', zone: 'Europe/Berlin' }, { when: daily('07:05', 'Europe/Berlin') }],
    [{ when: 'weekly' }, { when: { kind: 'weekly', weekday: 1, at: '09:00', zone: 'UTC' } }],
    [
      { when: 'weekly friday', at: '18', zone: 'Asia/Tokyo' },
      { when: { kind: 'weekly', weekday: 5, at: '18:00', zone: 'Asia/Tokyo' } },
    ],
    [{ cap: 1 }, { cap: 1 }],
    [{ cap: 100 }, { cap: 100 }],
    [{ quiet: '10 pm – 7 am' }, { quiet: { from: '22:00', to: '07:00', zone: 'UTC' } }],
    [{ quiet: '22:00-07:00' }, { quiet: { from: '22:00', to: '07:00', zone: 'UTC' } }],
    [
      { quiet: '22:00-07:00', zone: 'Asia/Tokyo' },
      { quiet: { from: '22:00', to: '07:00', zone: 'Asia/Tokyo' } },
    ],
    [{ place: 'message' }, {}],
    [{ place: 'thread' }, { place: 'thread' }],
    [{ silent: true }, { silent: true }],
    [{ silent: false }, {}],
    [{ publish: true }, {}],
  ])('with %o is just that', async (options, draft) => {
    const answer = await harness.subscribe({ keywords: 'ocean', ...options });
    const { server: serverId, channel: channelId, moderator: createdBy } = harness;
    expect(harness.stored()).toMatchObject([
      { ...PLAIN, ...draft, serverId, channelId, createdBy, paused: null },
    ]);
    const [{ id, createdAt, since }] = harness.stored();
    expect(Math.abs(createdAt - NOON)).toBeLessThan(60_000);
    expect(since).toBe(createdAt);
    expect(JSON.stringify(answer.components)).toContain(`unsubscribe:${id}`);
    expect(textOf(answer).includes('Publishing needs an announcement channel, so it is left out.')).toBe(
      options.publish === true,
    );
  });

  it('keeps the role to mention, by its id', async () => {
    await harness.subscribe({ keywords: 'ocean', role: rooms.readers });
    expect(harness.stored()).toMatchObject([{ ...PLAIN, roleId: rooms.readers }]);
  });

  it('is about the channel that was picked, which may be an announcement channel or a forum', async () => {
    await harness.subscribe({ keywords: 'ocean', channel: rooms.news, publish: true });
    expect(harness.stored()).toMatchObject([{ ...PLAIN, channelId: rooms.news, publish: true }]);
    await clearAway();
    await harness.subscribe({ keywords: 'ocean', channel: rooms.forum, place: 'message' });
    expect(harness.stored()).toMatchObject([{ ...PLAIN, channelId: rooms.forum, place: 'forum' }]);
  });

  it('of a topic is the topic by its name, however it was typed', async () => {
    await harness.subscribe({ topic: 'Large Language Models' });
    expect(harness.stored()).toMatchObject([{ ...PLAIN, filter: 'topic:llm' }]);
  });
});

describe('the answer of /subscribe', () => {
  it('says where, by what filter, on what terms, what the last days would have brought, and the way back', async () => {
    const answer = await harness.subscribe({ keywords: 'ocean', what: 'all' });
    expect(answer.ephemeral).toBe(true);
    expect(titleOf(answer)).toBe('Subscribed');
    expect(linesOf(answer).map(inUtc)).toEqual([
      `<#${harness.channel}> gets papers that match \`ocean\``,
      'every new paper, as they happen, at most 10 cards a day (strict papers to 20), the rest in a digest',
      '',
      '**The last day: 2 papers.**',
      `- [**Ocean** waves](https://huggingface.co/papers/2603.00001) 2026-03-10 12:00`,
      `- [**Ocean** tides](https://huggingface.co/papers/2603.00002) 2026-03-10 12:00`,
      '-# Paperboy has read papers for 1 of the last 30 days.',
      '',
      'The next look is at 2027-01-01 00:00; a post is likely within 2 days.',
    ]);
    expect(buttonsOf(answer)).toEqual(['Post an example here', 'Undo', 'Edit', 'All subscriptions']);
  });

  it('shows all subscriptions at a press, and takes this one back at another', async () => {
    const answer = await harness.subscribe({ keywords: 'ocean' });
    const list = await harness.click(answer.id, 'All subscriptions');
    expect(titleOf(list)).toBe('1 subscription');
    const again = await harness.subscribe({ keywords: 'desert' });
    const undone = await harness.click(again.id, 'Undo');
    expect(textOf(undone)).toContain(
      'Taken back\nThe subscription is removed again. `/subscriptions` shows the others.',
    );
    expect(buttonsOf(undone)).toEqual([]);
    expect(harness.stored().map(({ filter }) => filter)).toEqual(['ocean']);
  });

  it('is the same when the same is asked again, and there is one subscription', async () => {
    const answer = await harness.subscribe({ keywords: 'ocean wave', silent: true });
    const [{ id }] = harness.stored();
    const asked = { keywords: 'ocean  wave', silent: true };
    const again = await Promise.all([harness.subscribe(asked), harness.subscribe(asked)]);
    for (const one of again) {
      expect(linesOf(one)).toEqual(linesOf(answer));
      expect(JSON.stringify(one.components)).toContain(`unsubscribe:${id}`);
    }
    expect(harness.stored()).toHaveLength(1);
    expect(harness.history().slice(-2)).not.toEqual(['added', 'added']);
  });

  it('refuses the same filter on other terms in the same channel, and says on which it is there', async () => {
    await harness.subscribe({ keywords: 'ocean', what: 'all' });
    const before = harness.stored();
    const already = (paused: string) =>
      `<#${harness.channel}> is subscribed to \`ocean\` already${paused}: every new paper, as they happen, at most 10 cards a day (strict papers to 20), the rest in a digest. Nothing was changed. \`/subscriptions\` edits, resumes or removes it.\n`;
    expect(await harness.subscribed({ keywords: 'ocean', what: 'all', cap: 3 })).toBe(already(''));
    expect(harness.stored()).toEqual(before);
    await harness.pause(before[0].id);
    expect(await harness.subscribed({ keywords: 'ocean', what: 'all' })).toBe(already(', and paused'));
    expect(await harness.subscribed({ keywords: 'ocean', channel: rooms.news })).toContain('Subscribed');
  });

  it('refuses more in one channel than the operator allows, and another channel is not concerned', async () => {
    await harness.subscribe({ keywords: 'ocean' });
    await harness.subscribe({ keywords: 'desert' });
    expect(await harness.subscribed({ keywords: 'ice' })).toBe(
      'This channel already has 2 subscriptions, the most there can be. Remove one with `/subscriptions` first, or join two filters with OR.\n',
    );
    expect(await harness.subscribed({ keywords: 'ice', channel: rooms.news })).toContain('Subscribed');
    expect(harness.stored()).toHaveLength(3);
  });
});

describe('options that do not go together', () => {
  const said = (options: Record<string, string | number | boolean>) =>
    harness.subscribed({ keywords: 'ocean', ...options });

  it.each<[Record<string, string | number | boolean>, string]>([
    [
      { when: 'as it happens', what: 'top 5' },
      'The best of a day are known when it is over, so `what:top 5` cannot come as it happens. Write `when:daily` to have them in a digest, or `what:newly trending` to have papers as they happen. Nothing was saved.\n',
    ],
    [
      { when: 'as it happens', at: '9' },
      '`at` is the hour of a digest, and `when:as it happens` has none. Write `when:daily 09:00` to have a digest, or leave `at` out. Nothing was saved.\n',
    ],
    [
      { quiet: '22:00-22:00' },
      'Quiet from 22:00 to 22:00 can mean no hour or all of them. Leave `quiet` out to have none; to stop posts for a while, use Pause in `/subscriptions`. Nothing was saved.\n',
    ],
    [
      { when: 'daily', zone: 'IST' },
      '“IST” is used in India, Ireland and Israel. Pick one: `zone:Kolkata`, `zone:Dublin` or `zone:Jerusalem`. Nothing was saved.\n',
    ],
    [
      { what: 'all early' },
      '`early` and `all` cannot both hold: a sensitivity is for newly trending papers, and there is one. Write `sensitivity:early` or `what:all`. Nothing was saved.\n',
    ],
    [
      { what: 'all new', sensitivity: 'early' },
      'A sensitivity is for newly trending papers, and `what:all new` brings others. Leave `sensitivity` out, or write `what:newly trending`. Nothing was saved.\n',
    ],
    [
      { what: 'strict', sensitivity: 'early' },
      'You named two sensitivities, `strict` in `what` and `early` in `sensitivity`. Leave one of them out. Nothing was saved.\n',
    ],
    [
      { when: 'hourly' },
      '“hourly” is not a time to post here: papers come as they happen, in a digest every day, or in one on one day of the week. Write `when:as it happens`, `when:daily` or `when:weekly friday`. Nothing was saved.\n',
    ],
  ])('are refused before anything is saved, with the ways to mend it: %o', async (options, sentence) => {
    expect(await said(options)).toBe(sentence);
    expect(harness.stored()).toEqual([]);
  });

  it('are named where they are harmless, under what will be done', async () => {
    const answer = await harness.subscribe({
      ...{
        keywords: 'ocean',
        when: 'daily',
        at: '9pm',
        cap: 3,
        place: 'thread',
        publish: true,
        silent: true,
      },
      ...{ role: rooms.readers, quiet: '20:00-22:00' },
    });
    expect(linesOf(answer)[1]).toBe(
      `newly trending papers, daily at 21:00 (UTC), quiet 20:00 to 22:00 (UTC) so that it comes at 22:00, mentions <@&${rooms.readers}> with strict papers, silent`,
    );
    for (const line of [
      'Publishing needs an announcement channel, so it is left out.',
      'A cap counts single cards, and here all papers come in a digest, so `cap` is left out.',
      'A digest is one message for all its papers, so threads are left out.',
      'Silent posts make no sound and send no push; members with the role see the mention when they look.',
    ])
      expect(linesOf(answer)).toContain(`-# ${line}`);
  });

  it('say nothing where all is meant, and show the zone by the name of today', async () => {
    const asked = { keywords: 'ocean', what: 'best 5', when: 'fridays 6 pm', zone: 'Asia/Calcutta' };
    const answer = await harness.subscribe(asked);
    expect(linesOf(answer)[1]).toBe('the best 5 of a week, on Friday at 18:00 (Asia/Kolkata)');
    expect(textOf(answer)).not.toMatch(/left out|UTC/);
    expect(harness.stored()).toMatchObject([
      { when: { kind: 'weekly', weekday: 5, at: '18:00', zone: 'Asia/Kolkata' } },
    ]);
  });
});

describe('what is offered while one types', () => {
  const values = async (...asked: Parameters<Harness['offered']>) =>
    (await harness.offered(...asked)).map(({ value }) => value);

  it('in topic begins with the topic of that name', async () => {
    expect((await values('subscribe', 'topic', 'llm'))[0]).toBe('llm');
  });

  it.each([
    ['when', '', ['as it happens', 'daily', 'weekly', 'weekly monday', 'weekly friday']],
    ['when', ' WEEKLY ', ['weekly', 'weekly monday', 'weekly friday']],
    ['when', 'never', []],
    ['sensitivity', 'a day', ['about 1 a day', 'about 3 a day', 'about 5 a day', 'about 10 a day']],
    ['sensitivity', 'about 7', ['about 7 a day']],
    ['sensitivity', 'ear', ['early']],
    ['what', 'best', ['5', '3', '10'].flatMap((n) => [`best ${n} a day`, `best ${n} a week`])],
    ['what', '7', ['best 7 a day', 'best 7 a week']],
    ['what', 'best 12 a w', ['best 12 a week']],
    ['keywords', 'desert oce', ['desert oce', 'desert ocean']],
    ['topic', 'zebra', []],
  ])('in %s at “%s” is what fits', async (option, text, offered) => {
    expect(await values('subscribe', option, text)).toEqual(offered);
  });

  it.each([
    ['what', ['newly trending', 'all new', 'best 5 a day', 'best 5 a week']],
    ['sensitivity', ['balanced', 'strict', 'early', 'everything rising', 'about 3 a day']],
  ])('in %s without a word is all that can be meant', async (option, all) => {
    expect(await values('subscribe', option, '')).toEqual(expect.arrayContaining(all));
    const offered = await harness.offered('subscribe', option, '');
    expect(offered.every(({ name, value }) => name === value)).toBe(true);
  });

  it('in zone has the time there, and blanks are as good as underscores', async () => {
    expect(await harness.offered('subscribe', 'zone', 'berlin')).toEqual([
      { name: 'Europe/Berlin · Hamburg, Munich · 13:00', value: 'Europe/Berlin' },
    ]);
    expect(await harness.offered('subscribe', 'zone', 'new york')).toEqual([
      { name: 'America/New_York · Brooklyn, Queens · 08:00', value: 'America/New_York' },
    ]);
    const [munich] = await harness.offered('subscribe', 'zone', 'munich');
    expect(munich).toEqual({ name: 'Europe/Berlin · Munich, Hamburg · 13:00', value: 'Europe/Berlin' });
    expect((await values('subscribe', 'zone', 'IST')).slice(0, 3)).toEqual([
      ...['Asia/Kolkata', 'Europe/Dublin', 'Asia/Jerusalem'],
    ]);
    const all = await values('subscribe', 'zone', '');
    expect([all[0], all.length]).toEqual(['UTC', 25]);
  });

  it('in topic is title and name; those whose name begins so stand first', async () => {
    expect((await harness.offered('subscribe', 'topic', 'Au')).slice(0, 2)).toEqual([
      { name: 'Autonomous driving (autonomous-driving)', value: 'autonomous-driving' },
      { name: 'Speech, audio and music (speech-audio)', value: 'speech-audio' },
    ]);
    expect(await values('trending', 'topic', 'language')).toEqual(
      expect.arrayContaining(['llm', 'vision-language']),
    );
    expect(await values('subscribe', 'topic', '')).toHaveLength(25);
  });
});
