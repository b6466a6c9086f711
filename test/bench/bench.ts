/**
 * Runs the benchmarks: `node test/bench/bench.ts [name] [--quick] [--full]`.
 *
 * A benchmark is one file `test/bench/NAME.bench.ts` that exports
 *   `run(options: BenchOptions): AsyncIterable<BenchLine>`
 * and yields a line as soon as its case is measured. Each file runs in a process of its own, so that heaps and
 * compiled code do not mix; `gatherGarbage` and `median` below are there for all of them.
 *
 * Printed: one JSON line a case, e.g.
 *   {"bench":"match","case":"narrow 1000000","metric":"us_per_paper","value":312.5,"rivals":{"floor":47},"goal":{"max":500},"holds":true}
 * Exit code 1 when a goal does not hold or a benchmark throws, 2 when the words are not understood; with --quick (CI: does it
 * run at all?) goals are not judged.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { EXIT, runTool, WordsError } from '#src/tools/command.ts';
import { readWords } from '#src/tools/command-words.ts';

export type BenchOptions = {
  /** Small sizes, one round: shows only that the benchmark runs. */
  quick: boolean;
  /** Also what takes minutes (slow rivals at large sizes). */
  full: boolean;
};

export type BenchLine = {
  case: string;
  /** The unit last: `us_per_paper`, `bytes_per_filter`, `ms_p99`. */
  metric: string;
  value: number;
  /** The same metric of others, measured in the same run. */
  rivals?: Record<string, number>;
  goal?: { max?: number; min?: number };
  /** Conditions that a reader must know, one sentence. */
  note?: string;
};

export type Bench = { run(options: BenchOptions): AsyncIterable<BenchLine> };

/** The middle value; of none: NaN. */
export function median(values: ArrayLike<number>): number {
  return quantile(values, 0.5);
}

/** The value below which the share `q` (0 to 1) of the values lies; of none: NaN. */
export function quantile(values: ArrayLike<number>, q: number): number {
  const sorted = Float64Array.from(values).sort();
  return sorted.length === 0
    ? Number.NaN
    : sorted[Math.min(sorted.length - 1, Math.floor(q * sorted.length))];
}

/** Runs a full garbage collection, so that `process.memoryUsage()` tells what is really held. */
export function gatherGarbage(): void {
  setFlagsFromString('--expose-gc');
  runInNewContext('gc')();
}

/** Bytes held by objects and buffers after a garbage collection. */
export function heldBytes(): number {
  gatherGarbage();
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
}

const SUFFIX = '.bench.ts';

async function runOne(name: string, options: BenchOptions): Promise<boolean> {
  const { run }: Bench = await import(`./${name}${SUFFIX}`);
  let allHold = true;
  for await (const line of run(options)) {
    const holds = meets(line);
    if (holds === false) allHold = false;
    const { case: what, metric, value, rivals, goal, note } = line;
    const round = (figure: number) => Number(figure.toPrecision(4));
    const printed = rivals && Object.fromEntries(Object.entries(rivals).map(([k, v]) => [k, round(v)]));
    console.log(
      JSON.stringify({
        bench: name,
        case: what,
        metric,
        value: round(value),
        rivals: printed,
        goal,
        holds,
        note,
      }),
    );
  }
  return allHold || options.quick;
}

function meets({ value, goal }: BenchLine): boolean | undefined {
  if (!goal) return undefined;
  return value <= (goal.max ?? Number.POSITIVE_INFINITY) && value >= (goal.min ?? Number.NEGATIVE_INFINITY);
}

async function runAll(names: readonly string[], flags: readonly string[]): Promise<boolean> {
  const failed: string[] = [];
  for (const name of names) if (!(await runApart(name, flags))) failed.push(name);
  if (failed.length > 0) console.error(`Goals that do not hold, or failures, in: ${failed.join(', ')}`);
  return failed.length === 0;
}

/** In a process of its own, whose temporary files are removed with it, also where it is interrupted or killed. */
async function runApart(name: string, flags: readonly string[]): Promise<boolean> {
  const folder = mkdtempSync(join(tmpdir(), 'paperboy-bench-'));
  const bench = spawn(process.execPath, [import.meta.filename, name, ...flags], {
    stdio: 'inherit',
    env: { ...process.env, TMPDIR: folder, [APART]: folder },
  });
  const stop = (signal: NodeJS.Signals) => bench.kill(signal);
  for (const signal of STOPS) process.on(signal, stop);
  const [code, signal] = await once(bench, 'exit');
  for (const signal of STOPS) process.off(signal, stop);
  rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  // As if nothing had stood between.
  if (STOPS.some((one) => one === signal)) process.kill(process.pid, signal);
  return code === 0;
}

/** Set where a bench is in that process. */
const APART = 'PAPERBOY_BENCH_APART';
const STOPS = ['SIGINT', 'SIGTERM'] as const;

const FLAG = { type: 'boolean', default: false } as const;

function benchNames(): string[] {
  return readdirSync(import.meta.dirname)
    .filter((file) => file.endsWith(SUFFIX))
    .map((file) => basename(file, SUFFIX));
}

async function main(names: readonly string[], words: string[]): Promise<number> {
  const { values: options, positionals } = readWords(words, { quick: FLAG, full: FLAG }, { withFiles: true });
  const [wanted, ...more] = positionals;
  const strange = more[0] ?? (names.includes(wanted) ? undefined : wanted);
  if (strange !== undefined) throw new WordsError(`${strange} is not understood.`);
  const flags = words.filter((word) => word.startsWith('--'));
  const isApart = process.env[APART] !== undefined;
  const asked = wanted === undefined ? names : [wanted];
  const good = isApart ? await runOne(wanted, options) : await runAll(asked, flags);
  return good ? EXIT.done : EXIT.outside;
}

// Bench files import this file for its types and figures, so only the command runs it, and nothing awaits at the top:
// a bench file that waits for this module while this module waits for it would never start.
if (process.argv[1] && join(process.argv[1]) === import.meta.filename) {
  const names = benchNames();
  const usage = `npm run bench -- [NAME] [--quick] [--full]. Names: ${names.join(', ')}`;
  void runTool({ usage, withoutEnv: true }, (words) => main(names, words));
}
