import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { type Archive, openArchive } from '#src/archive/archive.ts';
import { openPaperSearch } from '#src/archive/paper-search.ts';
import { noSearchSnapshot, searchSnapshotBeside } from '#src/archive/search-snapshot.ts';
import { systemClock } from '#src/foundation/clock.ts';
import { openDatabase } from '#src/foundation/database/database.ts';
import { silentLog } from '#src/foundation/log.ts';
import type { Filter } from '#src/match/language/filter.ts';
import { parseFilter } from '#src/match/language/parse-filter.ts';
import { readTopicCatalogue } from '#src/match/language/read-topics.ts';
import type { TopicCatalogue } from '#src/match/language/topic-catalogue.ts';
import { restoreSearchIndex } from '#src/match/search/search-index.ts';
import { createTopicSpotter } from '#src/match/search/topic-spotter.ts';
import { aPaper } from '#test/builders/a-paper.ts';
import { interruptedDatabase } from '#test/fakes/interrupted-database.ts';
import { aPoll, aSighting, MONDAY } from './some-papers.ts';

let archive: Archive;
beforeEach(async () => {
  archive = await openArchive(await openDatabase(':memory:'), []);
});

const word = (text: string): Filter => ({ kind: 'word', text, field: null });
const ids = async (search: ReturnType<typeof openPaperSearch>, filter: Filter) =>
  (await search.search(filter, { limit: 10, now: MONDAY })).hits.map(({ paper }) => paper);

async function keep(at: number, titles: Record<string, string>, votes = 0): Promise<void> {
  const sightings = Object.entries(titles).map(([id, title], i) =>
    aSighting(aPaper(id, { title }), i + 1, { votes }),
  );
  await archive.keep(aPoll(MONDAY + at, sightings));
}

describe('search over the archive', () => {
  it('finds what was kept before it began, and what is kept later', async () => {
    await keep(0, { a: 'Diffusion models', b: 'Pruning' });
    const search = openPaperSearch(archive);
    await search.load();
    await keep(1, { c: 'More diffusion' });
    expect((await ids(search, word('diffusion'))).sort()).toEqual(['a', 'c']);
    expect(search.size).toBe(3);
  });

  it('counts what filters find, up to what is enough', async () => {
    await keep(0, { a: 'Diffusion models', b: 'Pruning models', c: 'Models of waves' });
    const search = openPaperSearch(archive);
    const asked = [
      { filter: word('models'), enough: 9 },
      { filter: word('models'), enough: 2 },
      { filter: word('quantum'), enough: 9 },
    ];
    expect(await search.counts(asked)).toEqual([3, 2, 0]);
  });

  it('takes up the index that was saved, and what came since', async () => {
    await keep(0, { a: 'Diffusion models', b: 'Pruning' });
    const file = join(mkdtempSync(join(tmpdir(), 'paperboy-')), 'papers.db');
    const disk = searchSnapshotBeside(file, silentLog);
    const saving = openPaperSearch(archive, disk);
    await saving.load();
    await saving.save();
    await keep(1, { c: 'More diffusion', b: 'Pruning diffusion' });
    const search = openPaperSearch(archive, disk);
    await search.load();
    expect((await ids(search, word('diffusion'))).sort()).toEqual(['a', 'b', 'c']);
    expect(search.near('Prunin')).toEqual(['pruning']);
    const stranger = openPaperSearch(await openArchive(await openDatabase(':memory:'), []), disk);
    await stranger.load();
    expect(stranger.size).toBe(0);
  });

  it('finds a paper by its venue as soon as arXiv tells it', async () => {
    await keep(0, { a: 'Diffusion models', b: 'Pruning' });
    const search = openPaperSearch(archive);
    await search.load();
    const venue: Filter = { kind: 'venue', form: 'word', text: 'NIPS' };
    expect(await ids(search, venue)).toEqual([]);
    await archive.describe(
      [aPaper('a', { title: 'Diffusion models', comment: 'NeurIPS 2026' })],
      'arxiv-api',
    );
    expect(await ids(search, venue)).toEqual(['a']);
  });

  it('begins anew where the saved index is damaged', async () => {
    await keep(0, { a: 'Diffusion models' });
    const disk = { read: async () => new Uint8Array(64), write: async () => {} };
    const search = openPaperSearch(archive, disk);
    await search.load();
    expect(await ids(search, word('diffusion'))).toEqual(['a']);
  });

  it('reads large archives in slices', async () => {
    await keep(0, Object.fromEntries(Array.from({ length: 120 }, (_, i) => [`p${i}`, `Paper number ${i}`])));
    const search = openPaperSearch(archive);
    const loading = search.load();
    expect(search.size).toBeLessThan(120);
    await loading;
    expect(search.size).toBe(120);
  });

  it('knows new votes and new words of a paper', async () => {
    await keep(0, { a: 'Diffusion models' }, 1);
    const search = openPaperSearch(archive);
    await search.load();
    await keep(1, { a: 'Diffusion models' }, 50);
    const popular: Filter = { kind: 'number', figure: 'upvotes', is: '>=', value: 50 };
    expect(await ids(search, popular)).toEqual(['a']);

    await keep(2, { a: 'Diffusion transformers' }, 50);
    expect(await ids(search, word('transformers'))).toEqual(['a']);
    expect(await ids(search, word('models'))).toEqual([]);
  });
});

