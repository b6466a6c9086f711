import { beforeEach, describe, expect, it } from 'vitest';
import { type Archive, openArchive } from '#src/archive/archive.ts';
import type { Quiet } from '#src/decision/terms.ts';
import type { Why } from '#src/decision/why.ts';
import { openDatabase } from '#src/foundation/database/database.ts';
import { silentLog } from '#src/foundation/log.ts';
import type { OutboxEntry } from '#src/outbox/entry.ts';
import { NO_FIGURES, renewingFigures } from '#src/paper/figures.ts';
import { createAskAgain, firstToGo } from '#src/pipeline/ask-again.ts';
import { createChannelPlans } from '#src/pipeline/channel-plans.ts';
import { createStillWanted } from '#src/pipeline/still-wanted.ts';
import type { Subscription } from '#src/subscription/subscription.ts';
import { openZones } from '#src/subscription/zone.ts';
import { createTrendRule } from '#src/trend/trend-rule.ts';
import { phrase } from '#src/wording/phrase.ts';
import { aPoll, aSighting, DAY, MINUTE, MONDAY } from '#test/archive/some-papers.ts';
import { aPaper } from '#test/builders/a-paper.ts';
import { aSubscription } from '#test/builders/a-subscription.ts';
import { createKeptLog } from '#test/fakes/kept-log.ts';
import { plainClock } from '#test/fakes/plain-clock.ts';
import { aStore, parse } from './some-subscriptions.ts';

const HOUR = 60 * MINUTE;
const DECIDED = MONDAY + HOUR;
const CHANGED = DECIDED + HOUR;
const NOW = DECIDED + 3 * HOUR;

let archive: Archive;
let now: number;
beforeEach(async () => {
  archive = await openArchive(await openDatabase(':memory:'), []);
  await archive.keep(aPoll(MONDAY - MINUTE, []));
  await archive.endReading('hugging-face', MONDAY - MINUTE);
  const paper = aPaper('p', { title: 'Ocean waves', publishedAt: MONDAY - DAY });
  await archive.keep(aPoll(MONDAY, [aSighting(paper, 1, { votes: 3 })]));
  now = NOW;
});

const all = (id: string, patch: Partial<Subscription> = {}) =>
  aSubscription(id, { channelId: 'c', what: { kind: 'all' }, ...patch });
const entry = (subscriptions: string[], why: Partial<Why> = {}): OutboxEntry => ({
  ...{ serverId: 's', destination: 'channel:c', paper: 'p', subscriptions, score: 1, mode: 'digest' },
  ...{ decidedAt: DECIDED, dueAt: NOW, state: 'due', postId: null, settledAt: null, reason: null },
  why: {
    ...{ filters: ['ocean'], news: { kind: 'new', at: MONDAY }, repository: false },
    ...renewingFigures(NO_FIGURES),
    ...why,
  },
});
const open = (...subscriptions: Subscription[]) => {
  const { subscriptionStore, put } = aStore(subscriptions);
  const zones = openZones();
  const plans = createChannelPlans(subscriptionStore, {} as never, {} as never, zones);
  const stillWanted = createStillWanted({ archive, subscriptionStore, parse, trend: createTrendRule() });
  const clock = plainClock({ now: () => now, elapsed: () => now });
  const log = createKeptLog();
  return { put, stillWanted, log, askAgain: createAskAgain({ stillWanted, plans, clock, log }) };
};
const wantedBy = async (one: OutboxEntry, ...subscriptions: Subscription[]) =>
  (await open(...subscriptions).stillWanted.wanting(one, now)).map(({ subscription }) => subscription.id);

