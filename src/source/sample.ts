import { readFileSync } from 'node:fs';
import type { Clock } from '#src/foundation/clock.ts';
import { NO_FIGURES } from '#src/paper/figures.ts';
import type { Poll } from '#src/paper/sighting.ts';
import { shiftDay } from './batch-day.ts';
import { defineSource, type Source } from './source.ts';

/**
 * A bundled feed for the sandbox: 62 papers in ten daily batches, ids, titles, authors and figures as Hugging Face showed
 * them, retold as if the eighth batch were today's. Seven batches lie before it, two come in the days after it, each in its
 * morning. Votes grow by the clock; some papers rise at an hour of their own, so newcomers see them become trending.
 */
type SamplePaper = {
  /** 0 = the batch of the day on which the sandbox is started, -7 the first, 2 the last. */
  day: number;
  id: string;
  title: string;
  authors: string[];
  categories: string[];
  keywords: string[];
  abstract: string;
  organization: string | null;
  repository: string | null;
  votes: number;
  comments: number;
  stars: number | null;
  /** Hours after its batch's midnight at which it rises; null: its votes grow as votes usually do. */
  risesAfter: number | null;
};

const HOUR = 3600_000;
const DAY = 24 * HOUR;
const FIRST_DAY = -7;
const LAST_DAY = 2;
/** Hours after its midnight at which a batch is there, and so long it is looked at. */
const OPENS_AFTER = 6;
const READ_FOR = 96;
/** Hours after a batch's midnight at which history was looked at. */
const LOOKS_AT = [6, 8, 10, 12, 14, 16, 18, 20, 22, 24, 27, 30, 36, 42, 48, 54, 60, 66, 72, 84, 96];
/** Votes grow towards their end like 1 - exp(-hours / tempo): 66 % after a day, as recorded on average. */
const USUAL_TEMPO = 22;
/** A rise is over in an hour. */
const QUICK_TEMPO = 0.25;
/** So many votes a paper would have in the end without its rise. */
const UNNOTICED = 9;
/** Every sandbox tells the same story: it starts at noon (UTC), when the day's votes say something. */
const STARTS_AT = 12 * HOUR;
/** From the start of a sandbox to the end of the last batch's day: then nothing rises any more. */
export const SAMPLE_LASTS_MS = (LAST_DAY + 1) * DAY - STARTS_AT;

/** When a sandbox that is opened at `now` starts, UTC ms. */
export const sampleStartsAt = (now: number): number => Math.floor(now / DAY) * DAY + STARTS_AT;

/** What the sandbox reads instead of all others. */
export const sampleFeed = defineSource({
  name: 'sample',
  label: 'Sample feed',
  list: 'daily',
  quietFor: HOUR,
  ranksByVotes: true,
  authorityOn: [],
  settings: {},
  open: ({ clock }) => createSampleSource({ clock, startedAt: clock.now() }),
});

type Deps = {
  clock: Pick<Clock, 'now'>;
  /** When the sandbox was started, UTC ms: batch 0 is of this day. */
  startedAt: number;
};

/** The sample feed. The first call of `poll` brings all of history, in order; every call brings the batches of the last days. */
export function createSampleSource({ clock, startedAt }: Deps): Source {
  const papers = readPapers();
  const days = Array.from({ length: LAST_DAY - FIRST_DAY + 1 }, (_, index) => FIRST_DAY + index);
  let told = false;

  async function* polls(): AsyncGenerator<Poll> {
    if (!told) yield* history(papers, days, startedAt);
    told = true;
    const now = clock.now();
    for (const day of days.toReversed())
      if (isOpen(startedAt, day, now)) yield lookAt(papers, startedAt, day, now);
  }

  return { name: sampleFeed.name, poll: polls };
}

/** Read when it is wanted: a bot with a token has no use for it. */
function readPapers(): readonly SamplePaper[] {
  return JSON.parse(readFileSync(new URL('./sample/papers.json', import.meta.url), 'utf8'));
}

/** Every poll before the start, in the order of time. */
function history(papers: readonly SamplePaper[], days: readonly number[], startedAt: number): Poll[] {
  const looks = days.flatMap((day) =>
    LOOKS_AT.map((age) => ({ day, at: midnight(startedAt, day) + age * HOUR })),
  );
  return looks
    .filter(({ at }) => at < startedAt)
    .sort((one, other) => one.at - other.at)
    .map(({ day, at }) => lookAt(papers, startedAt, day, at));
}

function isOpen(startedAt: number, day: number, now: number): boolean {
  const age = (now - midnight(startedAt, day)) / HOUR;
  return age >= OPENS_AFTER && age <= READ_FOR;
}

const midnight = (startedAt: number, day: number): number =>
  Date.parse(`${batchDay(startedAt, day)}T00:00:00Z`);

const batchDay = (startedAt: number, day: number): string =>
  shiftDay(new Date(startedAt).toISOString().slice(0, 10), day);

/** Votes so many hours after the batch's midnight. */
function votesOf({ votes, risesAfter }: SamplePaper, age: number): number {
  if (risesAfter === null) return Math.round(votes * grown(age, USUAL_TEMPO));
  const unnoticed = UNNOTICED * grown(age, USUAL_TEMPO);
  return Math.round(unnoticed + (votes - unnoticed) * grown(age - risesAfter, QUICK_TEMPO));
}

/** Which part has come after so many hours. */
const grown = (hours: number, tempo: number): number => 1 - Math.exp(-Math.max(0, hours) / tempo);

/** One batch as it stood at `seenAt`: in the order of votes, as Hugging Face lists it. */
function lookAt(papers: readonly SamplePaper[], startedAt: number, day: number, seenAt: number): Poll {
  const key = batchDay(startedAt, day);
  const listedAt = midnight(startedAt, day);
  const listed = papers
    .filter((paper) => paper.day === day)
    .map((paper) => ({ paper, votes: votesOf(paper, (seenAt - listedAt) / HOUR) }));
  const sightings = listed
    .sort((one, other) => other.votes - one.votes)
    .map(({ paper, votes }, index) => ({
      paper: paperOf(paper, listedAt),
      place: index + 1,
      ...NO_FIGURES,
      votes,
      comments: paper.comments,
      stars: paper.stars,
      batchDay: key,
    }));
  return { source: sampleFeed.name, list: 'daily', key, seenAt, complete: true, malformed: 0, sightings };
}

/** Half of all papers are listed a day and a half after they appear on arXiv. */
const USUAL_LAG = 36 * HOUR;

const UNTOLD = {
  ...{ projectPage: null, thumbnail: null, comment: null, journalRef: null },
  ...{ withdrawn: null, updatedAt: null },
};

function paperOf(paper: SamplePaper, listedAt: number) {
  const { id, title, abstract, authors, categories, keywords, organization, repository } = paper;
  const publishedAt = listedAt - USUAL_LAG;
  const facts = { id, title, abstract, authors, categories, keywords, organization, repository, publishedAt };
  return { ...facts, ...UNTOLD };
}
