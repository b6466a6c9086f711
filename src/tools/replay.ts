import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { readConfig } from '#config/config.ts';
import { UserError } from '#src/foundation/failure.ts';
import type { Notch } from '#src/trend/dial.ts';
import { runTool, unreadable } from './command.ts';
import { isDay } from './recorded-sightings.ts';
import { replayTopics } from './replay-house.ts';
import type { ReplayedPost } from './replay-post.ts';
import { findRecordings } from './replay-recordings.ts';
import { replay } from './replay-run.ts';
import { EVERYTHING, readSubscriptions, type Wanted } from './replay-subscriptions.ts';

/** `npm run replay`: what would have been posted over recorded days. JSON lines on stdout, everything else on stderr. */
const USAGE = 'npm run replay -- --recordings DIR --from 2026-03-02 --to 2026-03-27 [--subscriptions FILE]';

const HELP = `${USAGE}

Drives the whole pipeline over the recorded days from --from to --to, both inclusive, in virtual time, and prints a JSON
line for each post: {"at","channel","kind","papers","titles","filters","reason"}. kind is card, digest or catch-up;
reason is a sentence for a card, and a list with one for each paper otherwise. Up to 45 days before --from are learnt
from and not posted. What was promised by the end is printed at its hour, also after --to.

DIR has YYYY/YYYY-MM-DD.json.gz, or the files themselves, packed or not: bodies of GET /api/daily_papers?date=DAY.
  observed_at.csv (daily_date,observed_at_commit_time,...) tells when each was recorded; without it, at 17:00 UTC.
  earlier-versions/DAY@2026-03-02T170641Z.json.gz are further recordings of the same days.
FILE has a JSON line for each subscription, only channel and filter needed:
  {"channel":"vision","filter":"diffusion -survey","scope":"about 3 a day","when":"daily","at":"09:00",
   "zone":"Europe/Berlin","cap":10}, to be written as in /subscribe.
  Without FILE one channel "all" gets whatever is newly trending: ${JSON.stringify(EVERYTHING.draft.filter)}, balanced.
TREND_SURE, TREND_BALANCED, TREND_EARLY and TREND_WIDE in the environment move the dial's notches.
Exit code 1 when a line of FILE could not be read or nothing was recorded, 2 when the replay could not begin.`;

const NEEDED = ['recordings', 'from', 'to'] as const;

type Wish = { recordings: string; from: string; to: string; subscriptions: string | null };

await runTool({ usage: USAGE, help: HELP, badExit: 2 }, run);

async function run(words: string[]): Promise<number> {
  const wish = readWish(words);
  const notches = readNotches(process.env);
  const recordings = findRecordings(wish.recordings, report);
  const { wanted, problems } = readWanted(wish.subscriptions);
  if (!recordings.some(({ day }) => day >= wish.from && day <= wish.to)) {
    report(`${wish.recordings} has no recording from ${wish.from} to ${wish.to}.`);
    return 1;
  }
  if (wanted.length === 0) return 1;
  await replay({ ...wish, recordings, wanted, notches, tell, report });
  return problems === 0 ? 0 : 1;
}

function readWish(words: string[]): Wish {
  const { recordings = '', from = '', to = '', subscriptions = null } = parseWords(words);
  const given = { recordings, from, to };
  const missing = NEEDED.filter((name) => given[name] === '');
  if (missing.length > 0) throw new UserError(`Say ${missing.map((name) => `--${name}`).join(', ')}.`);
  for (const name of ['from', 'to'] as const)
    if (!isDay(given[name])) throw new UserError(`--${name} ${given[name]} is no day such as 2026-03-02.`);
  if (from > to) throw new UserError(`--from ${from} is after --to ${to}.`);
  return { ...given, subscriptions };
}

function parseWords(words: string[]) {
  const text = { type: 'string' } as const;
  const options = {
    recordings: text,
    from: text,
    to: text,
    subscriptions: text,
  } as const;
  try {
    return parseArgs({ args: words, options }).values;
  } catch (cause) {
    throw new UserError(cause instanceof Error ? cause.message : String(cause), { cause });
  }
}

/** The operator's thetas; the other variables are none of the replay's business. */
function readNotches(env: Record<string, string | undefined>): Record<Notch, number> {
  const { TREND_SURE, TREND_BALANCED, TREND_EARLY, TREND_WIDE } = env;
  const read = readConfig({ TREND_SURE, TREND_BALANCED, TREND_EARLY, TREND_WIDE });
  if (!read.ok) throw new UserError(read.message);
  const { config } = read;
  return {
    sure: config.TREND_SURE,
    balanced: config.TREND_BALANCED,
    early: config.TREND_EARLY,
    wide: config.TREND_WIDE,
  };
}

function readWanted(file: string | null): { wanted: readonly Wanted[]; problems: number } {
  if (file === null) return { wanted: [EVERYTHING], problems: 0 };
  const { wanted, problems, remarks } = readSubscriptions(textOf(file), replayTopics());
  for (const sentence of [...problems, ...remarks]) report(`${file}, ${sentence}`);
  if (wanted.length === 0) report(`${file} has no subscription that can be read: nothing is posted.`);
  return { wanted, problems: problems.length };
}

function textOf(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (cause) {
    throw unreadable(file, cause);
  }
}

function tell(post: ReplayedPost): void {
  process.stdout.write(`${JSON.stringify(post)}\n`);
}

function report(sentence: string): void {
  process.stderr.write(`${sentence}\n`);
}