describe('what was decided for a subscription', () => {
  it('is wanted as long as it is as it was, whatever votes and days have done to the filter since', async () => {
    const filter = 'ocean upvotes:<5 age:<2d';
    await archive.keep(aPoll(NOW, [aSighting(aPaper('p', { title: 'Desert' }), 1, { votes: 50 })]));
    now = NOW + 20 * DAY;
    expect(await wantedBy(entry(['a'], { filters: [filter] }), all('a', { filter }))).toEqual(['a']);
  });

  it.each([
    ['another filter that matches', { filter: 'waves' }, ['a']],
    ['another filter that does not', { filter: 'ocean -waves' }, []],
    ['a filter of its age, as it was when it was decided', { filter: 'ocean age:<26h' }, ['a']],
    ['a filter that cannot be read any more', { filter: '"ocean' }, []],
    ['newly trending papers alone', { what: { kind: 'trending', sensitivity: 'wide' } }, []],
    ['the best of a day, of which it is none', { what: { kind: 'top', n: 2 } }, []],
    ['the same after a pause', {}, ['a']],
    ['nothing for now', { paused: { reason: phrase('subscriptions.pausedByModerator'), at: CHANGED } }, []],
  ] as const)('is asked anew where it was changed to %s', async (_, patch, wanting) => {
    expect(await wantedBy(entry(['a']), all('a', { since: CHANGED, ...patch }))).toEqual(wanting);
  });

  it('is wanted as it was decided where what it was decided from cannot be read any more', async () => {
    const lost = { ...entry(['a']), why: { filters: 3 } };
    expect(await wantedBy(lost, all('a', { since: CHANGED, what: { kind: 'top', n: 2 } }))).toEqual(['a']);
    expect(await wantedBy(lost, all('b'))).toEqual(['b']);
  });

  it('as one of the best of a day is wanted under another filter only if that matches', async () => {
    const best = entry(['a'], { asked: { kind: 'top', n: 3 } });
    const top = { what: { kind: 'top', n: 2 }, since: CHANGED } as const;
    expect(await wantedBy(best, all('a', top))).toEqual(['a']);
    expect(await wantedBy(best, all('a', { ...top, filter: 'waves' }))).toEqual(['a']);
    expect(await wantedBy(best, all('a', { ...top, filter: 'desert' }))).toEqual([]);
  });

  it('as one of the best is wanted under the same filter, whatever votes have done to it since', async () => {
    const filter = 'ocean upvotes:<5';
    await archive.keep(aPoll(NOW, [aSighting(aPaper('p', { title: 'Desert' }), 1, { votes: 50 })]));
    const best = entry(['a'], { asked: { kind: 'top', n: 3 }, filters: [filter] });
    const fewer = all('a', { what: { kind: 'top', n: 2 }, since: CHANGED, filter });
    expect(await wantedBy(best, fewer)).toEqual(['a']);
  });

  it('is asked anew where the clock that decided ran ahead', async () => {
    now = DECIDED - HOUR;
    expect(await wantedBy(entry(['a']), all('a', { filter: 'desert', since: now - HOUR }))).toEqual([]);
  });

  it('comes for another of the channel whose news it is, when those it was decided for want it no more', async () => {
    const gone = entry(['a']);
    expect(await wantedBy(gone, all('b'))).toEqual(['b']);
    expect(await wantedBy(gone, all('b', { since: CHANGED }))).toEqual([]);
    expect(await wantedBy(gone, all('b', { channelId: 'elsewhere' }))).toEqual([]);
    expect(await wantedBy(gone, all('a'), all('b'))).toEqual(['a']);
  });

  it('is wanted by the oldest subscription first', async () => {
    const both = entry(['b', 'a']);
    expect(await wantedBy(both, all('b', { createdAt: 2 }), all('a', { createdAt: 1 }))).toEqual(['a', 'b']);
  });
});

