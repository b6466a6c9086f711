import { grown } from '../arrays/flat-arrays.ts';
import { power } from '../arrays/hash.ts';
import { mayBeginJoined } from '../evaluate/term.ts';
import type { TextReader } from '../text/text-reader.ts';
import { HAS_MORE, NEEDS_ACRONYM } from './step-needs.ts';
import { ROOT } from './step-table.ts';
import type { TermTree } from './term-tree.ts';

// What a record holds: first the version of the terms that it was made with, then:
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
const WIDTH = 16;

const MANY = -1;
const MOST_PAPERS = (1 << 26) - 1;
/** Beside NEEDS_ACRONYM and HAS_MORE in HAS: a prefix may begin with the whole word and go on in the next. */
const MAY_JOIN = 2;
const IS_SPELLED_OUT = 16;
const FOR_STEPS = NEEDS_ACRONYM | HAS_MORE;

const NO_OVERS: readonly number[] = [];

/**
 * What the term tree has to say of each surface word, looked up once and not for each paper. A record's numbers stand side
 * by side, so that a look-up reads one line of memory. `stem`, `pair` and other overs are those of the tree; below 0 = no
 * term has it.
 */
export class SurfaceRecords {
  readonly #terms: TermTree;
  readonly #reader: TextReader;
  #records = new Int32Array(64 * WIDTH);
  /** The prefixes that words begin with, as lists; the first is that of most words. */
  #prefixLists: (readonly number[])[] = [[]];
  /** The further overs of the few words that have some. */
  #moreLists: (readonly number[])[] = [[]];
  /** Counts papers, below 2 ** 26: SEEN has no more room. */
  #paper = 1;
  #generation = 0;

  constructor(terms: TermTree, reader: TextReader) {
    this.#terms = terms;
    this.#reader = reader;
  }

