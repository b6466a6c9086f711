import { defineConfig } from 'vitest/config';

/** The tests as Stryker runs them, again and again: nobody reads what they print. */
export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    // Stryker ends what takes much longer than it took without a change, however busy the machine is.
    testTimeout: 600_000,
    hookTimeout: 600_000,
    reporters: [{}],
  },
});
