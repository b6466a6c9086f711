import { defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** A change is noticed by the first test that fails: those of the room itself are asked before whole stories. */
class StoriesLast extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    return files.toSorted((a, b) => Number(isStory(a)) - Number(isStory(b)));
  }
}

const isStory = ({ moduleId }: TestSpecification): boolean => moduleId.includes('/stories/');

/** The tests as Stryker runs them, again and again: nobody reads what they print. */
export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    // Stryker ends what takes much longer than it took without a change, however busy the machine is.
    testTimeout: 600_000,
    hookTimeout: 600_000,
    reporters: [{}],
    sequence: { sequencer: StoriesLast },
  },
});
