import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setImmediate as oneTurn } from 'node:timers/promises';
import { afterEach, describe, expect, it } from 'vitest';
import type { Poll } from '#src/paper/sighting.ts';
import type { Source } from '#src/source/source.ts';
import type { ShiftedClock } from '#test/fakes/shifted-clock.ts';
import { createNewsstand, failedPoll, headsIn, type Newsstand, type Retell, retold } from './newsstand.ts';
import { openStage, type Stage, textOf } from './stage.ts';

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
const START = '2026-03-10T12:00:00Z';

describe('what is news', () => {
  let stage: Stage;
  let stand: Newsstand;
  let folder: string | null = null;
  let retell: Retell;
  afterEach(async () => {
    await stage.close();
    if (folder) rmSync(folder, { recursive: true });
    folder = null;
  });

  /** `before`: what stands in the lists of today and yesterday when the bot starts for the first time. */
  const open = async (before: string[] = [], first: Retell = (poll) => poll, kept = false) => {
    stand = createNewsstand();
    retell = first;
    folder = kept ? mkdtempSync(join(tmpdir(), 'paperboy-story-')) : null;
    let isFirst = true;
    const sources = (clock: ShiftedClock): Source[] => {
      const all = retold(stand.sources(clock), (poll) => retell(poll));
      if (isFirst) {
        clock.step(-DAY);
        stand.print(...before.slice(5));
        clock.step(DAY);
        stand.print(...before.slice(0, 5));
      }
      isFirst = false;
      return all;
    };
    const settings: Record<string, string> = folder
      ? { DATABASE_URL: `sqlite:${join(folder, 'paperboy.db')}` }
      : {};
    stage = await openStage({ start: START, sources, settings });
  };
  const subscribe = (more: object = {}, channel = stage.channel) =>
    stage.subscribe({ keywords: 'ocean', what: 'all', ...more }, channel);
  const round = async (...titles: string[]) => {
    stand.print(...titles);
    stage.clock.leap(15 * MINUTE);
    await stage.round();
  };
  const heads = () => headsIn(stage, stage.channel);
  const old = Array.from({ length: 10 }, (_, i) => `Ocean old ${i}`);

  describe('a look-up', () => {
    it('by id is nobody’s news, also in other servers and in the day’s best', async () => {
      await open();
      const best = stage.channelNamed('best');
      await subscribe();
      await subscribe({ what: 'top 3', when: 'daily', at: '18:00' }, best);
      const id = stand.keepInStore('Ocean of 2017');
      expect(textOf(await stage.ask('paper', { query: id }))).toContain('Ocean of 2017');
      await round();
      stage.clock.leapTo('2026-03-10T18:01:00Z');
      await stage.pipeline().deliver();
      expect(heads()).toEqual([]);
      expect(headsIn(stage, best)).toEqual([]);
    });

    it('by a search with few hits is nobody’s news, however often it is asked', async () => {
      await open();
      await subscribe();
      stand.keepInStore('Ocean of 2017');
      for (let time = 0; time < 2; time++) {
        expect(textOf(await stage.ask('search', { query: 'ocean' }))).toContain('Ocean of 2017');
        await round();
      }
      expect(heads()).toEqual([]);
    });

    it('is not counted among what a new subscription would have posted', async () => {
      await open();
      const id = stand.keepInStore('Ocean of 2017');
      await stage.ask('paper', { query: id });
      expect(textOf(await subscribe())).not.toContain('Ocean of 2017');
    });

    it('of a paper that a list shows later does not keep it from being news then', async () => {
      await open();
      await subscribe();
      const id = stand.keepInStore('Ocean of 2017');
      await stage.ask('paper', { query: id });
      await round();
      stand.putOut(id);
      await round();
      expect(heads()).toEqual(['card: Ocean of 2017']);
    });
  });

  describe('a first reading', () => {
    it.each([
      ['today’s list failed', (poll: Poll) => (poll.key === '2026-03-10' ? failedPoll(poll) : poll)],
      ['list of yesterday failed', (poll: Poll) => (poll.key === '2026-03-09' ? failedPoll(poll) : poll)],
      ['lists failed', failedPoll],
    ])('whose %s: they are history when they are read at last', async (_, first) => {
      await open(old, first);
      await subscribe();
      await subscribe({ what: 'wide' }, stage.channelNamed('wide'));
      await round();
      retell = (poll) => poll;
      await round();
      expect(headsIn(stage, stage.channelNamed('wide'))).toEqual([]);
      await round('Ocean new');
      expect(heads()).toEqual(['card: Ocean new']);
    });

    it('whose list came with a page missing: what stood on that page is history too', async () => {
      const cut = (poll: Poll): Poll => ({
        ...poll,
        complete: false,
        sightings: poll.sightings.slice(0, 2),
      });
      await open(old, cut);
      await subscribe();
      await subscribe({ what: 'wide' }, stage.channelNamed('wide'));
      await round();
      retell = (poll) => poll;
      await round();
      await round('Ocean new');
      expect(heads()).toEqual(['card: Ocean new']);
    });

    it('that broke off, with a restart before the next: history stays history', async () => {
      const breakOff = (): never => {
        throw new Error('torn');
      };
      await open(old, breakOff, true);
      await subscribe();
      retell = (poll) => poll;
      await stage.restart();
      await round('Ocean new');
      await round('Ocean newer');
      expect(heads().at(-1)).toBe('card: Ocean newer');
      expect(JSON.stringify(heads())).not.toContain('old');
    });

    it('of a list that failed loses nothing that came out after somebody subscribed', async () => {
      await open(old, failedPoll);
      await subscribe();
      await round('Ocean new');
      retell = (poll) => poll;
      await round();
      expect(heads()).toEqual(['card: Ocean new']);
    });

    it('that failed altogether: the next day’s list is news from its first paper on', async () => {
      await open(old, failedPoll);
      await subscribe();
      stage.clock.leapTo('2026-03-11T08:00:00Z');
      retell = (poll) => poll;
      await round('Ocean of the next day');
      expect(heads()).toEqual(['card: Ocean of the next day']);
    });

    it('by a clock that was months ahead takes nothing for history once it is right', async () => {
      await open(old);
      stage.clock.leapTo('2026-03-01T12:00:00Z');
      await subscribe();
      await round('Ocean new');
      await round('Ocean newer');
      expect(heads()).toEqual(['card: Ocean new', 'card: Ocean newer']);
    });
  });

  it.each([
    ['first', 0, 20],
    ['last', 20, 0],
  ])(
    'after a gap of one source, which is read %s, only what that one missed comes as a digest',
    async (_, slow, otherSlow) => {
      stand = createNewsstand();
      const other = createNewsstand();
      stage = await openStage({
        start: START,
        settings: { POLL_CRON: '*/15 * * * *' },
        sources: (clock) => [
          ...slowAtTheEnd(stand.sources(clock), slow),
          ...slowAtTheEnd(asArxiv(other.sources(clock)), otherSlow),
        ],
      });
      await subscribe();
      await round('Ocean before');
      stand.setClosed(true);
      for (let hours = 0; hours < 3; hours++) {
        stage.clock.leap(60 * MINUTE);
        await stage.round();
      }
      stand.print('Ocean missed 1', 'Ocean missed 2');
      stand.setClosed(false);
      other.print('Ocean in time');
      await round();
      expect(heads().toSorted()).toEqual([
        'What was missed: 2 papers',
        'card: Ocean before',
        'card: Ocean in time',
      ]);
    },
  );
});

/** The end of a reading comes later than its lists: meanwhile the other source's reading goes through the journal. */
const slowAtTheEnd = (sources: readonly Source[], turns: number): Source[] =>
  sources.map((source) => ({
    ...source,
    async *poll(at) {
      yield* source.poll(at);
      for (let turn = 0; turn < turns; turn++) await oneTurn();
    },
  }));

/** The same papers under other ids, as announced by arXiv. */
const asArxiv = (sources: readonly Source[]): Source[] =>
  retold(sources, (poll) => ({
    ...poll,
    source: 'arxiv-rss',
    list: 'announced',
    key: 'cs.LG',
    sightings: poll.sightings.map((one) => ({
      ...one,
      paper: { ...one.paper, id: one.paper.id.replace('2603', '2602') },
    })),
  })).map((source) => ({ ...source, name: 'arxiv-rss' }));
