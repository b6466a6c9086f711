import type { Token, Word } from './analyse.ts';
import { grown, Lexicon } from './lexicon.ts';
import { PrefixTable } from './prefix-table.ts';
import { StepTable } from './step-table.ts';
import { joinsAsAcronym, type Part } from './term.ts';
import { TextReader } from './text-reader.ts';

/** Where the spotter notes what it found. */
export type Marks = {
  /** Notes that the atom holds; a second time does nothing. */
  mark(atom: number): void;
};

const NEEDS_ACRONYM = 1;
const NEEDS_GLUED = 2;
/** Two parts at once stand for one word of the text, never for two that are read as one: `"RAG systems"` is not rag systems. */
const NEEDS_ONE = 4;
const ROOT = 0;

/**
 * Finds all terms of all filters in a text in one pass: words, phrases, prefixes, each in its fields (the rules stand at
 * the head of explain.ts). Terms are paths in a tree of stems that starts at ROOT. Where a text may write two neighbouring
 * parts as one word, a path also steps over both at once.
 */
export class TermSpotter {
  readonly reader: TextReader;
  readonly #stems = new Lexicon();
  /** Nodes by what leads to them: the node before, the part's stem and needs, and the same of it joined to the part before. */
  readonly #nodes = new Lexicon();
  readonly #steps = new StepTable();
  /** By node: its first find. Finds: [atom, fields, next find] each; 0 = none. */
  #heads = new Int32Array(64);
  #finds = new Int32Array(192);
  #count = 1;
  readonly #prefixes = new PrefixTable();
  /** By text of the paper in hand: where its words end, and its field. */
  #ends = new Int32Array(64);
  #fields = new Uint8Array(64);
  #texts = 0;
  /** By surface word: what is known of it here, and the epoch in which it was looked up. */
  #epochs = new Int32Array(256);
  #stemOf = new Int32Array(256);
  #prefixesOf: (readonly number[])[] = [];
  #mayJoin = new Uint8Array(256);
  #generation = 0;

  /** `read` reads one surface word; `most` surface words are remembered. */
  constructor(read: (surface: string) => Word, most: number) {
    this.reader = new TextReader(read, most);
    this.#nodes.add('');
  }

  /** The node that these parts, none of them a prefix, lead to when they stand one after the other; at least one part. */
  nodeOf(parts: readonly Part[]): number {
    let before = ROOT;
    let node = ROOT;
    for (let at = 0; at < parts.length; at++) {
      const next = this.#nodeAfter(before, node, parts, at);
      before = node;
      node = next;
    }
    return node;
  }

  /** The atom is to be marked where the texts of those fields lead to the node. */
  addFind(node: number, fields: number, atom: number): void {
    const find = this.#count++;
    this.#finds = grown(this.#finds, this.#count * 3);
    this.#finds.set([atom, fields, this.#heads[node]], find * 3);
    this.#heads[node] = find;
  }

  /** The atom is to be marked where a word, or two neighbours read as one, begins with one of the prefixes. */
  addPrefix(prefixes: readonly string[], fields: number, atom: number): void {
    for (const prefix of prefixes) this.#prefixes.add(prefix, fields, atom);
  }

