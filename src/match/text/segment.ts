import {
  beginsWord,
  continuesWord,
  isApostrophe,
  isAsciiDigit,
  isAsciiLetter,
  isCjk,
  isGreek,
  isHangul,
  isLetter,
  isMark,
  isSubscript,
  isSuperscript,
} from './scripts.ts';

/**
 * Cuts a text into surface words, left to right. Everything that is not a letter or a digit separates, with four
 * exceptions: an apostrophe inside a word (`model's`), a point between digits (`3.5`), the signs of `C++` and `C#`, and,
 * unless `points` is false, the points of single letters (`i.i.d.`).
 * So the parts of `fine-tuning` and of `snake_case` are words of their own. A CJK character is a word of its own, and so
 * are superscripts (`x²`) and Greek letters next to others (`μP`).
 * `glued`: this CJK character follows the one before it as running text does, without punctuation between them.
 */
export function eachSurface(
  text: string,
  visit: (start: number, end: number, glued: boolean) => void,
  points = true,
): void {
  let at = 0;
  let cjkEnd = -1;
  while (at < text.length) {
    const code = codeAt(text, at);
    if (!beginsWord(code)) {
      at += width(code);
      continue;
    }
    const cjk = isCjk(code);
    const end = cjk ? characterEnd(text, at, code) : wordEnd(text, at, code, points);
    visit(at, end, cjk && cjkEnd >= 0 && runsOn(text, cjkEnd, at, code));
    cjkEnd = cjk ? end : -1;
    at = end;
  }
}

function codeAt(text: string, at: number): number {
  const code = text.charCodeAt(at);
  return code < 0xd800 || code > 0xdbff ? code : (text.codePointAt(at) ?? code);
}

function width(code: number): number {
  return code > 0xffff ? 2 : 1;
}

function wordEnd(text: string, start: number, first: number, points: boolean): number {
  if (isSuperscript(first)) return runEnd(text, start, isSuperscript);
  const dotted = points ? pointsEnd(text, start) : start;
  if (dotted > start) return possessiveEnd(text, dotted);
  if (isGreek(first)) return possessiveEnd(text, greekEnd(text, start));
  let at = start;
  while (at < text.length) {
    const code = codeAt(text, at);
    if (continuesWord(code) && !standsApart(code)) at += width(code);
    else if (joinsInside(text, at, code)) at += 1;
    else break;
  }
  const end = withSigns(text, start, at);
  return points ? possessiveOfSign(text, end) : end;
}

/** What is no part of a word in Latin or Cyrillic letters, though it is made of letters or digits. */
function standsApart(code: number): boolean {
  return code > 0x7f && (isCjk(code) || isGreek(code) || isSuperscript(code));
}

function runEnd(text: string, start: number, belongs: (code: number) => boolean): number {
  let at = start;
  while (at < text.length) {
    const code = codeAt(text, at);
    if (!belongs(code)) break;
    at += width(code);
  }
  return at;
}

/** The end of a Greek word, or of a Greek letter with its figures: `μάθηση`, `π0`, `β₁`. */
function greekEnd(text: string, start: number): number {
  const letters = runEnd(text, start, (code) => isGreek(code) || isMark(code));
  let at = letters;
  while (at < text.length) {
    const code = text.charCodeAt(at);
    const inside = code === 46 && at > letters && joinsInside(text, at, code);
    if (!inside && !isAsciiDigit(code) && !isSubscript(code)) break;
    at++;
  }
  return at;
}

/** Behind two or more single letters each with its point; `start` when there are no such. */
function pointsEnd(text: string, start: number): number {
  let at = start;
  let letters = 0;
  while (at < text.length) {
    const code = codeAt(text, at);
    if (!isLetter(code) || isCjk(code) || isSuperscript(code)) break;
    const point = runEnd(text, at + width(code), isMark);
    if (text.charCodeAt(point) !== 46) break;
    at = point + 1;
    letters++;
  }
  return letters < 2 ? start : at;
}

/** Behind the `'s` of `U.S.'s`, where there is one. */
function possessiveEnd(text: string, end: number): number {
  const isPossessive = isApostrophe(text.charCodeAt(end)) && (text.charCodeAt(end + 1) | 32) === 115;
  return isPossessive && !(end + 2 < text.length && continuesWord(codeAt(text, end + 2))) ? end + 2 : end;
}

/** Behind the `'s` of `C++'s` or, with its point, of `al.'s`, where there is one; `end` is that of the word. */
function possessiveOfSign(text: string, end: number): number {
  const behind = text.charCodeAt(end) === 46 ? end + 1 : end;
  const possessive = possessiveEnd(text, behind);
  return possessive > behind ? possessive : end;
}

function joinsInside(text: string, at: number, code: number): boolean {
  if (at + 1 >= text.length) return false;
  if (code === 46) return isAsciiDigit(text.charCodeAt(at - 1)) && isAsciiDigit(text.charCodeAt(at + 1));
  if (!isApostrophe(code)) return false;
  const next = codeAt(text, at + 1);
  return beginsWord(next) && !standsApart(next) && !isAsciiDigit(next);
}

// `C++`, `C#`, `F#`, also in full-width signs: one letter and its sign, nothing after the sign that makes it something else.
function withSigns(text: string, start: number, end: number): number {
  if (end - start !== 1 || !isLatinLetter(text.charCodeAt(start))) return end;
  const sign = text.charCodeAt(end);
  if (sign === 35 || sign === 0xff03) return end + 1;
  const plus = (code: number) => code === 43 || code === 0xff0b;
  return plus(sign) && plus(text.charCodeAt(end + 1)) ? end + 2 : end;
}

function isLatinLetter(code: number): boolean {
  return isAsciiLetter(code) || (code >= 0xff21 && code <= 0xff3a) || (code >= 0xff41 && code <= 0xff5a);
}

const ATTACHED = /\p{M}|\uFF9E|\uFF9F/u;

/** A CJK character with its voicing marks; a Hangul syllable written as single jamo counts as one. */
function characterEnd(text: string, start: number, first: number): number {
  const leading = first >= 0x1100 && first <= 0x115f;
  let at = start + width(first);
  while (at < text.length) {
    const code = codeAt(text, at);
    const jamo = leading && code >= 0x1160 && code <= 0x11ff;
    if (!jamo && !ATTACHED.test(String.fromCodePoint(code))) break;
    at += width(code);
  }
  return at;
}

const NOTHING = /^[\p{Cf}\p{DI}]*$/u;
const BLANK = /^[\s\p{Cf}\p{DI}]*$/u;

// Chinese and Japanese lines are wrapped inside words; Korean puts blanks between words.
function runsOn(text: string, from: number, to: number, code: number): boolean {
  if (from === to) return true;
  const gap = text.slice(from, to);
  return NOTHING.test(gap) || (!isHangul(code) && BLANK.test(gap));
}
