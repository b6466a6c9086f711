import type { Clock } from '#src/foundation/clock.ts';
import { OutsideError } from '#src/foundation/failure.ts';
import type { HttpHost } from '#src/foundation/http/http.ts';
import type { HttpAsker } from '#src/foundation/http/http-queue.ts';
import type { Log } from '#src/foundation/log.ts';
import { NO_FIGURES } from '#src/paper/figures.ts';
import type { Paper } from '#src/paper/paper.ts';
import type { Poll } from '#src/paper/sighting.ts';
import { ARXIV_API_SETTINGS, ARXIV_FACTS, ARXIV_MANNERS } from './arxiv.ts';
import { askTwice, queryArxiv } from './arxiv-query.ts';
import { type Tried, triedNow, waitAfter } from './asking-again.ts';
import { createDayMemory } from './day-memory.ts';
import { placeInList, type ReadItem } from './place-in-list.ts';
import { defineSource, type Source } from './source.ts';
import { createUnreadNotes, type UnreadNotes } from './unread-notes.ts';

/** The only one that knows authors' comments. Nobody need ask it: it is never late. */
export const arxivApi = defineSource({
  name: 'arxiv-api',
  label: 'arXiv',
  list: 'lookup',
  quietFor: Number.POSITIVE_INFINITY,
  ranksByVotes: false,
  authorityOn: [...ARXIV_FACTS, 'comment'],
  settings: ARXIV_API_SETTINGS,
  open: ({ settings, host, clock, log }) =>
    createArxivApi({ host: host(ARXIV_MANNERS), clock, log, url: settings.ARXIV_API_URL }),
});

type Deps = {
  host: HttpHost;
  clock: Clock;
  log: Log;
  /** The query address itself: `https://export.arxiv.org/api/query`. */
  url: string;
  unread: UnreadNotes;
};

/** arXiv's own limit for a page of ids that stays quick. */
const IDS_AT_ONCE = 100;
/** So many ids of which none is known: one of arXiv's spurious empty pages. Of a few new ones it may be true. */
const HARDLY_ALL_UNKNOWN = 20;
const REMEMBERED_PAPERS = 5000;
const REMEMBERED_SEARCHES = 200;
/** Categories that could not be had: polls ask for them each time. */
const AGAIN = { first: 60_000, most: 30 * 60_000 };

/** The arXiv API: single papers, searches, and categories for ids that others named. It has no list to poll. */
export function createArxivApi(given: Omit<Deps, 'unread'>): Source {
  const deps: Deps = { ...given, unread: createUnreadNotes(given) };
  const papers = createDayMemory<Paper | null>(deps.clock, REMEMBERED_PAPERS);
  const searches = createDayMemory<readonly ReadItem[]>(deps.clock, REMEMBERED_SEARCHES);

  /** Asks for ids and remembers the answer, unknown ones too: they are not asked for again today. */
  const describeSome = async (ids: readonly string[]): Promise<void> => {
    const { items, complaint } = await askTwice(deps, idQuery(ids));
    // One id that arXiv calls impossible fails all: the halves are asked until it stands alone.
    if (complaint && ids.length > 1) {
      await describeSome(ids.slice(0, ids.length / 2));
      return describeSome(ids.slice(ids.length / 2));
    }
    if (items.length === 0 && ids.length >= HARDLY_ALL_UNKNOWN) {
      throw new OutsideError('arXiv', `knew none of ${ids.length} papers`, { retryable: true });
    }
    const found = pollOf(deps, items).sightings;
    for (const id of ids) papers.keep(id, found.find(({ paper }) => paper.id === id)?.paper ?? null);
  };

  /** What is unknown is asked for each time: an answer without entries is now and then not true. */
  const askFor = async (id: string, asker: HttpAsker): Promise<Poll | null> => {
    if (!papers.recall(id)) {
      const { items } = await queryArxiv(deps, idQuery([id]), asker);
      const paper = pollOf(deps, items).sightings.find((sighting) => sighting.paper.id === id)?.paper;
      if (paper) papers.keep(id, paper);
    }
    const paper = papers.recall(id);
    return paper ? pollOf(deps, [{ ok: true, sighting: { paper, ...NO_FIGURES, batchDay: null } }]) : null;
  };
  const find: Source['find'] = (id, signal) => askFor(id, { urgency: 'member', signal });
  const doubt: Source['doubt'] = (id, signal) => askFor(id, { urgency: 'spare', signal });

  const search = async (words: string, limit: number, signal?: AbortSignal): Promise<Poll> => {
    const query = { search_query: searchQuery(words), max_results: String(limit), sortBy: 'relevance' };
    if (!query.search_query) return pollOf(deps, []);
    const key = JSON.stringify(query);
    const remembered = searches.recall(key);
    if (remembered) return pollOf(deps, remembered);
    const { items, complaint } = await queryArxiv(deps, query, { urgency: 'member', signal });
    if (complaint) throw new OutsideError('arXiv', complaint, { retryable: false });
    if (items.length > 0) searches.keep(key, items);
    return pollOf(deps, items);
  };

  const describe = async (ids: readonly string[]): Promise<readonly Paper[]> => {
    const unasked = [...new Set(ids)].filter((id) => papers.recall(id) === undefined);
    if (unasked.length > 0) await describeUnlessFailing(unasked);
    return ids.map((id) => papers.recall(id)).filter((paper) => paper !== null && paper !== undefined);
  };

  let tried: Tried | undefined;
  const describeUnlessFailing = async (ids: readonly string[]): Promise<void> => {
    const { at, misses } = tried ?? { at: 0, misses: 0 };
    if (deps.clock.elapsed() - at < waitAfter(misses, AGAIN))
      throw new OutsideError('arXiv', `is left alone for a while after ${misses} failures`, {
        retryable: true,
      });
    try {
      for (let start = 0; start < ids.length; start += IDS_AT_ONCE) {
        await describeSome(ids.slice(start, start + IDS_AT_ONCE));
      }
      tried = undefined;
    } catch (error) {
      tried = triedNow(tried, deps.clock.elapsed(), false);
      throw error;
    }
  };

  return { name: arxivApi.name, poll: nothingToPoll, find, doubt, search, describe };
}

async function* nothingToPoll(): AsyncGenerator<never> {}

const idQuery = (ids: readonly string[]) => ({ id_list: ids.join(','), max_results: String(ids.length) });

/** Every word somewhere: `all:sparse AND all:attention`. Only letters and digits reach arXiv's query language. */
function searchQuery(words: string): string {
  const terms = words.match(/[\p{L}\p{N}]+/gu) ?? [];
  return terms
    .filter((term) => !/^(AND|OR|ANDNOT|NOT)$/.test(term))
    .slice(0, 12)
    .map((term) => `all:${term}`)
    .join(' AND ');
}

function pollOf(deps: Deps, items: readonly ReadItem[]): Poll {
  const placed = placeInList(items);
  const { sightings, malformed } = placed;
  deps.unread(arxivApi.name, 'look-ups', placed);
  const seenAt = deps.clock.now();
  return { source: arxivApi.name, list: 'lookup', key: '', seenAt, complete: false, malformed, sightings };
}
