import { setImmediate as oneTurn } from 'node:timers/promises';
import { afterEach, describe, expect, it } from 'vitest';
import type { Paper } from '#src/paper/paper.ts';
import type { Poll, Sighting } from '#src/paper/sighting.ts';
import type { Source } from '#src/source/source.ts';
import type { ShiftedClock } from '#test/fakes/shifted-clock.ts';
import { createNewsstand, headsIn, type Newsstand, type Retell, retold } from './newsstand.ts';
import { openStage, type Stage, textOf } from './stage.ts';

const MINUTE = 60_000;

describe('a source says something odd', () => {
  let stage: Stage;
  let stand: Newsstand;
  afterEach(() => stage.close());

  const open = async (retell: Retell, others: (clock: ShiftedClock) => Source[] = () => []) => {
    stand = createNewsstand();
    stage = await openStage({
      start: '2026-03-10T12:00:00Z',
      sources: (clock) => [...retold(stand.sources(clock), retell), ...others(clock)],
      settings: { POLL_CRON: '*/15 * * * *' },
    });
    await stage.subscribe({ keywords: 'ocean', what: 'all' }, stage.channel);
  };
  const round = async (...titles: string[]) => {
    stand.print(...titles);
    stage.clock.leap(15 * MINUTE);
    await stage.round();
  };
  const odd =
    (change: (one: Sighting) => object, title = 'Ocean odd'): Retell =>
    (poll) => ({
      ...poll,
      sightings: poll.sightings.map((one) =>
        one.paper.title === title ? ({ ...one, ...change(one) } as Sighting) : one,
      ),
    });
  const oddPaper = (facts: object) => odd(({ paper }) => ({ paper: { ...paper, ...facts } as Paper }));

  it.each([
    ['half a vote', odd(() => ({ votes: 1.5 }))],
    ['more votes than there are numbers', odd(() => ({ votes: 1e19 }))],
    ['votes below zero', odd(() => ({ votes: -1 }))],
    ['votes that are no number', odd(() => ({ votes: Number.NaN }))],
    ['no place', odd(() => ({ place: undefined }))],
    ['no paper', odd(() => ({ paper: null }))],
    ['no title', oddPaper({ title: 7 })],
  ])('%s: that paper is counted as malformed, the others come', async (_, retell) => {
    await open(retell);
    await round('Ocean odd', 'Ocean good');
    expect(headsIn(stage, stage.channel)).toEqual(['card: Ocean good']);
    expect(textOf(await stage.ask('status'))).toContain('1 of its papers could not be read');
    await round('Ocean later');
    expect(headsIn(stage, stage.channel)).toEqual(['card: Ocean good', 'card: Ocean later']);
  });

  it.each([
    ['half a star', odd(() => ({ stars: 0.5 }))],
    ['endless comments', odd(() => ({ comments: Number.POSITIVE_INFINITY }))],
    ['a batch day that there is not', odd(() => ({ batchDay: '2026-02-31' }))],
    ['a date that is none', oddPaper({ publishedAt: 1e19 })],
    ['half an emoji and a NUL in an author', oddPaper({ authors: ['A\0da \ud83d', null, 3] })],
    ['authors that are no list', oddPaper({ authors: 'Ada' })],
    ['an address without end', oddPaper({ projectPage: `https://a.example/${'x'.repeat(100_000)}` })],
    ['an abstract of a megabyte', oddPaper({ abstract: 'wide '.repeat(200_000) })],
    ['thousands of authors', oddPaper({ authors: Array.from({ length: 9000 }, (_, i) => `Author ${i}`) })],
  ])('%s: the paper comes all the same', async (_, retell) => {
    await open(retell);
    await round('Ocean odd');
    await round('Ocean later');
    expect(headsIn(stage, stage.channel)).toEqual(['card: Ocean odd', 'card: Ocean later']);
  });

  it('one list that cannot be kept is late, with its reason; the other lists come', async () => {
    const breakToday = (poll: Poll) => (poll.key === '2026-03-10' ? { ...poll, seenAt: Number.NaN } : poll);
    await open(breakToday);
    await round('Ocean lost');
    const status = textOf(await stage.ask('status'));
    expect(status).toContain('late');
    expect(status).toContain('cannot be kept');
    stage.clock.leapTo('2026-03-11T12:00:00Z');
    await round('Ocean next day');
    expect(headsIn(stage, stage.channel)).toEqual(['card: Ocean next day']);
  });

  it('a source that breaks off: what came before is posted, and status tells', async () => {
    let breaks = false;
    await open((poll) => {
      if (breaks && poll.key !== '2026-03-11') throw new Error('torn in the middle');
      return poll;
    });
    await round('Ocean one');
    breaks = true;
    stage.clock.leapTo('2026-03-11T12:00:00Z');
    await round('Ocean two');
    expect(headsIn(stage, stage.channel)).toContain('card: Ocean one');
    expect(JSON.stringify(stage.driver.allMessages(stage.channel))).toContain('Ocean two');
    expect(textOf(await stage.ask('status'))).toContain('torn in the middle');
  });

  it('an answer to a question with one odd paper costs that paper alone', async () => {
    stand = createNewsstand();
    const withOddAnswers = (source: Source): Source => ({
      ...source,
      async search(words, limit) {
        const found = await source.search?.(words, limit);
        if (!found) throw new Error('the newsstand can be searched');
        const [first, ...others] = found.sightings;
        return { ...found, sightings: [{ ...first, votes: 0.5 }, ...others] };
      },
    });
    stage = await openStage({
      start: '2026-03-10T12:00:00Z',
      sources: (clock) => stand.sources(clock).map(withOddAnswers),
    });
    stand.keepInStore('Reef one');
    stand.keepInStore('Reef two');
    const answer = textOf(await stage.ask('search', { query: 'reef' }));
    expect(answer).toContain('Reef two');
    expect(answer).not.toContain('Reef one');
  });
});

