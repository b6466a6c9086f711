import { describe, expect, it } from 'vitest';
import type { Poll } from '#src/paper/sighting.ts';
import { createSampleSource, SAMPLE_LASTS_MS, sampleStartsAt } from '#src/source/sample.ts';
import { createTrendRule } from '#src/trend/trend-rule.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const START = Date.parse('2026-11-23T12:00:00Z');

function open(start: number = START) {
  let now = start;
  const clock = {
    now: () => now,
    advance: (ms: number) => {
      now += ms;
    },
  };
  const source = createSampleSource({ clock, startedAt: start });
  const polls = async () => {
    const all: Poll[] = [];
    for await (const poll of source.poll(clock.now())) all.push(poll as Poll);
    return all;
  };
  return { clock, polls };
}

/** Everything that is shown from the start on, looked at as often as the sandbox does. */
async function lookFor(ms: number) {
  const { clock, polls } = open();
  const first = await polls();
  const later: Poll[] = [];
  for (let passed = 0; passed < ms; passed += 5 * MINUTE) {
    clock.advance(5 * MINUTE);
    later.push(...(await polls()));
  }
  return { first, later };
}

/** The papers that reach a score after the start, by the rule itself, with what is said of them. */
async function risersWithin(ms: number, threshold: number) {
  const rule = createTrendRule();
  const { first, later } = await lookFor(ms);
  for (const poll of first) rule.observe(poll);
  return later
    .flatMap((poll) => rule.observe(poll))
    .filter(({ from, score }) => from < threshold && threshold <= score)
    .map(({ at, reason, paper }) => ({ minute: Math.round((at - START) / MINUTE), paper, reason }));
}

const ids = (polls: Poll[]) =>
  new Set(polls.flatMap(({ sightings }) => sightings.map(({ paper }) => paper.id)));
const days = (polls: Poll[]) => [...new Set(polls.map(({ key }) => key))].sort();
const daysFrom = (first: string, count: number) =>
  Array.from({ length: count }, (_, day) =>
    new Date(Date.parse(`${first}T00:00:00Z`) + day * DAY).toISOString().slice(0, 10),
  );

