import { describe, expect, it } from 'vitest';
import type { StoredPaper } from '#src/archive/stored-paper.ts';
import { toChannel } from '#src/outbox/destination.ts';
import type { LedgerEntry } from '#src/outbox/ledger.ts';
import { UNSENT_KEPT } from '#src/outbox/prune-ledger.ts';
import type { Outcome } from '#src/render/why-view.ts';
import type { Judged } from '#src/service/judge-then.ts';
import { outcomeOf, timingOf } from '#src/service/outcome-there.ts';
import type { PaperPast } from '#src/service/paper-past.ts';
import { localHours } from '#src/subscription/schedule.ts';
import type { Subscription } from '#src/subscription/subscription.ts';
import { openZones } from '#src/subscription/zone.ts';
import { inEnglish } from '#src/wording/kept-phrase.ts';
import { phrase } from '#src/wording/phrase.ts';
import { aPaper } from '#test/builders/a-paper.ts';
import { aSubscription } from '#test/builders/a-subscription.ts';
import { NOON } from './a-library.ts';

const HOUR = 3_600_000;
const hours = localHours(openZones());
const NINE = { kind: 'daily', at: '09:00', zone: 'UTC' } as const;
const TOP = { what: { kind: 'top', n: 3 }, when: NINE } as const;

const judged = (obstacle: Judged['obstacle'], terms: Partial<Subscription> = {}, at = NOON): Judged => ({
  ...{ subscription: aSubscription('a', terms), at, filter: { kind: 'matches', words: [] } },
  ...{ news: null, mute: null, obstacle },
});
const entry = (facts: Partial<LedgerEntry>): LedgerEntry => ({
  ...{ serverId: '1', destination: toChannel('5'), paper: '1', subscriptions: ['a'], why: null, score: 1 },
  ...{ mode: 'card', decidedAt: NOON, dueAt: NOON + HOUR, state: 'waiting', postId: null, settledAt: null },
  ...{ reason: null, post: null },
  ...facts,
});
const post = (facts: Partial<NonNullable<LedgerEntry['post']>>): LedgerEntry['post'] => ({
  ...{ kind: 'card', state: 'sent', attempts: 1, firstAttemptAt: NOON, lastAttemptAt: NOON },
  ...{ channelId: '5', messageId: '9', deletedAt: null, reason: null },
  ...facts,
});
type Known = Parameters<typeof outcomeOf>[0];
function outcome(
  known: Partial<Known>,
  stored: Partial<StoredPaper> = {},
  story: Partial<PaperPast['story']> = {},
): Outcome {
  const past = {
    stored: { paper: aPaper('1'), listedBy: 'hugging-face', firstSeenAt: NOON, ...stored },
    story: { firstSeenAt: NOON, newsAt: NOON, ...story },
  } as PaperPast;
  return outcomeOf({
    ...{ entry: null, hold: null, judged: [], past, until: NOON + HOUR, now: NOON + HOUR, hours },
    ...{ isPast: false, isMuted: false, isWanted: true },
    ...known,
  });
}

describe('of a paper that was decided', () => {
  it.each<[string, Partial<LedgerEntry>, Outcome]>([
    [
      'was sent: when, and where it is',
      { state: 'sent', settledAt: NOON + 1, post: post({}) },
      { kind: 'sent', at: NOON + 1, message: { channelId: '5', messageId: '9' }, isDeleted: false },
    ],
    [
      'was sent and deleted',
      { state: 'sent', settledAt: NOON + 1, post: post({ deletedAt: NOON + 2 }) },
      { kind: 'sent', at: NOON + 1, message: { channelId: '5', messageId: '9' }, isDeleted: true },
    ],
    [
      'was sent, and its message is not kept any more',
      { state: 'sent' },
      { kind: 'sent', at: NOON, message: null, isDeleted: false },
    ],
    [
      'was sent, and half of where it is is not known',
      { state: 'sent', post: post({ messageId: null }) },
      { kind: 'sent', at: NOON, message: null, isDeleted: false },
    ],
    ['stands in another channel', { state: 'elsewhere' }, { kind: 'elsewhere' }],
    ['is on its way', { state: 'packed', post: post({ state: 'attempted' }) }, { kind: 'going' }],
    ['is packed', { state: 'packed' }, { kind: 'going' }],
    ['may have arrived', { state: 'packed', post: post({ state: 'unknown' }) }, { kind: 'inDoubt' }],
    ['waits', {}, { kind: 'waits', cause: 'now', until: NOON + HOUR }],
    ['is due', { state: 'due' }, { kind: 'waits', cause: 'now', until: NOON + HOUR }],
    ['was held, and is not any more', { state: 'held' }, { kind: 'waits', cause: 'now', until: NOON + HOUR }],
  ])('it is told that it %s', (_, facts, told) => {
    expect(outcome({ entry: entry(facts) })).toEqual(told);
  });

  it('and is held in a channel that refuses, it is told why and since when', () => {
    const reason = 'Missing *Access*';
    const hold = { destination: toChannel('5'), serverId: '1', code: 'malformed', reason, since: NOON - 1 };
    const told = outcome({ entry: entry({ state: 'held' }), hold });
    expect(told).toMatchObject({ kind: 'held', since: NOON - 1 });
    expect(told.kind === 'held' && inEnglish(told.trouble)).toBe('Missing *Access*');
  });

  it.each(['waiting', 'due', 'held'] as const)(
    'and is %s, a mute is told first, then that nobody wants it',
    (state) => {
      const waits = { entry: entry({ state }), hold: null, isWanted: false };
      expect(outcome(waits)).toEqual({ kind: 'unwanted' });
      expect(outcome({ ...waits, isMuted: true })).toEqual({ kind: 'obstacle', obstacle: 'mute' });
    },
  );

  it.each(['filter', 'mute', 'paused'] as const)(
    'and taken back because of what stood there (%s), that is told',
    (obstacle) => {
      const taken = entry({ state: 'refused', settledAt: NOON + 1, reason: 'odd' });
      expect(outcome({ entry: taken, judged: [judged(obstacle)] })).toEqual({ kind: 'obstacle', obstacle });
    },
  );

  it.each([
    [null, ''],
    ['plain *words*', 'plain *words*'],
    [phrase('post.unwanted'), inEnglish(phrase('post.unwanted'))],
  ])('and taken back for another reason, that is told: %j', (reason, words) => {
    for (const nearest of [[], [judged(null)], [judged('since')]]) {
      const told = outcome({
        entry: entry({ state: 'refused', settledAt: NOON + 1, reason }),
        judged: nearest,
      });
      expect(told).toMatchObject({ kind: 'takenBack', at: NOON + 1 });
      expect(told.kind === 'takenBack' && inEnglish(told.reason)).toBe(words);
    }
    const undated = outcome({ entry: entry({ state: 'refused', reason }) });
    expect(undated).toMatchObject({ at: NOON });
  });

  it('after the day that is asked for, it is told only if it came', () => {
    const later = { decidedAt: NOON + 2 * HOUR };
    expect(outcome({ entry: entry(later) })).toEqual({ kind: 'noSubscription' });
    expect(outcome({ entry: entry({ ...later, state: 'sent' }) }).kind).toBe('sent');
    expect(outcome({ entry: entry({ decidedAt: NOON + HOUR }) }).kind).toBe('waits');
  });
});

