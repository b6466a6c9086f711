import { type AskedVenue, fitsVenue, type Venue, venuesOf } from '../evaluate/venue.ts';
import { wordsOfVenue } from '../evaluate/venue-names.ts';
import { alikeOf } from '../evaluate/venue-short-words.ts';
import type { MatchDocument } from '../language/filter.ts';
import type { Marks } from './finds.ts';

type Asked = { venue: AskedVenue; atom: number };

/** Everything that filters ask of venues, by what a venue must have for it: a paper touches only what its own venues lead to. */
export class VenueSpotter {
  readonly #byName = new Map<string, Asked[]>();
  readonly #byWord = new Map<string, Asked[]>();
  /** Beginnings of words, and years alone. */
  readonly #others: Asked[] = [];
  #size = 0;

  add(venue: AskedVenue, atom: number): void {
    this.#size++;
    const asked = { venue, atom };
    const [word] = venue.words;
    if (venue.name !== null) listUnder(this.#byName, venue.name).push(asked);
    else if (word !== undefined) listUnder(this.#byWord, word).push(asked);
    else this.#others.push(asked);
  }

  /** Marks what the paper's venues are asked for. */
  spot(document: MatchDocument, marks: Marks): void {
    if (this.#size === 0) return;
    for (const venue of venuesOf(document)) {
      markFitting(this.#others, venue, marks);
      this.#markByWord(venue.words, venue, marks);
      if (venue.name === null) continue;
      markFitting(this.#byName.get(venue.name), venue, marks);
      this.#markByWord(wordsOfVenue(venue.name), venue, marks);
    }
  }

  #markByWord(words: Iterable<string>, venue: Venue, marks: Marks): void {
    for (const word of words)
      for (const asked of alikeOf(word)) markFitting(this.#byWord.get(asked), venue, marks);
  }

  memory(): number {
    return this.#size * 400;
  }
}

function listUnder(map: Map<string, Asked[]>, key: string): Asked[] {
  const list = map.get(key) ?? [];
  map.set(key, list);
  return list;
}

function markFitting(asked: readonly Asked[] | undefined, venue: Venue, marks: Marks): void {
  for (const one of asked ?? []) if (fitsVenue(one.venue, venue)) marks.mark(one.atom);
}
