import { describe, expect, it } from 'vitest';
import { sayPhrase } from '#src/render/say.ts';
import { proposalsOf } from '#src/service/propose-subscriptions.ts';
import { subscriptionView, tellTerms } from '#src/service/tell-terms.ts';
import type { Lost } from '#src/subscription/lost.ts';
import type { Subscription, SubscriptionDraft } from '#src/subscription/subscription.ts';
import { phrase } from '#src/wording/phrase.ts';
import { aSubscription } from '#test/builders/a-subscription.ts';

const subscription = (draft: Partial<SubscriptionDraft> = {}): Subscription =>
  aSubscription('a1', { serverId: 's', channelId: 'c', ...draft });
const told = (draft: Partial<SubscriptionDraft>): string => sayPhrase(tellTerms(subscription(draft)));
const DIGEST = { kind: 'daily', at: '07:30', zone: 'Europe/Berlin' } as const;
const CAPPED = 'at most 10 cards a day (strict papers to 20), the rest in a digest';

describe('the terms of a subscription, as people read them', () => {
  it.each<[string, Partial<SubscriptionDraft>, string]>([
    ['nothing but a filter', {}, `newly trending papers, as they happen, ${CAPPED}`],
    [
      'strict',
      { what: { kind: 'trending', sensitivity: 'sure' } },
      `newly trending papers (strict), as they happen, ${CAPPED}`,
    ],
    [
      'early',
      { what: { kind: 'trending', sensitivity: 'early' } },
      `newly trending papers (early), as they happen, ${CAPPED}`,
    ],
    [
      'wide',
      { what: { kind: 'trending', sensitivity: 'wide' } },
      `newly trending papers (everything rising), as they happen, ${CAPPED}`,
    ],
    [
      'about so many a day',
      { what: { kind: 'trending', sensitivity: { perDay: 4 } } },
      `newly trending papers (about 4 a day over all topics), as they happen, ${CAPPED}`,
    ],
    ['all', { what: { kind: 'all' } }, `every new paper, as they happen, ${CAPPED}`],
    ['the best', { what: { kind: 'top', n: 1 } }, 'the best paper of a day, daily at 09:00 (UTC)'],
    ['the best five', { what: { kind: 'top', n: 5 } }, 'the best 5 of a day, daily at 09:00 (UTC)'],
    [
      'the best five at an hour',
      { what: { kind: 'top', n: 5 }, when: DIGEST },
      'the best 5 of a day, daily at 07:30 (Europe/Berlin)',
    ],
    [
      'the best five of a week',
      { what: { kind: 'top', n: 5 }, when: { ...DIGEST, kind: 'weekly', weekday: 1 } },
      'the best 5 of a week, on Monday at 07:30 (Europe/Berlin)',
    ],
    ['daily', { when: DIGEST }, 'newly trending papers, daily at 07:30 (Europe/Berlin)'],
    [
      'a cap of one',
      { cap: 1 },
      'newly trending papers, as they happen, at most 1 card a day (strict papers to 2), the rest in a digest',
    ],
    [
      'quiet hours',
      { quiet: { from: '22:00', to: '06:30', zone: 'Asia/Tokyo' } },
      `newly trending papers, as they happen, ${CAPPED}, quiet 22:00 to 06:30 (Asia/Tokyo)`,
    ],
    [
      'quiet hours that are none, as an earlier version stored them',
      { quiet: { from: '22:00', to: '22:00', zone: 'UTC' } },
      `newly trending papers, as they happen, ${CAPPED}`,
    ],
    [
      'quiet hours that put a digest off, under the old name of their zone',
      {
        ...{ when: { ...DIGEST, at: '23:00', zone: 'Asia/Calcutta' } },
        quiet: { from: '22:00', to: '06:30', zone: 'Asia/Kolkata' },
      },
      'newly trending papers, daily at 23:00 (Asia/Kolkata), quiet 22:00 to 06:30 (Asia/Kolkata) so that it comes at 06:30',
    ],
    [
      'some days of the week',
      { when: { ...DIGEST, weekdays: [1, 5] } },
      'newly trending papers, on Monday and Friday at 07:30 (Europe/Berlin)',
    ],
    ...[
      ['strict', ' with strict papers'],
      ['every', ''],
      ['digests', ' with digests'],
      ['hourly', ' once an hour at most'],
    ].map(
      ([mention, words]) =>
        [
          `a role, ${mention}`,
          { roleId: '77', mention },
          `newly trending papers, as they happen, ${CAPPED}, mentions <@&77>${words}`,
        ] as [string, Partial<Subscription>, string],
    ),
    [
      'threads',
      { place: 'thread' },
      `newly trending papers, as they happen, ${CAPPED}, a thread for each paper`,
    ],
    [
      'a forum',
      { place: 'forum' },
      `newly trending papers, as they happen, ${CAPPED}, a forum post for each paper`,
    ],
    [
      'a forum and digests',
      { place: 'forum', when: DIGEST },
      'newly trending papers, daily at 07:30 (Europe/Berlin), a forum post for each digest',
    ],
    ['silence', { silent: true }, `newly trending papers, as they happen, ${CAPPED}, silent`],
    ['publishing', { publish: true }, `newly trending papers, as they happen, ${CAPPED}, digests published`],
  ])('with %s', (_, draft, sentence) => {
    expect(told(draft)).toBe(sentence);
  });

  it.each([
    [1, 'Monday'],
    [2, 'Tuesday'],
    [3, 'Wednesday'],
    [4, 'Thursday'],
    [5, 'Friday'],
    [6, 'Saturday'],
    [7, 'Sunday'],
  ])('with a digest on weekday %i name %s', (weekday, name) => {
    expect(told({ when: { kind: 'weekly', weekday, at: '18:00', zone: 'UTC' } })).toBe(
      `newly trending papers, on ${name} at 18:00 (UTC)`,
    );
  });

  it.each([
    ['in the same zone', { from: '22:00', to: '08:00', zone: 'Europe/Berlin' }, ' so that it comes at 08:00'],
    ['that end just then', { from: '22:00', to: '07:30', zone: 'Europe/Berlin' }, ''],
    [
      'that begin just then',
      { from: '07:30', to: '12:00', zone: 'Europe/Berlin' },
      ' so that it comes at 12:00',
    ],
    ['in another zone', { from: '22:00', to: '08:00', zone: 'Asia/Tokyo' }, ''],
  ])('with a digest and quiet hours %s', (_, quiet, putOff) => {
    expect(told({ when: DIGEST, quiet })).toBe(
      `newly trending papers, daily at 07:30 (Europe/Berlin), quiet ${quiet.from} to ${quiet.to} (${quiet.zone})${putOff}`,
    );
  });

  it('leave out a role that a mention does not reach', () => {
    const lost = [{ kind: 'role', roleId: '77', mention: 'gone' } as const];
    expect(sayPhrase(tellTerms(subscription({ roleId: '77' }), lost))).not.toContain('mentions');
  });

  it('stand in one order, whatever was chosen', () => {
    expect(
      told({
        ...{ what: { kind: 'all' }, cap: 3, quiet: { from: '22:00', to: '07:00', zone: 'UTC' } },
        ...{ roleId: '77', place: 'thread', silent: true, publish: true },
      }),
    ).toBe(
      'every new paper, as they happen, at most 3 cards a day (strict papers to 6), the rest in a digest, quiet 22:00 to 07:00 (UTC), mentions <@&77> with strict papers, a thread for each paper, silent, digests published',
    );
  });
});