describe('whether it is wanted still is asked', () => {
  it('by the instant of the decision: changed in that very moment counts as changed since', async () => {
    const desert = { filter: 'desert' };
    const one = entry(['a'], { filters: ['desert'] });
    expect(await wantedBy(one, all('a', { ...desert, since: DECIDED - 1 }))).toEqual(['a']);
    expect(await wantedBy(one, all('a', { ...desert, since: DECIDED }))).toEqual([]);
    now = DECIDED;
    expect(await wantedBy(one, all('a', { ...desert, since: DECIDED - 1 }))).toEqual(['a']);
  });

  it('of a paper that its authors withdrew: nobody wants it, as it was decided neither', async () => {
    const gone = aPaper('p', { title: 'Ocean waves', withdrawn: { at: null } });
    await archive.keep(aPoll(NOW, [aSighting(gone, 1)]));
    expect(await wantedBy(entry(['a']), all('a'))).toEqual([]);
  });

  it('of a paper that is not kept any more: whoever was changed since does not want it', async () => {
    const unknown = { ...entry(['a']), paper: 'gone' };
    expect(await wantedBy(unknown, all('a'))).toEqual(['a']);
    expect(await wantedBy(unknown, all('a', { since: CHANGED }))).toEqual([]);
    expect(await wantedBy(unknown, all('b'))).toEqual([]);
    const best = { ...entry(['a'], { asked: { kind: 'top', n: 3 } }), paper: 'gone' };
    const top = { what: { kind: 'top', n: 2 }, since: CHANGED } as const;
    expect(await wantedBy(best, all('a', { ...top, filter: 'waves' }))).toEqual([]);
  });

  it('and why it is, where it was asked anew', async () => {
    const newsOf = async (one: OutboxEntry, ...subscriptions: Subscription[]) =>
      (await open(...subscriptions).stillWanted.wanting(one, now)).map(({ news }) => news);
    expect(await newsOf(entry(['a']), all('a'))).toEqual([null]);
    expect(await newsOf(entry(['a']), all('a', { since: CHANGED }))).toEqual([{ kind: 'new', at: MONDAY }]);
    expect(await newsOf(entry(['a']), all('b'))).toEqual([{ kind: 'new', at: MONDAY }]);
    const top = { what: { kind: 'top', n: 2 }, since: CHANGED } as const;
    const best = entry(['a'], { asked: { kind: 'top', n: 3 }, news: { kind: 'new', at: 7 } });
    expect(await newsOf(best, all('a', top))).toEqual([{ kind: 'new', at: 7 }]);
    expect(await newsOf(entry(['a'], { asked: { kind: 'all' } }), all('a', top))).toEqual([]);
  });

  it('of somebody who was there before, whatever became of him since', async () => {
    const { stillWanted } = open();
    const late = all('a', { since: NOW + HOUR });
    expect(await stillWanted.newsOf(entry(['a']).paper, late, now)).toEqual({ kind: 'new', at: MONDAY });
    expect(await stillWanted.newsOf('gone', late, now)).toBeNull();
  });
});

describe('what is about to go', () => {
  const night: Quiet = { from: '00:00', to: '09:00', zone: 'UTC' };

  it('waits for the first of those who want it that is not quiet', async () => {
    const goes = async (...subscriptions: Subscription[]) =>
      firstToGo(await open(...subscriptions).askAgain([entry(['a', 'b'])]));
    expect(await goes(all('a', { quiet: night }), all('b'))).toBe('now');
    expect(await goes(all('a', { quiet: night }), all('b', { quiet: { ...night, to: '08:00' } }))).toBe(
      MONDAY + 8 * HOUR,
    );
    expect(await goes(all('a', { quiet: night }), all('b', { filter: 'desert', since: CHANGED }))).toBe(
      MONDAY + 9 * HOUR,
    );
    expect(await goes()).toBe('never');
  });

  it('is put off an hour where it cannot be asked, and holds up no other; the operator is told which', async () => {
    const odd = all('odd', { quiet: { ...night, zone: 'No/Where' } });
    const { askAgain, log } = open(odd, all('b'));
    const answers = await askAgain([entry(['odd']), entry(['b'])]);
    expect(log.lines).toMatchObject([
      { level: 'error', fields: { channel: 'c', paper: 'p', err: { name: 'RangeError' } } },
    ]);
    expect(answers.map((answer) => [answer.kind, answer.kind === 'later' && answer.until])).toEqual([
      ['later', NOW + HOUR],
      ['goes', false],
    ]);
  });

  it('is asked paper by paper: others have their turn in between', async () => {
    let elapsed = 0;
    const hurried = plainClock({ now: () => NOW, elapsed: () => (elapsed += 100) });
    const { stillWanted } = open(all('a', { filter: 'waves', since: CHANGED }));
    const plans = { quietUntil: () => null };
    const askAgain = createAskAgain({ stillWanted, plans, clock: hurried, log: silentLog });
    let turns = 0;
    const count = () => {
      turns++;
      setImmediate(count).unref();
    };
    count();
    const answers = await askAgain(Array.from({ length: 50 }, () => entry(['a'])));
    expect(answers.every(({ kind }) => kind === 'goes')).toBe(true);
    expect(turns).toBeGreaterThan(40);
  });
});
