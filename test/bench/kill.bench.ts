import type { BenchLine, BenchOptions } from './bench.ts';
import { runKills } from './kill/kill-run.ts';

/** The seed of the run: another one draws other moments, faults and papers. */
const SEED = Number(process.env.KILL_SEED ?? 20_261_123);

/** Nothing lost, nothing twice: the real bot, killed anywhere, in bad weather. */
export async function* run({ quick }: BenchOptions): AsyncGenerator<BenchLine> {
  const kills = quick ? 6 : 203;
  const run = await runKills({ kills, seed: SEED, forums: true, clocks: true });
  const line = (metric: string, value: number, goal?: BenchLine['goal'], note?: string): BenchLine => ({
    case: `killed ${kills} times`,
    metric,
    value,
    ...(goal && { goal }),
    ...(note && { note }),
  });
  for (const [point, times] of Object.entries(run.kills)) yield line(`kills, ${point}`, times);
  for (const [fault, times] of Object.entries(run.faults)) yield line(`faults, ${fault}`, times);
  for (const [how, times] of Object.entries(run.settled).toSorted()) yield line(`outcomes, ${how}`, times);
  yield line('requests_to_post', run.messages);
  yield line('ms_to_finish_in_peace', run.peaceMs);
  for (const [what, times] of Object.entries(run.weather).toSorted()) yield line(`weather, ${what}`, times);
  yield line('pairs_owed', run.owed);
  yield line('pairs_either', run.either, undefined, `${run.eitherShown} of them came`);
  yield line('lost', run.lost.length, { max: 0 }, run.lost.slice(0, 5).join('; '));
  yield line('doubled', run.doubled.length, { max: 0 }, run.doubled.slice(0, 5).join('; '));
  yield line('uncalled', run.uncalled.length, { max: 0 }, run.uncalled.slice(0, 5).join('; '));
  yield line('doubled_notices', run.doubledNotices, { max: 0 });
  yield line('examples', run.examples);
  yield line('doubled_examples', run.doubledExamples, { max: 0 });
  yield line('cards_without_their_thread', run.threadless, { max: 0 });
}
