import { NO_FIGURES } from '#src/paper/figures.ts';
import type { Paper } from '#src/paper/paper.ts';
import type { ListKind, Poll, Sighting } from '#src/paper/sighting.ts';
import { aPaper } from '#test/builders/a-paper.ts';

export const DAY = 86_400_000;
export const POLL = 15 * 60_000;

type Featured = {
  paper: Paper;
  day: number;
  final: number;
  votes: number;
  comments: number;
  stars: number | null;
};

const BATCHES_READ = 7;
const LISTED = 100;

/**
 * Hugging Face as a poller sees it, made up by one seed: 20 to 45 papers a weekday, votes that end at 14 in the median
 * and 29 at the 90th percentile and grow over five days, stars that are read once a day, a latest list that moves with
 * every newcomer, a trending list that is ranked anew every hour.
 */
export class PollingYear {
  readonly begin = Date.UTC(2026, 0, 5);
  readonly #random = seeded(7);
  #featured: Featured[] = [];
  #latest: Featured[] = [];
  #trending: Featured[] = [];
  #serial = 0;

  /** Every list as it stands at that instant; polls must come in order. */
  poll(at: number): Poll[] {
    this.#newcomers(at);
    for (const featured of this.#featured) this.#grow(featured, at);
    if (at % (60 * 60_000) === 0) this.#rankAnew();
    const days = [...new Set(this.#featured.map(({ day }) => day))].slice(-BATCHES_READ);
    const batches = days.map((day) => this.#batch(day, at));
    return [...batches, poll('latest', '', at, this.#latest), poll('trending', '', at, this.#trending)];
  }

  #newcomers(at: number): void {
    const day = Math.floor(at / DAY) * DAY;
    const isWeekend = [0, 6].includes(new Date(day).getUTCDay());
    // About 32 a day, spread over its first 14 hours.
    if (isWeekend || at - day > 14 * 3_600_000 || this.#random() > 0.57) return;
    const featured = this.#newPaper(day);
    this.#featured = [...this.#featured.filter((other) => day - other.day < 10 * DAY), featured];
    this.#latest = [featured, ...this.#latest].slice(0, LISTED);
    this.#trending = [...this.#trending.slice(-LISTED + 1), featured];
  }

  #newPaper(day: number): Featured {
    const id = `${2601 + Math.floor(this.#serial / 90_000)}.${String(10_000 + (this.#serial++ % 90_000))}`;
    const final = Math.min(300, Math.round(14 * Math.exp(1.0 * normal(this.#random))));
    const stars = this.#random() < 0.54 ? Math.round(200 * this.#random()) : null;
    return { paper: paperOf(id, this.#random), day, final, votes: 0, comments: 0, stars };
  }

  #grow(featured: Featured, at: number): void {
    const age = (at - featured.day) / DAY;
    const expected = featured.final * (1 - Math.exp(-1.1 * age));
    // Votes come one by one, and one in three hundred goes.
    if (featured.votes < expected && this.#random() < 0.4) featured.votes++;
    if (featured.votes > 1 && this.#random() < 0.0003) featured.votes--;
    if (this.#random() < 0.002) featured.comments++;
    if (featured.stars !== null && at % DAY === 0) featured.stars += Math.round(5 * this.#random());
  }

  #rankAnew(): void {
    const keyed = this.#trending.map((featured, place) => ({
      featured,
      key: place + 4 * normal(this.#random),
    }));
    this.#trending = keyed.sort((a, b) => a.key - b.key).map(({ featured }) => featured);
  }

  #batch(day: number, at: number): Poll {
    const batch = this.#featured.filter((featured) => featured.day === day).sort((a, b) => b.votes - a.votes);
    return poll('daily', new Date(day).toISOString().slice(0, 10), at, batch);
  }
}

function poll(list: ListKind, key: string, seenAt: number, shown: readonly Featured[]): Poll {
  const sightings = shown.map(
    ({ paper, votes, comments, stars, day }, index): Sighting => ({
      paper,
      place: index + 1,
      ...NO_FIGURES,
      votes,
      comments,
      stars,
      batchDay: new Date(day).toISOString().slice(0, 10),
    }),
  );
  return { source: 'hugging-face', list, key, seenAt, complete: true, malformed: 0, sightings };
}

function paperOf(id: string, random: () => number): Paper {
  const words = (count: number) =>
    Array.from({ length: count }, () => Math.floor(random() * 36 ** 5).toString(36)).join(' ');
  return aPaper(id, {
    title: words(12),
    abstract: words(200),
    authors: Array.from({ length: 7 }, () => words(2)),
    categories: ['cs.LG', 'cs.AI'],
    keywords: Array.from({ length: 10 }, () => words(2)),
    organization: words(2),
    publishedAt: 0,
    thumbnail: `https://cdn-thumbnails.huggingface.co/social-thumbnails/papers/${id}.png`,
  });
}

function normal(random: () => number): number {
  return Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
}

/** Mulberry32. */
function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}
