import { grown } from '../arrays/flat-arrays.ts';
import { HASH_BASE, hashOf, spread } from '../arrays/hash.ts';
import { IdTable } from '../arrays/id-table.ts';
import { Lexicon } from '../arrays/lexicon.ts';
import { SortedWords } from '../arrays/sorted-words.ts';
import { slipsBetween } from '../text/near-spelling.ts';

/** Proposes words: for one that was typed wrong, and for one that is not typed to its end. */
export type Speller = {
  /** Takes a word in, or counts it again. Words are folded already. */
  learn(word: string): void;
  /**
   * Known words one slip away (a letter too many, missing, wrong, or two neighbours swapped), commonest first.
   * The word itself is not among them. Words longer than 64 letters have none.
   */
  suggest(word: string, limit: number): string[];
  /** Known words that begin so, commonest first. */
  complete(prefix: string, limit: number): string[];
  /** Bytes held. */
  memory(): number;
};

const LONGEST = 64;

/**
 * Two words one slip apart share a form: both are equal after leaving out at most one letter of each. So a word is entered
 * under each of its forms, looked up under each of its own, and what is found is compared letter by letter.
 */
export function createSpeller(): Speller {
  const lexicon = new Lexicon();
  const sorted = new SortedWords(lexicon);
  /** Words by their forms. */
  const forms = new IdTable(256);
  let counts = new Uint32Array(128);

  const learn = (word: string) => {
    const before = lexicon.size;
    const id = lexicon.add(word);
    counts = grown(counts, id + 1);
    counts[id]++;
    if (id < before) return;
    sorted.insert(id);
    if (word.length <= LONGEST) eachForm(word, (form) => forms.insert(form, id));
  };

  const suggest = (word: string, limit: number) => {
    const found = new Set<number>();
    if (word.length > LONGEST) return [];
    eachForm(word, (form) => {
      for (let id = forms.first(form); id >= 0; id = forms.next())
        if (isOneSlip(lexicon.wordAt(id), word)) found.add(id);
    });
    return commonest([...found], counts, limit).map((id) => lexicon.wordAt(id));
  };

  const complete = (prefix: string, limit: number) => {
    const best = new Commonest(limit, counts);
    sorted.each(prefix, (id) => best.offer(id));
    return best.ids.map((id) => lexicon.wordAt(id));
  };

  return {
    learn,
    suggest,
    complete,
    memory: () => lexicon.memory() + sorted.memory() + forms.memory() + counts.byteLength,
  };
}

/** The hash of the word and of the word without each one of its letters, without building those words. */
function eachForm(word: string, visit: (hash: number) => void): void {
  visit(spread(hashOf(word)));
  let tail = 0;
  let power = 1;
  let head = hashOf(word);
  const inverse = INVERSE_OF_BASE;
  for (let at = word.length - 1; at >= 0; at--) {
    const letter = word.charCodeAt(at);
    // head is the hash of word[0..at], then of word[0..at - 1]: the last letter and one power of the base taken away.
    head = Math.imul(head - letter, inverse);
    visit(spread((Math.imul(head, power) + tail) | 0));
    tail = (Math.imul(letter, power) + tail) | 0;
    power = Math.imul(power, HASH_BASE);
  }
}

/** HASH_BASE * this = 1 modulo 2 ** 32; Newton's iteration doubles the right bits each time. */
const INVERSE_OF_BASE = [1, 2, 3, 4, 5].reduce(
  (inverse) => Math.imul(inverse, 2 - Math.imul(HASH_BASE, inverse)),
  HASH_BASE,
);

/** Exactly one insertion, deletion, substitution or swap of neighbours apart. */
export function isOneSlip(a: string, b: string): boolean {
  return slipsBetween(a, b, 2) === 1;
}

function commonest(ids: readonly number[], counts: Uint32Array, limit: number): readonly number[] {
  const best = new Commonest(limit, counts);
  for (const id of ids) best.offer(id);
  return best.ids;
}

/** Keeps the few ids with the highest counts, highest first. */
class Commonest {
  readonly ids: number[] = [];
  readonly #limit: number;
  readonly #counts: Uint32Array;

  constructor(limit: number, counts: Uint32Array) {
    this.#limit = limit;
    this.#counts = counts;
  }

  offer(id: number): void {
    const count = this.#counts[id];
    if (this.ids.length >= this.#limit && this.#counts[this.ids[this.ids.length - 1]] >= count) return;
    let place = this.ids.length;
    while (place > 0 && this.#counts[this.ids[place - 1]] < count) place--;
    this.ids.splice(place, 0, id);
    if (this.ids.length > this.#limit) this.ids.pop();
  }
}
