import { beforeEach, describe, expect, it } from 'vitest';
import { type Archive, openArchive } from '#src/archive/archive.ts';
import { openCursors } from '#src/foundation/cursors.ts';
import { type Database, openDatabase } from '#src/foundation/database/database.ts';
import { FatalError } from '#src/foundation/failure.ts';
import { silentLog } from '#src/foundation/log.ts';
import { type Outbox, openOutbox } from '#src/outbox/outbox.ts';
import { figureFields, NO_FIGURES } from '#src/paper/figures.ts';
import { createAddress } from '#src/pipeline/address.ts';
import { createMatcher } from '#src/pipeline/matcher.ts';
import { createReadings } from '#src/pipeline/readings.ts';
import type { Subscription } from '#src/subscription/subscription.ts';
import { openZones } from '#src/subscription/zone.ts';
import { createTrendRule } from '#src/trend/trend-rule.ts';
import { phrase } from '#src/wording/phrase.ts';
import { aPoll, aSighting, MINUTE, MONDAY } from '#test/archive/some-papers.ts';
import { aPaper } from '#test/builders/a-paper.ts';
import { aSubscription } from '#test/builders/a-subscription.ts';
import { plainClock } from '#test/fakes/plain-clock.ts';
import { aStore, entriesIn, parse } from './some-subscriptions.ts';

/** More than two slices of entries for each paper. */
const CHANNELS = 600;
const all: Partial<Subscription> = { what: { kind: 'all' } };
const everybody = Array.from({ length: CHANNELS }, (_, n) => aSubscription(`s${n}`, all));
/** A clock on which any work takes long: every piece is followed by a breath. */
const hurried = () => {
  let elapsed = 0;
  return plainClock({ now: () => MONDAY, elapsed: () => (elapsed += 100) });
};

let db: Database;
let archive: Archive;
let outbox: Outbox;
beforeEach(async () => {
  db = await openDatabase(':memory:');
  archive = await openArchive(db, []);
  outbox = await openOutbox(db, MONDAY);
  await archive.keep(aPoll(MONDAY - MINUTE, []));
  await archive.endReading('hugging-face', MONDAY - MINUTE);
});

async function open(subscriptions: readonly Subscription[], sending: Outbox = outbox) {
  const { subscriptionStore, put } = aStore(subscriptions);
  const clock = hurried();
  const matcher = await createMatcher({ subscriptionStore, parse, clock, log: silentLog });
  const rooms = { db, archive, matcher, parse, outbox: sending, clock, log: silentLog, zones: openZones() };
  const cursors = openCursors(db);
  const readings = createReadings({ archive, cursors });
  const address = createAddress({ ...rooms, cursors, readings, trend: createTrendRule() });
  return { put, address: (now = MONDAY) => address({ now }) };
}

const keep = (...titles: string[]) =>
  archive.keep(
    aPoll(
      MONDAY,
      titles.map((title, place) => aSighting(aPaper(title, { title }), place + 1)),
    ),
  );

const forAll = (...papers: string[]) =>
  papers.flatMap((paper) => everybody.map(({ channelId }) => `${channelId} ${paper}`)).sort();

it('a paper that its authors withdrew is queued for nobody', async () => {
  const papers = [
    aPaper('ocean one', { title: 'ocean one', withdrawn: { at: null } }),
    aPaper('ocean two', { title: 'ocean two' }),
  ];
  await archive.keep(
    aPoll(
      MONDAY,
      papers.map((paper, place) => aSighting(paper, place + 1)),
    ),
  );
  const { address } = await open(everybody);

  expect(await address()).toEqual({ checked: 2, matched: 1, added: CHANNELS });
});

