import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { crossing } from '#src/decision/news.ts';
import { createFilterIndex } from '#src/match/filters/filter-index.ts';
import { parseFilter } from '#src/match/language/parse-filter.ts';
import { recordedPolls } from '#src/tools/recorded-polls.ts';
import { readSightings } from '#src/tools/recorded-sightings.ts';
import { PRESETS, type Preset } from '#src/trend/sensitivity.ts';
import type { TrendRise } from '#src/trend/trend-event.ts';
import { createTrendRule, TREND_SETTINGS } from '#src/trend/trend-rule.ts';
import { readTopics } from '#test/relevance/relevance.ts';
import { RECORDINGS, readRecordedPapers } from '../recorded-papers.ts';

/** A subscription as it would have been, to a topic of the catalogue. Instants are UTC ms, ascending. */
export type RecordedRhythm = { what: string; posts: readonly number[]; chances: readonly number[] };

type Chance = { at: number; paper: string };

const DAY = 86_400_000;
const SENSITIVITIES = ['wide', 'early', 'balanced'] as const satisfies readonly Preset[];

/** All topics with every new paper and at three sensitivities: what they would have got, of what there was. */
export function recordedRhythms(): RecordedRhythm[] {
  const { arrivals, topicsOf } = readArrivals();
  const rises = readRises().filter(({ paper }) => topicsOf.has(paper));
  const heard = (preset: Preset) => rises.filter(crossing(PRESETS[preset]));
  const kinds: [string, readonly Chance[]][] = [
    ['all new', arrivals],
    ...SENSITIVITIES.map((preset): [string, readonly Chance[]] => ['newly trending', heard(preset)]),
  ];
  return kinds.flatMap(([what, chances]) =>
    readTopics().map(({ name }) => ({
      what,
      posts: instants(chances.filter(({ paper }) => topicsOf.get(paper)?.has(name))),
      chances: instants(chances),
    })),
  );
}

const instants = (chances: readonly Chance[]): number[] => chances.map(({ at }) => at).sort((a, b) => a - b);

/** When each paper was first listed, at noon of its day, and which topics find it. */
function readArrivals() {
  const index = createFilterIndex();
  for (const { name, filter } of readTopics()) {
    const parsed = parseFilter(filter, { topics: null });
    if (parsed.ok) index.add(name, parsed.filter);
  }
  while (index.refresh());
  const arrivals: Chance[] = [];
  const topicsOf = new Map<string, ReadonlySet<string>>();
  for (const day of recordedDays()) {
    const at = Date.parse(`${day}T12:00:00Z`);
    for (const paper of readRecordedPapers(day, dayAfter(day))) {
      if (topicsOf.has(paper.id)) continue;
      topicsOf.set(paper.id, new Set(index.match(paper, at)));
      arrivals.push({ at, paper: paper.id });
    }
  }
  return { arrivals, topicsOf };
}

const recordedDays = (): string[] =>
  readdirSync(RECORDINGS)
    .filter((name) => /^\d{4}$/.test(name))
    .flatMap((year) => readdirSync(join(RECORDINGS, year)))
    .filter((file) => file.endsWith('.json.gz'))
    .map((file) => file.slice(0, 10))
    .sort();

const dayAfter = (day: string): string => new Date(Date.parse(day) + DAY).toISOString().slice(0, 10);

function readRises(): TrendRise[] {
  const file = join(RECORDINGS, '../trend/train-sightings.csv.gz');
  const { sightings } = readSightings(gunzipSync(readFileSync(file)).toString('utf8'));
  const rule = createTrendRule({ ...TREND_SETTINGS, memoryDays: Number.POSITIVE_INFINITY });
  return [...recordedPolls(sightings)].flatMap((poll) => [...rule.observe(poll)]);
}