describe('the sample feed', () => {
  it('starts at noon (UTC), at whatever hour somebody opens it', () => {
    const starts = ['2026-11-23T00:00:00Z', '2026-11-23T12:00:01Z', '2026-11-23T23:59:59Z'];
    expect(starts.map((at) => sampleStartsAt(Date.parse(at)))).toEqual([START, START, START]);
  });

  it('brings sixty papers of ten days: seven before today, today, and two to come', async () => {
    const { first, later } = await lookFor(SAMPLE_LASTS_MS);

    expect(days(first)).toEqual(daysFrom('2026-11-16', 8));
    expect(days([...first, ...later])).toEqual(daysFrom('2026-11-16', 10));
    expect(ids([...first, ...later]).size).toBe(62);
  });

  it('ends with the last of its days', () => {
    expect(new Date(START + SAMPLE_LASTS_MS).toISOString()).toBe('2026-11-26T00:00:00.000Z');
  });

  it('opens a batch in the morning of its day, not before', async () => {
    const { clock, polls } = open();
    await polls();
    clock.advance(18 * HOUR - MINUTE);
    expect(days(await polls())).not.toContain('2026-11-24');

    clock.advance(MINUTE);

    expect(days(await polls())).toContain('2026-11-24');
  });

  it('brings its history at once, in the order of time, none of it from the future', async () => {
    const times = (await open().polls()).map(({ seenAt }) => seenAt);

    expect(times).toEqual([...times].sort((a, b) => a - b));
    expect(times.at(-1)).toBe(START);
  });

  it('brings history only once, and then the batches of the last days, the newest first', async () => {
    const { polls, clock } = open();
    await polls();
    clock.advance(5 * MINUTE);

    expect((await polls()).map(({ key }) => key)).toEqual(daysFrom('2026-11-20', 4).reverse());
  });

  it('lets votes grow, never fall, up to what Hugging Face showed', async () => {
    const { first, later } = await lookFor(SAMPLE_LASTS_MS);
    const votes = new Map<string, number>();
    for (const { paper, votes: seen } of [...first, ...later].flatMap(({ sightings }) => sightings)) {
      expect(seen).toBeGreaterThanOrEqual(votes.get(paper.id) ?? 0);
      votes.set(paper.id, seen ?? 0);
    }

    expect(votes.get('2412.15115')).toBe(225);
  });

  it('stands still with the clock', async () => {
    const { polls } = open();
    await polls();

    expect(await polls()).toEqual(await polls());
  });

  it('tells the same story whenever it is started', async () => {
    const one = open(START);
    const other = open(START + 100 * DAY);
    for (const { polls } of [one, other]) await polls();
    one.clock.advance(3 * HOUR);
    other.clock.advance(3 * HOUR);
    const shown = (polls: Poll[]) =>
      polls.map(({ sightings }) => sightings.map(({ paper, votes }) => [paper.id, votes]));

    expect(shown(await one.polls())).toEqual(shown(await other.polls()));
  });

  describe.each([
    ['early', 2.5],
    ['everything rising', 1.5],
  ])('for who asked for %s', (_, threshold) => {
    it('has a paper newly trending ten minutes after its start, and then one every 20 to 40 minutes for four hours', async () => {
      const minutes = (await risersWithin(4 * HOUR, threshold)).map(({ minute }) => minute);

      expect(minutes[0]).toBe(10);
      const gaps = minutes.slice(1).map((minute, index) => minute - minutes[index]);
      expect(gaps.filter((gap) => gap < 20 || gap > 50)).toEqual([]);
      expect(gaps.reduce((sum, gap) => sum + gap, 0) / gaps.length).toBeLessThan(40);
    });

    it('has more on each of the days to come', async () => {
      const found = await risersWithin(SAMPLE_LASTS_MS, threshold);
      const onDay = (day: number) =>
        found.filter(({ minute }) => Math.floor((minute + 12 * 60) / (24 * 60)) === day).length;

      expect([1, 2].map(onDay).every((count) => count >= 3)).toBe(true);
    });
  });

  it('has reasons that can be believed: more votes than most strong papers had, and high up', async () => {
    for (const { reason } of await risersWithin(4 * HOUR, 2.5)) {
      if (reason.kind !== 'votes') throw new Error('The sample has no ranks.');
      expect(reason.votes).toBeGreaterThan((reason.pace ?? Infinity) + 1);
      expect(reason.place).toBeLessThanOrEqual(3);
    }
  });

  it('has something for the filters that people try first', async () => {
    const { first, later } = await lookFor(SAMPLE_LASTS_MS);
    const fresh = [...first.slice(-1), ...later].flatMap(({ sightings }) =>
      sightings.map(({ paper }) => paper),
    );
    const words = [
      ...['diffusion', 'agent', 'reasoning', 'RAG', 'LLM', 'video', 'robot', 'evaluation', 'benchmark'],
    ];
    const missing = words.filter(
      (word) =>
        !fresh.some((paper) => `${paper.title} ${paper.abstract} ${paper.keywords.join(' ')}`.includes(word)),
    );

    expect(missing).toEqual([]);
  });

  it('knows authors and arXiv categories of every paper', async () => {
    const { first, later } = await lookFor(SAMPLE_LASTS_MS);
    const papers = [...first, ...later].flatMap(({ sightings }) => sightings.map(({ paper }) => paper));

    expect(papers.filter(({ authors }) => authors.length === 0)).toEqual([]);
    expect(
      papers.filter(({ categories }) => !categories.every((name) => /^[a-z-]+(\.[A-Za-z-]+)?$/.test(name))),
    ).toEqual([]);
    expect(papers.filter(({ abstract }) => abstract.length < 100)).toEqual([]);
  });

  it('works when it is started a second after midnight', async () => {
    const { polls } = open(Date.parse('2026-11-23T00:00:01Z'));

    expect(days(await polls())).toEqual(daysFrom('2026-11-16', 7));
  });
});
