import { grown } from '../arrays/flat-arrays.ts';
import { power } from '../arrays/hash.ts';
import { Lexicon } from '../arrays/lexicon.ts';
import { joinsAsAcronym, mayBeginJoined, type Part } from '../evaluate/term.ts';
import type { Token, Word } from '../text/analyse.ts';
import { keysOfPair } from '../text/compounds.ts';
import { spellingsOf } from '../text/spelling.ts';
import { TextReader } from '../text/text-reader.ts';
import { Finds, type Marks } from './finds.ts';
import { PrefixTable } from './prefix-table.ts';
import { bitOf, StepTable } from './step-table.ts';

/** What a word must have for a step, or has: see StepTable's `fits`. NEEDS_TWO: it is two neighbours read as one. */
const NEEDS_ACRONYM = 1;
const NEEDS_GLUED = 2;
const NEEDS_TWO = 4;
/** Of a word, alone or with the next: it steps over more than its stem, its pair and what it is joined. */
const HAS_MORE = 8;
const ROOT = 0;
/** What is known of a surface word: first the version it was looked up in, then: */
const STEM = 1;
const PAIR = 2;
const HAS = 3;
const PREFIXES = 4;
const FOLD_HASH = 5;
const STEM_HASH = 6;
const STEM_POWER = 7;
const FIRST_LETTER = 8;
/** Where the word leads from the root: the node's first find (0 = none), the node if steps go on from it (else 0); or MANY. */
const ROOT_FIND = 9;
const ROOT_NODE = 10;
/** The stems that lead on from ROOT_NODE: see `bitOf`. */
const ONWARD = 11;
/** The paper in which the word was seen last, times 32, plus the fields there. */
const SEEN = 12;
/** Which list of further overs the word has. */
const MORE = 13;
const KNOWN = 16;
const MANY = -1;
const MOST_PAPERS = (1 << 26) - 1;
/** Beside NEEDS_ACRONYM and HAS_MORE in HAS: a prefix may begin with the whole word and go on in the next. */
const MAY_JOIN = 2;
const IS_SPELLED_OUT = 16;

const NO_OVERS: readonly number[] = [];

/**
 * Finds all terms of all filters in a text in one pass: words, phrases, prefixes, each in its fields (the rules stand at
 * the head of explain.ts). Terms are paths in a tree that starts at ROOT; what a path steps over are stems and keys
 * (compounds.ts), as numbers: a stem, or a key that two words of a text are to have, is even; a key that two neighbouring
 * parts have, and a path steps over both at once, is odd.
 */
export class TermSpotter {
  readonly reader: TextReader;
  /** The keys of the terms' parts, their stems among them; the keys of two neighbouring parts. */
  readonly #keys = new Lexicon();
  readonly #pairs = new Lexicon();
  /** Nodes by the steps that lead to them, and the node before. */
  readonly #nodes = new Lexicon();
  readonly #steps = new StepTable();
  /** By node. */
  readonly #finds = new Finds();
  readonly #prefixes = new PrefixTable();
  /** By text of the paper in hand: where its words end, and its field. */
  #ends = new Int32Array(64);
  #fields = new Uint8Array(64);
  #texts = 0;
  /** By surface word: what is known of it here, side by side, so that a look-up reads one line of memory. */
  #known = new Int32Array(64 * KNOWN);
  /** The prefixes that words begin with, as lists; the first is that of most words. */
  #prefixLists: (readonly number[])[] = [[]];
  /** The further overs of the few words that have some; and by place of the paper in hand, those of the word and the next. */
  #moreLists: (readonly number[])[] = [[]];
  readonly #moreJoined = new Map<number, readonly number[]>();
  /** Rises with every term: what was known before may have changed. */
  #version = 1;
  /** Counts papers, below 2 ** 26: SEEN has no more room. */
  #paper = 1;
  #generation = 0;
  /** By word of the paper in hand: its stem and what it has, and the same joined with the next; -1 = no term's. */
  #stemAt = new Int32Array(512);
  #pairAt = new Int32Array(512);
  #hasAt = new Uint8Array(512);
  #joinedAt = new Int32Array(512);
  #joinedHasAt = new Uint8Array(512);
  /** By text: its tokens, once they were asked for. */
  #tokens: Token[][] = [];
  /** The text that is being spotted. */
  text = 0;
  readonly #eachText: boolean;