describe('a paper that very many channels want', () => {
  it('is queued for each of them once, and others have their turn meanwhile', async () => {
    await keep('ocean one', 'desert', 'ocean two');
    const { address } = await open(everybody);
    let turns = 0;
    const count = () => {
      turns++;
      setImmediate(count).unref();
    };
    count();
    expect(await address()).toEqual({ checked: 3, matched: 2, added: 2 * CHANNELS });
    expect(await entriesIn(db)).toEqual(forAll('ocean one', 'ocean two'));
    expect(turns).toBeGreaterThan(4);
    expect(await address()).toEqual({ checked: 0, matched: 0, added: 0 });
  });

  it('is queued for all but the one channel whose entry cannot be kept', async () => {
    await keep('ocean one');
    const [odd] = everybody;
    await db.run(`CREATE TRIGGER odd BEFORE INSERT ON entry WHEN new.destination = 'channel:${odd.channelId}'
      BEGIN SELECT RAISE(ABORT, 'odd'); END`);
    const { address } = await open(everybody);
    expect(await address()).toEqual({ checked: 1, matched: 1, added: CHANNELS - 1 });
    expect(await entriesIn(db)).toEqual(
      forAll('ocean one').filter((line) => line !== `${odd.channelId} ocean one`),
    );
  });

  it('is queued for the rest after a crash between two slices, and to nobody twice', async () => {
    await keep('ocean one', 'ocean two');
    let left = CHANNELS + 500;
    const crashing: Outbox = {
      ...outbox,
      add: (...entries) => {
        left -= entries.length;
        if (left < 0) throw new FatalError('crash');
        return outbox.add(...entries);
      },
    };
    const first = await open(everybody, crashing);
    await expect(first.address()).rejects.toThrow('crash');
    const before = await entriesIn(db);
    expect(before.length).toBeGreaterThan(CHANNELS);
    expect(before.length).toBeLessThan(2 * CHANNELS);

    const second = await open(everybody);
    const done = await second.address();
    expect(done.added).toBe(2 * CHANNELS - before.length);
    expect(await entriesIn(db)).toEqual(forAll('ocean one', 'ocean two'));
    expect(await second.address()).toMatchObject({ checked: 0 });
  });

  it('counts as addressed only together with its entries: what cannot be kept whole is kept not at all', async () => {
    await keep('ocean one');
    const { address } = await open(everybody.slice(0, 5));
    await db.run("CREATE TRIGGER broken BEFORE INSERT ON cursor BEGIN SELECT RAISE(ABORT, 'broken'); END");
    await expect(address()).rejects.toThrow('broken');
    expect(await entriesIn(db)).toEqual([]);
    await db.run('DROP TRIGGER broken');
    expect(await address()).toEqual({ checked: 1, matched: 1, added: 5 });
    expect(await address()).toMatchObject({ checked: 0 });
  });

  it('is queued once where two readings end at the same time, and what the second brought is queued too', async () => {
    await keep('ocean one');
    const { address } = await open(everybody);
    const readings = [address()];
    await keep('ocean two');
    readings.push(address(MONDAY + 1));
    const done = await Promise.all(readings);
    const sumOf = (figure: 'checked' | 'added') => done.reduce((sum, one) => sum + one[figure], 0);
    expect([sumOf('checked'), sumOf('added')]).toEqual([2, 2 * CHANNELS]);
    expect(await entriesIn(db)).toEqual(forAll('ocean one', 'ocean two'));
  });
});

describe('what was news just before a subscription was changed, and is decided only afterwards', () => {
  const HOUR = 60 * MINUTE;
  const BEFORE = MONDAY - HOUR;
  const CHANGED = MONDAY + 5 * MINUTE;
  const all = (patch: Partial<Subscription>) =>
    aSubscription('a', { what: { kind: 'all' }, since: CHANGED, ...patch });
  const was = (filter: string, more: Partial<Subscription['was']> = {}) => ({
    was: { filter, what: { kind: 'all' } as const, since: BEFORE, ...more },
  });

  it.each<[string, Partial<Subscription>, number]>([
    ['comes where both filters take it', { filter: 'ocean OR desert', ...was('ocean') }, 1],
    ['does not come where only the new filter takes it', { filter: 'ocean', ...was('desert') }, 0],
    ['does not come where only the old filter takes it', { filter: 'desert', ...was('ocean') }, 0],
    ['does not come where nothing else was wanted before', { filter: 'ocean' }, 0],
    [
      'does not come where it was old before too',
      { filter: 'ocean', ...was('ocean', { since: CHANGED }) },
      0,
    ],
    [
      'does not come to one who paused',
      {
        filter: 'ocean',
        paused: { reason: phrase('subscriptions.pausedByModerator'), at: CHANGED },
        ...was('ocean'),
      },
      0,
    ],
    [
      'does not come where what is wanted now is no such news',
      { filter: 'ocean', what: { kind: 'trending', sensitivity: 'balanced' }, ...was('ocean OR sea') },
      0,
    ],
  ])('%s', async (_, patch, added) => {
    await keep('ocean');
    const { address } = await open([all(patch)]);
    expect(await address(CHANGED + HOUR)).toMatchObject({ checked: 1, added });
  });

  it('is decided within a day: later it is old for whom it was not news', async () => {
    await keep('ocean');
    const { address } = await open([all({ filter: 'ocean OR desert', ...was('ocean') })]);
    expect(await address(CHANGED + 25 * HOUR)).toMatchObject({ checked: 1, added: 0 });
  });
});

describe('the index of all filters', () => {
  it('has what was added, changed or removed while it was made', async () => {
    const { subscriptionStore, put } = aStore(everybody.slice(0, 50));
    const making = createMatcher({ subscriptionStore, parse, clock: hurried(), log: silentLog });
    put('s40', null);
    put('s41', { ...everybody[41], filter: 'desert' });
    put('s42', { ...everybody[42], cap: 3 });
    put('new', aSubscription('new', { filter: 'desert' }));
    const matcher = await making;
    const matching = (title: string) =>
      matcher.match({ ...aPaper('p', { title }), ...figureFields(NO_FIGURES) }, MONDAY);
    expect(
      matching('desert')
        .map(({ id }) => id)
        .sort(),
    ).toEqual(['new', 's41']);
    const ocean = matching('ocean').map(({ id }) => id);
    expect(ocean).toHaveLength(48);
    expect(ocean).toContain('s42');
  });
});
