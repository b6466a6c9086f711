import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { readAtom } from '#src/source/arxiv-atom.ts';
import { readFeed } from '#src/source/arxiv-rss-feed.ts';
import { readListEntry, readPaper } from '#src/source/hugging-face-paper.ts';
import { placeInList } from '#src/source/place-in-list.ts';
import { expectPoll } from '#test/contracts/source.contract.ts';
import { createFakeClock } from '#test/fakes/fake-clock.ts';

const RECORDINGS = '../shared/recordings';
const BASE = 'https://huggingface.co';
const SEEN = Date.parse('2026-10-01T00:00:00Z');

const folders = ['2024', '2025', '2026', 'earlier-versions'].map(
  (name) => `${RECORDINGS}/hugging-face/${name}`,
);
const unzip = (file: string) => JSON.parse(gunzipSync(readFileSync(file)).toString('utf8'));
const exchange = (name: string): string =>
  JSON.parse(readFileSync(`${RECORDINGS}/arxiv-atom/${name}`, 'utf8')).body;

// Skipped where the recordings are not there: they are not part of the project.
describe.skipIf(!existsSync(RECORDINGS))('recorded answers (needs the recordings)', () => {
  it.each(folders)('every paper of every recorded day is readable: %s', (folder) => {
    for (const name of readdirSync(folder)) {
      const items = unzip(`${folder}/${name}`).map((item: unknown) => readListEntry(item, BASE, SEEN));
      const { sightings, malformed } = placeInList(items);

      expect(malformed, name).toBe(0);
      const poll = {
        source: 'hugging-face',
        list: 'latest',
        key: '',
        seenAt: SEEN,
        complete: true,
        malformed,
        sightings,
      } as const;
      expectPoll(poll, { name: 'hugging-face' });
    }
  });

  it('every recorded paper was submitted on the day of its list', () => {
    const folder = folders[2];
    for (const name of readdirSync(folder)) {
      const days = unzip(`${folder}/${name}`).map((item: unknown) => readListEntry(item, BASE, SEEN));

      expect(
        new Set(days.map((item: ReturnType<typeof readListEntry>) => item.ok && item.sighting.batchDay)),
      ).toEqual(new Set([name.slice(0, 10)]));
    }
  });

  it('a recorded single paper is readable', () => {
    const paper = JSON.parse(
      readFileSync(`${RECORDINGS}/hugging-face/paper-2605.06554-2026-05-18.json`, 'utf8'),
    );

    expect(readPaper(paper, BASE, SEEN)).toMatchObject({
      ok: true,
      sighting: { paper: { id: '2605.06554', authors: expect.arrayContaining(['Bowen Peng']) } },
    });
  });

  it.each(['rss-cs.AI-2026-04-27.xml', 'rss-cs.LG-2026-04-27.xml'])(
    'a recorded feed is readable: %s',
    async (name) => {
      const body = readFileSync(`${RECORDINGS}/arxiv-rss/${name}`, 'utf8');

      const feed = await readFeed(body, createFakeClock());

      expect(placeInList(feed.items)).toMatchObject({ malformed: 0, sightings: { length: 3 } });
      expect(new Date(feed.builtAt ?? 0).toISOString().slice(0, 10)).toBe('2026-04-27');
      expect(feed).toEqual(await readFeed(`<!DOCTYPE rss []>${body}`, createFakeClock()));
    },
  );

  it.each([
    ['id_0000.0000_s0_m100_8b51d9633a68.json', []],
    ['id_0808.05394_1707.08567_s0_m100_42e5aa0ec3af.json', ['1707.08567']],
    ['id_astro-ph_0601001_s0_m100_3150dca9dc76.json', ['astro-ph/0601001']],
  ])('a recorded look-up gives the ids that exist: %s', (name, ids) => {
    const { sightings } = placeInList(readAtom(exchange(name), SEEN).items);

    expect(sightings.map(({ paper }) => paper.id)).toEqual(ids);
  });

  it('a recorded page of a hundred results is readable', () => {
    const { sightings, malformed } = placeInList(
      readAtom(exchange('q_testing_s0_m100_cfe7536492ca.json'), SEEN).items,
    );

    expect([sightings.length, malformed]).toEqual([100, 0]);
    expect(sightings.every(({ paper }) => paper.categories.length > 0 && paper.publishedAt !== null)).toBe(
      true,
    );
  });

  it('a recorded error is a complaint, not a paper', () => {
    expect(readAtom(exchange('id_abc_s0_m100_b79c8dcf6bc3.json'), SEEN)).toEqual({
      items: [],
      total: null,
      complaint: 'incorrect id format for abc',
    });
  });
});
