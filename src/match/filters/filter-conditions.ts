import { grown } from '../arrays/flat-arrays.ts';
import { Lexicon } from '../arrays/lexicon.ts';
import {
  type Condition,
  holdsOfPerson,
  prepareFilter,
  type ReadDocument,
  unreadDocument,
} from '../evaluate/explain.ts';
import { initialOf } from '../evaluate/find-name.ts';
import { findTerm } from '../evaluate/find-term.ts';
import { type Part, readTerm, type Term } from '../evaluate/term.ts';
import { readAskedVenue } from '../evaluate/venue.ts';
import { categoryNames } from '../language/categories.ts';
import type { MatchDocument, TextField, TextLeaf, VenueLeaf } from '../language/filter.ts';
import { analyseNameWord, analyseWord, type Token } from '../text/analyse.ts';
import { inNameOrder } from '../text/name-order.ts';
import type { Atoms, Branch, Leaf } from './filter-clauses.ts';
import { ALWAYS, type AtomCosts } from './filter-plan.ts';
import type { Marks } from './finds.ts';
import { choicesOf, choicesOfPerson, type Row } from './part-forms.ts';
import { TermSpotter } from './term-spotter.ts';
import { VenueSpotter } from './venue-spotter.ts';

/** One bit a field; a term without a field looks into the first three. */
const FIELDS: Readonly<Record<TextField, number>> = { title: 1, abstract: 2, keyword: 4, org: 8, author: 16 };
const EVERYWHERE = FIELDS.title | FIELDS.abstract | FIELDS.keyword;

/** Surface words remembered: more than some thousand papers use, about 7 MB. */
const MOST_SURFACES = 1 << 16;

/** Leaves remembered as they were written, about 3 MB. */
const MOST_WRITTEN = 1 << 16;

/** Of the papers that are matched every so many'th is learned from. */
const LEARN_EVERY = 16;

const HOLDS = 1;
const FAILS = 2;

/** Of each of them a paper that fits has an atom. */
type Choices = readonly (readonly number[])[];

/** One of the choices: the one that holds least often; null when there is none. */
type Anchors = readonly number[] | null;

/** What is asked of a paper only when a filter needs to know it. */
type Lazy =
  | { kind: 'term'; term: Term; fields: number; choices: Choices; anchors: Anchors }
  /** `sure`: an atom with which it holds, whatever else there is; -1 = none. */
  | {
      kind: 'name';
      fits: (name: readonly Token[]) => boolean;
      choices: Choices;
      anchors: Anchors;
      sure: number;
    }
  | { kind: 'fact'; holds: Fact['holds'] }
  | { kind: 'branch'; branch: Branch };

type Fact = Extract<Condition, { kind: 'fact' }>;

/**
 * The distinct conditions ("atoms") of all filters, and what they are for the paper in hand. Words, phrases, prefixes,
 * categories and venues are marked while the paper is read; near phrases, initials, groups of names, numbers and dates are
 * looked at when a filter asks. How often each was marked in papers to learn from tells which conditions are rare.
 */
export class FilterConditions implements Atoms, AtomCosts, Marks {
  /** By atom: 1 holds, 2 does not; 0 = not marked, of a lazy one: not asked yet. */
  state = new Uint8Array(64);
  /** The atoms that were marked, the first `count`. */
  marked = new Int32Array(64);
  count = 0;
  #size = 0;
  /** What the term spotters do not number, and the atoms. */
  readonly #keys = new Lexicon();
  #atomOfKey = new Int32Array(64);
  /** Leaves as they were written lately: most filters use words that another filter uses. */
  #written = new Lexicon();
  #atomOfWritten = new Int32Array(64);
  readonly #texts = new TermSpotter(analyseWord, MOST_SURFACES, 'texts');
  readonly #names = new TermSpotter(analyseNameWord, MOST_SURFACES, 'names');
  /** By atom that was marked in a name: a bit for each such name, by its number modulo 32. */
  #persons = new Int32Array(64);
  readonly #nameMarks: Marks = { mark: (atom) => this.#markName(atom) };
  readonly #categories = new Map<string, number>();
  readonly #venues = new VenueSpotter();
  readonly #lazy = new Map<number, Lazy>();
  #isLazy = new Uint8Array(64);
  /** By atom: papers in which it was marked, papers before it was known, and what was expected of it then (per 1,000). */
  #marks = new Uint32Array(64);
  #births = new Uint32Array(64);
  #expected = new Float32Array(64);
  #papers = 0;
  #reads = 0;
  /** Lazy atoms that were asked for this paper. */
  readonly #asked: number[] = [];
  #read: ReadDocument | null = null;
  #now = 0;

  constructor() {
    this.#number(1000);
  }

  get size(): number {
    return this.#size;
  }

  ofLeaf(leaf: Leaf): number {
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
    return this.#isLazy[atom] === 1;
  }

