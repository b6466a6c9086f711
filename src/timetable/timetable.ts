import { type ScheduledTask, schedule } from 'node-cron';
import { FatalError } from '#src/foundation/failure.ts';
import type { Log } from '#src/foundation/log.ts';

/** What happens when; each job is one pipeline step that can be repeated at any time. */
export type Job = {
  name: string;
  /** A node-cron line, in the machine's time zone. */
  line: string;
  run(): Promise<void>;
  /** Runs once at start, before its first beat: what was missed while the bot was down. */
  atStart?: boolean;
};

export type Timetable = {
  /** The next beat of a job, UTC ms; null when it has none. */
  nextBeat(name: string): number | null;
  /** The time between two beats of a job, in ms: how long a gap is normal. */
  beat(name: string): number;
  /** Runs a job before its beat; nothing when it is running. */
  wake(name: string): void;
  /** No new runs; resolves when the running ones have ended. */
  stop(): Promise<void>;
};

/**
 * Starts the jobs. One run of a job at a time: a beat that falls into a run is left out, because every
 * step reads what is durable and so the next run does what this one missed. A job that fails is logged
 * and runs again at its next beat; `onFatal` hears of FatalErrors, which no next beat can mend.
 */
export function startTimetable(
  jobs: readonly Job[],
  log: Log,
  onFatal: (error: FatalError) => void,
): Timetable {
  const running = new Map<string, Promise<void>>();
  let stopped = false;

  const runOnce = (job: Job): Promise<void> => {
    if (stopped) return Promise.resolve();
    const present = running.get(job.name);
    if (present !== undefined) return present;
    const run = job
      .run()
      .catch((error: unknown) => {
        log.error({ job: job.name, err: error }, 'a job failed');
        if (error instanceof FatalError) onFatal(error);
      })
      .finally(() => running.delete(job.name));
    running.set(job.name, run);
    return run;
  };

  const tasks = new Map<string, ScheduledTask>(
    jobs.map((job) => [
      job.name,
      schedule(job.line, () => runOnce(job), {
        name: job.name,
        noOverlap: true,
        suppressMissedWarning: true,
        logger: quiet(log),
      }),
    ]),
  );
  for (const job of jobs) if (job.atStart) void runOnce(job);

  return {
    nextBeat: (name) => tasks.get(name)?.getNextRun()?.getTime() ?? null,
    beat: (name) => {
      const [first, second] = tasks.get(name)?.getNextRuns(2) ?? [];
      return first && second ? second.getTime() - first.getTime() : 0;
    },
    wake(name) {
      const job = jobs.find((one) => one.name === name);
      if (job) void runOnce(job);
    },
    async stop() {
      stopped = true;
      await Promise.all([...tasks.values()].map((task) => task.destroy()));
      await Promise.all(running.values());
    },
  };
}

/** node-cron writes to the console by itself; stdout is for our log alone. */
function quiet(log: Log) {
  return {
    info: () => {},
    debug: () => {},
    warn: (message: string) => log.debug({ cron: message }, 'node-cron says'),
    error: (message: string | Error) => log.warn({ cron: String(message) }, 'node-cron says'),
  };
}