async function untilKnown(search: ReturnType<typeof openPaperSearch>, papers: number): Promise<void> {
  while (search.size < papers) await new Promise((resolve) => setImmediate(resolve));
}

describe('a journal that is longer than one slice', () => {
  const fillers = (at: number, count: number) =>
    keep(at, Object.fromEntries(Array.from({ length: count }, (_, i) => [`f${i}`, `Filler ${i} of ${at}`])));

  it('leaves no paper with words that it had before', async () => {
    await keep(0, { a: 'Diffusion models' }, 1);
    const search = openPaperSearch(archive);
    await search.load();
    await keep(1, { a: 'Diffusion transformers' }, 1);
    await fillers(2, 60);
    await keep(3, { a: 'Diffusion transformers' }, 50);
    expect(await ids(search, word('transformers'))).toEqual(['a']);
    expect(await ids(search, word('models'))).toEqual([]);
  });

  it('is read on after a start that was cut short, from the index that was saved', async () => {
    const file = join(mkdtempSync(join(tmpdir(), 'paperboy-')), 'papers.db');
    const disk = searchSnapshotBeside(file, silentLog);
    await keep(0, { a: 'Diffusion models' }, 1);
    await fillers(1, 60);
    const cutShort = openPaperSearch(archive, disk);
    const loading = cutShort.load();
    await cutShort.save();
    await loading;
    await keep(2, { a: 'Diffusion transformers' }, 1);
    const search = openPaperSearch(archive, disk);
    await search.load();
    expect(search.size).toBe(61);
    expect(await ids(search, word('transformers'))).toEqual(['a']);
  });

  it('is left off between two slices when Paperboy stops, and can be read on', async () => {
    await fillers(1, 300);
    const search = openPaperSearch(archive);
    const leaving = new AbortController();
    const loading = search.load(leaving.signal);
    await untilKnown(search, 1);
    leaving.abort();
    await loading;
    expect(search.size).toBeLessThan(300);
    await search.load();
    expect(search.size).toBe(300);
  });

  it('leaves no paper with words that it had before, also where a start was cut short meanwhile', async () => {
    const file = join(mkdtempSync(join(tmpdir(), 'paperboy-')), 'papers.db');
    const disk = searchSnapshotBeside(file, silentLog);
    await keep(0, { a: 'Diffusion models' }, 1);
    const first = openPaperSearch(archive, disk);
    await first.load();
    await first.save();
    await keep(1, { a: 'Diffusion transformers' }, 1);
    await fillers(2, 60);
    await keep(3, { a: 'Diffusion transformers' }, 50);
    const cutShort = openPaperSearch(archive, disk);
    const loading = cutShort.load();
    await untilKnown(cutShort, 20);
    await cutShort.save();
    await loading;
    const search = openPaperSearch(archive, disk);
    await search.load();
    expect(await ids(search, word('transformers'))).toEqual(['a']);
  });

  it('waits while the index is written, and the saved index is whole', async () => {
    const file = join(mkdtempSync(join(tmpdir(), 'paperboy-')), 'papers.db');
    const disk = searchSnapshotBeside(file, silentLog);
    await keep(0, { a: 'Diffusion models' });
    const search = openPaperSearch(archive, disk);
    await search.load();
    const saved = search.save();
    await keep(1, { b: 'More diffusion' });
    expect((await ids(search, word('diffusion'))).sort()).toEqual(['a', 'b']);
    await saved;
    const index = await restoreSearchIndex((await disk.read()) ?? new Uint8Array());
    expect(index?.index.size).toBe(1);
  });
});

