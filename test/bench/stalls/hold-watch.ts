import { PerformanceObserver } from 'node:perf_hooks';

export type Holds = {
  /** The longest that others had to wait for one turn, ms of the thread's CPU time, garbage collection left out. */
  highestMs: number;
  /** The same with it: what others really waited for. */
  withGcMs: number;
  /** The most that garbage collection took within one turn, ms of CPU. */
  gcMs: number;
  /** CPU of the thread in all, ms. */
  cpuMs: number;
  turns: number;
};

/** A turn shorter than this is not looked at again. */
const WORTH_KEEPING_MS = 2;

/** `from`, `to`: by the wall. `cpu`: what the thread worked meanwhile, ms. */
type Turn = { from: number; to: number; cpu: number };
type Span = { from: number; to: number };

/**
 * Watches how long the main thread works between two turns of its loop. CPU time, so that whatever else the machine does
 * counts for nothing. The watch rides on turns that come anyway (an immediate that keeps nobody awake).
 */
export function watchHolds(): { stop(): Promise<Holds> } {
  const turns: Turn[] = [];
  const gcs: Span[] = [];
  const note = (entries: readonly { startTime: number; duration: number }[]) => {
    for (const { startTime, duration } of entries) gcs.push({ from: startTime, to: startTime + duration });
  };
  const observer = new PerformanceObserver((list) => note(list.getEntries()));
  observer.observe({ entryTypes: ['gc'] });

  let count = 0;
  let at = performance.now();
  let spent = threadMs();
  const began = spent;
  let isWatching = true;
  const poll = () => {
    const [now, cpu] = [performance.now(), threadMs()];
    if (cpu - spent > WORTH_KEEPING_MS) turns.push({ from: at, to: now, cpu: cpu - spent });
    [at, spent] = [now, cpu];
    count++;
    if (isWatching) setImmediate(poll).unref();
  };
  setImmediate(poll).unref();

  return {
    async stop() {
      await new Promise((resolve) => setTimeout(resolve, 20));
      isWatching = false;
      note(observer.takeRecords());
      observer.disconnect();
      return { ...longestOf(turns, gcs), cpuMs: spent - began, turns: count };
    },
  };
}

/**
 * Of a collection only how long it took by the wall is known. Where the machine worked on something else within a turn, that
 * counts for the collection as for the rest of the turn, each by its share.
 */
export function longestOf(
  turns: readonly Turn[],
  gcs: readonly Span[],
): Pick<Holds, 'highestMs' | 'withGcMs' | 'gcMs'> {
  const gcOf = (turn: Turn) => turn.cpu * Math.min(1, shared(turn, gcs) / (turn.to - turn.from));
  const most = (figure: (turn: Turn) => number) =>
    turns.reduce((highest, turn) => Math.max(highest, figure(turn)), 0);
  return {
    highestMs: most((turn) => turn.cpu - gcOf(turn)),
    withGcMs: most(({ cpu }) => cpu),
    gcMs: most(gcOf),
  };
}

function threadMs(): number {
  const { user, system } = process.threadCpuUsage();
  return (user + system) / 1000;
}

function shared({ from, to }: Turn, gcs: readonly Span[]): number {
  return gcs.reduce((sum, gc) => sum + Math.max(0, Math.min(to, gc.to) - Math.max(from, gc.from)), 0);
}
