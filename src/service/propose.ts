import type { PaperSearch } from '#src/archive/paper-search.ts';
import type { TopicCatalogue } from '#src/match/topic-catalogue.ts';
import { findZones } from '#src/subscription/find-zones.ts';
import type { Zones } from '#src/subscription/zone.ts';
import type { Proposals, Services } from './services.ts';

type Rooms = { topics: TopicCatalogue; search: PaperSearch; zones: Zones };

const MOST = 25;

/** What the autocomplete of topics, zones and filters offers. */
export function createPropose(
  rooms: Rooms,
): Pick<Services, 'proposeTopics' | 'proposeZones' | 'proposeQueries'> {
  return {
    proposeTopics(text) {
      const wanted = text.trim().toLowerCase();
      const fitting = rooms.topics.topics.filter(
        ({ name, title }) => name.includes(wanted) || title.toLowerCase().includes(wanted),
      );
      const first = [...fitting].sort(
        (a, b) => Number(b.name.startsWith(wanted)) - Number(a.name.startsWith(wanted)),
      );
      return first
        .slice(0, MOST)
        .map(({ name, title }) => ({ name: `${title} (${name})`.slice(0, 100), value: name }));
    },

    proposeZones(text, now) {
      return findZones(text, now, rooms.zones, MOST).map(({ zone, cities, localTime }) => ({
        name: [zone, cities.join(', '), localTime]
          .filter((part) => part !== '')
          .join(' · ')
          .slice(0, 100),
        value: zone,
      }));
    },

    proposeQueries: (text) => completions(rooms, text),
  };
}

/** What was typed, and the same with its last word completed to words that papers use. */
function completions({ search }: Rooms, text: string): Proposals {
  const last = /(?<![\p{L}\p{N}])[\p{L}\p{N}]+$/u.exec(text);
  const word = last?.[0];
  const head = text.slice(0, last?.index);
  const typed = text.trim() === '' ? [] : [text];
  const completed =
    word === undefined || word.length < 2
      ? []
      : search.completions(word, MOST - 1).map((full) => `${head}${full}`);
  return [...new Set([...typed, ...completed])]
    .filter((query) => query.length <= 100)
    .map((query) => ({ name: query, value: query }));
}
