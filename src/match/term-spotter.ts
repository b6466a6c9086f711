import type { Token, Word } from './analyse.ts';
import { beginningsOf, cutsAfter } from './compounds.ts';
import { grown, HASH_BASE, Lexicon, power } from './lexicon.ts';
import { PrefixTable } from './prefix-table.ts';
import { type Spelling, spellingsOf } from './spelling.ts';
import { bitOf, LENGTH, StepTable } from './step-table.ts';
import { joinsAsAcronym, mayBeginJoined, type Part } from './term.ts';
import { TextReader } from './text-reader.ts';

/** Where the spotter notes what it found. */
export type Marks = {
  /** Notes that the atom holds; a second time does nothing. */
  mark(atom: number): void;
};

/** What a word must have for a step, or has: see StepTable's `fits`. */
const NEEDS_ACRONYM = 1;
const NEEDS_GLUED = 2;
/** Of a word: it may take steps beyond that of its stem and its pair. */
const HAS_MORE = 4;
/** Of a place: no two words there are a part; and below it, several are. */
const NONE = -1;
const SEVERAL = -1;
const ROOT = 0;
/** Kinds of steps, in the low bits of what they go over: a word of that stem; a word that is two parts; two words that are a part. */
const ALONE = 0;
const AS_PAIR = 1;
const IN_TWO = 2;
/** Of a find, beside its fields: the way there is not the only one to the atom. */
const SHARED = 1 << 30;
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
/** Which list of further steps the word may take. */
const MORE = 13;
const KNOWN = 16;
const MANY = -1;
const EVERY_FIELD = -1;
const MOST_PAPERS = (1 << 26) - 1;
/** Beside NEEDS_ACRONYM and HAS_MORE in HAS: a prefix may begin with the whole word and go on in the next. */
const MAY_JOIN = 2;
const IS_SPELLED_OUT = 8;

/** What a word may step over, and how long the first of two parts is then (see LENGTH). */
type Step = { over: number; length: number };

const NO_STEPS: readonly Step[] & Step[] = [];

/** The nodes that a row of parts leads to: one or more. */
export type Nodes = readonly number[];

/**
 * Finds all terms of all filters in a text in one pass: words, phrases, prefixes, each in its fields (the rules stand at
 * the head of explain.ts). Terms are paths in a tree of stems that starts at ROOT. Where a text may write two neighbouring
 * parts as one word, a path also steps over both at once.
 */
export class TermSpotter {
  readonly reader: TextReader;
  /** The stems of the terms' parts; what two neighbouring parts are in a row; what two words in a row are that are a part. */
  readonly #stems = new Lexicon();
  readonly #pairs = new Lexicon();
  readonly #twos = new Lexicon();
  /** What a word begins with that is two neighbouring parts by a cut. */
  readonly #beginnings = new Lexicon();
  /** By beginning: the folds of the first part. */
  readonly #firsts: string[][] = [];
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
  /** By surface word: what is known of it here, side by side, so that a look-up reads one line of memory. */
  #known = new Int32Array(64 * KNOWN);
  /** The prefixes that words begin with, as lists; the first is that of most words. */
  #prefixLists: (readonly number[])[] = [[]];
  /** The further steps of the few words that have some. */
  #moreLists: (readonly Step[])[] = [[]];
  /** By place of the paper in hand (see SEVERAL): what two neighbours are in all their spellings. */
  readonly #joinedLists: (readonly Step[])[] = [];
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
  #joinedHasAt = new Int32Array(512);
  /** By text: its tokens, once they were asked for. */
  #tokens: Token[][] = [];
  /** By stem: the texts of the paper in hand with it, once they were asked for. */
  #textsOfOver: Map<number, number[]> | null = null;

  /** `read` reads one surface word; `most` surface words are remembered; `points`: as TextReader takes them. */
  constructor(read: (surface: string) => Word, most: number, points: boolean) {
    this.reader = new TextReader(read, most, points);
    this.#nodes.add('');
  }

