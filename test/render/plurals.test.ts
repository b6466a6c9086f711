import { describe, expect, it } from 'vitest';
import { FIGURE_NAMES, FIGURES, recordOf } from '#src/paper/figures.ts';
import { catchUpHeading, catchUpLine, digestHeading, missedBecause } from '#src/render/digest-heading.ts';
import { doubtNotice } from '#src/render/doubt-notice.ts';
import { editedMessage, testMessage } from '#src/render/filter-page.ts';
import { foundMessage, notFound } from '#src/render/find-page.ts';
import { figureLine } from '#src/render/paper-card.ts';
import { digestLine } from '#src/render/push-line.ts';
import { tellTrend } from '#src/render/reason.ts';
import { say, sayPhrase } from '#src/render/say.ts';
import { searchMessage } from '#src/render/search-page.ts';
import { statusMessage } from '#src/render/status-page.ts';
import { subscriptionsMessage } from '#src/render/subscription-list.ts';
import { subscribedMessage } from '#src/render/subscription-page.ts';
import { trendingMessage } from '#src/render/trending-page.ts';
import { whyMessage } from '#src/render/why-page.ts';
import { tellAsked } from '#src/service/tell-asked.ts';
import { tellTerms } from '#src/service/tell-terms.ts';
import { DEFAULTS, type Subscription } from '#src/subscription/subscription.ts';
import { aWhy } from '#test/builders/a-why.ts';
import { listFound } from './list-found.ts';

const termsOf = (more: Partial<Subscription>) =>
  tellTerms({
    ...{ ...DEFAULTS, id: 'a', serverId: 's', channelId: 'c', filter: 'x' },
    ...{ createdAt: 0, createdBy: 'm', since: 0, paused: null, ...more },
  });
const of = (more: Partial<Subscription>) => sayPhrase(termsOf(more));
const backTest = (n: number) => ({
  days: n,
  posts: n,
  examples: [],
  sensitivities: [{ name: 'wide' as const, posts: n }],
  hints: [],
});
const subscription = { id: 'a', channelId: 'c', filter: 'x', terms: termsOf({}), paused: null, lost: [] };
const status = (n: number) => ({
  ...{
    version: '1.0.0',
    startedAt: 0,
    lastRunAt: 0,
    readToday: n,
    nextRunAt: null,
    sources: [],
  },
  ...{
    papers: n,
    waiting: n,
    channel: {
      ...{
        filters: Array(n).fill('x'),
        held: null,
        isUntold: false,
        paused: [],
        lost: [],
        samePaper: 'full' as const,
        isUnreadable: false,
      },
      ...{ lastPostAt: 0, postsInFourWeeks: n, nextDigestAt: null, matchedToday: n, postedToday: n },
    },
  },
});
const votes = (n: number) =>
  ({ kind: 'votes', place: n, papers: n, votes: n, ageHours: n, pace: 9 }) as const;
const digest = (n: number) => ({ wall: 0, sinceWall: 0, papers: n, read: n, best: true });
const missed = (n: number) => ({
  ...{ channel: '#a', fromWall: 0, untilWall: 1, zone: 'UTC', papers: n },
  cause: missedBecause(
    `In #a the bot lacks: ${['View Channel', 'Send Messages'].slice(0, n).join(', ')}`,
    true,
  ),
});

const namesakes = (n: number) => ({
  ...{ names: Array(n).fill('A. Author'), papers: [item], total: n },
  ...{ isAll: n < 2, isNear: n === 0 },
});
const uncertain = (n: number) => ({
  ...({ kind: 'uncertain', titlesAre: 'near', words: 'x', meant: null, told: [], total: n } as const),
  ...{ titles: Array(n).fill(item), authors: namesakes(n), organizations: namesakes(n) },
});

