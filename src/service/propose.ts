import type { Archive } from '#src/archive/archive.ts';
import type { PaperSearch } from '#src/archive/paper-search.ts';
import type { Clock } from '#src/foundation/clock.ts';
import type { TopicCatalogue } from '#src/match/language/topic-catalogue.ts';
import { sayPlain } from '#src/render/say.ts';
import { findZones } from '#src/subscription/find-zones.ts';
import type { Zones } from '#src/subscription/zone.ts';
import type { TrendRule } from '#src/trend/trend-rule.ts';
import { type Proposals, proposals } from './choices.ts';
import { createCompleteFilter } from './complete-filter.ts';
import { createFindTopics } from './find-topics.ts';
import { createProposePapers } from './propose-papers.ts';

type Deps = {
  archive: Archive;
  topics: TopicCatalogue;
  search: PaperSearch;
  trend: TrendRule;
  zones: Zones;
  clock: Pick<Clock, 'elapsed'>;
};

const MOST = 25;

export type Propose = {
  /** Papers by their ids for what was typed so far: an id, a link, words of a title, an author; what trends for nothing. */
  proposeTitles(text: string, now: number): Promise<Proposals>;
  /** Completes the word being typed in a filter; examples for nothing. */
  proposeQueries(text: string, now: number): Promise<Proposals>;
  proposeTopics(text: string): Promise<Proposals>;
  proposeZones(text: string, now: number): Proposals;
};

/** What the autocomplete of papers, topics, zones and filters offers. */
export function createPropose(deps: Deps): Propose {
  const findTopics = createFindTopics(deps);
  return {
    proposeTitles: createProposePapers(deps),
    proposeQueries: createCompleteFilter({ ...deps, findTopics }),
    proposeTopics: async (text) =>
      proposals(
        (await findTopics(text)).map(({ name, label }) => ({
          name: sayPlain('topic.choice', { title: label, name }),
          value: name,
        })),
      ),
    proposeZones: (text, now) =>
      proposals(
        findZones(text, now, deps.zones, MOST).map(({ zone, cities, localTime }) => ({
          name: [zone, cities.join(', '), localTime].filter((part) => part !== '').join(' · '),
          value: zone,
        })),
      ),
  };
}
