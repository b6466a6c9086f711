import { mayBeginJoined } from '../evaluate/term.ts';
import type { TextReader } from '../text/text-reader.ts';
import type { Marks } from './finds.ts';
import type { PaperTape } from './paper-tape.ts';
import { ROOT } from './step-table.ts';
import type { SurfaceRecords } from './surface-records.ts';
import type { TermTree } from './term-tree.ts';

/** Follows the steps of the term tree over the places of a text, and marks what they lead to. */
export class TermWalk {
  readonly #terms: TermTree;
  readonly #records: SurfaceRecords;
  readonly #tape: PaperTape;
  readonly #reader: TextReader;
  readonly #again: boolean;
  /** The text in hand: where it ends, its field, and where its finds are marked. */
  #end = 0;
  #field = 0;
  #marks: Marks = { mark: () => {} };

  /** `again`: a word marks its finds in each text, not only in the first of a field. */
  constructor(
    terms: TermTree,
    reader: TextReader,
    { records, tape, again }: { records: SurfaceRecords; tape: PaperTape; again: boolean },
  ) {
    this.#terms = terms;
    this.#reader = reader;
    this.#records = records;
    this.#tape = tape;
    this.#again = again;
  }

  /** Marks every atom whose term stands in the text from `from` to `end`, which is on the tape. */
  mark(from: number, end: number, field: number, marks: Marks): void {
    this.#end = end;
    this.#field = field;
    this.#marks = marks;
    const hasPrefixes = this.#terms.prefixes.size > 0;
    const { words } = this.#reader;
    for (let at = from; at < end; at++) {
      this.#start(words[at], at);
      if (hasPrefixes && at + 1 < end) this.#markJoinedPrefixes(words[at], words[at + 1]);
    }
  }

  /** Takes the steps from the root over the word at `at`. */
  #start(word: number, at: number): void {
    const records = this.#records;
    const tape = this.#tape;
    const find = records.rootFind(word);
    if (find < 0) {
      this.#walk(ROOT, at);
      this.#markPrefixes(word);
      return;
    }
    if (this.#again || records.see(word, this.#field)) {
      this.#terms.finds.mark(find, this.#field, this.#marks);
      this.#markPrefixes(word);
    }
    const node = records.rootNode(word);
    if (node !== 0 && at + 1 < this.#end && tape.mayLeadOn(records.onward(word), at + 1))
      this.#walk(node, at + 1);
    if (tape.mayJoin(at)) this.#takeJoined(ROOT, at);
  }

  /** Takes every step that leads on from `node` over the word at `at`, alone or joined with the next. */
  #walk(node: number, at: number): void {
    const tape = this.#tape;
    const has = tape.has[at];
    if (tape.stems[at] >= 0) this.#take(node, tape.stems[at], has, at + 1);
    if (tape.pairs[at] >= 0) this.#take(node, tape.pairs[at], has, at + 1);
    if (tape.hasMore(at)) for (const over of tape.more(at)) this.#take(node, over, has, at + 1);
    if (tape.mayJoin(at)) this.#takeJoined(node, at);
  }

  #takeJoined(node: number, at: number): void {
    const tape = this.#tape;
    const has = tape.joinedHas[at];
    if (tape.joined[at] >= 0) this.#take(node, tape.joined[at], has, at + 2);
    if (tape.hasMore(at)) for (const over of tape.moreJoined(at)) this.#take(node, over, has, at + 2);
  }

  /** Takes the steps over that stem to words that have `has`; what follows stands at `at`. */
  #take(node: number, stem: number, has: number, at: number): void {
    const { steps, finds } = this.#terms;
    for (let step = steps.first(node, stem); step !== 0; step = steps.next(step)) {
      if (!steps.fits(step, has)) continue;
      const target = steps.target(step);
      finds.mark(finds.heads[target], this.#field, this.#marks);
      const onward = at < this.#end ? steps.onwardFrom(target) : 0;
      if (onward !== 0 && this.#tape.mayLeadOn(onward, at)) this.#walk(target, at);
    }
  }

  #markPrefixes(word: number): void {
    const list = this.#records.prefixList(word);
    if (list === 0) return;
    for (const prefix of this.#records.prefixesIn(list))
      this.#terms.prefixes.mark(prefix, this.#field, this.#marks);
  }

  /** Marks the prefixes that the word begins together with the next one. */
  #markJoinedPrefixes(word: number, next: number): void {
    if (!this.#records.mayJoin(word)) return;
    if (this.#records.isSpelledOut(word, next)) {
      this.#markAllJoinedPrefixes(word, next);
      return;
    }
    if (!this.#records.mayGoOn(word, next)) return;
    const { spellings, folds } = this.#reader.memo;
    this.#terms.prefixes.markJoined(spellings, folds[word], folds[next], this.#field, this.#marks);
  }

  #markAllJoinedPrefixes(word: number, next: number): void {
    const { memo } = this.#reader;
    for (const { fold } of memo.spellingsOf(word)) {
      if (!mayBeginJoined(memo.spellings.wordAt(fold))) continue;
      for (const second of memo.spellingsOf(next))
        this.#terms.prefixes.markJoined(memo.spellings, fold, second.fold, this.#field, this.#marks);
    }
  }
}
