import { readFileSync } from 'node:fs';
import type { Clock } from '#src/foundation/clock.ts';
import { NO_FIGURES } from '#src/paper/figures.ts';
import type { Poll } from '#src/paper/sighting.ts';
import { shiftDay } from './batch-day.ts';
import { defineSource, type Source } from './source.ts';

/**
 * A bundled feed for the sandbox: 62 papers in ten daily batches, ids, titles, authors and figures as Hugging Face showed
 * them, retold as if the last batch were today's. Seven batches are history. In the last three, votes grow from the start on,
 * hours passing like seconds, and the lead changes: newcomers see papers become trending while they watch.
 */
type SamplePaper = {
  /** 0 = the last batch, -9 the first. */
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
  /** Hours after its batch's midnight at which it starts to rise; null: from the beginning. */
  risesAfter: number | null;
};

const HOUR = 3600_000;
const FIRST_DAY = -9;
const FIRST_LIVE_DAY = -2;
/** Hours after a batch's midnight at which history was looked at. */
const LOOKS_AT = [
  1, 2, 3, 4, 6, 8, 10, 12, 14, 16, 18, 20, 22, 24, 27, 30, 36, 42, 48, 54, 60, 66, 72, 84, 96,
];
/** Votes grow towards their end like 1 - exp(-hours / tempo): 66 % after a day, as recorded on average. */
const USUAL_TEMPO = 22;
const QUICK_TEMPO = 5;
/** What a paper has before its rise begins: its submitter's own vote. */
const FIRST_VOTE = 1;
/** Two virtual days a minute: an alert every few seconds, the first within twenty. */
const SPEED = 2880;
/** The last riser begins after 66 h: four days after the start nothing rises any more. */
export const SAMPLE_LASTS_MS = (96 * HOUR) / SPEED;

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
  clock: Clock;
  /** When the sandbox was started, UTC ms: the last batch is of this day. */
  startedAt: number;
  /** How many times faster than time votes grow. */
  speed?: number;
};

/** The sample feed. The first call of `poll` brings all of history, in order; every call brings the three live batches. */
export function createSampleSource({ clock, startedAt, speed = SPEED }: Deps): Source {
  const papers = readPapers();
  let told = false;

  async function* polls(): AsyncGenerator<Poll> {
    if (!told) yield* history(papers, startedAt);
    told = true;
    const now = clock.now();
    const hours = (Math.max(0, now - startedAt) * speed) / HOUR;
    for (let day = 0; day >= FIRST_LIVE_DAY; day--) {
      yield lookAt(papers, startedAt, day, now, (paper) => growingVotes(paper, hours));
    }
  }

  return { name: sampleFeed.name, poll: polls };
}

/** Read when it is wanted: a bot with a token has no use for it. */
function readPapers(): readonly SamplePaper[] {
  return JSON.parse(readFileSync(new URL('./sample/papers.json', import.meta.url), 'utf8'));
}

/** Every poll before the start, in the order of time. */
function history(papers: readonly SamplePaper[], startedAt: number): Poll[] {
  const all: Poll[] = [];
  for (let day = FIRST_DAY; day <= 0; day++) {
    const votes = day < FIRST_LIVE_DAY ? settledVotes : (paper: SamplePaper) => growingVotes(paper, 0);
    for (const age of LOOKS_AT) {
      const at = midnight(startedAt, day) + age * HOUR;
      if (at < startedAt) all.push(lookAt(papers, startedAt, day, at, (paper) => votes(paper, age)));
    }
  }
  return all.sort((one, other) => one.seenAt - other.seenAt);
}

const midnight = (startedAt: number, day: number): number =>
  Date.parse(`${batchDay(startedAt, day)}T00:00:00Z`);

const batchDay = (startedAt: number, day: number): string =>
  shiftDay(new Date(startedAt).toISOString().slice(0, 10), day);

const settledVotes = (paper: SamplePaper, age: number): number =>
  Math.round(paper.votes * (1 - Math.exp(-age / USUAL_TEMPO)));

/** Votes of a live paper, `hours` virtual hours after the start. */
function growingVotes(paper: SamplePaper, hours: number): number {
  const since = Math.max(0, hours - (paper.risesAfter ?? 0));
  const grown = 1 - Math.exp(-since / (paper.risesAfter === null ? USUAL_TEMPO : QUICK_TEMPO));
  return Math.round(FIRST_VOTE + (paper.votes - FIRST_VOTE) * grown);
}

/** One batch as it stood at `seenAt`: in the order of votes, as Hugging Face lists it. */
function lookAt(
  papers: readonly SamplePaper[],
  startedAt: number,
  day: number,
  seenAt: number,
  votesOf: (paper: SamplePaper) => number,
): Poll {
  const key = batchDay(startedAt, day);
  const listed = papers
    .filter((paper) => paper.day === day)
    .map((paper) => ({ paper, votes: votesOf(paper) }));
  const sightings = listed
    .sort((one, other) => other.votes - one.votes)
    .map(({ paper, votes }, index) => ({
      paper: paperOf(paper, midnight(startedAt, day)),
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
