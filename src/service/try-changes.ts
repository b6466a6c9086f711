import type { Archive } from '#src/archive/archive.ts';
import type { PaperSearch } from '#src/archive/paper-search.ts';
import { zoneOfDays } from '#src/decision/day.ts';
import { DEFAULT_HOUR, type Hour, hourOf, type Terms, type What } from '#src/decision/terms.ts';
import type { Clock } from '#src/foundation/clock.ts';
import { explain, prepareDocument, prepareFilter, type ReadDocument } from '#src/match/evaluate/explain.ts';
import type { Filter, MatchDocument, TermMatch } from '#src/match/language/filter.ts';
import { parseFilter, parseSavedFilter } from '#src/match/language/parse-filter.ts';
import type { TopicCatalogue } from '#src/match/language/topic-catalogue.ts';
import { tellingWords } from '#src/match/like/shared-terms.ts';
import type { Mutes } from '#src/subscription/mutes.ts';
import type { Subscription } from '#src/subscription/subscription.ts';
import type { Zones } from '#src/subscription/zone.ts';
import { nextSensitivity, type Sensitivity } from '#src/trend/sensitivity.ts';
import type { TrendRule } from '#src/trend/trend-rule.ts';
import { type Past, pastOf, postsIn } from './back-test.ts';

type Deps = {
  archive: Archive;
  search: PaperSearch;
  trend: TrendRule;
  topics: TopicCatalogue;
  mutes: Pick<Mutes, 'unmuted'>;
  zones: Zones;
  clock: Clock;
};

/** What could be changed so that such a paper does not come again, each tried on the last days; null where that cannot be. */
export type TriedChanges = {
  days: number;
  posts: number;
  /** The filter without a word of the paper: so many posts less. */
  exclude: { word: string; filter: string; less: number } | null;
  stricter: { sensitivity: Sensitivity; what: What; stay: number } | null;
  digest: { when: Hour; messages: number } | null;
};

type Asked = {
  subscription: Subscription;
  /** The paper that ought not to have come. */
  document: MatchDocument;
  /** The zone of the server; null: nobody has said one yet. */
  zone: string | null;
  /** The server's subscriptions: where it has none, a digest comes in the zone that they name. */
  inServer: readonly Subscription[];
  now: number;
};

/** So many words of the paper are tried. */
const WORDS_TRIED = 25;

/** Tries the changes by the very decisions of the pipeline; null where the filter cannot be read any more. */
export async function tryChanges(deps: Deps, asked: Asked): Promise<TriedChanges | null> {
  const { subscription, inServer, now } = asked;
  const parsed = parseSavedFilter(subscription.filter, deps);
  if (!parsed.ok) return null;
  const past = await pastOf(deps, subscription.serverId, parsed.filter, now);
  const postsWith = (terms: Partial<Terms>) => postsIn(deps, past, { ...subscription, ...terms });
  const zone = asked.zone ?? zoneOfDays([subscription, ...inServer]);
  const when: Hour = { kind: 'daily', at: DEFAULT_HOUR, zone };
  return {
    days: past.days,
    posts: postsWith({}).length,
    exclude: await tryExcluding(deps, asked, parsed.filter, past),
    stricter: tryStricter(subscription.what, (what) => postsWith({ what }).length),
    digest:
      hourOf(subscription) === null
        ? { when, messages: new Set(postsWith({ when }).map(({ at }) => at)).size }
        : null,
  };
}

function tryStricter(what: What, postsWith: (what: What) => number): TriedChanges['stricter'] {
  const sensitivity = what.kind === 'trending' ? nextSensitivity(what.sensitivity, 'narrower') : null;
  if (sensitivity === null) return null;
  const stricter = { kind: 'trending', sensitivity } as const;
  return { sensitivity, what: stricter, stay: postsWith(stricter) };
}

type Word = { word: string; filter: string; less: number; known: number };

/**
 * Of the words of the paper's title, or else of its abstract, the one that takes away the fewest others with it. A word that no
 * other paper has would take away nothing that is still to come: it is the last choice.
 */
async function tryExcluding(
  deps: Deps,
  { subscription, document, now }: Asked,
  filter: Filter,
  past: Past,
): Promise<TriedChanges['exclude']> {
  const read = prepareDocument(document);
  const { found } = explain(prepareFilter(filter), read, now);
  const before = postsIn(deps, past, subscription).length;
  for (const field of ['title', 'abstract'] as const) {
    const tried: Word[] = [];
    for (const word of wordsOf(read, field, found).slice(0, WORDS_TRIED)) {
      const one = await tryWord(deps, { word, subscription, filter, past, before, now });
      if (one) tried.push(one);
    }
    const [best] = tried.sort(fewestFirst);
    if (best) return { word: best.word, filter: best.filter, less: best.less };
  }
  return null;
}

const fewestFirst = (a: Word, b: Word): number =>
  Number(b.known > 1) - Number(a.known > 1) || a.less - b.less || a.known - b.known;

type Trying = {
  word: string;
  subscription: Subscription;
  filter: Filter;
  past: Past;
  before: number;
  now: number;
};

/** Null where it takes away nothing, or cannot be written behind the filter. */
async function tryWord(deps: Deps, trying: Trying): Promise<Word | null> {
  const { word, subscription, filter, past, before, now } = trying;
  const parsed = parseFilter(word, deps);
  const text = withoutWord(subscription.filter, filter, word);
  if (!parsed.ok || !parseFilter(text, deps).ok) return null;
  const named = past.stories.map(({ paper }) => paper);
  const { papers } = await deps.search.matching(parsed.filter, named, now);
  const rest = { ...past, stories: past.stories.filter(({ paper }) => !papers.has(paper)) };
  const less = before - postsIn(deps, rest, subscription).length;
  if (less <= 0) return null;
  const [known] = await deps.search.counts([{ filter: parsed.filter, enough: COUNTED }]);
  return { word, filter: text, less, known };
}

/** Words that more papers have than these are equally common. */
const COUNTED = 1000;

const withoutWord = (text: string, { kind }: Filter, word: string): string =>
  kind === 'or' ? `(${text}) -${word}` : `${text} -${word}`;

/** Those that say something, and by which the filter did not find it. */
function wordsOf(
  { document, texts }: ReadDocument,
  field: 'title' | 'abstract',
  found: readonly TermMatch[],
): string[] {
  const own = found.filter((one) => one.field === field);
  return tellingWords(document[field], texts[field][0] ?? [])
    .filter(({ start, end }) => !own.some((one) => one.start < end && start < one.end))
    .map(({ word }) => word);
}
