import { z } from 'zod';
import { httpUrl } from '#config/variable-kinds.ts';
import type { Clock } from '#src/foundation/clock.ts';
import { OutsideError } from '#src/foundation/failure.ts';
import type { Manners } from '#src/foundation/http/host-rate.ts';
import type { HttpHost } from '#src/foundation/http/http.ts';
import { readJson } from '#src/foundation/http/http-body.ts';
import type { Log } from '#src/foundation/log.ts';
import { NO_FIGURES } from '#src/paper/figures.ts';
import { mentionsIn } from '#src/paper/id-mentions.ts';
import { nameless } from '#src/paper/nameless.ts';
import type { Poll } from '#src/paper/sighting.ts';
import { SLACK, type Tried, triedNow, waitAfter } from './asking-again.ts';
import { readEachCreator } from './creators.ts';
import { placeInList, type ReadItem } from './place-in-list.ts';
import { oneLine, plainLine } from './plain-text.ts';
import { pollFailure } from './poll-failure.ts';
import { type ReadBefore, triedBefore } from './read-before.ts';
import { defineSource, type PollFailure, type Source } from './source.ts';
import { createUnreadNotes, type UnreadNotes } from './unread-notes.ts';
import { readPageAddress, readRepository } from './web-address.ts';

const HOUR = 3600_000;
const MOST_VENUES = 12;

const venues = z
  .string()
  .transform((text) => text.split(',').map((part) => part.trim()))
  .transform((parts) => [...new Set(parts.filter((part) => part !== ''))])
  .refine(
    (parts) => parts.every((part) => /^[\w.-]+(?:\/[\w.-]+)*$/.test(part)),
    'must be ids of venues separated by commas, such as TMLR or ICLR.cc/2026/Conference',
  )
  .refine((parts) => parts.length <= MOST_VENUES, `must name ${MOST_VENUES} venues at most`);

/**
 * OpenReview: what is submitted to venues, of which Paperboy takes the papers that are on arXiv too. Off where no venue is
 * named.
 *
 * There are no votes: a venue's submissions are announcements, and what is news follows their rule (archive/news-rule.ts).
 * The first look at a venue shows history. Afterwards a paper that no list has shown is news when it is of this month or the
 * last one; an older one was only submitted somewhere, and nobody is told.
 */
export const openReview = defineSource({
  name: 'openreview',
  label: 'OpenReview',
  list: 'announced',
  quietFor: 3 * HOUR,
  ranksByVotes: false,
  authorityOn: [],
  settings: {
    OPENREVIEW_URL: httpUrl.default('https://api2.openreview.net'),
    OPENREVIEW_VENUES: venues.prefault(''),
  },
  open: ({ settings, host, clock, log, readBefore }) =>
    settings.OPENREVIEW_VENUES.length === 0
      ? null
      : createOpenReview({
          ...{ host: host(OPENREVIEW_MANNERS), clock, log, readBefore },
          url: settings.OPENREVIEW_URL,
          venues: settings.OPENREVIEW_VENUES,
        }),
});

/**
 * Guests had 5, then 20 requests a minute (github.com/openreview/openreview/issues/254), and fewer since; a refusal lasts
 * for half an hour or an hour (issues/437 there). Each venue is one request an hour.
 */
const OPENREVIEW_MANNERS: Manners = {
  system: 'OpenReview',
  connections: 1,
  spacing: 10_000,
  budget: null,
  refusals: [429],
  rest: { first: HOUR / 2, most: 4 * HOUR },
  // A note takes some 5 kB.
  body: 8 * 2 ** 20,
};

/** How often a venue is read, and how soon again after a failure. */
const EVERY = HOUR;
const AGAIN = { first: HOUR / 12, most: HOUR };
/** Of a thousand that one request may bring. */
const PAGE = 200;

type Deps = {
  host: HttpHost;
  clock: Clock;
  log: Log;
  readBefore?: ReadBefore;
  /** The API without a path: `https://api2.openreview.net`. */
  url: string;
  venues: readonly string[];
};

function createOpenReview(deps: Deps): Source {
  const { clock, readBefore } = deps;
  const unread = createUnreadNotes(deps);
  const tried = new Map<string, Tried>();

  const isDue = async (venue: string): Promise<boolean> => {
    const list = { source: openReview.name, list: 'announced', key: venue } as const;
    const last = tried.get(venue) ?? (readBefore && (await triedBefore(readBefore, clock, list)));
    if (last === undefined) return true;
    const wait = last.misses > 0 ? waitAfter(last.misses, AGAIN) : EVERY * SLACK;
    return clock.elapsed() - last.at >= wait;
  };

  const lookAt = async (venue: string): Promise<Poll | PollFailure> => {
    let isGood = false;
    try {
      const notes = await readNotes(deps, venue);
      isGood = true;
      return pollOf(notes, venue, { at: clock.now(), unread });
    } catch (error) {
      return pollFailure(openReview.name, { kind: 'announced', key: venue }, clock.now(), error);
    } finally {
      tried.set(venue, triedNow(tried.get(venue), clock.elapsed(), isGood));
    }
  };

  return {
    name: openReview.name,
    async *poll() {
      for (const venue of deps.venues) if (await isDue(venue)) yield await lookAt(venue);
    },
  };
}

