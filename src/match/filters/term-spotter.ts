import { grown } from '../arrays/flat-arrays.ts';
import type { Token, Word } from '../text/analyse.ts';
import { TextReader } from '../text/text-reader.ts';
import type { Marks } from './finds.ts';
import { PaperTape } from './paper-tape.ts';
import { SurfaceRecords } from './surface-records.ts';
import { TermTree } from './term-tree.ts';
import { TermWalk } from './term-walk.ts';

/**
 * Finds all terms of all filters in a text in one pass: words, phrases, prefixes, each in its fields (the rules stand at
 * the head of explain.ts). What each word has to do with the terms is looked up once (SurfaceRecords), laid out word by
 * word for the paper in hand (PaperTape), and followed from each word on (TermWalk).
 */
export class TermSpotter {
  readonly terms = new TermTree();
  readonly #reader: TextReader;
  readonly #records: SurfaceRecords;
  readonly #tape: PaperTape;
  readonly #walk: TermWalk;
  /** By text of the paper in hand: where its words end, and its field. */
  #ends = new Int32Array(64);
  #fields = new Uint8Array(64);
  #texts = 0;
  /** By text: its tokens, once they were asked for. */
  #tokens: Token[][] = [];
  /** The text that is being spotted. */
  text = 0;

  /**
   * `read` reads one surface word; `most` surface words are remembered. Of names each is spotted as if alone, and no points
   * are read (TextReader); in other texts what was marked once need not be marked again.
   */
  constructor(read: (surface: string) => Word, most: number, kind: 'texts' | 'names') {
    this.#reader = new TextReader(read, most, kind === 'texts');
    this.#records = new SurfaceRecords(this.terms, this.#reader);
    this.#tape = new PaperTape(this.terms, this.#records, this.#reader);
    const [records, tape] = [this.#records, this.#tape];
    this.#walk = new TermWalk(this.terms, this.#reader, { records, tape, again: kind === 'names' });
  }

  /** Starts over with the next paper. */
  begin(): void {
    this.#reader.begin();
    this.#records.begin();
    this.#texts = 0;
    if (this.#tokens.length > 0) this.#tokens = [];
  }

  /** Reads a text of the paper; `field` is one bit. */
  read(text: string, field: number): void {
    this.#reader.read(text);
    this.#ends = grown(this.#ends, this.#texts + 1);
    this.#fields = grown(this.#fields, this.#texts + 1);
    this.#ends[this.#texts] = this.#reader.count;
    this.#fields[this.#texts++] = field;
  }

  /** Marks every atom whose term stands in the texts that were read. */
  spot(marks: Marks): void {
    this.#records.refresh();
    this.#tape.begin();
    for (let text = 0, from = 0; text < this.#texts; text++) {
      const end = this.#ends[text];
      this.text = text;
      this.#tape.place(from, end);
      this.#walk.mark(from, end, this.#fields[text], marks);
      from = end;
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
    const parts = [this.#reader, this.terms, this.#records, this.#tape];
    const ofLists = this.#ends.byteLength + this.#fields.byteLength;
    return parts.reduce((sum, part) => sum + part.memory(), ofLists);
  }

  #tokensOf(text: number): Token[] {
    const from = text === 0 ? 0 : this.#ends[text - 1];
    this.#tokens[text] ??= this.#reader.tokens(from, this.#ends[text]);
    return this.#tokens[text];
  }
}
