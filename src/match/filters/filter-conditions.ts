import { grown } from '../arrays/flat-arrays.ts';
import { Lexicon } from '../arrays/lexicon.ts';
import { holdsOfPerson, prepareFilter } from '../evaluate/explain.ts';
import { initialOf } from '../evaluate/find-name.ts';
import { findTerm } from '../evaluate/find-term.ts';
import { readTerm, type Term, type TermPart } from '../evaluate/term.ts';
import { readAskedVenue } from '../evaluate/venue.ts';
import type { Filter, MatchDocument, TextLeaf, VenueLeaf } from '../language/filter.ts';
import type { Token } from '../text/analyse.ts';
import { AtomFrequencies } from './atom-frequencies.ts';
import { AtomMarks } from './atom-marks.ts';
import { bitsOf, FIELD_BITS } from './field-bits.ts';
import { type Atoms, type Branch, type Leaf, toBranches } from './filter-clauses.ts';
import { ALWAYS, type AtomCosts } from './filter-plan.ts';
import {
  type Anchors,
  type Choices,
  type FactCondition,
  type Lazy,
  LazyConditions,
} from './lazy-conditions.ts';
import { PaperSpotter } from './paper-spotter.ts';
import { choicesOf, choicesOfPerson, type Row } from './part-forms.ts';

/** Leaves remembered as they were written, about 3 MB. */
const MOST_WRITTEN = 1 << 16;

/** Of the papers that are matched every so many'th is learned from. */
const LEARN_EVERY = 16;

/**
 * The distinct conditions ("atoms") of all filters, and what they are for the paper in hand. Words, phrases, prefixes,
 * categories and venues are marked while the paper is read; the others (LazyConditions) are looked at when a filter asks.
 */
export class FilterConditions implements Atoms, AtomCosts {
  readonly marks = new AtomMarks();
  #size = 0;
  /** What the term trees do not number, and the atoms. */
  readonly #keys = new Lexicon();
  #atomOfKey = new Int32Array(64);
  /** Leaves as they were written lately: most filters use words that another filter uses. */
  #written = new Lexicon();
  #atomOfWritten = new Int32Array(64);
  /** A catalogue has one filter a topic, which is in every filter that asks for the topic. */
  readonly #atomOfTopic = new WeakMap<Filter, number>();
  readonly #spotter = new PaperSpotter(this.marks);
  readonly #lazy = new LazyConditions(this.marks, this.#spotter);
  readonly #frequencies = new AtomFrequencies();
  #reads = 0;

  constructor() {
    this.#number(1000);
  }

  get size(): number {
    return this.#size;
  }