describe('the topics of a catalogue', () => {
  const catalogue = (filter: string) =>
    readTopicCatalogue([{ name: 'flows', title: 'Flows', line: 'One line.', filter }]);
  const asked = (topics: TopicCatalogue): Filter => {
    const parsed = parseFilter('topic:flows', { topics });
    return parsed.ok ? parsed.filter : word('unread');
  };
  const clock = systemClock;

  it('find a paper by the words that it has now', async () => {
    const topics = catalogue('diffusion OR flow');
    const search = openPaperSearch(archive, noSearchSnapshot, silentLog, clock, topics);
    await keep(0, { a: 'Diffusion models', b: 'Pruning' });
    await search.load();
    expect(await ids(search, asked(topics))).toEqual(['a']);
    await keep(1, { a: 'Pruned models', b: 'Pruning flows' });
    expect(await ids(search, asked(topics))).toEqual(['b']);
  });

  it('find by the new catalogue after an update, at once and once all papers were read anew', async () => {
    const disk = searchSnapshotBeside(join(mkdtempSync(join(tmpdir(), 'paperboy-')), 'papers.db'), silentLog);
    await keep(0, { a: 'Diffusion models', b: 'Pruning' });
    const before = openPaperSearch(archive, disk, silentLog, clock, catalogue('diffusion'));
    await before.load();
    await before.save();
    const topics = catalogue('pruning');
    const search = openPaperSearch(archive, disk, silentLog, clock, topics);
    expect(await ids(search, asked(topics))).toEqual(['b']);
    await search.load();
    expect(await ids(search, asked(topics))).toEqual(['b']);
    await search.save();
    const saved = (await disk.read()) ?? new Uint8Array();
    const isKnown = async (of: TopicCatalogue) =>
      (await restoreSearchIndex(saved, await createTopicSpotter(of)))?.index.knowsTopics;
    expect(await isKnown(topics)).toBe(true);
    expect(await isKnown(catalogue('diffusion'))).toBe(false);
  });
});

describe('a paper that goes while the index is written', () => {
  it('is found no longer afterwards, and what was written is whole', async () => {
    const file = join(mkdtempSync(join(tmpdir(), 'paperboy-')), 'papers.db');
    const disk = searchSnapshotBeside(file, silentLog);
    await keep(0, { a: 'Diffusion models', b: 'Diffusion again' });
    const search = openPaperSearch(archive, disk);
    await search.load();
    const saved = search.save();
    search.forget(['a']);
    await saved;
    expect(await ids(search, word('diffusion'))).toEqual(['b']);
    const index = await restoreSearchIndex((await disk.read()) ?? new Uint8Array());
    expect(index?.index.size).toBe(2);
  });
});

describe('a paper that goes while the index is made anew', () => {
  it('is found no longer afterwards', async () => {
    const plain = await openDatabase(':memory:');
    const db = interruptedDatabase(plain);
    archive = await openArchive(db, []);
    const disk = searchSnapshotBeside(join(mkdtempSync(join(tmpdir(), 'paperboy-')), 'papers.db'), silentLog);
    await keep(0, Object.fromEntries(Array.from({ length: 40 }, (_, i) => [`p${i}`, 'Diffusion models'])));
    const saving = openPaperSearch(archive, disk);
    await saving.load();
    await saving.save();
    const remove = async (id: string) => {
      await plain.run('DELETE FROM sighting WHERE paper = (SELECT ref FROM paper WHERE id = ?)', id);
      await plain.run('DELETE FROM paper WHERE id = ?', id);
    };
    await remove('p1');
    const search = openPaperSearch(archive, disk);
    // One of the old index, one slice of the new, then this.
    const held = db.hold(/FROM paper WHERE seq >/, 2);
    const loading = search.load();
    await held;
    await remove('p2');
    search.forget(['p2']);
    await db.release();
    await loading;
    expect(search.size).toBe(38);
  });
});

describe('titles as they are being typed', () => {
  beforeEach(async () => {
    await keep(0, {
      a: 'Attention Is All You Need',
      b: 'Attentive Pruning of RAG Systems',
      c: 'Scaling Laws',
    });
  });

  it.each([
    ['attention is all you need', ['a']],
    ['ATTENTION is al', ['a']],
    ['atten', ['a', 'b']],
    ['prun', ['b']],
    ['rag sys', ['b']],
    ['scaling unicorns', ['c']],
    ['unicorns', []],
    ['!?', []],
    ['', []],
  ])('%s', async (typed, found) => {
    expect((await openPaperSearch(archive).titles(typed, 5)).sort()).toEqual(found);
  });
});
