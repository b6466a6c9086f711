import type { Reporter, TestCase, TestModule, Vitest } from 'vitest/node';

/**
 * Beside vitest's own report: a line a file as soon as it is done, on a terminal and in a pipe alike, and at the end what
 * passed only the second time, and why something was skipped. The reason stands in the title, in brackets: `(needs the recordings)`.
 */
export class ProgressReporter implements Reporter {
  #done = 0;
  #files = 0;
  /** With `-t` most tests are left out on purpose. */
  #isSelection = false;
  readonly #write: (line: string) => void;

  constructor(write: (line: string) => void = (line) => process.stdout.write(line)) {
    this.#write = write;
  }

  onInit({ config }: Vitest): void {
    this.#isSelection = config.testNamePattern !== undefined;
  }

  onTestRunStart(files: readonly unknown[]): void {
    this.#files = files.length;
    this.#write(
      `${this.#files} ${this.#files === 1 ? 'file' : 'files'} of tests; a line for each when it is done.\n`,
    );
  }

  onTestModuleEnd(module: TestModule): void {
    this.#done++;
    const tests = [...module.children.allTests()];
    const failed = tests.filter((test) => test.result().state === 'failed').length;
    const outcome = outcomeOf(module.state(), `${failed} of ${tests.length}`);
    const seconds = (module.diagnostic().duration / 1000).toFixed(1);
    this.#write(`[${this.#done}/${this.#files}] ${module.relativeModuleId}  ${outcome}, ${seconds} s\n`);
  }

  onTestRunEnd(modules: readonly TestModule[]): void {
    for (const test of modules.flatMap((module) => [...module.children.allTests('passed')]))
      if (test.diagnostic()?.flaky)
        this.#write(`\nPassed only the second time: ${test.module.relativeModuleId} > ${test.fullName}\n`);
    const skipped = modules.flatMap((module) => [...module.children.allTests('skipped')]);
    if (skipped.length === 0 || this.#isSelection) return;
    this.#write(`\nSkipped: ${skipped.length} ${skipped.length === 1 ? 'test' : 'tests'}.\n`);
    const reasons = Map.groupBy(skipped, reasonOf);
    for (const [reason, tests] of reasons) {
      const files = [...new Set(tests.map((test) => test.module.relativeModuleId))];
      this.#write(`  ${reason}: ${tests.length} in ${files.join(', ')}\n`);
    }
  }
}

function outcomeOf(state: ReturnType<TestModule['state']>, failed: string): string {
  if (state === 'failed') return `FAILED (${failed})`;
  return state === 'skipped' ? 'skipped' : 'ok';
}

function reasonOf(test: TestCase): string {
  return /\((needs [^()]*)\)/.exec(test.fullName)?.[1] ?? 'left out by its author';
}