  /**
   * The nodes that these parts, none of them a prefix, lead to when they stand one after the other; at least one part. The
   * last of them is reached by these parts alone.
   */
  nodesOf(parts: readonly Part[]): Nodes {
    let before: Nodes = [ROOT];
    let nodes: Nodes = [ROOT];
    for (let at = 0; at < parts.length; at++)
      [before, nodes] = [nodes, this.#nodesAfter(before, nodes, parts, at)];
    return nodes;
  }

  /** The atom that is marked where the texts of exactly those fields lead to the nodes; -1 = none. */
  atomOf(nodes: Nodes, fields: number): number {
    for (let find = this.#heads[lastOf(nodes)]; find !== 0; find = this.#finds[find * 3 + 2]) {
      if (this.#finds[find * 3 + 1] === fields) return this.#finds[find * 3];
    }
    return -1;
  }

  /** The atom is to be marked where the texts of those fields lead to one of the nodes. */
  addFind(nodes: Nodes, fields: number, atom: number): void {
    for (const node of nodes) {
      const find = this.#count++;
      this.#finds = grown(this.#finds, this.#count * 3);
      this.#finds.set([atom, node === lastOf(nodes) ? fields : fields | SHARED, this.#heads[node]], find * 3);
      this.#heads[node] = find;
    }
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
    this.#tokens = [];
    this.#joinedLists.length = 0;
    this.#textsOfOver = null;
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
      this.#place(at, end);
      for (; at < end; at++) {
        this.#start(at, end, field, marks);
        if (hasPrefixes) this.#spotJoinedPrefixes(at, end, field, marks);
      }
    }
  }

  /** The tokens of each text in one of those fields: slower, for the terms that `spot` cannot find. */
  tokensIn(fields: number): Token[][] {
    const texts: Token[][] = [];
    for (let text = 0; text < this.#texts; text++) {
      if ((this.#fields[text] & fields) !== 0) texts.push(this.#tokensOf(text));
    }
    return texts;
  }

  /** One part, or two that a text writes as one word, as `tokensWith` takes them: what a word that is them steps over. */
  oversOf(row: readonly Part[]): number[] {
    const [part, next] = row;
    return next === undefined ? this.#oversOfPart(part) : this.#pairsOf(part, next).map(({ over }) => over);
  }

  /**
   * The tokens of the texts that have one word, or two neighbours read as one, of each of the `needs` (by `oversOf`);
   * of every text when there are none.
   */
  tokensWith(needs: readonly (readonly number[])[]): Token[][] {
    if (needs.length === 0) return this.tokensIn(EVERY_FIELD);
    const choices = needs.map((overs) => overs.flatMap((over) => this.#textsOf(over)));
    const fewest = choices.reduce((best, texts) => (texts.length < best.length ? texts : best));
    return [...new Set(fewest)]
      .filter((text) => needs.every((overs) => this.#hasOne(overs, text)))
      .map((text) => this.#tokensOf(text));
  }

  memory(): number {
    const lists = [
      this.#heads,
      this.#finds,
      this.#ends,
      this.#fields,
      this.#known,
      this.#stemAt,
      this.#joinedAt,
    ];
    const parts = [
      this.reader,
      this.#stems,
      this.#pairs,
      this.#twos,
      this.#nodes,
      this.#steps,
      this.#prefixes,
    ];
    const ofLists = lists.reduce((sum, list) => sum + list.byteLength, this.#prefixLists.length * 40);
    return parts.reduce((sum, part) => sum + part.memory(), ofLists);
  }

  /** The node after the part in the ways that all words of its stem share, and another for those of its own. */
  #nodesAfter(before: Nodes, nodes: Nodes, parts: readonly Part[], at: number): Nodes {
    const { [at]: part, [at - 1]: previous } = parts;
    const needs = needsOf(part, part.acronym, at);
    const overs = this.#oversOfPart(part);
    const pairs = previous === undefined ? [] : this.#pairsOf(previous, part);
    const pairNeeds = previous === undefined ? 0 : needsOf(previous, joinsAsAcronym(previous, part), at - 1);
    const ways = pairs.flatMap(({ over, length }) => [over, length | pairNeeds]);
    const [next, isNew] = this.#node([lastOf(nodes), needs, ...overs, ...ways]);
    if (isNew) {
      for (const node of nodes) this.#addSteps(node, overs, needs, next);
      for (const node of before)
        for (const { over, length } of pairs) this.#steps.add(node, over, length | pairNeeds, next);
    }
    return part.cuts.length === 0 ? [next] : [next, this.#nodeInTwo(next, nodes, part, needs)];
  }

  #oversOfPart(part: Part): number[] {
    return spellingsOf(part).flatMap(({ stem }) => [
      this.#stems.add(stem) * 4 + ALONE,
      this.#twos.add(stem) * 4 + IN_TWO,
    ]);
  }

  #pairsOf(first: Part, second: Part): Step[] {
    return spellingsOf(first).flatMap((one) =>
      spellingsOf(second).map((two) => {
        for (const beginning of beginningsOf(one, two)) this.#keepBeginning(beginning, one.fold);
        return { over: this.#pairs.add(one.fold + two.stem) * 4 + AS_PAIR, length: one.fold.length * LENGTH };
      }),
    );
  }

  #keepBeginning(beginning: string, first: string): void {
    const id = this.#beginnings.add(beginning);
    this.#firsts[id] ??= [];
    if (!this.#firsts[id].includes(first)) this.#firsts[id].push(first);
  }

  #nodeInTwo(shared: number, nodes: Nodes, { cuts }: Part, needs: number): number {
    const twos = cuts.map(({ fold, stem }) => this.#twos.add(fold + stem) * 4 + IN_TWO);
    const lengths = cuts.map(({ fold }) => fold.length * LENGTH);
    const [next, isNew] = this.#node([shared, ...twos, ...lengths]);
    if (!isNew) return next;
    for (const node of nodes)
      for (const [cut, two] of twos.entries()) this.#steps.add(node, two, needs + lengths[cut], next);
    return next;
  }

  #addSteps(node: number, overs: readonly number[], needs: number, next: number): void {
    for (const over of overs) this.#steps.add(node, over, needs, next);
  }

  /** The node of what leads to it. */
  #node(key: readonly number[]): [node: number, isNew: boolean] {
    const nodes = this.#nodes.size;
    const node = this.#nodes.add(packed(key));
    if (node < nodes) return [node, false];
    this.#version++;
    this.#heads = grown(this.#heads, node + 1);
    return [node, true];
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
    known[base + STEM] = this.#stems.findIn(spellings, stems[word]) * 4 + ALONE;
    known[base + PAIR] = this.#pairs.findIn(spellings, stems[word]) * 4 + AS_PAIR;
    known[base + HAS] = acronyms[word] | (mayJoin ? MAY_JOIN : 0) | (ways.length > 1 ? IS_SPELLED_OUT : 0);
    if (prefixes.length > 0) known[base + PREFIXES] = this.#keepPrefixes(known[base + PREFIXES], prefixes);
    known[base + FOLD_HASH] = spellings.hashAt(folds[word]);
    known[base + STEM_HASH] = spellings.hashAt(stems[word]);
    known[base + STEM_POWER] = power(spellings.lengthAt(stems[word]));
    known[base + FIRST_LETTER] = ways[0].charCodeAt(0);
    this.#keepMore(base, this.#moreOfWord(word, ways[0]));
    this.#resolveRoot(base);
  }

  /** Notes the steps that the word may take beyond those of most words. */
  #keepMore(base: number, more: readonly Step[]): void {
    const known = this.#known;
    if (more.length === 0) return;
    known[base + HAS] |= HAS_MORE;
    if (known[base + MORE] === 0) known[base + MORE] = this.#moreLists.push(more) - 1;
    else this.#moreLists[known[base + MORE]] = more;
  }

  #moreOfWord(word: number, fold: string): readonly Step[] {
    const { memo } = this.reader;
    const { writtens, folds, seconds } = memo;
    if (seconds[word] !== 0) return [...this.#cutsOf(memo.wordAt(word)), ...this.#spelledOutStepsOf(word)];
    const written = writtens[word] === folds[word] ? fold : memo.spellings.wordAt(writtens[word]);
    const firsts = this.#firstsOf(fold);
    if (written !== fold) firsts.push(...this.#firstsOf(written));
    return firsts.length === 0 ? NO_STEPS : this.#stepsOver(memo.wordAt(word), firsts);
  }

  /** The steps over two parts that are one of the word's cuts, in any of its spellings. */
  #cutsOf(word: Word): Step[] {
    return spellingsOf(word).flatMap((spelling) =>
      this.#stepsOver(spelling, [...this.#firstsOf(spelling.fold), ...this.#firstsOf(spelling.written)]),
    );
  }

  #stepsOver(word: Spelling, firsts: readonly string[]): Step[] {
    return [...new Set(firsts)]
      .flatMap((first) => cutsAfter(first, word))
      .flatMap((cut): Step[] => {
        const pair = this.#pairs.find(cut.fold + cut.stem);
        return pair < 0 ? [] : [{ over: pair * 4 + AS_PAIR, length: cut.fold.length * LENGTH }];
      });
  }

  #spelledOutStepsOf(word: number): Step[] {
    const { spellings, seconds } = this.reader.memo;
    const spelledOut = seconds[word] === 0 ? null : this.reader.memo.spelledOut(word);
    if (spelledOut === null) return NO_STEPS;
    const stem = this.#stems.findIn(spellings, spelledOut.stem);
    const pair = this.#pairs.findIn(spellings, spelledOut.stem);
    return [
      ...(stem < 0 ? [] : [{ over: stem * 4 + ALONE, length: 0 }]),
      ...(pair < 0 ? [] : [{ over: pair * 4 + AS_PAIR, length: 0 }]),
    ];
  }

  /** The folds of the first of two parts, when the word begins as a cut of them would. */
  #firstsOf(word: string): string[] {
    const firsts: string[] = [];
    let hash = 0;
    for (let at = 0; at < word.length; at++) {
      hash = (Math.imul(hash, HASH_BASE) + word.charCodeAt(at)) | 0;
      const beginning = this.#beginnings.mayHave(hash)
        ? this.#beginnings.find(word.slice(0, at + 1), hash)
        : -1;
      if (beginning >= 0) firsts.push(...this.#firsts[beginning]);
    }
    return firsts;
  }

  /** Keeps a word's prefixes in its list; tells which that is. */
  #keepPrefixes(list: number, prefixes: readonly number[]): number {
    if (list === 0) return this.#prefixLists.push(prefixes) - 1;
    this.#prefixLists[list] = prefixes;
    return list;
  }

  /** Notes where the word leads from the root, so that `spot` need not follow the steps of most words. */
  #resolveRoot(base: number): void {
    const known = this.#known;
    const has = known[base + HAS] & NEEDS_ACRONYM;
    const more = (known[base + HAS] & HAS_MORE) === 0 ? [] : this.#moreLists[known[base + MORE]];
    const steps = [{ over: known[base + STEM], length: 0 }, { over: known[base + PAIR], length: 0 }, ...more];
    const targets = steps.flatMap(({ over, length }) =>
      over < 0 ? [] : this.#steps.targetsOf(ROOT, over, has | length),
    );
    const [target] = targets;
    const isOne = targets.length === 1;
    known[base + ROOT_FIND] = isOne ? this.#heads[target] : targets.length === 0 ? 0 : MANY;
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
      this.#joinedAt[at] = NONE;
      if (at + 1 === end) continue;
      const next = words[at + 1] * KNOWN;
      if (((known[base + HAS] | known[next + HAS]) & IS_SPELLED_OUT) !== 0) {
        this.#placeAllJoined(at, words[at], words[at + 1]);
        continue;
      }
      const hash =
        (Math.imul(known[base + FOLD_HASH], known[next + STEM_POWER]) + known[next + STEM_HASH]) | 0;
      if (this.#twos.mayHave(hash)) this.#placeJoined(at, words[at], words[at + 1], hash);
    }
  }

  #placeJoined(at: number, word: number, next: number, hash: number): void {
    const { memo, glued } = this.reader;
    const { spellings, folds, stems } = memo;
    const two = this.#twos.findParts(
      spellings,
      folds[word],
      stems[next],
      spellings.lengthAt(stems[next]),
      hash,
    );
    if (two < 0) return;
    this.#joinedAt[at] = two * 4 + IN_TWO;
    this.#joinedHasAt[at] =
      Number(memo.isJoinedAcronym(word, next)) |
      (glued[at] * NEEDS_GLUED) |
      (spellings.lengthAt(folds[word]) * LENGTH);
  }

  /** The same of two words of which one has two spellings. */
  #placeAllJoined(at: number, word: number, next: number): void {
    const { memo, glued } = this.reader;
    const { spellings } = memo;
    const steps: Step[] = [];
    for (const { fold } of memo.spellingsOf(word)) {
      for (const { stem } of memo.spellingsOf(next)) {
        const two = this.#twos.findJoined(spellings, fold, stem);
        if (two >= 0) steps.push({ over: two * 4 + IN_TWO, length: spellings.lengthAt(fold) * LENGTH });
      }
    }
    if (steps.length === 0) return;
    this.#joinedAt[at] = SEVERAL - this.#joinedLists.push(steps);
    this.#joinedHasAt[at] = Number(memo.isJoinedAcronym(word, next)) | (glued[at] * NEEDS_GLUED);
  }

  #tokensOf(text: number): Token[] {
    this.#tokens[text] ??= this.reader.tokens(this.#startOf(text), this.#ends[text]);
    return this.#tokens[text];
  }

  #startOf(text: number): number {
    return text === 0 ? 0 : this.#ends[text - 1];
  }

  /** The texts in which a word steps over that. */
  #textsOf(over: number): readonly number[] {
    this.#textsOfOver ??= this.#listTexts();
    return this.#textsOfOver.get(over) ?? [];
  }

  #listTexts(): Map<number, number[]> {
    const lists = new Map<number, number[]>();
    const note = (over: number, text: number) => {
      const list = lists.get(over);
      if (list) list.push(text);
      else lists.set(over, [text]);
    };
    for (let text = 0, at = 0; text < this.#texts; text++) {
      for (; at < this.#ends[text]; at++) {
        for (const over of this.#oversAt(at)) if (over >= 0) note(over, text);
      }
    }
    return lists;
  }

  #hasOne(overs: readonly number[], text: number): boolean {
    for (let at = this.#startOf(text); at < this.#ends[text]; at++)
      if (this.#oversAt(at).some((over) => overs.includes(over))) return true;
    return false;
  }

  /** What the word at `at`, alone or joined with the next, steps over; below 0 = no term's. */
  #oversAt(at: number): readonly number[] {
    const plain = [this.#stemAt[at], this.#pairAt[at], this.#joinedAt[at]];
    if ((this.#hasAt[at] & HAS_MORE) === 0 && this.#joinedAt[at] >= NONE) return plain;
    return [...plain, ...[...this.#moreOf(at), ...this.#joinedOf(at)].map(({ over }) => over)];
  }

  #moreOf(at: number): readonly Step[] {
    if ((this.#hasAt[at] & HAS_MORE) === 0) return NO_STEPS;
    return this.#moreLists[this.#known[this.reader.words[at] * KNOWN + MORE]];
  }

  #joinedOf(at: number): readonly Step[] {
    const joined = this.#joinedAt[at];
    if (joined === NONE) return NO_STEPS;
    return joined < 0 ? this.#joinedLists[SEVERAL - joined - 1] : [{ over: joined, length: 0 }];
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
    const seen = known[base + SEEN] >> 5 === this.#paper ? known[base + SEEN] & 31 : 0;
    if ((seen & field) === 0) {
      known[base + SEEN] = (this.#paper << 5) | seen | field;
      this.#markFinds(find, field, marks);
      if (known[base + PREFIXES] !== 0) this.#markPrefixes(known[base + PREFIXES], field, marks);
    }
    if (known[base + ROOT_NODE] !== 0 && at + 1 < end && this.#mayLeadOn(known[base + ONWARD], at + 1)) {
      this.#walk(known[base + ROOT_NODE], at + 1, end, field, marks);
    }
    if (this.#joinedAt[at] !== NONE) this.#takeJoined(ROOT, at, end, field, marks);
  }

  /** Whether one of the stems may lead on over what stands at `at`. */
  #mayLeadOn(onward: number, at: number): boolean {
    const stem = this.#stemAt[at];
    const pair = this.#pairAt[at];
    return (
      (stem >= 0 && (onward & bitOf(stem)) !== 0) ||
      (pair >= 0 && (onward & bitOf(pair)) !== 0) ||
      this.#joinedAt[at] !== NONE ||
      (this.#hasAt[at] & HAS_MORE) !== 0
    );
  }

  /** Takes every step that leads on from `node` over the word at `at`, alone or joined with the next. */
  #walk(node: number, at: number, end: number, field: number, marks: Marks): void {
    if (this.#stemAt[at] >= 0) this.#take(node, this.#stemAt[at], this.#hasAt[at], at + 1, end, field, marks);
    if (this.#pairAt[at] >= 0) this.#take(node, this.#pairAt[at], this.#hasAt[at], at + 1, end, field, marks);
    if ((this.#hasAt[at] & HAS_MORE) !== 0) this.#walkMore(node, at, end, field, marks);
    if (this.#joinedAt[at] !== NONE) this.#takeJoined(node, at, end, field, marks);
  }

  #walkMore(node: number, at: number, end: number, field: number, marks: Marks): void {
    for (const { over, length } of this.#moreOf(at))
      this.#take(node, over, this.#hasAt[at] | length, at + 1, end, field, marks);
  }

  #takeJoined(node: number, at: number, end: number, field: number, marks: Marks): void {
    const has = this.#joinedHasAt[at];
    if (this.#joinedAt[at] >= 0) {
      this.#take(node, this.#joinedAt[at], has, at + 2, end, field, marks);
      return;
    }
    for (const { over, length } of this.#joinedOf(at))
      this.#take(node, over, has | length, at + 2, end, field, marks);
  }

  #take(node: number, stem: number, has: number, at: number, end: number, field: number, marks: Marks): void {
    const steps = this.#steps;
    for (let step = steps.first(node, stem); step !== 0; step = steps.next(step)) {
      if (!steps.fits(step, has)) continue;
      const target = steps.target(step);
      this.#markFinds(this.#heads[target], field, marks);
      const onward = at < end ? steps.onwardFrom(target) : 0;
      if (onward !== 0 && this.#mayLeadOn(onward, at)) this.#walk(target, at, end, field, marks);
    }
  }

  #markFinds(first: number, field: number, marks: Marks): void {
    const finds = this.#finds;
    for (let find = first; find !== 0; find = finds[find * 3 + 2]) {
      if ((finds[find * 3 + 1] & field) !== 0) marks.mark(finds[find * 3]);
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

function lastOf(nodes: Nodes): number {
  return nodes[nodes.length - 1];
}

function needsOf(part: Part, acronym: boolean, at: number): number {
  return (acronym ? NEEDS_ACRONYM : 0) | (part.glued && at > 0 ? NEEDS_GLUED : 0);
}