  /** Starts over with the next paper. */
  begin(): void {
    const { generation } = this.#reader.memo;
    this.#paper = this.#paper === MOST_PAPERS ? 1 : this.#paper + 1;
    if (this.#paper > 1 && this.#generation === generation) return;
    this.#generation = generation;
    this.#records.fill(0);
    this.#prefixLists.length = 1;
    this.#moreLists.length = 1;
  }

  /** Looks up what is new among the paper's words, or was looked up when there were fewer terms. */
  refresh(): void {
    const { words, count, memo } = this.#reader;
    const { version } = this.#terms;
    this.#records = grown(this.#records, memo.size * WIDTH);
    const records = this.#records;
    for (let at = 0; at < count; at++) {
      if (records[words[at] * WIDTH] !== version) this.#lookUp(words[at], version);
    }
  }

  stem(word: number): number {
    return this.#records[word * WIDTH + STEM];
  }

  pair(word: number): number {
    return this.#records[word * WIDTH + PAIR];
  }

  /** What it has for a step (step-needs.ts). */
  has(word: number): number {
    return this.#records[word * WIDTH + HAS] & FOR_STEPS;
  }

  /** The overs beyond stem and pair, of a word that HAS_MORE. */
  more(word: number): readonly number[] {
    return this.#moreLists[this.#records[word * WIDTH + MORE]];
  }

  /** Whether one of two neighbours has two spellings. */
  isSpelledOut(word: number, next: number): boolean {
    return ((this.#records[word * WIDTH + HAS] | this.#records[next * WIDTH + HAS]) & IS_SPELLED_OUT) !== 0;
  }

  /** The hash of the first one's fold and the second one's stem in one. */
  joinedHash(word: number, next: number): number {
    const records = this.#records;
    const shifted = Math.imul(records[word * WIDTH + FOLD_HASH], records[next * WIDTH + STEM_POWER]);
    return (shifted + records[next * WIDTH + STEM_HASH]) | 0;
  }

  /** The first find of the node that the word leads to from the root; 0 = none, below 0 = it leads to several nodes. */
  rootFind(word: number): number {
    return this.#records[word * WIDTH + ROOT_FIND];
  }

  /** That node, when steps go on from it; else 0. */
  rootNode(word: number): number {
    return this.#records[word * WIDTH + ROOT_NODE];
  }

  /** The stems that lead on from the node (`bitOf`). */
  onward(word: number): number {
    return this.#records[word * WIDTH + ONWARD];
  }

  /** The list of prefixes that it begins with; 0 = none. */
  prefixList(word: number): number {
    return this.#records[word * WIDTH + PREFIXES];
  }

  prefixesIn(list: number): readonly number[] {
    return this.#prefixLists[list];
  }

  /** Whether a prefix may begin with the whole word and go on in the next. */
  mayJoin(word: number): boolean {
    return (this.#records[word * WIDTH + HAS] & MAY_JOIN) !== 0;
  }

  /** Whether one may go on into this next word, both having one spelling: false is certain. */
  mayGoOn(word: number, next: number): boolean {
    const records = this.#records;
    return this.#terms.prefixes.mayGoOn(
      records[word * WIDTH + FOLD_HASH],
      records[next * WIDTH + FIRST_LETTER],
    );
  }

  /** Notes that the word stands in that field of the paper; false when that is known. */
  see(word: number, field: number): boolean {
    const records = this.#records;
    const at = word * WIDTH + SEEN;
    const seen = records[at] >> 5 === this.#paper ? records[at] & 31 : 0;
    if ((seen & field) !== 0) return false;
    records[at] = (this.#paper << 5) | seen | field;
    return true;
  }

  memory(): number {
    return this.#records.byteLength + this.#prefixLists.length * 40;
  }

  #lookUp(word: number, version: number): void {
    const { memo } = this.#reader;
    const { spellings, folds, stems, acronyms } = memo;
    const { keys, pairs, prefixes } = this.#terms;
    const base = word * WIDTH;
    const records = this.#records;
    const ways = memo.spellingsOf(word).map(({ fold }) => spellings.wordAt(fold));
    const mayJoin = ways.some((fold) => mayBeginJoined(fold) && prefixes.goesOnAfter(fold));
    records[base] = version;
    records[base + STEM] = keys.findIn(spellings, stems[word]) * 2;
    records[base + PAIR] = pairs.findIn(spellings, stems[word]) * 2 + 1;
    records[base + HAS] = acronyms[word] | (mayJoin ? MAY_JOIN : 0) | (ways.length > 1 ? IS_SPELLED_OUT : 0);
    records[base + FOLD_HASH] = spellings.hashAt(folds[word]);
    records[base + STEM_HASH] = spellings.hashAt(stems[word]);
    records[base + STEM_POWER] = power(spellings.lengthAt(stems[word]));
    records[base + FIRST_LETTER] = ways[0].charCodeAt(0);
    this.#keepPrefixes(
      base,
      ways.flatMap((fold) => prefixes.of(fold)),
    );
    const more = this.#moreOf(word);
    this.#keepMore(base, more);
    this.#keepRoot(base, more);
  }

  #keepPrefixes(base: number, prefixes: readonly number[]): void {
    if (prefixes.length === 0) return;
    const records = this.#records;
    if (records[base + PREFIXES] === 0) records[base + PREFIXES] = this.#prefixLists.push(prefixes) - 1;
    else this.#prefixLists[records[base + PREFIXES]] = prefixes;
  }

  /** What the word steps over by its joins and its second spelling. */
  #moreOf(word: number): readonly number[] {
    const { memo } = this.#reader;
    const { spellings } = memo;
    if (memo.seconds[word] === 0 && !memo.joins.has(word)) return NO_OVERS;
    const spelledOut = memo.spelledOut(word);
    const keys = spelledOut === null ? memo.joinsOf(word) : [...memo.joinsOf(word), spelledOut.stem];
    const more = keys.map((key) => this.#terms.pairs.findIn(spellings, key) * 2 + 1);
    if (spelledOut !== null) more.push(this.#terms.keys.findIn(spellings, spelledOut.stem) * 2);
    return more.filter((over) => over >= 0);
  }

  #keepMore(base: number, more: readonly number[]): void {
    if (more.length === 0) return;
    const records = this.#records;
    records[base + HAS] |= HAS_MORE;
    if (records[base + MORE] === 0) records[base + MORE] = this.#moreLists.push(more) - 1;
    else this.#moreLists[records[base + MORE]] = more;
  }

  /** Notes where the word leads from the root, so that nobody need follow the steps of most words. */
  #keepRoot(base: number, more: readonly number[]): void {
    const { steps, finds } = this.#terms;
    const records = this.#records;
    const has = records[base + HAS] & NEEDS_ACRONYM;
    const targets = [records[base + STEM], records[base + PAIR], ...more].flatMap((over) =>
      over < 0 ? [] : steps.targetsOf(ROOT, over, has),
    );
    const [target] = targets;
    const isOne = targets.length === 1;
    records[base + ROOT_FIND] = isOne ? finds.heads[target] : targets.length === 0 ? 0 : MANY;
    records[base + ONWARD] = isOne ? steps.onwardFrom(target) : 0;
    records[base + ROOT_NODE] = records[base + ONWARD] === 0 ? 0 : target;
  }
}
