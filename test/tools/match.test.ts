import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';

const folder = mkdtempSync(join(tmpdir(), 'paperboy-match-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function runMatch(filters: string, papers: string, ...more: string[]) {
  writeFileSync(join(folder, 'filters.jsonl'), filters);
  writeFileSync(join(folder, 'papers.jsonl'), papers);
  const files = ['--filters', join(folder, 'filters.jsonl'), '--papers', join(folder, 'papers.jsonl')];
  const run = spawnSync(process.execPath, ['src/tools/match.ts', ...files, ...more], { encoding: 'utf8' });
  const printed = run.stdout.split('\n').filter((line) => line !== '');
  return { code: run.status, printed: printed.map((line) => JSON.parse(line)), complaints: run.stderr };
}

const lines = (...values: object[]) => values.map((value) => JSON.stringify(value)).join('\n');

const papers = lines(
  {
    id: '2603.00001',
    title: 'Fine-tuning RAGs',
    abstract: 'With diffusion.',
    authors: ['Albert Gu'],
    categories: ['cs.LG'],
    organization: 'Carnegie Mellon University',
    keywords: ['retrieval'],
    comment: 'Accepted at NeurIPS 2025, 12 pages',
    journal_ref: 'Phys. Rev. D 103, 043012 (2021)',
    upvotes: 21,
    comments: 3,
    stars: null,
    published: '2026-03-20',
  },
  { id: '2603.00002', title: 'A survey of ragged things', published: '2026-03-21T10:00:00.000Z' },
);

describe('npm run match', () => {
  it('prints which filters match which papers, in the order of papers and filters', () => {
    const filters = lines(
      { id: 'words', filter: 'finetuning OR survey' },
      { id: 'acronym', filter: 'RAG' },
      {
        id: 'fields',
        filter: 'author:"Albert Gu" cat:cs.* org:mellon keyword:retrieval upvotes:>20 comments:3',
      },
      { id: 'venues', filter: 'venue:"NIPS 2025" venue:PRD' },
      { id: 'days', filter: 'after:2026-03-21' },
      { id: 'unknown', filter: '-upvotes:>0' },
      { id: 7, filter: '-survey' },
    );
    const run = runMatch(filters, papers);
    expect(run).toMatchObject({ code: 0, complaints: '' });
    expect(run.printed).toEqual([
      { filter: 'words', paper: '2603.00001' },
      { filter: 'acronym', paper: '2603.00001' },
      { filter: 'fields', paper: '2603.00001' },
      { filter: 'venues', paper: '2603.00001' },
      { filter: 7, paper: '2603.00001' },
      { filter: 'words', paper: '2603.00002' },
      { filter: 'days', paper: '2603.00002' },
      { filter: 'unknown', paper: '2603.00002' },
    ]);
  });

  it('prints an error with its place for each malformed filter, and goes on', () => {
    const filters = lines({ id: 'bad', filter: 'diffusion OR "score' }, { id: 'good', filter: 'diffusion' });
    expect(runMatch(filters, papers)).toMatchObject({
      code: 0,
      printed: [
        { filter: 'bad', error: { position: 13, message: expect.stringContaining('not closed') } },
        { filter: 'good', paper: '2603.00001' },
      ],
    });
  });

  it('reports lines it cannot read by their number, reads the others, and ends with exit code 1', () => {
    const run = runMatch(
      `{"id":"a","filter":"survey"}\nno json\n{"filter":"no id"}\n`,
      `${papers}\n\n{"id":"3"}\n`,
    );
    expect(run.code).toBe(1);
    expect(run.printed).toEqual([{ filter: 'a', paper: '2603.00002' }]);
    expect(run.complaints).toMatch(/filters\.jsonl, line 2 is no JSON/);
    expect(run.complaints).toMatch(/filters\.jsonl, line 3 is left out\. id: /);
    expect(run.complaints).toMatch(/papers\.jsonl, line 4 is left out\. title: /);
  });

  it.each([
    ['a line separator', '\u2028'],
    ['a paragraph separator', '\u2029'],
    ['a next-line sign', '\u0085'],
  ])('takes %s within a filter, a title or an id for a character of it', (_, sign) => {
    const run = runMatch(
      lines({ id: `f${sign}`, filter: `state${sign}space` }, { id: 'next', filter: 'models' }),
      lines(
        { id: `p${sign}`, title: `A state${sign}space`, abstract: `of${sign}models` },
        { id: 'q', title: 'Models' },
      ),
    );
    expect(run).toMatchObject({ code: 0, complaints: '' });
    expect(run.printed).toEqual([
      { filter: `f${sign}`, paper: `p${sign}` },
      { filter: 'next', paper: `p${sign}` },
      { filter: 'next', paper: 'q' },
    ]);
  });

  it('ends lines as any editor does, and reads those that are longer than what is read at a time', () => {
    const filters = '\uFEFF{"id":"long","filter":"needle"}\r\n\r\n{"id":"title","filter":"straw"}\r\n';
    const long = `${'hay ö '.repeat(100_000)}needle`;
    const run = runMatch(
      filters,
      `${lines({ id: 1, title: 'Straw', abstract: long })}\r\n${lines({ id: 2, title: 'Straw' })}`,
    );
    expect(run).toMatchObject({ code: 0, complaints: '' });
    expect(run.printed).toEqual([
      { filter: 'long', paper: 1 },
      { filter: 'title', paper: 1 },
      { filter: 'title', paper: 2 },
    ]);
  });

  it('tells which line it was that cannot be read, also after signs that look like line breaks', () => {
    const run = runMatch(
      lines({ id: 'a', filter: 'x\u2028y' }, { id: 'b', filter: 'z' }),
      '{"id":1,"title":"A\u2028B"}\nno json',
    );
    expect(run.code).toBe(1);
    expect(run.complaints).toMatch(/^\S*papers\.jsonl, line 2 is no JSON/);
  });

  it('names the filter whose text is missing as an error too', () => {
    const run = runMatch('{"id":"a"}\n{"id":"b","filter":5}', papers);
    expect(run.code).toBe(1);
    expect(run.printed).toMatchObject([
      { filter: 'a', error: { position: 0 } },
      { filter: 'b', error: { position: 0 } },
    ]);
  });

  it('keeps a paper whose date is none, as a paper of unknown date', () => {
    const filters = lines({ id: 'any', filter: 'things' }, { id: 'dated', filter: 'after:1990-01-01' });
    const run = runMatch(filters, lines({ id: 'x', title: 'Things', published: 'yesterday' }));
    expect(run).toMatchObject({ code: 1, printed: [{ filter: 'any', paper: 'x' }] });
    expect(run.complaints).toMatch(/line 1: "yesterday" is no date/);
  });

  it('counts age from the instant given by --now', () => {
    const filters = lines({ id: 'new', filter: 'age:<1d' });
    expect(runMatch(filters, papers, '--now', '2026-03-21T12:00:00Z').printed).toEqual([
      { filter: 'new', paper: '2603.00002' },
    ]);
  });

  it('says how it is used when an argument is missing, and which file cannot be opened', () => {
    const bare = spawnSync(process.execPath, ['src/tools/match.ts'], { encoding: 'utf8' });
    expect(bare).toMatchObject({ status: 2, stdout: '' });
    expect(bare.stderr).toMatch(/--filters FILTERS\.jsonl/);
    const missing = spawnSync(
      process.execPath,
      ['src/tools/match.ts', '--filters', 'none.jsonl', '--papers', 'none.jsonl'],
      { encoding: 'utf8' },
    );
    expect(missing).toMatchObject({ status: 1, stdout: '' });
    expect(missing.stderr).toMatch(/none\.jsonl/);
  });
});