  frequency(atom: number): number {
    const papers = this.#papers - this.#births[atom];
    // The expectation counts as much as fifty papers.
    return ((this.#expected[atom] / 20 + this.#marks[atom]) * 1000) / (papers + 50);
  }

  anchorsOf(atom: number): readonly number[] | null {
    const lazy = this.#lazy.get(atom);
    if (lazy === undefined) return [atom];
    if (lazy.kind === 'fact') return null;
    return lazy.kind === 'branch' ? this.#anchorsOfBranch(lazy.branch) : lazy.anchors;
  }

  /** Reads a paper: afterwards `marked` and `holds` speak of it. */
  read(document: MatchDocument, now: number): void {
    this.#reset();
    this.#now = now;
    this.#read = unreadDocument(document);
    this.mark(ALWAYS);
    this.#texts.begin();
    this.#texts.read(document.title, FIELDS.title);
    this.#texts.read(document.abstract, FIELDS.abstract);
    for (const keyword of document.keywords) this.#texts.read(keyword, FIELDS.keyword);
    if (document.organization !== null) this.#texts.read(document.organization, FIELDS.org);
    this.#texts.spot(this);
    this.#names.begin();
    for (const author of document.authors) this.#names.read(inNameOrder(author), FIELDS.author);
    this.#names.spot(this.#nameMarks);
    if (this.#categories.size > 0) this.#markCategories(document.categories);
    this.#venues.spot(document, this);
    if (this.#reads++ % LEARN_EVERY === 0) this.#learn();
  }

  /** Reads a paper to learn from it. */
  learn(document: MatchDocument): void {
    this.read(document, 0);
    this.#learn();
  }

  mark(atom: number): void {
    if (this.state[atom] === HOLDS) return;
    this.state[atom] = HOLDS;
    this.marked[this.count++] = atom;
  }

  /** Whether the atom holds for the paper that was read. */
  holds(atom: number): boolean {
    if (this.#isLazy[atom] === 1 && this.state[atom] === 0) {
      this.#asked.push(atom);
      this.state[atom] = this.#ask(atom) ? HOLDS : FAILS;
    }
    return this.state[atom] === HOLDS;
  }

  memory(): number {
    const lists = [
      this.#atomOfWritten,
      this.#persons,
      this.state,
      this.marked,
      this.#isLazy,
      this.#marks,
      this.#births,
      this.#expected,
    ];
    const parts = [this.#keys, this.#written, this.#texts, this.#names, this.#venues];
    // A lazy atom is a map entry and a few small objects.
    const ofLists = lists.reduce((sum, list) => sum + list.byteLength, this.#lazy.size * 300);
    return parts.reduce((sum, part) => sum + part.memory(), ofLists);
  }

  #readLeaf(leaf: Leaf): number {
    if (isText(leaf)) return this.#ofTerm(readTerm(leaf));
    if (leaf.kind === 'category') return this.#ofCategory(leaf.pattern.toLowerCase());
    if (leaf.kind === 'venue') return this.#ofVenue(leaf);
    const condition = prepareFilter(leaf);
    if (condition.kind === 'person') {
      const choices = choicesOfPerson(condition.part.filter);
      return this.#ofName(
        keyOf(leaf),
        choices,
        () => -1,
        (name) => holdsOfPerson(condition.part, name),
      );
    }
    return this.#ofLazy(keyOf(leaf), 500, () => ({ kind: 'fact', holds: (condition as Fact).holds }));
  }

  #learn(): void {
    this.#papers++;
    for (let at = 0; at < this.count; at++) this.#marks[this.marked[at]]++;
  }

  #reset(): void {
    for (let at = 0; at < this.count; at++) this.state[this.marked[at]] = 0;
    for (const atom of this.#asked) this.state[atom] = 0;
    this.#asked.length = 0;
    this.count = 0;
  }

  #number(expected: number): number {
    const atom = this.#size++;
    this.state = grown(this.state, this.#size);
    this.marked = grown(this.marked, this.#size);
    this.#persons = grown(this.#persons, this.#size);
    this.#isLazy = grown(this.#isLazy, this.#size);
    this.#marks = grown(this.#marks, this.#size);
    this.#births = grown(this.#births, this.#size);
    this.#expected = grown(this.#expected, this.#size);
    this.#births[atom] = this.#papers;
    this.#expected[atom] = expected;
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
    return this.#ofKey(key, expected, (atom) => {
      this.#isLazy[atom] = 1;
      this.#lazy.set(atom, make());
    });
  }

  #ofTerm(term: Term): number {
    const { field, parts, near } = term;
    const fields = field === null ? EVERYWHERE : FIELDS[field];
    const isPrefix = parts.some((part) => part.prefixes !== null);
    const isWord = parts.length === 1 && initialOf(parts[0]) === null;
    if (near === null && !isPrefix && (field !== 'author' || isWord)) return this.#ofSequence(parts, fields);
    if (near === null && isPrefix && parts.length === 1)
      return this.#ofPrefixes(parts[0].prefixes ?? [], fields);
    const key = `term ${fields} ${near?.within} ${JSON.stringify([near?.units, parts])}`;
    const rows = choicesOf(parts);
    if (field === 'author')
      return this.#ofName(
        key,
        rows,
        () => this.#sureOf(term),
        (name) => findTerm(term, name, 1).length > 0,
      );
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
      const choices = this.#choicesOf(rows, FIELDS.author);
      return { kind: 'name', fits, choices, anchors: this.#rarest(choices), sure: sureOf() };
    });
  }

  /** Most names stand in the paper as they stand in the filter, nothing between their words. */
  #sureOf({ parts, near }: Term): number {
    const isPlain =
      near === null && parts.every((part) => part.prefixes === null && initialOf(part) === null);
    return isPlain ? this.#ofSequence(parts, FIELDS.author) : -1;
  }

  #ofSequence(parts: readonly Part[], fields: number): number {
    if (parts.length === 0) return this.#ofKey('never', 0, () => {});
    const { terms } = this.#spotterOf(fields);
    const node = terms.nodeOf(parts);
    const known = terms.atomOf(node, fields);
    if (known >= 0) return known;
    const atom = this.#number(expectedOf(parts));
    terms.addFind(node, fields, atom);
    return atom;
  }

  #ofPrefixes(prefixes: readonly string[], fields: number): number {
    return this.#ofKey(`${fields} ${prefixes.join('* ')}*`, 60, (atom) => {
      this.#spotterOf(fields).terms.addPrefix(prefixes, fields, atom);
    });
  }

  #ofCategory(pattern: string): number {
    return this.#ofKey(`category ${pattern}`, 200, (atom) => {
      this.#categories.set(pattern, atom);
    });
  }

  #ofVenue(leaf: VenueLeaf): number {
    const asked = readAskedVenue(leaf);
    return this.#ofKey(`venue ${JSON.stringify(asked)}`, 20, (atom) => this.#venues.add(asked, atom));
  }

  /** Names are a language of their own. */
  #spotterOf(fields: number): TermSpotter {
    return fields === FIELDS.author ? this.#names : this.#texts;
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

  #anchorsOfBranch(branch: Branch): readonly number[] | null {
    let best: readonly number[] | null = null;
    for (const clause of branch) {
      const anchors = clause.map((literal) => (literal % 2 === 1 ? null : this.anchorsOf(literal >> 1)));
      if (anchors.some((atoms) => atoms === null)) continue;
      const all = anchors.flatMap((atoms) => atoms ?? []);
      if (best === null || all.length < best.length) best = all;
    }
    return best;
  }

  #ask(atom: number): boolean {
    const lazy = this.#lazy.get(atom);
    if (lazy === undefined || this.#read === null) return false;
    if (lazy.kind === 'fact') return lazy.holds(this.#read, this.#now);
    if (lazy.kind === 'branch') {
      return lazy.branch.every((clause) =>
        clause.some((literal) => this.holds(literal >> 1) === (literal % 2 === 0)),
      );
    }
    if (lazy.kind === 'name') {
      const isSure = lazy.sure >= 0 && this.state[lazy.sure] === HOLDS;
      return isSure || this.#namesWith(lazy.choices).some((name) => lazy.fits(name));
    }
    if (!lazy.choices.every((atoms) => this.#holdsOne(atoms))) return false;
    const texts = this.#spotterOf(lazy.fields).tokensIn(lazy.fields);
    return texts.some((tokens) => findTerm(lazy.term, tokens, 1).length > 0);
  }

  /** The names that have one of each of the choices, and a few others where a paper has more than 32. */
  #namesWith(choices: Choices): Token[][] {
    let persons = -1;
    for (const atoms of choices) {
      let some = 0;
      for (const atom of atoms) if (this.state[atom] === HOLDS) some |= this.#persons[atom];
      persons &= some;
    }
    return persons === 0 ? NO_NAMES : this.#names.tokensWhere((name) => (persons & (1 << (name & 31))) !== 0);
  }

  #markName(atom: number): void {
    const person = 1 << (this.#names.text & 31);
    if (this.state[atom] === HOLDS) {
      this.#persons[atom] |= person;
      return;
    }
    this.#persons[atom] = person;
    this.mark(atom);
  }

  #holdsOne(atoms: readonly number[]): boolean {
    for (const atom of atoms) if (this.state[atom] === HOLDS) return true;
    return false;
  }

  #markCategories(categories: readonly string[]): void {
    for (const name of categoryNames(categories)) {
      this.#markCategory(name);
      // See isInArchive in categories.ts: `cs.*` fits cs.lg and cs itself.
      this.#markCategory(`${name}.*`);
      for (let dot = name.indexOf('.'); dot >= 0; dot = name.indexOf('.', dot + 1)) {
        this.#markCategory(`${name.slice(0, dot)}.*`);
      }
    }
  }

  #markCategory(pattern: string): void {
    const atom = this.#categories.get(pattern);
    if (atom !== undefined) this.mark(atom);
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

const NO_NAMES: Token[][] = [];

/** In how many of 1,000 papers the parts may stand: long words and phrases are rarer. */
function expectedOf(parts: readonly Part[]): number {
  const shortest = Math.max(...parts.map((part) => part.stem.length));
  return 200 / shortest ** 1.5 / 10 ** (parts.length - 1);
}