  ofLeaf(leaf: Leaf): number {
    if (leaf.kind === 'topic') return this.#ofTopic(leaf.filter);
    if (this.#written.size >= MOST_WRITTEN) this.#written = new Lexicon();
    const written = this.#written.size;
    const id = this.#written.add(keyOf(leaf));
    if (id < written) return this.#atomOfWritten[id];
    this.#atomOfWritten = grown(this.#atomOfWritten, id + 1);
    this.#atomOfWritten[id] = this.#readLeaf(leaf);
    return this.#atomOfWritten[id];
  }

  ofBranch(branch: Branch): number {
    return this.#ofLazy(`branch ${JSON.stringify(branch)}`, 100, () => ({ kind: 'branch', branch }));
  }

  isLazy(atom: number): boolean {
    return this.#lazy.has(atom);
  }

  frequency(atom: number): number {
    return this.#frequencies.of(atom);
  }

  anchorsOf(atom: number): Anchors {
    return this.#lazy.anchorsOf(atom);
  }

  /** Reads a paper: afterwards `marks` and `holds` speak of it. */
  read(document: MatchDocument, now: number): void {
    this.marks.begin();
    this.#lazy.begin(document, now);
    this.marks.mark(ALWAYS);
    this.#spotter.read(document);
    if (this.#reads++ % LEARN_EVERY === 0) this.#frequencies.learn(this.marks);
  }

  /** Reads a paper to learn from it. */
  learn(document: MatchDocument): void {
    this.read(document, 0);
    this.#frequencies.learn(this.marks);
  }

  /** Whether the atom holds for the paper that was read. */
  holds(atom: number): boolean {
    return this.#lazy.holds(atom);
  }

  memory(): number {
    const parts = [this.#keys, this.#written, this.marks, this.#spotter, this.#lazy, this.#frequencies];
    return parts.reduce((sum, part) => sum + part.memory(), this.#atomOfWritten.byteLength);
  }

  #ofTopic(filter: Filter): number {
    const known = this.#atomOfTopic.get(filter);
    if (known !== undefined) return known;
    const branches = toBranches(filter, this);
    const key = `topic:${JSON.stringify(branches)}`;
    const atom = this.#ofLazy(key, 100, () => ({ kind: 'topic', branches }));
    this.#atomOfTopic.set(filter, atom);
    return atom;
  }

  #readLeaf(leaf: Exclude<Leaf, { kind: 'topic' }>): number {
    if (isText(leaf)) return this.#ofTerm(readTerm(leaf));
    if (leaf.kind === 'category') return this.#ofCategory(leaf.pattern.toLowerCase());
    if (leaf.kind === 'venue') return this.#ofVenue(leaf);
    const condition = prepareFilter(leaf);
    if (condition.kind === 'person') {
      const choices = choicesOfPerson(condition.part.filter);
      const fits = (name: readonly Token[]) => holdsOfPerson(condition.part, name);
      return this.#ofName(keyOf(leaf), choices, () => -1, fits);
    }
    return this.#ofLazy(keyOf(leaf), 500, () => ({
      kind: 'fact',
      holds: (condition as FactCondition).holds,
    }));
  }

  #number(expected: number): number {
    const atom = this.#size++;
    this.marks.makeRoom(this.#size);
    this.#spotter.names.makeRoom(this.#size);
    this.#lazy.makeRoom(this.#size);
    this.#frequencies.add(atom, expected);
    return atom;
  }

  /** The atom of that key; a new one, which `make` completes, when the key is new. */
  #ofKey(key: string, expected: number, make: (atom: number) => void): number {
    const known = this.#keys.find(key);
    if (known >= 0) return this.#atomOfKey[known];
    const atom = this.#number(expected);
    make(atom);
    const id = this.#keys.add(key);
    this.#atomOfKey = grown(this.#atomOfKey, id + 1);
    this.#atomOfKey[id] = atom;
    return atom;
  }

  #ofLazy(key: string, expected: number, make: () => Lazy): number {
    return this.#ofKey(key, expected, (atom) => this.#lazy.add(atom, make()));
  }

  #ofTerm(term: Term): number {
    const { field, parts, near } = term;
    const fields = bitsOf(field);
    const isPrefix = parts.some((part) => part.prefixes !== null);
    const isWord = parts.length === 1 && initialOf(parts[0]) === null;
    if (near === null && !isPrefix && (field !== 'author' || isWord)) return this.#ofSequence(parts, fields);
    if (near === null && isPrefix && parts.length === 1)
      return this.#ofPrefixes(parts[0].prefixes ?? [], fields);
    const key = `term ${fields} ${near?.within} ${JSON.stringify([near?.units, parts])}`;
    const rows = choicesOf(parts);
    if (field === 'author') {
      const fits = (name: readonly Token[]) => findTerm(term, name, 1).length > 0;
      return this.#ofName(key, rows, () => this.#sureOf(term), fits);
    }
    return this.#ofLazy(key, 5, () => {
      const choices = this.#choicesOf(rows, fields);
      return { kind: 'term', term, fields, choices, anchors: this.#rarest(choices) ?? [] };
    });
  }

  /** Names are few and short: whatever is more than a word of them is looked at when a filter asks. */
  #ofName(
    key: string,
    rows: readonly (readonly Row[])[],
    sureOf: () => number,
    fits: (name: readonly Token[]) => boolean,
  ): number {
    return this.#ofLazy(key, 5, () => {
      const choices = this.#choicesOf(rows, FIELD_BITS.author);
      return { kind: 'name', fits, choices, anchors: this.#rarest(choices), sure: sureOf() };
    });
  }

  /** Most names stand in the paper as they stand in the filter, nothing between their words. */
  #sureOf({ parts, near }: Term): number {
    const isPlain =
      near === null && parts.every((part) => part.prefixes === null && initialOf(part) === null);
    return isPlain ? this.#ofSequence(parts, FIELD_BITS.author) : -1;
  }

  #ofSequence(parts: readonly TermPart[], fields: number): number {
    if (parts.length === 0) return this.#ofKey('never', 0, () => {});
    const terms = this.#spotter.termsIn(fields);
    const node = terms.nodeOf(parts);
    const known = terms.atomOf(node, fields);
    if (known >= 0) return known;
    const atom = this.#number(expectedOf(parts));
    terms.addFind(node, fields, atom);
    return atom;
  }

  #ofPrefixes(prefixes: readonly string[], fields: number): number {
    return this.#ofKey(`${fields} ${prefixes.join('* ')}*`, 60, (atom) => {
      this.#spotter.termsIn(fields).addPrefix(prefixes, fields, atom);
    });
  }

  #ofCategory(pattern: string): number {
    return this.#ofKey(`category ${pattern}`, 200, (atom) => this.#spotter.categories.add(pattern, atom));
  }

  #ofVenue(leaf: VenueLeaf): number {
    const asked = readAskedVenue(leaf);
    const key = `venue ${JSON.stringify(asked)}`;
    return this.#ofKey(key, 20, (atom) => this.#spotter.venues.add(asked, atom));
  }

  #ofRow(row: Row, fields: number): number {
    const [{ prefixes }] = row;
    return prefixes === null ? this.#ofSequence(row, fields) : this.#ofPrefixes(prefixes, fields);
  }

  #choicesOf(choices: readonly (readonly Row[])[], fields: number): Choices {
    return choices.map((choice) => choice.map((row) => this.#ofRow(row, fields)));
  }

  #rarest(choices: Choices): Anchors {
    const cost = (atoms: readonly number[]) => atoms.reduce((sum, atom) => sum + this.frequency(atom), 0);
    return choices.length === 0
      ? null
      : choices.reduce((best, atoms) => (cost(atoms) < cost(best) ? atoms : best));
  }
}

function isText(leaf: Leaf): leaf is TextLeaf {
  return leaf.kind === 'word' || leaf.kind === 'prefix' || leaf.kind === 'phrase';
}

function keyOf(leaf: Leaf): string {
  if (!isText(leaf)) return JSON.stringify(leaf);
  const near = leaf.kind === 'phrase' && leaf.within !== null ? leaf.within : '';
  return `${leaf.kind[1]}${near}${leaf.field ?? ''}:${leaf.text}`;
}

/** In how many of 1,000 papers the parts may stand: long words and phrases are rarer. */
function expectedOf(parts: readonly TermPart[]): number {
  const shortest = Math.max(...parts.map((part) => part.stem.length));
  return 200 / shortest ** 1.5 / 10 ** (parts.length - 1);
}
