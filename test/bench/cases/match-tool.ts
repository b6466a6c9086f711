import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { MatchingRow } from './labelled-rows.ts';

export type Answer = boolean | 'error';

type Printed = { filter: number; paper?: number; error?: object };

const MATCH = join(import.meta.dirname, '../../../src/tools/match.ts');
const MOST_PRINTED = 256 * 1024 * 1024;

/** What `npm run match` says of each row, all of them in one run: a row's filter and paper have the row's place as id. */
export function askMatchTool(rows: readonly MatchingRow[]): Answer[] {
  const folder = mkdtempSync(join(tmpdir(), 'paperboy-cases-'));
  try {
    const filters = fileOf(join(folder, 'filters.jsonl'), rows, ({ filter }) => ({ filter }));
    const papers = fileOf(join(folder, 'papers.jsonl'), rows, ({ paper }) => paper);
    return answersOf(runTool(['--filters', filters, '--papers', papers]), rows.length);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function fileOf(path: string, rows: readonly MatchingRow[], content: (row: MatchingRow) => object): string {
  writeFileSync(path, rows.map((row, id) => `${JSON.stringify({ ...content(row), id })}\n`).join(''));
  return path;
}

function runTool(words: readonly string[]): string {
  const options = { encoding: 'utf8', maxBuffer: MOST_PRINTED } as const;
  const run = spawnSync(process.execPath, [MATCH, ...words], options);
  if (run.status !== 0) throw new Error(`npm run match failed: ${run.error?.message ?? run.stderr}`);
  return run.stdout;
}

function answersOf(printed: string, rows: number): Answer[] {
  const answers = Array.from({ length: rows }, (): Answer => false);
  for (const line of printed.split('\n').filter(Boolean)) {
    const { filter, paper, error }: Printed = JSON.parse(line);
    if (error !== undefined) answers[filter] = 'error';
    else if (paper === filter) answers[filter] = true;
  }
  return answers;
}