describe('something is slow', () => {
  it('a list that hangs holds up no alert of the lists before it', async () => {
    const stand = createNewsstand();
    let hang: Promise<unknown> = Promise.resolve();
    let release = (): void => {};
    const stage = await openStage({
      start: '2026-03-10T12:00:00Z',
      sources: (clock) =>
        stand.sources(clock).map((source) => ({
          ...source,
          async *poll(at) {
            yield* source.poll(at);
            await hang;
          },
        })),
    });
    await stage.subscribe({ keywords: 'ocean', what: 'all' }, stage.channel);
    hang = new Promise<void>((resolve) => {
      release = resolve;
    });
    stand.print('Ocean one');
    const reading = stage.pipeline().readings[0].read();
    for (let turn = 0; turn < 50; turn++) await oneTurn();
    await stage.pipeline().deliver();
    expect(headsIn(stage, stage.channel)).toEqual(['card: Ocean one']);
    release();
    await reading;
    await stage.close();
  });

  it('arXiv that never describes a paper holds up no alert', async () => {
    const stand = createNewsstand();
    let answer = (): void => {};
    const hanging: Source = {
      name: 'arxiv-api',
      poll: async function* () {},
      describe: () =>
        new Promise((resolve) => {
          answer = () => resolve([]);
        }),
    };
    const stage = await openStage({
      start: '2026-03-10T12:00:00Z',
      sources: (clock) => [
        ...retold(stand.sources(clock), (poll) => ({
          ...poll,
          sightings: poll.sightings.map((one) => ({ ...one, paper: { ...one.paper, categories: [] } })),
        })),
        hanging,
      ],
    });
    await stage.subscribe({ keywords: 'ocean', what: 'all' }, stage.channel);
    const read = () => Promise.all(stage.pipeline().readings.map((reading) => reading.read()));
    stand.print('Ocean one');
    await read();
    await stage.pipeline().deliver();
    stand.print('Ocean two');
    await read();
    await stage.pipeline().deliver();
    expect(headsIn(stage, stage.channel)).toEqual(['card: Ocean one', 'card: Ocean two']);
    const closed = stage.close();
    answer();
    await closed;
  });
});
