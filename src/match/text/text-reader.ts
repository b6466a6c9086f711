import { grown } from '../arrays/flat-arrays.ts';
import { HASH_BASE } from '../arrays/hash.ts';
import { eachAddressPart } from './addresses.ts';
import { plainText, type Token, type Word } from './analyse.ts';
import { eachSurface } from './segment.ts';
import { hasMarkup } from './tex.ts';
import { WordMemo } from './word-memo.ts';

/**
 * `analyse` for an index that reads papers all day: the same words in the same order, but as numbers in arrays that are
 * used again for the next paper. ASCII text without markup is cut here, one look at each character; a text with anything
 * else in it is cut by the same functions that `analyse` uses.
 */
export class TextReader {
  readonly memo: WordMemo;
  /** The words read so far, as numbers of the memo. */
  words = new Int32Array(512);
  /** 1 = a CJK character that directly follows the one before it. */
  glued = new Uint8Array(512);
  count = 0;
  #codes = new Uint16Array(4096);
  #bytes = Buffer.from(this.#codes.buffer);

  readonly #points: boolean;

  /**
   * `read` reads one surface word; `most` surface words are remembered; `points`: single letters with their points are
   * one word (`i.i.d.`), which they are not in names.
   */
  constructor(read: (surface: string) => Word, most: number, points = true) {
    this.memo = new WordMemo(read, most);
    this.#points = points;
  }

  /** Starts over with the next paper: earlier numbers are no longer valid. */
  begin(): void {
    this.count = 0;
    if (this.memo.isFull) this.memo.forget();
  }

  /** Appends the words of a text. */
  read(text: string): void {
    this.#begin(text);
    const hasAddress = this.#blankAddresses(text);
    // An address may have markup in it.
    if (!(hasAddress && hasMarkup(text)) && this.#readAscii(text, false)) return;
    const plain = plainText(text);
    this.#begin(plain);
    if (!this.#readAscii(plain, true)) this.#readSurfaces(plain);
  }

  /** The words from `from` to `to` as tokens; where they stand in the text is not known here (offsets are 0). */
  tokens(from: number, to: number): Token[] {
    const { words, glued, memo } = this;
    return Array.from({ length: to - from }, (_, position) => {
      const word = words[from + position];
      const offsets = { position, start: 0, end: 0, glued: glued[from + position] === 1 };
      return { ...memo.wordAt(word), ...offsets };
    });
  }

  memory(): number {
    return this.memo.memory() + this.words.byteLength + this.glued.byteLength + this.#codes.byteLength;
  }

  /**
   * False when the text has something in it that only the whole analysis reads right: nothing of it is read then.
   * `isPlain`: what looks like markup is none.
   */
  #readAscii(text: string, isPlain: boolean): boolean {
    const codes = this.#codes;
    const { memo, words, glued } = this;
    const points = this.#points;
    const length = text.length;
    // The codes of an earlier text stand behind this one: nothing may look like a word's end there.
    codes[length] = 0;
    codes[length + 1] = 0;
    codes[length + 2] = 0;
    let count = this.count;
    let checked = isPlain;
    for (let at = 0; at < length; ) {
      let code = codes[at];
      let kind = KINDS[code];
      if (kind < LETTER) {
        if (kind === UNUSUAL) return false;
        if (kind === MAY_BE_MARKUP && !checked && hasMarkup(text)) return false;
        checked ||= kind === MAY_BE_MARKUP;
        at++;
        continue;
      }
      const start = at;
      let hash = 0;
      const dotted = codes[at + 1] === POINT && kind === LETTER && points ? this.#pointsEnd(at) : start;
      for (; at < dotted; at++) hash = (Math.imul(hash, HASH_BASE) + codes[at]) | 0;
      while (dotted === start) {
        hash = (Math.imul(hash, HASH_BASE) + code) | 0;
        code = codes[++at];
        kind = KINDS[code];
        if (kind >= LETTER) continue;
        if (kind === UNUSUAL) return false;
        if (code === POINT && KINDS[codes[at - 1]] === DIGIT && KINDS[codes[at + 1]] === DIGIT) continue;
        if (code !== APOSTROPHE) break;
        const next = KINDS[codes[at + 1]];
        if (next !== LETTER && next !== UNUSUAL) break;
      }
      if (at - start === 1 && KINDS[codes[start]] === LETTER) {
        const signs = code === HASH_SIGN ? 1 : code === PLUS && codes[at + 1] === PLUS ? 2 : 0;
        for (let sign = 0; sign < signs; sign++) hash = (Math.imul(hash, HASH_BASE) + codes[at++]) | 0;
      }
      if (points && dotted === start && (codes[at] === POINT || codes[at] === APOSTROPHE)) {
        const end = this.#possessiveOfSign(at);
        for (; at < end; at++) hash = (Math.imul(hash, HASH_BASE) + codes[at]) | 0;
      }
      words[count] = memo.numberOf(text, codes, start, at, hash);
      glued[count++] = 0;
    }
    this.count = count;
    return true;
  }

  /** Behind the letters and points that are one word and begin at `start`; `start` when they are none. */
  #pointsEnd(start: number): number {
    const codes = this.#codes;
    let at = start;
    while (KINDS[codes[at]] === LETTER && codes[at + 1] === POINT) at += 2;
    if (at < start + 4) return start;
    return this.#possessiveEnd(at);
  }

