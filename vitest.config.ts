import { defineConfig } from 'vitest/config';
import { ProgressReporter } from './test/reporter.ts';

/** Rooms whose tests leave nothing behind: what their files load is loaded once a worker, in half the time. */
const ROOMS = [
  'match',
  'render',
  'decision',
  'trend',
  'paper',
  'wording',
  'subscription',
  'service',
  'pipeline',
  'archive',
  'outbox',
  'source',
  'sandbox',
  'config',
  'foundation',
  'gateway/pace',
  'gateway/posts',
  'house',
  'page/show',
  'page/browser',
].map((room) => `test/${room}/**/*.test.ts`);

export default defineConfig({
  test: {
    projects: [
      { extends: true, test: { name: 'rooms', include: ROOMS, isolate: false } },
      { extends: true, test: { name: 'house', include: ['test/**/*.test.ts'], exclude: ROOMS } },
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