  /**
   * `read` reads one surface word; `most` surface words are remembered. Of names each is spotted as if alone, and no points
   * are read (TextReader); in other texts what was marked once need not be marked again.
   */
  constructor(read: (surface: string) => Word, most: number, kind: 'texts' | 'names') {
    this.reader = new TextReader(read, most, kind === 'texts');
    this.#eachText = kind === 'names';
    this.#nodes.add('');
  }

  /** The node that these parts, none of them a prefix, lead to when they stand one after the other; at least one part. */
  nodeOf(parts: readonly Part[]): number {
    let before = ROOT;
    let node = ROOT;
    for (let at = 0; at < parts.length; at++)
      [before, node] = [node, this.#nodeAfter(before, node, parts, at)];
    return node;
  }

  /** The atom that is marked where the texts of exactly those fields lead to the node; -1 = none. */
  atomOf(node: number, fields: number): number {
    return this.#finds.atomOf(node, fields);
  }

  /** The atom is to be marked where the texts of those fields lead to the node. */
  addFind(node: number, fields: number, atom: number): void {
    this.#finds.add(node, fields, atom);
    this.#version++;
  }

  /** The atom is to be marked where a word, or two neighbours read as one, begins with one of the prefixes. */
  addPrefix(prefixes: readonly string[], fields: number, atom: number): void {
    for (const prefix of prefixes) this.#prefixes.add(prefix, fields, atom);
    this.#version++;
  }

  /** Starts over with the next paper. */
  begin(): void {
    this.reader.begin();
    this.#texts = 0;
    if (this.#tokens.length > 0) this.#tokens = [];
    if (this.#moreJoined.size > 0) this.#moreJoined.clear();
    this.#paper = this.#paper === MOST_PAPERS ? 1 : this.#paper + 1;
    if (this.#paper > 1 && this.#generation === this.reader.memo.generation) return;
    this.#generation = this.reader.memo.generation;
    this.#known.fill(0);
    this.#prefixLists.length = 1;
    this.#moreLists.length = 1;
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
    const hasPrefixes = this.#prefixes.size > 0;
    for (let text = 0, at = 0; text < this.#texts; text++) {
      const end = this.#ends[text];
      const field = this.#fields[text];
      this.text = text;
      this.#place(at, end);
      for (; at < end; at++) {
        this.#start(at, end, field, marks);
        if (hasPrefixes) this.#spotJoinedPrefixes(at, end, field, marks);
      }
    }
  }

  /** The tokens of each text in one of those fields: slower, for the terms that `spot` cannot find. */
  tokensIn(fields: number): Token[][] {
    return this.tokensWhere((text) => (this.#fields[text] & fields) !== 0);
  }

  /** The tokens of the texts that are wanted. */
  tokensWhere(isWanted: (text: number) => boolean): Token[][] {
    const texts: Token[][] = [];
    for (let text = 0; text < this.#texts; text++) if (isWanted(text)) texts.push(this.#tokensOf(text));
    return texts;
  }

  memory(): number {
    const lists = [this.#ends, this.#fields, this.#known, this.#stemAt, this.#joinedAt];
    const parts = [
      this.reader,
      this.#keys,
      this.#pairs,
      this.#nodes,
      this.#steps,
      this.#finds,
      this.#prefixes,
    ];
    const ofLists = lists.reduce((sum, list) => sum + list.byteLength, this.#prefixLists.length * 40);
    return parts.reduce((sum, part) => sum + part.memory(), ofLists);
  }

  #nodeAfter(before: number, node: number, parts: readonly Part[], at: number): number {
    const steps = this.#stepsOver(parts, at);
    const nodes = this.#nodes.size;
    const next = this.#nodes.add(packed([node, ...steps.flat()]));
    if (next < nodes) return next;
    this.#version++;
    this.#finds.makeRoom(next);
    for (const [over, needs] of steps) this.#steps.add(over % 2 === 0 ? node : before, over, needs, next);
    return next;
  }

  /** Over the part, alone or together with the one before it. */
  #stepsOver(parts: readonly Part[], at: number): [over: number, needs: number][] {
    const { [at]: part, [at - 1]: previous } = parts;
    const needs = needsOf(part, part.acronym, at);
    const steps: [number, number][] = [];
    for (const { stem } of spellingsOf(part)) steps.push([this.#keys.add(stem) * 2, needs]);
    for (const join of part.joins) steps.push([this.#keys.add(join) * 2, needs | NEEDS_TWO]);
    if (previous === undefined) return steps;
    const pairNeeds = needsOf(previous, joinsAsAcronym(previous, part), at - 1);
    for (const key of keysOfPair(previous, part)) steps.push([this.#pairs.add(key) * 2 + 1, pairNeeds]);
    return steps;
  }

  /** Looks up what is new among the paper's words, or was looked up when there were fewer terms. */
  #resolve(): void {
    const { words, count, memo } = this.reader;
    this.#known = grown(this.#known, memo.size * KNOWN);
    this.#stemAt = grown(this.#stemAt, count);
    this.#pairAt = grown(this.#pairAt, count);
    this.#hasAt = grown(this.#hasAt, count);
    this.#joinedAt = grown(this.#joinedAt, count);
    this.#joinedHasAt = grown(this.#joinedHasAt, count);
    for (let at = 0; at < count; at++) {
      if (this.#known[words[at] * KNOWN] !== this.#version) this.#resolveWord(words[at]);
    }
  }

  #resolveWord(word: number): void {
    const { memo } = this.reader;
    const { spellings, folds, stems, acronyms } = memo;
    const base = word * KNOWN;
    const known = this.#known;
    const ways = [spellings.wordAt(folds[word])];
    const spelledOut = memo.spelledOut(word);
    if (spelledOut !== null) ways.push(spellings.wordAt(spelledOut.fold));
    const prefixes = ways.flatMap((fold) => this.#prefixes.of(fold));
    const mayJoin = ways.some((fold) => mayBeginJoined(fold) && this.#prefixes.goesOnAfter(fold));
    known[base] = this.#version;
    known[base + STEM] = this.#keys.findIn(spellings, stems[word]) * 2;
    known[base + PAIR] = this.#pairs.findIn(spellings, stems[word]) * 2 + 1;
    known[base + HAS] = acronyms[word] | (mayJoin ? MAY_JOIN : 0) | (ways.length > 1 ? IS_SPELLED_OUT : 0);
    if (prefixes.length > 0) known[base + PREFIXES] = this.#keepPrefixes(known[base + PREFIXES], prefixes);
    known[base + FOLD_HASH] = spellings.hashAt(folds[word]);
    known[base + STEM_HASH] = spellings.hashAt(stems[word]);
    known[base + STEM_POWER] = power(spellings.lengthAt(stems[word]));
    known[base + FIRST_LETTER] = ways[0].charCodeAt(0);
    this.#resolveRoot(base, this.#resolveMore(word));
  }

  /** What the word steps over by its joins and its second spelling. */
  #resolveMore(word: number): readonly number[] {
    const { memo } = this.reader;
    const { spellings } = memo;
    if (memo.seconds[word] === 0 && !memo.joins.has(word)) return NO_OVERS;
    const spelledOut = memo.spelledOut(word);
    const keys = spelledOut === null ? memo.joinsOf(word) : [...memo.joinsOf(word), spelledOut.stem];
    const more = keys.map((key) => this.#pairs.findIn(spellings, key) * 2 + 1);
    if (spelledOut !== null) more.push(this.#keys.findIn(spellings, spelledOut.stem) * 2);
    const found = more.filter((over) => over >= 0);
    if (found.length > 0) this.#keepMore(word * KNOWN, found);
    return found;
  }

  #keepMore(base: number, more: readonly number[]): void {
    const known = this.#known;
    known[base + HAS] |= HAS_MORE;
    if (known[base + MORE] === 0) known[base + MORE] = this.#moreLists.push(more) - 1;
    else this.#moreLists[known[base + MORE]] = more;
  }

  /** Keeps a word's prefixes in its list; tells which that is. */
  #keepPrefixes(list: number, prefixes: readonly number[]): number {
    if (list === 0) return this.#prefixLists.push(prefixes) - 1;
    this.#prefixLists[list] = prefixes;
    return list;
  }

  /** Notes where the word leads from the root, so that `spot` need not follow the steps of most words. */
  #resolveRoot(base: number, more: readonly number[]): void {
    const known = this.#known;
    const has = known[base + HAS] & NEEDS_ACRONYM;
    const targets = [known[base + STEM], known[base + PAIR], ...more].flatMap((over) =>
      over < 0 ? [] : this.#steps.targetsOf(ROOT, over, has),
    );
    const [target] = targets;
    const isOne = targets.length === 1;
    known[base + ROOT_FIND] = isOne ? this.#finds.heads[target] : targets.length === 0 ? 0 : MANY;
    known[base + ONWARD] = isOne ? this.#steps.onwardFrom(target) : 0;
    known[base + ROOT_NODE] = known[base + ONWARD] === 0 ? 0 : target;
  }

  /** Notes what stands at each place of a text, alone and joined with the next word. */
  #place(from: number, end: number): void {
    const { words, glued } = this.reader;
    const known = this.#known;
    for (let at = from; at < end; at++) {
      const base = words[at] * KNOWN;
      this.#stemAt[at] = known[base + STEM];
      this.#pairAt[at] = known[base + PAIR];
      this.#hasAt[at] = (known[base + HAS] & (NEEDS_ACRONYM | HAS_MORE)) | (glued[at] * NEEDS_GLUED);
      this.#joinedAt[at] = -1;
      if (at + 1 === end) continue;
      const next = words[at + 1] * KNOWN;
      if (((known[base + HAS] | known[next + HAS]) & IS_SPELLED_OUT) !== 0) {
        this.#placeAllJoined(at);
        continue;
      }
      const hash =
        (Math.imul(known[base + FOLD_HASH], known[next + STEM_POWER]) + known[next + STEM_HASH]) | 0;
      if (this.#keys.mayHave(hash)) this.#placeJoined(at, words[at], words[at + 1], hash);
    }
  }

  #placeJoined(at: number, word: number, next: number, hash: number): void {
    const { spellings, folds, stems } = this.reader.memo;
    const length = spellings.lengthAt(stems[next]);
    this.#joinedAt[at] = this.#keys.findParts(spellings, folds[word], stems[next], length, hash) * 2;
    this.#joinedHasAt[at] = this.#joinedHas(at);
  }

  #joinedHas(at: number): number {
    const { memo, words, glued } = this.reader;
    const acronym = Number(memo.isJoinedAcronym(words[at], words[at + 1])) * NEEDS_ACRONYM;
    return acronym | (glued[at] * NEEDS_GLUED) | NEEDS_TWO;
  }

  /** The same of two words of which one has two spellings. */
  #placeAllJoined(at: number): void {
    const { memo, words } = this.reader;
    const keys = memo
      .spellingsOf(words[at])
      .flatMap(({ fold }) =>
        memo.spellingsOf(words[at + 1]).map(({ stem }) => this.#keys.findJoined(memo.spellings, fold, stem)),
      );
    this.#moreJoined.set(
      at,
      keys.filter((key) => key >= 0).map((key) => key * 2),
    );
    this.#hasAt[at] |= HAS_MORE;
    this.#joinedHasAt[at] = this.#joinedHas(at);
  }

  #tokensOf(text: number): Token[] {
    this.#tokens[text] ??= this.reader.tokens(this.#startOf(text), this.#ends[text]);
    return this.#tokens[text];
  }

  #startOf(text: number): number {
    return text === 0 ? 0 : this.#ends[text - 1];
  }

  #moreOf(at: number): readonly number[] {
    return this.#moreLists[this.#known[this.reader.words[at] * KNOWN + MORE]];
  }

  #moreJoinedOf(at: number): readonly number[] {
    return this.#moreJoined.get(at) ?? NO_OVERS;
  }

  /** Takes the steps from the root over the word at `at`. */
  #start(at: number, end: number, field: number, marks: Marks): void {
    const known = this.#known;
    const base = this.reader.words[at] * KNOWN;
    const find = known[base + ROOT_FIND];
    if (find === MANY) {
      this.#walk(ROOT, at, end, field, marks);
      if (known[base + PREFIXES] !== 0) this.#markPrefixes(known[base + PREFIXES], field, marks);
      return;
    }
    const isSeen = known[base + SEEN] >> 5 === this.#paper && !this.#eachText;
    const seen = isSeen ? known[base + SEEN] & 31 : 0;
    if ((seen & field) === 0) {
      known[base + SEEN] = (this.#paper << 5) | seen | field;
      this.#finds.mark(find, field, marks);
      if (known[base + PREFIXES] !== 0) this.#markPrefixes(known[base + PREFIXES], field, marks);
    }
    if (known[base + ROOT_NODE] !== 0 && at + 1 < end && this.#mayLeadOn(known[base + ONWARD], at + 1)) {
      this.#walk(known[base + ROOT_NODE], at + 1, end, field, marks);
    }
    if (this.#joinedAt[at] >= 0 || (this.#hasAt[at] & HAS_MORE) !== 0)
      this.#takeJoined(ROOT, at, end, field, marks);
  }

  /** Whether one of the stems may lead on over what stands at `at`. */
  #mayLeadOn(onward: number, at: number): boolean {
    const stem = this.#stemAt[at];
    const pair = this.#pairAt[at];
    return (
      (stem >= 0 && (onward & bitOf(stem)) !== 0) ||
      (pair >= 0 && (onward & bitOf(pair)) !== 0) ||
      this.#joinedAt[at] >= 0 ||
      (this.#hasAt[at] & HAS_MORE) !== 0
    );
  }

  /** Takes every step that leads on from `node` over the word at `at`, alone or joined with the next. */
  #walk(node: number, at: number, end: number, field: number, marks: Marks): void {
    if (this.#stemAt[at] >= 0) this.#take(node, this.#stemAt[at], this.#hasAt[at], at + 1, end, field, marks);
    if (this.#pairAt[at] >= 0) this.#take(node, this.#pairAt[at], this.#hasAt[at], at + 1, end, field, marks);
    if ((this.#hasAt[at] & HAS_MORE) !== 0)
      for (const over of this.#moreOf(at)) this.#take(node, over, this.#hasAt[at], at + 1, end, field, marks);
    if (this.#joinedAt[at] >= 0 || (this.#hasAt[at] & HAS_MORE) !== 0)
      this.#takeJoined(node, at, end, field, marks);
  }

  #takeJoined(node: number, at: number, end: number, field: number, marks: Marks): void {
    const has = this.#joinedHasAt[at];
    if (this.#joinedAt[at] >= 0) this.#take(node, this.#joinedAt[at], has, at + 2, end, field, marks);
    if (this.#moreJoined.size === 0) return;
    for (const over of this.#moreJoinedOf(at)) this.#take(node, over, has, at + 2, end, field, marks);
  }

  #take(node: number, stem: number, has: number, at: number, end: number, field: number, marks: Marks): void {
    const steps = this.#steps;
    for (let step = steps.first(node, stem); step !== 0; step = steps.next(step)) {
      if (!steps.fits(step, has)) continue;
      const target = steps.target(step);
      this.#finds.mark(this.#finds.heads[target], field, marks);
      const onward = at < end ? steps.onwardFrom(target) : 0;
      if (onward !== 0 && this.#mayLeadOn(onward, at)) this.#walk(target, at, end, field, marks);
    }
  }

  #markPrefixes(list: number, field: number, marks: Marks): void {
    for (const prefix of this.#prefixLists[list]) this.#prefixes.mark(prefix, field, marks);
  }

  /** Marks the prefixes that the word at `at` begins together with the next one. */
  #spotJoinedPrefixes(at: number, end: number, field: number, marks: Marks): void {
    const { words, memo } = this.reader;
    const known = this.#known;
    const base = words[at] * KNOWN;
    if ((known[base + HAS] & MAY_JOIN) === 0 || at + 1 >= end) return;
    const next = words[at + 1] * KNOWN;
    if (((known[base + HAS] | known[next + HAS]) & IS_SPELLED_OUT) !== 0) {
      this.#spotAllJoinedPrefixes(words[at], words[at + 1], field, marks);
      return;
    }
    if (!this.#prefixes.mayGoOn(known[base + FOLD_HASH], known[next + FIRST_LETTER])) return;
    this.#prefixes.markJoined(memo.spellings, memo.folds[words[at]], memo.folds[words[at + 1]], field, marks);
  }

  #spotAllJoinedPrefixes(word: number, next: number, field: number, marks: Marks): void {
    const { memo } = this.reader;
    for (const { fold } of memo.spellingsOf(word)) {
      if (!mayBeginJoined(memo.spellings.wordAt(fold))) continue;
      for (const second of memo.spellingsOf(next))
        this.#prefixes.markJoined(memo.spellings, fold, second.fold, field, marks);
    }
  }
}

/** Numbers as a string of two characters each. */
function packed(numbers: readonly number[]): string {
  return String.fromCharCode(...numbers.flatMap((each) => [each & 0xffff, (each >>> 16) & 0xffff]));
}

function needsOf(part: Part, acronym: boolean, at: number): number {
  return (acronym ? NEEDS_ACRONYM : 0) | (part.glued && at > 0 ? NEEDS_GLUED : 0);
}
