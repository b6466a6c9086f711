import { defineConfig } from 'vitest/config';
import { ProgressReporter } from './test/reporter.ts';

/**
 * Tests that start processes, or watch what their own process does. All others leave nothing behind: what they load is loaded once
 * a worker, in half the time.
 */
const APART = [
  'test/bench/**',
  'test/page/in-browser/**',
  'test/page/screenshots/**',
  'test/tools/**',
  'test/gateway/connection/**',
  'test/stories/{npm-start,kill-anywhere,a-scene-in-a-hurry,database-file}.test.ts',
  'test/{start,reporter,what-reads-stdout,what-the-log-tells}.test.ts',
].map((place) => (place.endsWith('.ts') ? place : `${place}/*.test.ts`));

export default defineConfig({
  test: {
    projects: [
      {
        extends: true,
        test: { name: 'rooms', include: ['test/**/*.test.ts'], exclude: APART, isolate: false },
      },
      { extends: true, test: { name: 'apart', include: APART } },
    ],
    testTimeout: 60_000,
    hookTimeout: 60_000,
    // Stories wait for real sockets on machines that may be busy. A broken promise fails twice; who needed it is named at the end.
    retry: 1,
    pool: 'forks',
    // Most files wait rather than reckon.
    maxWorkers: '150%',
    // The `minimal` report names what failed; the progress is our own. What a test prints is for whoever runs it.
    reporters: [['minimal', { silent: false }], new ProgressReporter()],
  },
});