  #possessiveEnd(at: number): number {
    const codes = this.#codes;
    const isPossessive = codes[at] === APOSTROPHE && (codes[at + 1] | 32) === SMALL_S;
    return isPossessive && KINDS[codes[at + 2]] < UNUSUAL ? at + 2 : at;
  }

  /** Behind the `'s` of `C++'s` and `al.'s`; `at` where there is none. */
  #possessiveOfSign(at: number): number {
    const behind = this.#codes[at] === POINT ? at + 1 : at;
    const end = this.#possessiveEnd(behind);
    return end > behind ? end : at;
  }

  #readSurfaces(text: string): void {
    const codes = this.#codes;
    const add = (start: number, end: number, isGlued: boolean) => {
      let hash = 0;
      for (let at = start; at < end; at++) hash = (Math.imul(hash, HASH_BASE) + codes[at]) | 0;
      this.words[this.count] = this.memo.numberOf(text, codes, start, end, hash);
      this.glued[this.count++] = Number(isGlued);
    };
    eachSurface(text, add, this.#points);
  }

  #begin(text: string): void {
    this.#makeRoom(text.length);
    this.#copy(text);
  }

  #blankAddresses(text: string): boolean {
    let found = false;
    eachAddressPart(text, (start, end) => {
      found = true;
      this.#codes.fill(BLANK, start, end);
    });
    return found;
  }

  /** A short text is copied sooner than the copying of a long one begins. */
  #copy(text: string): void {
    if (text.length > SHORT) {
      this.#bytes.write(text, 0, 'utf16le');
      return;
    }
    for (let at = 0; at < text.length; at++) this.#codes[at] = text.charCodeAt(at);
  }

  #makeRoom(length: number): void {
    // A word has at least one character.
    this.words = grown(this.words, this.count + length);
    this.glued = grown(this.glued, this.count + length);
    if (this.#codes.length >= length + 3) return;
    this.#codes = new Uint16Array(length * 2 + 3);
    this.#bytes = Buffer.from(this.#codes.buffer);
  }
}

const SHORT = 64;
/** Kinds of UTF-16 units; a word's come last. */
const SEPARATOR = 0;
const MAY_BE_MARKUP = 1;
const UNUSUAL = 2;
const LETTER = 3;
const DIGIT = 4;
const BLANK = 32;
const POINT = 46;
const APOSTROPHE = 39;
const HASH_SIGN = 35;
const PLUS = 43;
const SMALL_S = 115;

const KINDS = Uint8Array.from({ length: 0x10000 }, (_, code) => {
  if (code > 127) return UNUSUAL;
  const character = String.fromCharCode(code);
  if (/[a-zA-Z]/.test(character)) return LETTER;
  if (/\d/.test(character)) return DIGIT;
  return /[\\{}<&$]/.test(character) ? MAY_BE_MARKUP : SEPARATOR;
});
