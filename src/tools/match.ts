import { once } from 'node:events';
import { createReadStream } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { systemClock } from '#src/foundation/clock.ts';
import { linesOf } from '#src/foundation/lines.ts';
import { createFilterIndex, type FilterIndex } from '#src/match/filters/filter-index.ts';
import type { FilterError, Parsed } from '#src/match/language/filter.ts';
import { parseFilter } from '#src/match/language/parse-filter.ts';
import { checkTopics, readTopicCatalogue } from '#src/match/language/read-topics.ts';
import { noTopics, type TopicCatalogue } from '#src/match/language/topic-catalogue.ts';
import { FIGURE_FIELDS } from '#src/paper/figures.ts';
import { inEnglish } from '#src/wording/kept-phrase.ts';
import { phrase } from '#src/wording/phrase.ts';
import { EXIT, runTool, unreadable, WordsError } from './command.ts';
import { readWords, TEXT_OPTION } from './command-words.ts';
import { type LineId, type ReadLine, readFilterLine, readPaperLine } from './match-lines.ts';
import { isCalendarDay } from './recorded-sightings.ts';
import { ToolError } from './tool-error.ts';

/** `npm run match`: which filters match which papers. JSON lines on stdout, everything else on stderr. */
const USAGE_LINE =
  'npm run match -- --filters FILTERS.jsonl --papers PAPERS.jsonl [--now 2026-03-27T12:00:00Z]';

const USAGE = `${USAGE_LINE}

FILTERS lines {"id","filter"}; PAPERS lines {"id","title","abstract","authors":[...],"categories":[...],"organization",
"keywords":[...],"comment","journal_ref",${FIGURE_FIELDS.map((field) => `"${field}",`).join('')}"published"}, all but id and title optional. Prints a JSON line
{"filter","paper"} for each match and {"filter","error":{"message","position"}} for each malformed filter.
--now is the instant that age: is counted from (default: now). Exit code 1 when a file or a line of it
could not be read, or a file is empty; 2 when these words are not understood.`;

const TOPICS = new URL('../../config/topics.json', import.meta.url);

const MISSING: Parsed = {
  ok: false,
  error: { position: 0, message: phrase('syntax.missing'), proposal: null },
};

// After so many papers the index knows which words are rare, and lays its filters out by that.
const LEARNT_AFTER = 256;

type Job = { filters: string; papers: string; now: number };
/** The good filters: in the index under their place among `ids`. */
type KnownFilters = { ids: readonly LineId[]; index: FilterIndex };
type Report = (sentence: string) => void;

await runTool({ usage: USAGE_LINE, help: USAGE }, run);

async function run(args: string[]): Promise<number> {
  const job = readJob(args);
  let bad = 0;
  const report: Report = (sentence) => {
    bad++;
    process.stderr.write(`${sentence}\n`);
  };
  try {
    const known = await readFilters(job.filters, await readTopics(report), report);
    await matchPapers(job, known, report);
  } catch (error) {
    if (!(error instanceof ToolError)) throw error;
    report(error.message);
  }
  return bad === 0 ? EXIT.done : EXIT.outside;
}

function readJob(args: string[]): Job {
  const { filters, papers, now } = readWords(args, {
    filters: TEXT_OPTION,
    papers: TEXT_OPTION,
    now: TEXT_OPTION,
  }).values;
  if (!filters || !papers) throw new WordsError('Name a file after --filters, and one after --papers.');
  return { filters, papers, now: now === undefined ? systemClock.now() : instantOf(now) };
}

/** UTC ms. 31 February is no day. */
function instantOf(now: string): number {
  const at = Date.parse(now);
  if (Number.isNaN(at) || !isCalendarDay(now.slice(0, 10)))
    throw new WordsError(`--now ${now} is no instant such as 2026-03-27T12:00:00Z.`);
  return at;
}

// A broken catalogue costs the filters that name topics, not the others.
async function readTopics(report: Report): Promise<TopicCatalogue> {
  const text = await readFile(TOPICS, 'utf8').catch(() => null);
  if (text === null) return noTopics;
  try {
    const catalogue = readTopicCatalogue(JSON.parse(text));
    await checkTopics(catalogue);
    return catalogue;
  } catch (error) {
    report(error instanceof Error ? error.message : String(error));
    return noTopics;
  }
}

async function readFilters(file: string, topics: TopicCatalogue, report: Report): Promise<KnownFilters> {
  const ids: LineId[] = [];
  const index = createFilterIndex();
  for await (const { id, filter } of goodLines('--filters', file, readFilterLine, report)) {
    const parsed = filter === null ? MISSING : parseFilter(filter, { topics });
    if (parsed.ok) index.add(String(ids.push(id) - 1), parsed.filter);
    else
      await print([
        { filter: id, error: { message: sentenceOf(parsed.error), position: parsed.error.position } },
      ]);
  }
  return { ids, index };
}

function sentenceOf({ message, proposal }: FilterError): string {
  const problem = inEnglish(message);
  return proposal === null ? problem : `${problem} Try: ${proposal}`;
}

async function matchPapers(job: Job, { ids, index }: KnownFilters, report: Report): Promise<void> {
  let papers = 0;
  for await (const { id, document } of goodLines('--papers', job.papers, readPaperLine, report)) {
    if (++papers === LEARNT_AFTER) index.renew();
    const places = index.match(document, job.now).map(Number);
    await print(places.sort((a, b) => a - b).map((place) => ({ filter: ids[place], paper: id })));
    index.refresh();
  }
}

/** The readable lines of a file; the others are reported with their number and left out. */
async function* goodLines<T>(
  option: string,
  file: string,
  read: (line: string) => ReadLine<T>,
  report: Report,
): AsyncGenerator<T> {
  let number = 0;
  for await (const line of rawLines(option, file)) {
    number++;
    const text = number === 1 ? line.replace(/^\uFEFF/, '') : line;
    if (text.trim() === '') continue;
    const result = read(text);
    if (!result.ok) {
      report(`${file}, line ${number} ${result.problem}`);
      continue;
    }
    if (result.remark !== null) report(`${file}, line ${number}: ${result.remark}.`);
    yield result.value;
  }
  if (number === 0) report(`${option} ${file} is empty.`);
}

async function* rawLines(option: string, file: string): AsyncGenerator<string> {
  const stream = createReadStream(file, 'utf8');
  const failure = once(stream, 'error').then(([cause]) => unreadable(option, file, cause));
  try {
    yield* linesOf(stream);
  } catch {
    throw await failure;
  }
}

async function print(lines: readonly object[]): Promise<void> {
  const text = lines.map((line) => `${JSON.stringify(line)}\n`).join('');
  if (text !== '' && !process.stdout.write(text)) await once(process.stdout, 'drain');
}
