import { describe, expect, it } from 'vitest';
import type { Outbox } from '#src/outbox/outbox.ts';
import { addTopPapers } from '#src/pipeline/top-papers.ts';
import { createTrendRule } from '#src/trend/trend-rule.ts';
import { phrase } from '#src/wording/phrase.ts';
import { aPoll, aSighting, DAY, MINUTE, MONDAY } from '#test/archive/some-papers.ts';
import { aPaper } from '#test/builders/a-paper.ts';
import { anEntry } from '#test/outbox/some-posts.ts';
import { clock, NINE, openKiosk, top } from './some-best-papers.ts';
import { entriesIn } from './some-subscriptions.ts';

describe('the best of a day', () => {
  it('comes once where one run overtakes another', async () => {
    const scene = await openKiosk(
      [top('a', 1)],
      [
        { title: 'ocean one', votes: 3 },
        { title: 'ocean two', votes: 9 },
      ],
    );
    let elapsed = 0;
    const slowly = { ...clock, elapsed: () => (elapsed += 100) };
    const overtaken = addTopPapers({ ...scene, clock: slowly }, NINE);
    await new Promise((resolve) => setImmediate(resolve));
    await scene.serve();
    await overtaken;
    expect(await entriesIn(scene.db)).toEqual(['channel of a p1']);
  });

  it('of an hour that was missed holds nothing that came after it', async () => {
    const scene = await openKiosk([top('a', 2)], [{ title: 'ocean one', votes: 3 }]);
    const late = aSighting(aPaper('late', { title: 'ocean late' }), 1, { votes: 90 });
    await scene.archive.keep(aPoll(NINE + MINUTE, [late], { complete: false }));
    await scene.serve(NINE + 10 * MINUTE);
    expect(await entriesIn(scene.db)).toEqual(['channel of a p0']);
  });

  it('comes once, also where two runs meet, and goes on from there the next day', async () => {
    const scene = await openKiosk(
      [top('a', 1)],
      [
        { title: 'ocean one', votes: 3 },
        { title: 'ocean two', votes: 9 },
      ],
    );
    await Promise.all([scene.serve(), scene.serve(NINE + 5000)]);
    expect(await entriesIn(scene.db)).toEqual(['channel of a p1']);
    const late = aSighting(aPaper('late', { title: 'ocean late' }), 1, { votes: 1 });
    await scene.archive.keep(aPoll(NINE + MINUTE, [late], { complete: false }));
    await scene.serve(NINE + 10 * MINUTE);
    expect(await entriesIn(scene.db)).toEqual(['channel of a p1']);
    await scene.serve(NINE + 24 * 60 * MINUTE);
    expect(await entriesIn(scene.db)).toEqual(['channel of a late', 'channel of a p1']);
  });

  it('waits for its hour, and is not chosen for a subscription that was removed, paused or changed meanwhile', async () => {
    const scene = await openKiosk(
      [top('a', 1), top('b', 1), top('c', 1), top('early', 1, { since: NINE })],
      [{ title: 'ocean one', votes: 3 }],
    );
    await scene.serve(NINE - 1);
    expect(await entriesIn(scene.db)).toEqual([]);
    // Asked of the last, when the first two have chosen.
    const has: Outbox['has'] = (destination, paper) => {
      if (destination === 'channel:channel of c') {
        scene.put('a', null);
        scene.put('b', { ...top('b', 1), filter: 'desert' });
      }
      return scene.outbox.has(destination, paper);
    };
    await addTopPapers({ ...scene, outbox: { ...scene.outbox, has } }, NINE);
    expect(await entriesIn(scene.db)).toEqual(['channel of c p0']);
    await scene.serve(NINE + 5000);
    expect(await entriesIn(scene.db)).toEqual(['channel of c p0']);
  });
});

const votes = (...given: (number | null)[]) =>
  given.map((count, n) => ({ title: `ocean ${n}`, votes: count }));
const oneChannel = { serverId: 's', channelId: 'c' };
const served = async ({ db }: Awaited<ReturnType<typeof openKiosk>>) => entriesIn(db);

describe('of two subscriptions to the best in one channel', () => {
  it('each has papers of its own, and the first the better one', async () => {
    const scene = await openKiosk([top('a', 1, oneChannel), top('b', 1, oneChannel)], votes(3, 9, 5));
    await scene.serve();
    const given = await scene.outbox.ledger({ limit: 9 });
    expect(given.map(({ paper, subscriptions }) => [paper, ...subscriptions]).sort()).toEqual([
      ['p1', 'a'],
      ['p2', 'b'],
    ]);
  });

  it('the one whose hour has not come changes nothing', async () => {
    const evening = { ...oneChannel, when: { kind: 'daily', at: '18:00', zone: 'UTC' } } as const;
    const scene = await openKiosk([top('late', 1, evening), top('b', 1, oneChannel)], votes(3, 9));
    await scene.serve();
    expect(await served(scene)).toEqual(['c p1']);
    await scene.serve(NINE + 9 * 60 * MINUTE);
    expect(await served(scene)).toEqual(['c p0', 'c p1']);
  });
});

