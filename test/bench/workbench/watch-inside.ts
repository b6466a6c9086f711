import { writeFileSync } from 'node:fs';
import { watchHolds } from '../stalls/hold-watch.ts';

/**
 * Loaded into a bot by `--import`: from the first SIGUSR2 on its thread is watched; at the second the longest hold is written, as
 * JSON, to the file that HOLDS_FILE names.
 */
let watch: ReturnType<typeof watchHolds> | null = null;
process.on('SIGUSR2', async () => {
  const begun = watch;
  watch = begun ? null : watchHolds();
  if (begun) writeFileSync(process.env.HOLDS_FILE ?? '', JSON.stringify(await begun.stop()));
});
