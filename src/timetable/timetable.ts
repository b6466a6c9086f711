import { AsyncLocalStorage } from 'node:async_hooks';
import { setImmediate } from 'node:timers/promises';
import { type Clock, momentOf } from '#src/foundation/clock.ts';
import { FatalError } from '#src/foundation/failure.ts';
import type { Log } from '#src/foundation/log.ts';
import { readCronLine } from './cron-line.ts';
import { type JobRuns, type PlannedRun, runsOfInterval, runsOfLine } from './planned-run.ts';

/** What happens when; each job is one pipeline step that can be repeated at any time. */
export type Job = {
  name: string;
  run(): Promise<void>;
  /** Runs once at start, before its first run: what was missed while the bot was down. */
  atStart?: boolean;
} & (
  | { /** A node-cron line, in the machine's time zone. */ line: string }
  | { /** Milliseconds from run to run, by whichever of both clocks goes faster. */ every: number }
);

export type Timetable = {
  /** Runs these jobs from now on; to be called once. Before, nothing is planned and nothing can be woken. */
  start(jobs: readonly Job[]): void;
  /** The next run of a job, UTC ms, also while the scene stands still; null when it has none. */
  nextRunAt(name: string): number | null;
  /** Milliseconds since a job began or ended; 0 before the start. */
  idle(): number;
  /** Runs a job before its run; nothing when it is running. */
  trigger(name: string): void;
  /** Tells, whenever it is called, whether one of the runs that are under way now is so still. */
  underWay(): () => boolean;
  /** The wall clock was set: all next runs are planned anew. */
  replan(): void;
  /** A scene's time goes faster or slower, stands still, or leapt: all next runs follow it. */
  keepPace(): void;
  /** Resolves once whatever is due by now has begun. */
  begun(): Promise<void>;
  /** No new runs; resolves when the running ones have ended. */
  stop(): Promise<void>;
};

/** Timers of the machine end at 24 days. */
const LONGEST_NAP = 86_400_000;
/** A reason of our own: without one each abort makes an error with a stack. */
const PLANNED_ANEW = 'planned anew';

type Deps = { clock: Clock; log: Log; onFatal(error: FatalError): void };
type Planned = { job: Job; runs: JobRuns; planned: PlannedRun };

/**
 * Nothing runs before `start`. One run of a job at a time: a run that falls into a run is left out, because every
 * step reads what is durable and so the next run does what this one missed. A job that fails is logged
 * and runs again at its next run; `onFatal` hears of FatalErrors, which no next run can mend.
 * All waits are counted in elapsed time: whatever the wall clock is set to, no job waits longer than its interval. A scene's
 * time is asked when it reaches a line's instant, and whoever changes its pace says so (`keepPace`).
 */
export function createTimetable({ clock, log, onFatal }: Deps): Timetable {
  const running = new Map<string, Promise<void>>();
  // Whoever triggers a job may stand in a transaction: the job's writes are not of it.
  const apart = AsyncLocalStorage.snapshot();
  const plans = new Map<string, Planned>();
  let alarm = new AbortController();
  let stopped = false;
  let lastRun: number | null = null;

  const runOnce = (job: Job): Promise<void> => {
    if (stopped) return Promise.resolve();
    const present = running.get(job.name);
    if (present !== undefined) return present;
    lastRun = clock.elapsed();
    const run = apart(async () => job.run())
      .catch((error: unknown) => {
        log.error({ job: job.name, err: error }, 'a job failed');
        if (error instanceof FatalError) onFatal(error);
      })
      .finally(() => {
        lastRun = clock.elapsed();
        running.delete(job.name);
      });
    running.set(job.name, run);
    return run;
  };

  /** Never rejects: what goes wrong in a run ends with that run. */
  const keepTime = async (plan: Planned): Promise<void> => {
    while (!stopped) {
      const rest = plan.planned.due - clock.elapsed();
      if (rest > 0) {
        // A nap that is cut short rejects: then the run was planned anew, or all is over.
        await clock.sleep(Math.min(rest, LONGEST_NAP), alarm.signal).catch(() => undefined);
        continue;
      }
      plan.planned = plan.runs.after(plan.planned);
      void runOnce(plan.job);
    }
  };

  const ring = (): void => {
    const cut = alarm;
    alarm = new AbortController();
    cut.abort(PLANNED_ANEW);
  };

  const planAnew = (plannedOf: (plan: Planned) => PlannedRun): void => {
    for (const plan of plans.values()) plan.planned = plannedOf(plan);
    ring();
  };

  return {
    start(jobs) {
      lastRun = clock.elapsed();
      for (const job of jobs) {
        const runs = runsOf(job, clock);
        const plan = { job, runs, planned: runs.after() };
        plans.set(job.name, plan);
        if (job.atStart) void runOnce(job);
        void keepTime(plan);
      }
    },
    nextRunAt(name) {
      const planned = plans.get(name)?.planned;
      if (planned === undefined || !Number.isFinite(planned.at)) return null;
      if (!Number.isFinite(planned.due)) return planned.at;
      const present = momentOf(clock);
      return toSecond(clock.expected(present, Math.max(present.elapsed, planned.due)));
    },
    idle: () => (lastRun === null ? 0 : clock.elapsed() - lastRun),
    trigger(name) {
      const job = plans.get(name)?.job;
      if (job) void runOnce(job);
    },
    underWay() {
      const present = new Set(running.values());
      return () => [...running.values()].some((run) => present.has(run));
    },
    replan() {
      planAnew(({ runs, planned }) => runs.onceSet(planned));
    },
    keepPace() {
      planAnew(({ runs, planned }) => runs.atNewPace(planned));
    },
    async begun() {
      const isDue = ({ planned }: Planned) => planned.due <= clock.elapsed();
      while (!stopped && [...plans.values()].some(isDue)) await setImmediate();
    },
    async stop() {
      stopped = true;
      ring();
      await Promise.all(running.values());
    },
  };
}

function runsOf(job: Job, clock: Clock): JobRuns {
  return 'line' in job ? runsOfLine(readCronLine(job.line).next, clock) : runsOfInterval(job.every, clock);
}

/** Two clocks that are read one after the other differ by some milliseconds; a run is on a whole second. */
const toSecond = (instant: number): number => Math.round(instant / 1000) * 1000;
