import type { z } from 'zod';
import type { Clock } from '#src/foundation/clock.ts';
import { type Cursors, volatileCursors } from '#src/foundation/cursors.ts';
import type { Manners } from '#src/foundation/http/host-rate.ts';
import type { Http, HttpHost } from '#src/foundation/http/http.ts';
import type { Log } from '#src/foundation/log.ts';
import type { SourceName } from '#src/paper/sighting.ts';
import type { SourceFacts } from '#src/paper/source-facts.ts';
import { arxivApi } from './arxiv-api.ts';
import { arxivRss } from './arxiv-rss.ts';
import { createHostRateStore } from './host-rate-store.ts';
import { huggingFace } from './hugging-face.ts';
import { openReview } from './openreview.ts';
import type { ReadBefore } from './read-before.ts';
import { sampleFeed } from './sample.ts';
import type { Source, SourceDefinition } from './source.ts';

/** Everything that Paperboy reads papers from. A new source is one line here. */
export const SOURCES = [
  // The most telling first.
  huggingFace,
  arxivRss,
  arxivApi,
  openReview,
] as const;

/** What has the members of each. */
type Both<Each> = (Each extends unknown ? (one: Each) => void : never) extends (all: infer All) => void
  ? All
  : never;
type Settings = Both<(typeof SOURCES)[number]['settings']>;

/** The variables of all sources, for config/config.ts. Joining the shapes one by one is what its type says. */
export const SOURCE_SETTINGS = Object.assign({}, ...SOURCES.map(({ settings }) => settings)) as Settings;
export type SourceSettings = z.output<z.ZodObject<Settings>>;

/** What is known of the source of that name; undefined where it is none of today's. */
export const factsOf = (name: SourceName): SourceFacts | undefined => KNOWN.get(name);

const KNOWN = new Map<SourceName, SourceFacts>([...SOURCES, sampleFeed].map((one) => [one.name, one]));

/** As people call it. */
export const labelOf = (name: SourceName): string => factsOf(name)?.label ?? name;

/** Where a reader of a paper that these sources showed goes first: arXiv where none has a page of its own. */
export function pageOf(id: string, shownBy: readonly SourceName[]): string {
  const sources: readonly SourceFacts[] = SOURCES;
  const own = sources.find(({ name, page }) => page !== undefined && shownBy.includes(name));
  return own?.page?.(id) ?? `https://arxiv.org/abs/${id}`;
}

type Deps = {
  http: Http;
  clock: Clock;
  log: Log;
  /** Absent: it is forgotten at the end of this life which announcements were read, and when a source was asked last. */
  cursors?: Cursors;
  /** Absent: every start reads all lists. */
  readBefore?: ReadBefore;
  namedCategories?(): Promise<readonly string[]>;
  /** Milliseconds between two requests to a system; only against a server of one's own may it be shorter than it asks. */
  spacing?: number;
};

/** Opens those of the sources that are on. `settings`: as config/config.ts read them by SOURCE_SETTINGS. */
export function createSources(
  settings: SourceSettings,
  { http, spacing, cursors = volatileCursors(), ...deps }: Deps,
  definitions: readonly SourceDefinition[] = SOURCES,
): Source[] {
  const hosts = new Map<string, HttpHost>();
  const host = (manners: Manners): HttpHost => {
    const { system } = manners;
    const opened =
      hosts.get(system) ??
      http.host(
        { ...manners, ...(spacing === undefined ? {} : { spacing }) },
        createHostRateStore(cursors, system),
      );
    hosts.set(system, opened);
    return opened;
  };
  return definitions.flatMap(
    (one) => one.open({ ...deps, host, cursors, settings: ownOf(one, settings) }) ?? [],
  );
}

/** A source sees its own variables alone. */
function ownOf({ settings }: SourceDefinition, all: SourceSettings): Record<string, unknown> {
  const own = new Set(Object.keys(settings));
  return Object.fromEntries(Object.entries(all).filter(([name]) => own.has(name)));
}

/** What servers see of us: name, version and, when the operator gave one, whom to write to. */
export const userAgent = (version: string, contact: string | null): string =>
  contact ? `Paperboy/${version} (${contact})` : `Paperboy/${version}`;
