import type { Archive } from '#src/archive/archive.ts';
import { type Clock, lagOf } from '#src/foundation/clock.ts';
import type { Database } from '#src/foundation/database/database.ts';
import type { Log } from '#src/foundation/log.ts';
import type { Runs } from '#src/foundation/runs.ts';
import type { Outbox } from '#src/outbox/outbox.ts';
import type { SourceStatus } from '#src/render/status-page.ts';
import type { Source } from '#src/source/source.ts';
import { inEnglish } from '#src/wording/kept-phrase.ts';
import { sourcesStatus } from './source-status.ts';

/** What a supervisor hears. `problems`: a restart may help. `degraded`: it cannot, because the bot itself is well. */
export type HealthReport = {
  status: 'ok' | 'degraded' | 'failing';
  /** Sentences; absent when there is none. */
  problems?: readonly string[];
  degraded?: readonly string[];
  /** When a source was read last, ISO. */
  lastRoundAt: string | null;
};

export type HealthDeps = {
  db: Database;
  archive: Archive;
  runs: Runs;
  sources?: readonly Source[];
  outbox: Outbox;
  clock: Clock;
  log: Log;
  /** The connection to Discord: whether it was READY ever, whether it is now, and for how long that has been so, ms. */
  line(): { wasReady: boolean; isReady: boolean; lasted: number };
  /** Milliseconds since a job of the timetable began or ended; 0 before it has begun. */
  idle(): number;
  /** How far apart two readings of the sources usually are, ms. */
  pollInterval(): number;
};

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const LONGEST_LOGIN = 120 * SECOND;
const LONGEST_SILENCE = 60 * SECOND;
const LONGEST_WAIT = 30 * MINUTE;

const POSTS_WAIT = 'A post that nothing hinders has waited for over 30 min.';
const NO_DATABASE = 'The database does not answer.';

/** Whether Paperboy works. Reads what is asked for and changes nothing; never throws. */
export function createReportHealth(deps: HealthDeps): () => Promise<HealthReport> {
  return async () => {
    const problems = [...lineProblems(deps.line()), ...timetableProblems(deps)];
    try {
      const { lastRoundAt, degraded, isStuck } = await readStore(deps);
      if (isStuck) problems.push(POSTS_WAIT);
      const status = problems.length > 0 ? 'failing' : degraded.length > 0 ? 'degraded' : 'ok';
      return { status, ...listed({ problems, degraded }), lastRoundAt };
    } catch (error) {
      deps.log.error({ err: error }, 'the database does not answer');
      return { status: 'failing', problems: [...problems, NO_DATABASE], lastRoundAt: null };
    }
  };
}

function lineProblems({ wasReady, isReady, lasted }: ReturnType<HealthDeps['line']>): string[] {
  if (isReady || lasted <= (wasReady ? LONGEST_SILENCE : LONGEST_LOGIN)) return [];
  const seconds = Math.round(lasted / SECOND);
  return [
    wasReady
      ? `Discord has not been connected for ${seconds} s.`
      : `Discord has not let the bot in for ${seconds} s.`,
  ];
}

/** The short jobs interval within seconds: where not one ran for so long, none will. */
function timetableProblems({ idle, pollInterval }: HealthDeps): string[] {
  const ms = idle();
  return ms > Math.max(3 * pollInterval(), MINUTE)
    ? [`No job has run for ${Math.round(ms / MINUTE)} min.`]
    : [];
}

async function readStore({ db, archive, runs, sources, outbox, clock, line, pollInterval }: HealthDeps) {
  await db.stillThere();
  const now = clock.now();
  const longestWait = Math.max(LONGEST_WAIT, lagOf(clock));
  const last = await runs.last();
  const degraded = (await sourcesStatus({ archive, sources }, now, pollInterval()))
    .filter(({ state }) => state === 'late')
    .map(late);
  return {
    lastRoundAt: last ? new Date(last.finishedAt).toISOString() : null,
    degraded,
    // What waited for Discord, or for the start, may go since then only.
    isStuck:
      line().isReady && line().lasted > LONGEST_WAIT && (await outbox.isOverdue(now - longestWait, now)),
  };
}

function late({ name, reasons }: SourceStatus): string {
  const source = inEnglish(name);
  return reasons.length === 0
    ? `${source} is late.`
    : `${source} is late: ${reasons.map(inEnglish).join('; ')}`;
}

/** Those lists that have something in them. */
function listed(lists: {
  problems: string[];
  degraded: string[];
}): Pick<HealthReport, 'problems' | 'degraded'> {
  return Object.fromEntries(Object.entries(lists).filter(([, list]) => list.length > 0));
}
