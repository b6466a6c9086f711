import { readFileSync } from 'node:fs';
import { matchFilter } from '#src/match/evaluate/explain.ts';
import type { MatchDocument } from '#src/match/language/filter.ts';
import { parseFilter } from '#src/match/language/parse-filter.ts';
import { readTopicCatalogue } from '#src/match/language/read-topics.ts';
import type { TopicCatalogue } from '#src/match/language/topic-catalogue.ts';
import { createSearchIndex } from '#src/match/search/search-index.ts';
import { readPaperQuery } from '#src/paper/paper-query.ts';
import { readPaperLine } from '#src/tools/match-lines.ts';
import type { BenchLine, BenchOptions } from './bench.ts';
import { labelledRows, type MatchingRow } from './cases/labelled-rows.ts';
import { type Answer, askMatchTool } from './cases/match-tool.ts';
import { judgePapers } from './cases/papers.ts';
import { isAnsweredRight } from './cases/proposals.ts';

const TOPICS = new URL('../../config/topics.json', import.meta.url);
const NOW = Date.UTC(2026, 2, 27);
const NAMED = 5;

/** The paper that `/paper` shows for this text. */
function idIn(text: string): string | null {
  const asked = readPaperQuery(text, NOW);
  return asked.kind === 'paper' ? asked.id : null;
}

/**
 * How well filters mean what they say, on examples labelled by reading: matching through `npm run match` itself, which the
 * plain evaluation and the search have to agree with; proposals for filters that are malformed or odd; ids in texts.
 */
export async function* run({ quick }: BenchOptions): AsyncIterable<BenchLine> {
  const topics = readTopicCatalogue(JSON.parse(readFileSync(TOPICS, 'utf8')));
  const matching = labelledRows('matching', quick);
  if (matching !== null) yield* judgeMatching(matching, topics);
  const proposals = labelledRows('proposals', quick);
  if (proposals !== null) {
    const wrong = proposals.filter((row) => !isAnsweredRight(row, topics)).map(({ filter }) => filter);
    yield { ...wrongOf('proposals', wrong, proposals.length), goal: { max: 0 } };
  }
  const ids = labelledRows('ids', quick);
  if (ids !== null) {
    const misread = ids.filter(({ text, id }) => idIn(text) !== id).map(({ text }) => text);
    yield { ...wrongOf('ids', misread, ids.length), goal: { max: 0 } };
  }
  const papers = await judgePapers();
  if (papers === null) return;
  const wrong = papers.filter(({ isRight }) => !isRight).map(({ what }) => what);
  yield { ...wrongOf('papers', wrong, papers.length), goal: { max: 0 } };
}

async function* judgeMatching(
  rows: readonly MatchingRow[],
  topics: TopicCatalogue,
): AsyncIterable<BenchLine> {
  const answers = askMatchTool(rows);
  const wrong = rows.filter(({ want }, place) => answers[place] !== want);
  const all = wrongOf('matching', idsOf(wrong), rows.length);
  yield all;
  yield { ...all, metric: 'wrong_percent', value: (100 * wrong.length) / rows.length, goal: { max: 1 } };
  for (const kind of new Set(rows.map((row) => row.kind))) {
    const isOfKind = (row: MatchingRow) => row.kind === kind;
    yield wrongOf(`matching ${kind}`, idsOf(wrong.filter(isOfKind)), rows.filter(isOfKind).length);
  }
  const differ = await differing(rows, answers, topics);
  yield { ...wrongOf('matching', differ, rows.length), metric: 'differ', goal: { max: 0 } };
}

const idsOf = (rows: readonly MatchingRow[]): string[] => rows.map(({ id }) => id);

function wrongOf(what: string, wrong: readonly string[], rows: number): BenchLine {
  const named = wrong.length === 0 ? '' : `: ${wrong.slice(0, NAMED).join(', ')}`;
  const more = wrong.length > NAMED ? ', …' : '';
  return { case: what, metric: 'wrong', value: wrong.length, note: `of ${rows}${named}${more}` };
}

/** The rows of which the tool, the plain evaluation and the search do not say the same. */
async function differing(
  rows: readonly MatchingRow[],
  answers: readonly Answer[],
  topics: TopicCatalogue,
): Promise<string[]> {
  const papers = rows.map(({ paper }, place) => documentOf({ ...paper, id: place }));
  const search = createSearchIndex();
  for (const paper of papers) search.add(paper);
  const differ: string[] = [];
  for (const [place, { id, filter }] of rows.entries()) {
    const parsed = parseFilter(filter, { topics });
    const paper = papers[place];
    const plain = parsed.ok ? matchFilter(parsed.filter, paper, NOW) : 'error';
    const found = parsed.ok
      ? (await search.matching(parsed.filter, [paper.id], NOW)).papers.has(paper.id)
      : 'error';
    if (plain !== answers[place] || found !== answers[place]) differ.push(id);
  }
  return differ;
}

function documentOf(line: object): MatchDocument {
  const read = readPaperLine(JSON.stringify(line));
  if (!read.ok) throw new Error(`The paper ${read.problem}`);
  return read.value.document;
}