/** Everything that people read with a number in it. */
const SENTENCES: Record<string, (n: number) => unknown> = {
  sourceSaid: (n) =>
    tellAsked({
      answers: [
        {
          source: 'arXiv',
          said: { kind: 'held', hold: { kind: 'queue', before: n, spacing: n * 1000 } },
          earlier: null,
        },
      ],
      refusal: null,
    }).map(sayPhrase),
  tooManySubscriptions: (n) => say('subscribe.tooMany', { most: n }),
  uncertain: (n) => foundMessage(uncertain(n)),
  uncertainInWords: (n) => sayPhrase(notFound(uncertain(n))),
  deniedByRoles: (n) =>
    say('lacked.byRoles', { permissions: 'Send Messages', roles: ['a', 'b'].slice(0, n), n }),
  cap: (n) => of({ cap: n }),
  top: (n) => of({ what: { kind: 'top', n } }),
  budget: (n) => of({ what: { kind: 'trending', sensitivity: { perDay: n } } }),
  subscribed: (n) => subscribedMessage({ subscription, backTest: backTest(n) }),
  subscriptions: (n) =>
    subscriptionsMessage({
      items: [],
      total: n,
      page: 0,
      unreadable: n,
      hidden: n,
      channels: new Map(),
      read: 0,
    }),
  tested: (n) => testMessage({ kind: 'history', filter: 'x', backTest: backTest(n) }),
  edited: (n) =>
    editedMessage({
      ...{ before: 'a', after: 'b', channelId: 'c', backTest: backTest(n) },
      ...{ gained: { total: n, titles: [] }, lost: { total: n, titles: [] } },
    }),
  status: (n) => statusMessage(status(n)),
  found: (n) => searchMessage(listFound({ items: [item], total: n })),
  trending: (n) =>
    [false, true].map((others) =>
      trendingMessage({
        ...{ period: 'week', topic: '', others, items: [item], outstanding: n, total: 2 * n, page: 0 },
        ...{
          key: 'k',
          otherKey: 'o',
          hints: [],
          isLonger: false,
          instead: null,
          knownSince: 0,
          readAt: null,
          now: 0,
        },
      }),
    ),
  figures: (n) => figureLine({ ...recordOf(FIGURE_NAMES, () => n), trendingRank: null }),
  reason: (n) => tellTrend({ reason: votes(n), at: 0 }),
  reasonOfMany: (n) => tellTrend({ reason: { ...votes(n), pace: null }, at: 0 }, { votes: n + 1 }),
  reasonByBudget: (n) =>
    tellTrend(
      { reason: votes(n), at: 0 },
      { channel: '#a', asked: { kind: 'trending', sensitivity: { perDay: n } } },
    ),
  digestHeading: (n) => sayPhrase(digestHeading({ ...digest(n), period: 'day' })),
  waitedHeading: (n) => sayPhrase(digestHeading({ ...digest(n), period: 'waited' })),
  unreadHeading: (n) => sayPhrase(digestHeading({ ...digest(n), read: 0, period: 'week' })),
  catchUpHeading: (n) => sayPhrase(catchUpHeading(missed(n))),
  catchUpLine: (n) => sayPhrase(catchUpLine(missed(n))),
  digestLine: (n) => digestLine(['One', 'Two'].slice(0, n)),
  doubt: (n) =>
    sayPhrase(
      doubtNotice({ serverId: 's', channelId: 'c', near: '1', titles: Array(n).fill('T'), since: 0 }),
    ),
  why: (n) =>
    whyMessage(
      aWhy({
        more: n,
        seen: { at: 0, place: { place: n, papers: n, source: 'arXiv' } },
        tries: [{ key: 'k', days: n, more: n, what: { kind: 'without', clauses: ['survey'] } }],
      }),
    ),
};

const item = {
  paper: {
    ...{ id: '2603.00001', title: 'A paper', abstract: '', authors: [], categories: [], keywords: [] },
    ...{
      organization: null,
      comment: null,
      journalRef: null,
      withdrawn: null,
      updatedAt: null,
      publishedAt: null,
      repository: null,
      projectPage: null,
      thumbnail: null,
    },
  },
  signals: { ...recordOf(FIGURE_NAMES, () => 1), trendingRank: null },
  page: 'https://arxiv.org/abs/2603.00001',
};

const THINGS = [
  ...FIGURES.map(({ units: [noun] }) => noun),
  'paper|card|post|day|subscription|setting|match|hour|minute',
].join('|');
const ONE_OF_MANY = new RegExp(`(?<![\\d.,])1 (?:(?:${THINGS})e?s|are|were)\\b`);
const MANY_AS_ONE = new RegExp(`(?<![\\d.,])2 (?:(?:${THINGS})|is|was)\\b`);

describe('one is one, and two are two', () => {
  it.each(Object.entries(SENTENCES))('in the sentence %s', (_, tell) => {
    expect(JSON.stringify(tell(1))).not.toMatch(ONE_OF_MANY);
    expect(JSON.stringify(tell(2))).not.toMatch(MANY_AS_ONE);
  });

  it('is seen where it is wrong', () => {
    expect('at most 1 cards a day').toMatch(ONE_OF_MANY);
    expect('2 card').toMatch(MANY_AS_ONE);
  });

  it('counts people’s way', () => {
    expect(of({ cap: 1 })).toContain('at most 1 card a day');
    expect(of({ cap: 2 })).toContain('at most 2 cards a day');
    expect(of({ what: { kind: 'top', n: 1 } })).toContain('the best paper of a day');
    expect(sayPhrase(digestHeading({ ...digest(1), period: 'day' }))).toBe(
      'Thursday 1 January · best 1 of 1 paper read',
    );
  });
});