  /** Starts over with the next paper. */
  begin(): void {
    this.reader.begin();
    this.#texts = 0;
    if (this.#generation === this.reader.memo.generation) return;
    this.#generation = this.reader.memo.generation;
    this.#epochs.fill(0);
  }

  /** Reads a text of the paper; `field` is one bit. */
  read(text: string, field: number): void {
    this.reader.read(text);
    this.#ends = grown(this.#ends, this.#texts + 1);
    this.#fields = grown(this.#fields, this.#texts + 1);
    this.#ends[this.#texts] = this.reader.count;
    this.#fields[this.#texts++] = field;
  }

  /** Marks every atom whose term stands in the texts that were read. */
  spot(marks: Marks): void {
    this.#resolve();
    const hasPrefixes = this.#prefixes.version > 0;
    for (let text = 0, at = 0; text < this.#texts; text++) {
      const end = this.#ends[text];
      const field = this.#fields[text];
      for (; at < end; at++) {
        this.#walk(ROOT, at, end, field, marks);
        if (hasPrefixes) this.#spotPrefixes(at, end, field, marks);
      }
    }
  }

  /** The tokens of each text in one of those fields: slower, for the terms that `spot` cannot find. */
  tokensIn(fields: number): Token[][] {
    const texts: Token[][] = [];
    for (let text = 0, at = 0; text < this.#texts; at = this.#ends[text++]) {
      if ((this.#fields[text] & fields) !== 0) texts.push(this.reader.tokens(at, this.#ends[text]));
    }
    return texts;
  }

  memory(): number {
    const lists = [
      this.#heads,
      this.#finds,
      this.#ends,
      this.#fields,
      this.#epochs,
      this.#stemOf,
      this.#mayJoin,
    ];
    const parts = [this.reader, this.#stems, this.#nodes, this.#steps, this.#prefixes];
    const ofLists = lists.reduce((sum, list) => sum + list.byteLength, this.#prefixesOf.length * 8);
    return parts.reduce((sum, part) => sum + part.memory(), ofLists);
  }

  #nodeAfter(before: number, node: number, parts: readonly Part[], at: number): number {
    const { [at]: part, [at - 1]: previous } = parts;
    const stem = this.#stems.add(part.stem);
    const needs = needsOf(part, part.acronym, at);
    const joined = previous === undefined ? -1 : this.#stems.add(previous.fold + part.stem);
    const joinedNeeds =
      previous === undefined ? 0 : needsOf(previous, joinsAsAcronym(previous, part), at - 1);
    const nodes = this.#nodes.size;
    const next = this.#nodes.add(`${node} ${stem} ${needs} ${joined} ${joinedNeeds}`);
    if (next < nodes) return next;
    this.#heads = grown(this.#heads, next + 1);
    this.#steps.add(node, stem, needs, next);
    if (joined >= 0) this.#steps.add(before, joined, joinedNeeds | NEEDS_ONE, next);
    return next;
  }

  /** Looks up what is new among the paper's words, or was unknown when there were fewer terms. */
  #resolve(): void {
    const { words, count, memo } = this.reader;
    this.#epochs = grown(this.#epochs, memo.size);
    this.#stemOf = grown(this.#stemOf, memo.size);
    this.#mayJoin = grown(this.#mayJoin, memo.size);
    const epoch = this.#stems.size + this.#prefixes.version + 1;
    for (let at = 0; at < count; at++)
      if (this.#epochs[words[at]] !== epoch) this.#resolveWord(words[at], epoch);
  }

  #resolveWord(word: number, epoch: number): void {
    const { spellings, folds, stems } = this.reader.memo;
    this.#epochs[word] = epoch;
    this.#stemOf[word] = this.#stems.findIn(spellings, stems[word]);
    const fold = spellings.wordAt(folds[word]);
    this.#prefixesOf[word] = this.#prefixes.of(fold, 0);
    this.#mayJoin[word] = Number(this.#prefixes.goesOnAfter(fold));
  }

  /** Takes every step that leads on from `node` over the word at `at`, alone or joined with the next. */
  #walk(node: number, at: number, end: number, field: number, marks: Marks): void {
    const { words, glued, memo } = this.reader;
    const word = words[at];
    const stem = this.#stemOf[word];
    const isGlued = glued[at] * NEEDS_GLUED;
    if (stem >= 0) this.#take(node, stem, memo.acronyms[word] | isGlued | NEEDS_ONE, at + 1, end, field, marks);
    if (at + 1 >= end) return;
    const joined = this.#stems.findJoined(memo.spellings, memo.folds[word], memo.stems[words[at + 1]]);
    if (joined < 0) return;
    const isAcronym = Number(memo.isJoinedAcronym(word, words[at + 1]));
    this.#take(node, joined, isAcronym | isGlued, at + 2, end, field, marks);
  }

  #take(node: number, stem: number, has: number, at: number, end: number, field: number, marks: Marks): void {
    const steps = this.#steps;
    for (let step = steps.first(node, stem); step !== 0; step = steps.next(step)) {
      if ((steps.needs(step) & ~has) !== 0) continue;
      const target = steps.target(step);
      for (let find = this.#heads[target]; find !== 0; find = this.#finds[find * 3 + 2]) {
        if ((this.#finds[find * 3 + 1] & field) !== 0) marks.mark(this.#finds[find * 3]);
      }
      if (at < end && steps.leadsOn(target)) this.#walk(target, at, end, field, marks);
    }
  }

  #spotPrefixes(at: number, end: number, field: number, marks: Marks): void {
    const { words, memo } = this.reader;
    const word = words[at];
    for (const prefix of this.#prefixesOf[word]) this.#prefixes.mark(prefix, field, marks);
    if (this.#mayJoin[word] === 0 || at + 1 >= end) return;
    const { spellings, folds } = memo;
    const next = folds[words[at + 1]];
    if (!this.#prefixes.mayBegin(spellings.hashAt(folds[word]), spellings.firstLetterOf(next))) return;
    const first = spellings.wordAt(folds[word]);
    const longer = this.#prefixes.of(first + spellings.wordAt(next), first.length);
    for (const prefix of longer) this.#prefixes.mark(prefix, field, marks);
  }
}

function needsOf(part: Part, acronym: boolean, at: number): number {
  return (acronym ? NEEDS_ACRONYM : 0) | (part.glued && at > 0 ? NEEDS_GLUED : 0);
}
