import { readFileSync } from 'node:fs';
import { readConfig } from '#config/config.ts';
import type { HouseConfig } from '#src/rooms.ts';
import { SOURCE_SETTINGS } from '#src/source/sources.ts';
import { EXIT, runTool, unreadable, WordsError } from './command.ts';
import { readWords, TEXT_OPTION } from './command-words.ts';
import { isCalendarDay } from './recorded-sightings.ts';
import { replayTopics } from './replay-house.ts';
import type { ReplayedPost } from './replay-post.ts';
import { findRecordings, type Report } from './replay-recordings.ts';
import { replay } from './replay-run.ts';
import { EVERYTHING, type ReplaySubscription, readSubscriptions } from './replay-subscriptions.ts';
import { ToolError } from './tool-error.ts';

/** `npm run replay`: what would have been posted over recorded days. JSON lines on stdout, everything else on stderr. */
const USAGE = 'npm run replay -- --recordings DIR --from 2026-03-02 --to 2026-03-27 [--subscriptions FILE]';

const HELP = `${USAGE}

Drives the whole pipeline over the recorded days from --from to --to, both inclusive, in virtual time, and prints a JSON
line for each post: {"at","channel","kind","papers","titles","filters","reason"}. kind is card, digest or catch-up;
reason is a sentence for a card, and a list with one for each paper otherwise. Up to 45 days before --from are learnt
from and not posted. What is queued by the end is printed at its hour, also after --to.

DIR has YYYY/YYYY-MM-DD.json.gz, or the files themselves, packed or not: bodies of GET /api/daily_papers?date=DAY.
  observed_at.csv (daily_date,observed_at_commit_time,...) tells when each was recorded; without it, at 17:00 UTC.
  earlier-versions/DAY@2026-03-02T170641Z.json.gz are further recordings of the same days.
FILE has a JSON line for each subscription, only channel and filter needed:
  {"channel":"vision","filter":"diffusion -survey","sensitivity":"about 3 a day","when":"daily","at":"09:00",
   "zone":"Europe/Berlin","cap":10}, to be written as in /subscribe.
  Without FILE one channel "all" gets whatever is newly trending: ${JSON.stringify(EVERYTHING.draft.filter)}, balanced.
TREND_SURE, TREND_BALANCED, TREND_EARLY and TREND_WIDE in the environment move the thresholds of the sensitivities.
Exit code 1 when DIR, a recording in it, FILE or a line of it could not be read, or nothing was recorded on those days; 2
when these words are not understood.`;

const OPTIONS = { recordings: TEXT_OPTION, from: TEXT_OPTION, to: TEXT_OPTION, subscriptions: TEXT_OPTION };
const NEEDED = ['recordings', 'from', 'to'] as const;

type Wish = { recordings: string; from: string; to: string; subscriptions: string | null };

await runTool({ usage: USAGE, help: HELP }, run);

async function run(words: string[]): Promise<number> {
  const wish = readWish(words);
  const config = readThresholds(process.env);
  let unread = 0;
  const complain = (sentence: string): void => {
    unread++;
    report(sentence);
  };
  const recordings = findRecordings(wish.recordings, complain);
  const wanted = readWanted(wish.subscriptions, complain);
  if (!recordings.some(({ day }) => day >= wish.from && day <= wish.to)) {
    report(`${wish.recordings} has no recording from ${wish.from} to ${wish.to}.`);
    return EXIT.outside;
  }
  if (wanted.length === 0) return EXIT.outside;
  await replay({ ...wish, recordings, wanted, config, tell, report, complain });
  return unread === 0 ? EXIT.done : EXIT.outside;
}

function readWish(words: string[]): Wish {
  const { recordings = '', from = '', to = '', subscriptions = null } = readWords(words, OPTIONS).values;
  const given = { recordings, from, to };
  const missing = NEEDED.filter((name) => given[name] === '');
  if (missing.length > 0) throw new WordsError(`Say ${missing.map((name) => `--${name}`).join(', ')}.`);
  for (const name of ['from', 'to'] as const)
    if (!isCalendarDay(given[name]))
      throw new WordsError(`--${name} ${given[name]} is no day such as 2026-03-02.`);
  if (from > to) throw new WordsError(`--from ${from} is after --to ${to}.`);
  return { ...given, subscriptions };
}

/** The operator's thresholds; the other variables are none of the replay's business. */
function readThresholds(env: Record<string, string | undefined>): HouseConfig {
  const { TREND_SURE, TREND_BALANCED, TREND_EARLY, TREND_WIDE } = env;
  const read = readConfig({ TREND_SURE, TREND_BALANCED, TREND_EARLY, TREND_WIDE }, SOURCE_SETTINGS);
  if (!read.ok) throw new ToolError(read.message);
  return read.config;
}

function readWanted(file: string | null, complain: Report): readonly ReplaySubscription[] {
  if (file === null) return [EVERYTHING];
  const { wanted, problems, remarks } = readSubscriptions(textOf(file), replayTopics());
  for (const problem of problems) complain(`${file}, ${problem}`);
  for (const remark of remarks) report(`${file}, ${remark}`);
  if (wanted.length === 0) report(`${file} has no subscription that can be read: nothing is posted.`);
  return wanted;
}

function textOf(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (cause) {
    throw unreadable('--subscriptions', file, cause);
  }
}

function tell(post: ReplayedPost): void {
  process.stdout.write(`${JSON.stringify(post)}\n`);
}

function report(sentence: string): void {
  process.stderr.write(`${sentence}\n`);
}
