import { describe, expect, it } from 'vitest';
import type { Poll } from '#src/paper/sighting.ts';
import { createSampleSource } from '#src/source/sample.ts';
import { createFakeClock } from '#test/fakes/fake-clock.ts';

const SECOND = 1000;
const DAY = 24 * 3600 * SECOND;
const START = '2026-11-23T09:00:00Z';

async function open(start = START) {
  const clock = createFakeClock(start);
  const source = createSampleSource({ clock, startedAt: clock.now() });
  const polls = async () => {
    const all: Poll[] = [];
    for await (const poll of source.poll(clock.now())) all.push(poll as Poll);
    return all;
  };
  return { clock, polls };
}

const ids = (polls: Poll[]) =>
  new Set(polls.flatMap(({ sightings }) => sightings.map(({ paper }) => paper.id)));

const leaders = (polls: Poll[]) => new Set(polls.map(({ sightings }) => sightings[0].paper.id));

describe('the sample feed', () => {
  it('brings about sixty papers of ten days, the last of them today', async () => {
    const { polls } = await open();

    const all = await polls();

    expect(ids(all).size).toBeGreaterThanOrEqual(55);
    expect([...new Set(all.map(({ key }) => key))].sort()).toEqual(
      Array.from({ length: 10 }, (_, day) =>
        new Date(Date.parse('2026-11-14T00:00:00Z') + day * DAY).toISOString().slice(0, 10),
      ),
    );
  });

  it('brings its history at once, in the order of time, none of it from the future', async () => {
    const { polls } = await open();

    const times = (await polls()).map(({ seenAt }) => seenAt);

    expect(times).toEqual([...times].sort((a, b) => a - b));
    expect(times.at(-1)).toBe(Date.parse(START));
  });

  it('brings history only once', async () => {
    const { polls, clock } = await open();
    await polls();
    await clock.advance(2 * SECOND);

    expect((await polls()).map(({ key }) => key)).toEqual(['2026-11-23', '2026-11-22', '2026-11-21']);
  });

  it('begins with every live paper at its first vote, so that nothing is trending before one watches', async () => {
    const { polls } = await open();

    const live = (await polls()).slice(-3);

    expect(new Set(live.flatMap(({ sightings }) => sightings.map(({ votes }) => votes)))).toEqual(
      new Set([1]),
    );
  });

  it('lets votes grow, never fall, up to what Hugging Face showed', async () => {
    const { polls, clock } = await open();
    const votes = new Map<string, number>();
    await polls();

    for (let second = 0; second < 180; second += 5) {
      await clock.advance(5 * SECOND);
      for (const { paper, votes: now } of (await polls()).flatMap(({ sightings }) => sightings)) {
        expect(now).toBeGreaterThanOrEqual(votes.get(paper.id) ?? 0);
        votes.set(paper.id, now ?? 0);
      }
    }

    expect(votes.get('2412.15115')).toBe(225);
  });

  it('shows a paper in the lead with more than strong papers had, within twenty seconds', async () => {
    const { polls, clock } = await open();
    await polls();
    await clock.advance(15 * SECOND);

    const [first] = (await polls())[0].sightings;

    expect(first.votes).toBeGreaterThan(20);
  });

  it('changes the lead again and again: something happens every few seconds', async () => {
    const { polls, clock } = await open();
    const seen: Poll[] = [];
    await polls();

    for (let second = 0; second < 120; second += 2) {
      await clock.advance(2 * SECOND);
      seen.push(...(await polls()));
    }

    expect(leaders(seen).size).toBeGreaterThanOrEqual(15);
  });

  it('has something for the filters that people try first', async () => {
    const { polls } = await open();
    const live = (await polls()).slice(-3).flatMap(({ sightings }) => sightings.map(({ paper }) => paper));

    const words = [
      'diffusion',
      'agent',
      'reasoning',
      'RAG',
      'LLM',
      'video',
      'robot',
      'evaluation',
      'benchmark',
    ];
    const missing = words.filter(
      (word) =>
        !live.some((paper) => `${paper.title} ${paper.abstract} ${paper.keywords.join(' ')}`.includes(word)),
    );

    expect(missing).toEqual([]);
  });

  it('knows authors and arXiv categories of every paper', async () => {
    const { polls } = await open();
    const papers = (await polls()).flatMap(({ sightings }) => sightings.map(({ paper }) => paper));

    expect(papers.filter(({ authors }) => authors.length === 0)).toEqual([]);
    expect(
      papers.filter(({ categories }) => !categories.every((name) => /^[a-z-]+(\.[A-Za-z-]+)?$/.test(name))),
    ).toEqual([]);
    expect(papers.filter(({ abstract }) => abstract.length < 100)).toEqual([]);
  });

  it('works when it is started a second after midnight', async () => {
    const { polls, clock } = await open('2026-11-23T00:00:01Z');
    await polls();
    await clock.advance(60 * SECOND);

    expect((await polls()).every(({ sightings }) => sightings.length >= 10)).toBe(true);
  });
});
