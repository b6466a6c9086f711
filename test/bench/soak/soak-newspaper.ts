import type { MatchDocument } from '#src/match/language/filter.ts';
import { NO_FIGURES } from '#src/paper/figures.ts';
import type { Paper } from '#src/paper/paper.ts';
import type { Poll, Sighting } from '#src/paper/sighting.ts';
import type { Source } from '#src/source/source.ts';
import { aPaper } from '#test/builders/a-paper.ts';
import { DAY, POLL, type PollingYear } from '../polling-year.ts';

const POLLS_AN_HOUR = 3_600_000 / POLL;

/**
 * Hugging Face of a polling year, looked at once an hour, its papers with the words of real ones and a name of their own
 * each; and a source of single papers that no list ever shows, for whoever looks something up.
 */
export function createNewspaper(year: PollingYear, models: readonly MatchDocument[]): Source {
  let written = new Map<string, Paper>();
  let lookedUp = 0;
  let readTo = year.begin;

  const worded = (paper: Paper, number: number): Paper => {
    const { title } = models[number % models.length];
    const { abstract, authors, keywords } = models[(number * 7 + 3) % models.length];
    return { ...paper, title: `${nameOf(number)}: ${title}`, abstract, authors, keywords };
  };

  /** The same paper with the same words for as long as a list shows it. */
  const rewritten = (poll: Poll, into: Map<string, Paper>): Poll => {
    const sightings = poll.sightings.map((sighting) => {
      const { id } = sighting.paper;
      const paper = written.get(id) ?? into.get(id) ?? worded(sighting.paper, Number(id.replace('.', '')));
      into.set(id, paper);
      return { ...sighting, paper };
    });
    return { ...poll, sightings };
  };

  const lookUp = (ids: readonly string[], seenAt: number): Poll => {
    const sightings = ids.map((id, index): Sighting => {
      const number = Number(id.replace('.', ''));
      return { paper: worded(blank(id), number), place: index + 1, ...FIGURES };
    });
    const list = { source: 'hugging-face', list: 'lookup', key: '' } as const;
    return { ...list, seenAt, complete: false, malformed: 0, sightings };
  };

  return {
    name: 'hugging-face',
    async *poll(now) {
      let polls: Poll[] = [];
      for (let quarter = 0; quarter < POLLS_AN_HOUR && readTo <= now; quarter++, readTo += POLL)
        polls = year.poll(readTo);
      const shown = new Map<string, Paper>();
      for (const poll of polls) {
        const seen = { ...rewritten(poll, shown), seenAt: now };
        if (isDue(poll, now)) yield seen;
      }
      written = shown;
    },
    find: async (id) => lookUp([id], readTo),
    search: async (_, limit) =>
      lookUp(
        Array.from({ length: limit }, () => oldId(lookedUp++)),
        readTo,
      ),
  };
}

/** Batches of the last three days every hour, older ones twice a day, as the real ones are read. */
function isDue({ list, key }: Poll, now: number): boolean {
  if (list !== 'daily' || (now / 3_600_000) % 12 === 0) return true;
  return now - Date.parse(`${key}T00:00:00Z`) < 3 * DAY;
}

const FIGURES = { ...NO_FIGURES, votes: 3, comments: 0, batchDay: null };

/** Ids of papers from before the year. */
export const oldId = (number: number): string =>
  `${1201 + Math.floor(number / 90_000)}.${String(10_000 + (number % 90_000))}`;

const SYLLABLES = ['zor', 'va', 'net', 'li', 'quo', 'ther', 'mi', 'pra', 'xen', 'du', 'gal', 'oth', 'sem'];

function nameOf(number: number): string {
  let name = '';
  for (let rest = number; rest > 0; rest = Math.floor(rest / SYLLABLES.length))
    name += SYLLABLES[rest % SYLLABLES.length];
  return `${name.charAt(0).toUpperCase()}${name.slice(1)}`;
}

const blank = (id: string): Paper => aPaper(id, { title: '', categories: ['cs.LG'], publishedAt: 0 });