describe('among the best of a day is', () => {
  it('what nobody voted for only behind what somebody did', async () => {
    const scene = await openKiosk([top('a', 2)], votes(null, 1, 2));
    await scene.serve();
    expect(await served(scene)).toEqual(['channel of a p1', 'channel of a p2']);
  });

  it('nothing that its authors withdrew', async () => {
    const [gone, there] = votes(9, 1);
    const scene = await openKiosk([top('a', 1)], [{ ...gone, withdrawn: { at: null } }, there]);
    await scene.serve();
    expect(await served(scene)).toEqual(['channel of a p1']);
  });

  it('nothing for who paused, or wants all papers at that hour', async () => {
    const paused = { at: MONDAY, reason: phrase('subscriptions.pausedByModerator') };
    const scene = await openKiosk(
      [top('a', 1, { paused }), top('b', 1, { what: { kind: 'all' } })],
      votes(9),
    );
    await scene.serve();
    expect(await served(scene)).toEqual([]);
  });

  it('at nine in the morning for who named no hour', async () => {
    const scene = await openKiosk([top('a', 1, { when: { kind: 'now' } })], votes(9));
    await scene.serve(NINE - 1);
    expect(await served(scene)).toEqual([]);
    await scene.serve();
    expect(await served(scene)).toEqual(['channel of a p0']);
  });

  it('nothing that the channel has already, but what waits there for a later hour', async () => {
    const scene = await openKiosk([top('a', 1)], votes(9, 5, 1));
    const channel = { serverId: 'server of a', destination: 'channel:channel of a' } as const;
    const waits = { ...channel, mode: 'digest' } as const;
    await scene.outbox.add(anEntry('p0', { ...waits, decidedAt: MONDAY, dueAt: NINE }));
    await scene.outbox.add(anEntry('p1', { ...waits, decidedAt: MONDAY, dueAt: NINE + DAY }));
    await scene.serve();
    const [best] = await scene.outbox.ledger({ paper: 'p1', limit: 1 });
    expect(best).toMatchObject({ dueAt: NINE, subscriptions: ['a', 'x1'] });
    expect(await served(scene)).toEqual(['channel of a p0', 'channel of a p1']);
  });
});

describe('what is kept with one of the best', () => {
  it.each([
    ['of a day', { kind: 'daily', at: '09:00', zone: 'UTC' }, undefined],
    ['of a week', { kind: 'weekly', weekday: 1, at: '09:00', zone: 'UTC' }, true],
  ] as const)('%s: it comes as a digest at once, and why', async (_, when, isWeekly) => {
    const repository = 'https://github.com/a/b';
    const scene = await openKiosk([top('a', 3, { when })], [{ title: 'ocean', votes: 7, repository }]);
    await scene.serve(NINE + MINUTE);
    const at = NINE + MINUTE;
    const [entry] = await scene.outbox.ledger({ limit: 1 });
    expect(entry).toMatchObject({
      ...{ serverId: 'server of a', destination: 'channel:channel of a', subscriptions: ['a'] },
      ...{ mode: 'digest', decidedAt: at, dueAt: at, score: -100 },
      why: {
        ...{ filters: ['ocean'], news: { kind: 'new', at: MONDAY + MINUTE }, votes: 7, repository: true },
        asked: { kind: 'top', n: 3 },
      },
    });
    expect((entry.why as { isWeekly?: boolean }).isWeekly).toBe(isWeekly);
  });

  it('is its score, by which the digest is ordered', async () => {
    const scene = await openKiosk([top('a', 1)], votes(7));
    const trend = { ...createTrendRule(), score: () => ({ peak: 4.5, score: 2 }) as never };
    await addTopPapers({ ...scene, trend }, NINE);
    expect(await scene.outbox.ledger({ limit: 1 })).toMatchObject([{ score: 4.5 }]);
  });

  it('goes before votes: a paper that rose higher is the better one', async () => {
    const scene = await openKiosk([top('a', 1)], votes(7, 90));
    const score = (paper: string) => (paper === 'p0' ? { peak: 1 } : { peak: 0.5 }) as never;
    await addTopPapers({ ...scene, trend: { ...createTrendRule(), score } }, NINE);
    expect(await served(scene)).toEqual(['channel of a p0']);
  });
});

describe('one that goes wrong costs no other', () => {
  it('a paper that cannot be offered is passed over, and the operator told which', async () => {
    const scene = await openKiosk([top('a', 1)], votes(3, 9));
    const match: typeof scene.matcher.match = (document, now) => {
      if (document.id === 'p1') throw new RangeError('odd');
      return scene.matcher.match(document, now);
    };
    await addTopPapers({ ...scene, matcher: { match } }, NINE);
    expect(await served(scene)).toEqual(['channel of a p0']);
    expect(scene.log.lines).toMatchObject([
      { level: 'error', fields: { paper: 'p1', err: { name: 'RangeError' } } },
    ]);
  });

  it('a subscription that cannot be served gets all the next time, and the operator is told which', async () => {
    const scene = await openKiosk([top('a', 2), top('b', 2)], votes(3, 9));
    await scene.db.run(`CREATE TRIGGER odd BEFORE INSERT ON entry
      WHEN new.destination = 'channel:channel of a' AND new.paper = 'p0' BEGIN SELECT RAISE(ABORT, 'odd'); END`);
    await scene.serve();
    expect(await served(scene)).toEqual(['channel of b p0', 'channel of b p1']);
    expect(scene.log.lines).toMatchObject([{ level: 'error', fields: { subscription: 'a' } }]);
    expect(scene.log.lines[0].fields).toHaveProperty('err.name');
    await scene.db.run('DROP TRIGGER odd');
    await scene.serve(NINE + MINUTE);
    expect(await served(scene)).toHaveLength(4);
  });

  it('a paper that is removed meanwhile leaves the others, and the hour is served', async () => {
    const scene = await openKiosk([top('a', 2)], votes(3, 9));
    const asked: string[] = [];
    const paper: typeof scene.archive.paper = async (id) => {
      asked.push(id);
      return asked.filter((one) => one === 'p1').length > 1 && id === 'p1' ? null : scene.archive.paper(id);
    };
    await addTopPapers({ ...scene, archive: { ...scene.archive, paper } }, NINE);
    await scene.serve(NINE + MINUTE);
    expect([await served(scene), scene.log.lines]).toEqual([['channel of a p0'], []]);
  });
});