describe('of a paper that was not decided', () => {
  const wanted = [judged(null)];

  it('it is told that no list showed it, or not yet, or that nothing was subscribed', () => {
    expect(outcome({ judged: wanted }, { listedBy: null })).toEqual({ kind: 'notListed' });
    const [until, at] = [NOON - HOUR, NOON];
    expect(outcome({ judged: wanted, until })).toEqual({ kind: 'notSeenYet', at });
    expect(outcome({ judged: wanted, until: NOON }).kind).toBe('soon');
    expect(outcome({})).toEqual({ kind: 'noSubscription' });
  });

  it('it is told what kept it out, else that it was withdrawn', () => {
    const withdrawn = { paper: { ...aPaper('1'), withdrawn: { at: null } } };
    expect(outcome({ judged: [judged('paused'), judged(null)] }, withdrawn)).toEqual({
      ...{ kind: 'obstacle', obstacle: 'paused' },
    });
    expect(outcome({ judged: wanted }, withdrawn)).toEqual({ kind: 'withdrawn' });
  });

  it('it comes soon, as long as entries are kept; of a day that is over nobody knows', () => {
    const later = (ms: number) => outcome({ judged: wanted, now: NOON + ms }).kind;
    expect([later(HOUR), later(UNSENT_KEPT), later(UNSENT_KEPT + 1)]).toEqual(['soon', 'soon', 'notKept']);
    expect(outcome({ judged: wanted, isPast: true })).toEqual({ kind: 'notKept' });
  });

  it('the choice of the best is told while it is to come', () => {
    const best = [judged('best', TOP)];
    const choosing = { kind: 'choosing', at: NOON + 21 * HOUR, n: 3 };
    const made = { kind: 'obstacle', obstacle: 'best' };
    expect(outcome({ judged: best })).toEqual(choosing);
    expect(outcome({ judged: best, until: NOON + 21 * HOUR - 1 })).toEqual(choosing);
    expect(outcome({ judged: best, until: NOON + 21 * HOUR })).toEqual(made);
    expect(outcome({ judged: best }, {}, { newsAt: null })).toEqual(made);
    expect(outcome({ judged: [judged('best', { ...TOP, since: NOON + 1 })] })).toEqual(made);
    expect(outcome({ judged: [judged('best', { ...TOP, since: NOON })] })).toEqual(choosing);
    expect(outcome({ judged: [judged('filter', TOP)] })).toEqual({ kind: 'obstacle', obstacle: 'filter' });
  });
});

describe('why a paper did not go at once', () => {
  const quiet = (from: string, to: string) => ({ quiet: { from, to, zone: 'UTC' } });
  const cause = (facts: Partial<LedgerEntry>, ...wanting: Judged[]) =>
    timingOf(entry({ mode: 'digest', ...facts }), wanting, hours);
  const now = (terms: Partial<Subscription> = {}) =>
    judged(null, { what: { kind: 'all' }, when: { kind: 'now' }, ...terms });

  it.each<[string, Partial<LedgerEntry>, Judged[]]>([
    ['now', { mode: 'card' }, [now()]],
    ['missed', { mode: 'catch-up' }, [now()]],
    ['hour', {}, []],
    ['hour', {}, [judged(null, { when: NINE })]],
    ['hour', {}, [judged('filter', { when: { kind: 'now' } })]],
    ['quiet', {}, [now(quiet('11:00', '13:00')), judged(null, { when: NINE })]],
    ['cap', {}, [now()]],
    ['cap', {}, [now(quiet('13:00', '14:00'))]],
    ['cap', {}, [now(quiet('11:00', '13:00')), now()]],
  ])('is told: %s', (told, facts, wanting) => {
    expect(cause(facts, ...wanting)).toEqual({ cause: told, until: NOON + HOUR });
  });

  it('is told of a card too where a source was away', () => {
    const news = { kind: 'new', at: NOON };
    const why = { filters: ['ocean'], news, asked: { kind: 'all' }, missedSince: NOON - 1 };
    expect(cause({ mode: 'card', why }, now())).toEqual({ cause: 'missed', until: NOON + HOUR });
  });
});
