import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const RECORD = '../shared/recordings/trend/train-sightings.csv.gz';
const SCORER = '../shared/tools/trend-eval.mjs';

const trend = (...words: string[]) =>
  spawnSync(process.execPath, ['src/tools/trend.ts', ...words], { encoding: 'utf8', maxBuffer: 1e9 });
const lines = (text: string) =>
  text
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));

describe('npm run trend', () => {
  let folder = '';
  let file = '';
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'paperboy-trend-'));
    file = join(folder, 'sightings.csv.gz');
    const rows = [8, 20].flatMap((hour) =>
      Array.from({ length: 24 }, (_, index) => {
        const at = new Date(Date.UTC(2026, 2, 2, hour)).toISOString();
        return `2603.${index},${at},api-date,2026-03-02,${index + 1},${40 + hour - index}`;
      }),
    );
    const text = ['paper_id,observed_at,list,list_key,rank_in_list,upvotes', ...rows, 'broken'].join('\n');
    writeFileSync(file, gzipSync(text));
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  it('prints one event per paper with its score and reason, and counts what it could not read', () => {
    const { stdout, stderr, status } = trend('--sightings', file);
    expect(status).toBe(1);
    expect(lines(stdout)).toEqual([
      {
        paper: '2603.0',
        at: '2026-03-02T08:00:00Z',
        score: 3.5748,
        reason: '1st of 24 papers of 2 March (48 upvotes at 8 h)',
      },
      {
        paper: '2603.1',
        at: '2026-03-02T20:00:00Z',
        score: 3.0549,
        reason: '2nd of 24 papers of 2 March (59 upvotes at 20 h)',
      },
    ]);
    expect(stderr).toMatch(/sightings\.csv\.gz:50: skipped, 1 fields/);
    expect(stderr).toMatch(/1 row skipped, 48 read/);
  });

  it('hears more at a wider preset and less at a surer one', () => {
    const heard = ['sure', 'balanced', 'early', 'wide'].map(
      (sensitivity) => lines(trend('--sightings', file, '--dial', sensitivity).stdout).length,
    );
    expect(heard).toEqual([1, 2, 3, 9]);
  });

  it('tells once of a paper that a later day lists again, and of nobody without a vote', () => {
    const again = join(folder, 'again.csv');
    const day = (date: string, hour: number, first: number, others: number) =>
      Array.from({ length: 24 }, (_, index) => {
        const paper = index === 0 ? 'again' : `${date}-${index}`;
        const at = `${date}T${String(hour).padStart(2, '0')}:00:00Z`;
        return `${paper},${at},api-date,${date},${index + 1},${index === 0 ? first : others}`;
      });
    const rows = [
      ...[...day('2026-03-02', 9, 0, 0), ...day('2026-03-02', 20, 0, 0)],
      ...[...day('2026-03-11', 2, 80, 1), ...day('2026-03-11', 18, 150, 2), ...day('2026-03-11', 22, 190, 2)],
    ];
    writeFileSync(again, ['paper_id,observed_at,list,list_key,rank_in_list,upvotes', ...rows].join('\n'));
    expect(lines(trend('--sightings', again, '--dial', 'wide').stdout)).toMatchObject([
      {
        paper: 'again',
        at: '2026-03-11T18:00:00Z',
        reason: '1st of 24 papers of 11 March, listed again (70 new upvotes at 18 h)',
      },
    ]);
  });

  it('prints every rise of a score with --scores', () => {
    const scores = lines(trend('--sightings', file, '--scores').stdout);
    expect(scores).toHaveLength(48);
    expect(scores.map(({ at }) => at)).toEqual(scores.map(({ at }) => at).toSorted());
  });

  it('counts what the rule left out', () => {
    const odd = join(folder, 'odd.csv');
    const rows = [
      'a,2026-03-02T08:00:00Z,api-date,2026-03-02,-4',
      'b,2026-03-02T08:00:00Z,api-date,2026-03-02,1000000000',
    ];
    const old = 'c,2026-03-29T08:00:00Z,api-date,2026-03-03,4';
    writeFileSync(odd, ['paper_id,observed_at,list,list_key,upvotes', ...rows, old].join('\n'));
    const { stdout, stderr } = trend('--sightings', odd, '--scores');
    expect(stdout).toBe('');
    expect(stderr).toMatch(/^1 poll left out.*\n2 sightings left out: negative, broken or absurd votes\n$/);
  });

  it('names what is wrong with its words', () => {
    expect(trend().stderr).toMatch(/at least one file/);
    expect(trend('--sightings', 'nowhere.csv').stderr).toMatch(/nowhere\.csv cannot be read/);
    expect(trend('--sightings', file, '--dial', 'loud').stderr).toMatch(
      /none of sure, balanced, early, wide/,
    );
    expect(trend('--sightings', file, '--per-day', 'few').stderr).toMatch(/--per-day few is no number/);
    expect(trend('--sightings', file, '--dial', 'sure', '--per-day', '3').stderr).toMatch(/not both/);
    expect(trend('--sightings', file, '--loud').status).toBe(2);
  });

  describe.skipIf(!existsSync(RECORD) || !existsSync(SCORER))(
    'on the recorded months (needs the recordings)',
    () => {
      const score = (name: string, words: readonly string[], from: string) => {
        const events = join(folder, `${name}.jsonl`);
        writeFileSync(events, trend('--sightings', RECORD, ...words).stdout);
        const period = [
          '--from',
          from,
          '--to',
          '2026-04-01',
          '--truth',
          'top10',
          '--boot',
          '0',
          '--no-baselines',
        ];
        const scored = spawnSync(
          process.execPath,
          [SCORER, '--sightings', RECORD, '--events', events, ...period],
          {
            encoding: 'utf8',
            maxBuffer: 1e9,
          },
        );
        return JSON.parse(scored.stdout).truths.top10.rules;
      };

      it('keeps the entries of the middle preset', () => {
        const { balanced, votes } = score('balanced', ['--dial', 'balanced'], '2025-06-01');
        const { precision, recall, timelyRecall, leadMedianH } = balanced.natural;
        expect(precision).toBeGreaterThanOrEqual(0.9);
        expect(recall).toBeGreaterThanOrEqual(0.74);
        expect(timelyRecall).toBeGreaterThanOrEqual(0.66);
        expect(leadMedianH).toBeGreaterThanOrEqual(12);
        expect(timelyRecall).toBeGreaterThan(votes.budgets[3].cut.timelyRecall);
      });
    },
  );
});
