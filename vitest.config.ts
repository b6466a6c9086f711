import { defineConfig } from 'vitest/config';
import { ProgressReporter } from './test/reporter.ts';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    testTimeout: 60_000,
    hookTimeout: 60_000,
    // Stories wait for real sockets on machines that may be busy. A broken promise fails twice; who needed it is named at the end.
    retry: 1,
    pool: 'forks',
    // Most files wait rather than reckon.
    maxWorkers: '100%',
    // The `minimal` report names what failed; the progress is our own. What a test prints is for whoever runs it.
    reporters: [['minimal', { silent: false }], new ProgressReporter()],
  },
});
