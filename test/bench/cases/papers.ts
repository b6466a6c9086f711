import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { newsAtOf } from '#src/archive/news-rule.ts';
import { documentOf, type StoredPaper } from '#src/archive/stored-paper.ts';
import { matchFilter } from '#src/match/evaluate/explain.ts';
import { parseFilter } from '#src/match/language/parse-filter.ts';
import { NO_FIGURES } from '#src/paper/figures.ts';
import type { Paper } from '#src/paper/paper.ts';
import type { Poll, Sighting } from '#src/paper/sighting.ts';
import { readAtom } from '#src/source/arxiv-atom.ts';
import { readFeed } from '#src/source/arxiv-rss-feed.ts';
import { readListEntry } from '#src/source/hugging-face-paper.ts';
import { placeInList } from '#src/source/place-in-list.ts';

const BODIES = join(import.meta.dirname, '../../../../shared/cases/papers');
const NOW = Date.parse('2026-03-10T12:00:00Z');

/** One thing that must come out of a body, and whether it did. */
export type Judged = { what: string; isRight: boolean };

type Expected = Readonly<Record<string, Readonly<Record<string, unknown>>>>;
type Read = { papers: ReadonlyMap<string, Paper>; sightings: readonly Sighting[] };

/** Every expectation of bodies that go wrong, as far as reading them decides it; null when they are not there. */
export async function judgePapers(): Promise<Judged[] | null> {
  const file = join(BODIES, 'expected.json');
  if (!existsSync(file)) return null;
  const expected: Expected = JSON.parse(readFileSync(file, 'utf8'));
  const judged: Judged[] = [];
  for (const [name, wants] of Object.entries(expected)) {
    if (name.includes('*')) continue;
    const read = await readBody(name);
    judged.push(...judge(read, wants).map(({ what, isRight }) => ({ what: `${name} ${what}`, isRight })));
  }
  return judged;
}

async function readBody(name: string): Promise<Read> {
  const body = readFileSync(join(BODIES, name), 'utf8');
  const items = name.endsWith('.json')
    ? JSON.parse(body).map((item: unknown) => readListEntry(item, 'https://huggingface.co', NOW))
    : name.includes('atom')
      ? readAtom(body, NOW).items
      : (await readFeed(body, { now: () => NOW, elapsed: () => 0 })).items;
  const { sightings } = placeInList(items);
  return { sightings, papers: new Map(sightings.map(({ paper }) => [paper.id, paper])) };
}

function judge(read: Read, wants: Expected[string]): Judged[] {
  const judged: Judged[] = [];
  const want = (what: string, isRight: boolean): void => void judged.push({ what, isRight });
  const { papers } = read;
  for (const [id, authors] of Object.entries((wants.authors ?? {}) as Record<string, string[]>))
    want(`authors of ${id}`, same(papers.get(id)?.authors.map(plainName), authors.map(plainName)));
  for (const id of (wants.unknownDate ?? []) as string[])
    want(`date of ${id}`, papers.get(id)?.publishedAt === null);
  for (const [filter, id] of (wants.matches ?? []) as [string, string][])
    want(`${filter} finds ${id}`, found(read, filter).includes(id));
  for (const filter of (wants.matchesNothing ?? []) as string[])
    want(`${filter} finds nothing`, found(read, filter).length === 0);
  for (const [id, title] of Object.entries((wants.shownTitles ?? {}) as Record<string, string>))
    want(`title of ${id}`, papers.get(id)?.title === title);
  for (const [what, ids] of Object.entries(wants)) {
    const said = /^scope all, filter "?(.*?)"?: (never posted|posted)$/.exec(what);
    if (said)
      want(
        what,
        same(
          posted(read, said[1]).filter((id) => (ids as string[]).includes(id)),
          said[2] === 'posted' ? ids : [],
        ),
      );
    if (what.startsWith('/search ')) want(what, same(found(withDates(read), what.slice(8)), ids));
  }
  if (wants.kept) judgeOdd(papers, wants, want);
  return judged;
}

function judgeOdd(
  papers: Read['papers'],
  wants: Expected[string],
  want: (what: string, isRight: boolean) => void,
): void {
  for (const id of wants.kept as string[]) want(`keeps ${id}`, papers.has(id));
  const odd = papers.get(String(wants.odd));
  want(`keeps ${wants.odd}`, odd !== undefined || wants.oddMayBeLeftOut === true);
  if (odd === undefined) return;
  want(`title of ${odd.id}`, wants.oddTitle === undefined || plainName(odd.title) === wants.oddTitle);
  want(`abstract of ${odd.id}`, wants.oddAbstract === undefined || odd.abstract === wants.oddAbstract);
}

const same = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);

/** A no-break blank is as good, and so is a suffix without its comma. */
const plainName = (name: string): string => name.replaceAll('\u00a0', ' ').replace(/, (?=Jr\.|Sr\.)/, ' ');

function found({ sightings }: Pick<Read, 'sightings'>, written: string): string[] {
  const parsed = parseFilter(written, { topics: null });
  if (!parsed.ok) return [];
  const { filter } = parsed;
  return sightings.flatMap(({ paper }) =>
    matchFilter(filter, documentOf(asStored(paper)), NOW) ? paper.id : [],
  );
}

/** What scope `all` tells of the papers that a filter finds when the API has told their days. */
function posted(read: Read, filter: string): string[] {
  const list = { askedAt: 0, isRead: true, firstDay: '2026-03-01' };
  const poll = { list: 'announced', seenAt: NOW } as Poll;
  const isNews = (sighting: Sighting): boolean => newsAtOf(poll, sighting, list) !== null;
  return found({ sightings: withDates(read).sightings.filter(isNews) }, filter);
}

/** With the days that the API tells, where a body stands beside it that is its answer. */
function withDates({ sightings }: Read): Pick<Read, 'sightings'> {
  const answer = readAtom(readFileSync(join(BODIES, 'k12-api.xml'), 'utf8'), NOW);
  const days = new Map(
    answer.items.flatMap((item) =>
      item.ok ? [[item.sighting.paper.id, item.sighting.paper.publishedAt]] : [],
    ),
  );
  return {
    sightings: sightings.map((sighting) => ({
      ...sighting,
      paper: { ...sighting.paper, publishedAt: days.get(sighting.paper.id) ?? sighting.paper.publishedAt },
    })),
  };
}

function asStored(paper: Paper): StoredPaper {
  const signals = { ...NO_FIGURES, trendingRank: null };
  const seen = {
    firstSeenAt: NOW,
    listedBy: null,
    newsAt: NOW,
    risesSince: null,
    batchDay: null,
    batchDays: [],
  };
  return { paper, signals, ...seen, sources: [] };
}
