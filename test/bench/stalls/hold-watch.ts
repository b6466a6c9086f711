import { PerformanceObserver } from 'node:perf_hooks';

export type Holds = {
  /** The longest that others had to wait for one turn, ms of the thread's CPU time, garbage collection left out. */
  highestMs: number;
  /** The most that garbage collection took within one turn, ms. */
  gcMs: number;
  /** CPU of the thread in all, ms. */
  cpuMs: number;
  turns: number;
};

/** A turn shorter than this is not looked at again. */
const WORTH_KEEPING_MS = 2;

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
      const gcIn = turns.map((turn) => shared(turn, gcs));
      return {
        highestMs: turns.reduce((most, { cpu }, index) => Math.max(most, cpu - gcIn[index]), 0),
        gcMs: Math.max(0, ...gcIn),
        cpuMs: spent - began,
        turns: count,
      };
    },
  };
}

function threadMs(): number {
  const { user, system } = process.threadCpuUsage();
  return (user + system) / 1000;
}

function shared({ from, to }: Turn, gcs: readonly Span[]): number {
  return gcs.reduce((sum, gc) => sum + Math.max(0, Math.min(to, gc.to) - Math.max(from, gc.from)), 0);
}
