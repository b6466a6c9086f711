/**
 * How long the one thread is held at a stretch. Hold = CPU time of the main thread between two turns of its loop, the
 * highest of a case; the median of three runs, each in a fresh process. Garbage collection is printed apart, and the highest with it.
 */
import { spawnSync } from 'node:child_process';
import { copyFileSync, existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type BenchLine, type BenchOptions, median } from './bench.ts';
import { answersMeanwhile } from './stalls/answers-meanwhile.ts';
import { CASES, type Case } from './stalls/cases.ts';
import { firstOfEach } from './stalls/first-of-each.ts';
import type { Holds } from './stalls/hold-watch.ts';

const MOST_MS = 50;
const ROUNDS = 3;

export async function* run({ quick }: BenchOptions): AsyncIterable<BenchLine> {
  const folder = mkdtempSync(join(tmpdir(), 'paperboy-stalls-'));
  try {
    for (const one of CASES) {
      const rounds = Array.from({ length: quick ? 1 : ROUNDS }, () => runCase(one, folder, quick));
      yield* lines(one, rounds);
    }
    yield* firstOfEach(folder, quick);
    yield* answersMeanwhile(filled('weeks', folder, quick), quick);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function* lines({ name, note }: Case, rounds: readonly Holds[]): Iterable<BenchLine> {
  const of = (figure: keyof Holds) => median(rounds.map((holds) => holds[figure]));
  yield { case: name, metric: 'highest_hold_ms', value: of('highestMs'), goal: { max: MOST_MS }, note };
  yield { case: name, metric: 'highest_hold_with_gc_ms', value: of('withGcMs') };
  yield { case: name, metric: 'highest_gc_ms', value: of('gcMs') };
  yield { case: name, metric: 'cpu_ms', value: of('cpuMs'), note: `${of('turns')} turns` };
}

function runCase({ name, fixture }: Case, folder: string, quick: boolean): Holds {
  const file = join(folder, 'run.db');
  copyFileSync(filled(fixture, folder, quick), file);
  const holds = JSON.parse(inProcess(['run', name, file], quick));
  for (const suffix of ['', '-wal', '-shm', '.search']) rmSync(`${file}${suffix}`, { force: true });
  return holds;
}

/** The fixture's file; filled when it is asked for first. */
function filled(fixture: string, folder: string, quick: boolean): string {
  const file = join(folder, `${fixture}.db`);
  if (!existsSync(file)) inProcess(['fill', fixture, file], quick);
  return file;
}

function inProcess(args: readonly string[], quick: boolean): string {
  const program = fileURLToPath(new URL('./stalls/case-process.ts', import.meta.url));
  const given = [program, ...args, ...(quick ? ['quick'] : [])];
  const { status, stdout } = spawnSync(process.execPath, given, {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  if (status !== 0) throw new Error(`${args.join(' ')} ended with ${status}`);
  return stdout;
}
