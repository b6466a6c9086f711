import { httpUrl, token } from '#config/variable-kinds.ts';
import type { Clock } from '#src/foundation/clock.ts';
import { OutsideError } from '#src/foundation/failure.ts';
import type { HttpHost } from '#src/foundation/http/http.ts';
import type { Log } from '#src/foundation/log.ts';
import type { Poll } from '#src/paper/sighting.ts';
import { asTheyArrive } from './arrivals.ts';
import { type Tried, triedNow } from './asking-again.ts';
import { createDailyLists } from './daily-lists.ts';
import { HUGGING_FACE_MANNERS, type HuggingFaceApi, openHuggingFaceApi } from './hugging-face-api.ts';
import { readListEntry, readPaper } from './hugging-face-paper.ts';
import { type HuggingFaceList, listName, listsDue } from './hugging-face-schedule.ts';
import { placeInList, type ReadItem } from './place-in-list.ts';
import { pollFailure } from './poll-failure.ts';
import { type ReadBefore, triedBefore } from './read-before.ts';
import { defineSource, type PollFailure, type Source } from './source.ts';
import { createUnreadNotes, type UnreadNotes } from './unread-notes.ts';

/** The lists whose votes the trend rule reads. It strips the TeX from titles; Discord shows none. */
export const huggingFace = defineSource({
  name: 'hugging-face',
  label: 'Hugging Face',
  list: 'daily',
  quietFor: 3600_000,
  ranksByVotes: true,
  authorityOn: ['title', 'keywords', 'organization', 'repository', 'projectPage', 'thumbnail'],
  page: (id) => `https://huggingface.co/papers/${id}`,
  settings: { HUGGING_FACE_URL: httpUrl.default('https://huggingface.co'), HUGGING_FACE_TOKEN: token },
  open: ({ settings, host, ...deps }) =>
    createHuggingFace({
      ...deps,
      host: host(HUGGING_FACE_MANNERS),
      url: settings.HUGGING_FACE_URL,
      token: settings.HUGGING_FACE_TOKEN,
    }),
});

type Deps = {
  host: HttpHost;
  clock: Clock;
  log: Log;
  url: string;
  token: string | null;
  /** What is known of the lists from before a restart; absent: nothing. */
  readBefore?: ReadBefore;
  unread: UnreadNotes;
};

// The busiest day had 73 papers. A server with more pages than this sends us in circles.
const MOST_PAGES = 5;
// Hugging Face's own clients send no shorter or longer ones.
const QUERY_LENGTH = { least: 3, most: 200 };

/** Hugging Face Papers: daily batches, the newest, the trending ranking, and look-ups. */
export function createHuggingFace(given: Omit<Deps, 'unread'>): Source {
  const deps: Deps = { ...given, unread: createUnreadNotes(given) };
  const api = openHuggingFaceApi(deps.host, deps.url, deps.token);
  const lists = createDailyLists();
  const tried = new Map<string, Tried>();
  const noteTried = (list: HuggingFaceList, isGood: boolean): void => {
    tried.set(listName(list), triedNow(tried.get(listName(list)), deps.clock.elapsed(), isGood));
  };

  const before = async ({ kind, key }: HuggingFaceList): Promise<Tried | undefined> =>
    deps.readBefore &&
    (await triedBefore(deps.readBefore, deps.clock, { source: huggingFace.name, list: kind, key }));

  /** null where our own share of its quota is used up: that is no failure of the list, which is asked for later. */
  const lookAt = async (list: HuggingFaceList): Promise<Poll | PollFailure | null> => {
    try {
      const pages = await readPages(api, deps.log, list);
      const read = pollOf(deps, list, pages, readListEntry);
      const wrong = lists.wrongWith(read);
      if (wrong !== null) throw new OutsideError('Hugging Face', wrong, { retryable: true });
      const poll = lists.doubted(read);
      noteTried(list, !pages.broken);
      return poll;
    } catch (error) {
      noteTried(list, false);
      if (error instanceof OutsideError && error.hold?.kind === 'budget') return null;
      return pollFailure(huggingFace.name, list, deps.clock.now(), error);
    }
  };

  return {
    name: huggingFace.name,
    async *poll(now) {
      const due = await listsDue(now, deps.clock.elapsed(), tried, before);
      for await (const poll of asTheyArrive(due.map(lookAt))) if (poll) yield poll;
    },
    standing: async (now) => ({ notes: lists.notes(now), nextAt: null }),
    find: async (id, signal) => {
      const paper = await api.paper(id, signal);
      return paper === null ? null : pollOf(deps, LOOKUP, { items: [paper], complete: true }, readPaper);
    },
    search: async (words, limit, signal) => {
      const query = words.trim().slice(0, QUERY_LENGTH.most);
      const items = query.length < QUERY_LENGTH.least ? [] : await api.search(query, limit, signal);
      return pollOf(deps, LOOKUP, { items: items.slice(0, limit), complete: false }, readListEntry);
    },
  };
}

const LOOKUP = { kind: 'lookup', key: '' } as const;

/** `complete`: the list's end was reached. `broken`: a page could not be read. */
type Pages = { items: unknown[]; complete: boolean; broken?: boolean };

/** All pages of a list. A later page that fails leaves what came before it, marked incomplete. */
async function readPages(api: HuggingFaceApi, log: Log, list: HuggingFaceList): Promise<Pages> {
  const items: unknown[] = [];
  let address: string | null = api.listAddress(list.query);
  for (let page = 0; address && page < MOST_PAGES; page++) {
    try {
      const read = await api.page(address);
      items.push(...read.items);
      // Only a day's batch has an end worth reading to: the others go back for years.
      if (list.kind !== 'daily') return { items, complete: read.next === null };
      address = read.next;
    } catch (error) {
      if (page === 0) throw error;
      log.debug(
        { source: huggingFace.name, list: listName(list), page, err: error },
        'a page of a list is missing',
      );
      return { items, complete: false, broken: true };
    }
  }
  return { items, complete: address === null };
}

type Read = (item: unknown, base: string, seenAt: number) => ReadItem;

function pollOf(deps: Deps, list: Pick<HuggingFaceList, 'kind' | 'key'>, pages: Pages, read: Read): Poll {
  const seenAt = deps.clock.now();
  const placed = placeInList(pages.items.map((item) => read(item, deps.url, seenAt)));
  const { sightings, malformed } = placed;
  deps.unread(huggingFace.name, list.kind === 'lookup' ? 'look-ups' : listName(list).trim(), placed);
  const dated =
    list.kind === 'daily'
      ? sightings.map((one) => ({ ...one, batchDay: one.batchDay ?? list.key }))
      : sightings;
  return {
    source: huggingFace.name,
    list: list.kind,
    key: list.key,
    seenAt,
    complete: pages.complete,
    malformed,
    sightings: dated,
  };
}