describe('a subscription as it stands in the list', () => {
  const paused = { reason: phrase('subscriptions.pausedByModerator'), at: 5 };
  const held = (code: 'channel-gone' | 'permission') =>
    ({ serverId: 's', channelId: 'c', code, reason: 'it lacks: Send Messages' }) as never;
  const view = (...args: [Subscription, never | null]) => {
    const { paused: why, held: hold } = subscriptionView(args[0], args[1], []);
    return [why, hold?.told].map((one) => (one ? sayPhrase(one) : null));
  };

  it('is paused by a moderator, by what Discord hinders, or by nobody', () => {
    const lacks = 'it lacks: Send Messages. It runs again by itself as soon as that is mended';
    expect(view(subscription(), null)).toEqual([null, null]);
    expect(view({ ...subscription(), paused }, null)).toEqual(['paused by a moderator', null]);
    expect(view(subscription(), held('permission'))).toEqual([null, lacks]);
    expect(view({ ...subscription(), paused }, held('permission'))).toEqual(['paused by a moderator', lacks]);
    expect(view(subscription(), held('channel-gone'))).toEqual([
      null,
      'the channel was deleted; nothing more is posted for it',
    ]);
  });

  it('is told with the end of its pause', () => {
    const until = Date.UTC(2026, 2, 10, 9);
    expect(view({ ...subscription(), paused: { ...paused, until } }, null)[0]).toBe(
      'paused by a moderator until <t:1773133200:f>',
    );
  });

  it.each<[Lost, string]>([
    [
      { kind: 'filter', problem: phrase('filter.matchesNothing') },
      'Its filter cannot be read any more, so nothing matches it: This filter can match nothing',
    ],
    [{ kind: 'zone', zone: 'Atlantis/Deep' }, 'There is no time zone “Atlantis/Deep” any more, so nothing'],
    [{ kind: 'role', roleId: '77', mention: 'everyone' }, 'It names @everyone, whom Paperboy'],
    [{ kind: 'role', roleId: '77', mention: 'gone' }, 'Its role was deleted, so its posts mention nobody.'],
    [{ kind: 'role', roleId: '77', mention: 'silent' }, 'A mention of <@&77> notifies nobody'],
  ])('tells what of it is lost: %j', (lost, sentence) => {
    expect(subscriptionView(subscription(), null, [lost]).lost.map(sayPhrase).join()).toContain(sentence);
  });

  it('mentions a role whatever else is lost of it', () => {
    const lost = [{ kind: 'zone', zone: 'Atlantis/Deep' } as const];
    expect(sayPhrase(tellTerms(subscription({ roleId: '77' }), lost))).toContain('mentions <@&77>');
  });
});

it('is proposed by the hour at which it comes', () => {
  const best = subscription({ what: { kind: 'top', n: 3 } });
  const some = subscription({ when: { ...DIGEST, weekdays: [1, 5] } });
  const wanted = { text: '', channelName: () => 'papers' };
  expect(proposalsOf([best, some], wanted).map(({ name }) => name)).toEqual([
    '#papers · ocean · best 3, daily 09:00',
    '#papers · ocean · Monday, Friday 07:30',
  ]);
});