/** The notes that were changed last: a link to arXiv may come with a later version. Throws OutsideError. */
async function readNotes({ host, url }: Deps, venue: string): Promise<unknown[]> {
  const query = { invitation: `${venue}/-/Submission`, sort: 'tmdate:desc', limit: String(PAGE) };
  const answer = await host.get(`${url}/notes?${new URLSearchParams(query)}`, readJson);
  const list = listSchema.safeParse(answer.value);
  if (list.success) return list.data.notes;
  throw new OutsideError('OpenReview', `sent no list of notes for ${venue}`, { retryable: true });
}

function pollOf(
  notes: readonly unknown[],
  venue: string,
  { at, unread }: { at: number; unread: UnreadNotes },
): Poll {
  const placed = placeInList(notes.flatMap((note) => readNote(note) ?? []));
  unread(openReview.name, venue, placed);
  const { sightings, malformed } = placed;
  const list = { source: openReview.name, list: 'announced', key: venue, seenAt: at } as const;
  return { ...list, complete: notes.length < PAGE, malformed, sightings };
}

const ornament = <T extends z.ZodType>(schema: T) => schema.nullish().catch(null);
/** Fields stand one by one as `{ value }` (docs.openreview.net/reference/api-v2/entities/note). */
const field = <T extends z.ZodType>(value: T) => z.object({ value });
const text = z.string().transform(plainLine);
/** A name, or since lately a person with one. */
const author = z.union([
  z.string(),
  z.object({ fullname: z.string() }).transform(({ fullname }) => fullname),
]);

const listSchema = z.object({ notes: z.array(z.unknown()) });
const fieldsSchema = z.object({ content: z.record(z.string(), ornament(field(z.unknown()))) });
const paperSchema = z.object({
  title: field(text.pipe(z.string().min(1))),
  abstract: ornament(field(text)),
  authors: ornament(field(z.array(ornament(author)))),
  code: ornament(field(z.string())),
});

/** Null where the note names no paper of arXiv. Never throws. */
function readNote(note: unknown): ReadItem | null {
  const fields = fieldsSchema.safeParse(note);
  if (!fields.success) return { ok: false, reason: oneLine(z.prettifyError(fields.error)) };
  const { content } = fields.data;
  const id = arxivIdIn(Object.values(content).flatMap((one) => textsIn(one?.value)));
  if (id === null) return null;
  const read = paperSchema.safeParse(content);
  if (!read.success) return { ok: false, reason: oneLine(z.prettifyError(read.error)) };
  const { title, abstract, authors, code } = read.data;
  const told = { title: title.value, abstract: abstract?.value ?? '' };
  const names = readEachCreator((authors?.value ?? []).filter((name) => name !== null && name !== undefined));
  // arXiv itself tells the rest.
  const paper = { ...nameless(id), ...told, authors: names, repository: readRepository(code?.value) };
  return { ok: true, sighting: { paper, ...NO_FIGURES, batchDay: null } };
}

const textsIn = (value: unknown): string[] =>
  (Array.isArray(value) ? value : [value]).filter((one) => typeof one === 'string');

/**
 * The paper that links lead to, where there are some (`html`, `pdf`, `code`), else the one of which texts speak as arXiv's.
 * Null where several are named: a text cites papers that are not this one.
 */
function arxivIdIn(texts: readonly string[]): string | null {
  const links = texts.filter((one) => readPageAddress(one) !== null);
  const ofLinks = idsIn(links);
  const ids = ofLinks.size > 0 ? ofLinks : idsIn(texts.filter((one) => !links.includes(one)));
  const [id] = ids;
  return ids.size === 1 ? id : null;
}

/** A number may look like an id: it counts beside arXiv's name, or in the address of a page on a paper. */
const SPEAKS_OF_PAPERS = /arxiv|huggingface\.co\/papers/i;

const idsIn = (texts: readonly string[]): Set<string> =>
  new Set(
    texts
      .filter((one) => SPEAKS_OF_PAPERS.test(one))
      .flatMap(mentionsIn)
      .flatMap((mention) => (mention.kind === 'paper' ? mention.id : [])),
  );
