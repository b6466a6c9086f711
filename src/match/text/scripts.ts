/** Which characters make words, and which scripts write without blanks between words. */

/** Fillers are letters that show nothing. */
const LETTER_OR_DIGIT = /(?!\p{DI})[\p{L}\p{N}]/u;
const INSIDE_WORD = /[\p{L}\p{N}\p{M}\p{Cf}\p{DI}]/u;

/** Whether a word can begin with this code point. */
export function beginsWord(code: number): boolean {
  if (code < 0x80) return isAsciiWord(code);
  return LETTER_OR_DIGIT.test(String.fromCodePoint(code));
}

/** Whether a word goes on over this code point: letters, digits, combining and invisible marks. */
export function continuesWord(code: number): boolean {
  if (code < 0x80) return isAsciiWord(code);
  return INSIDE_WORD.test(String.fromCodePoint(code));
}

export function isAsciiDigit(code: number): boolean {
  return code >= 48 && code <= 57;
}

export function isAsciiLetter(code: number): boolean {
  const lower = code | 32;
  return lower >= 97 && lower <= 122;
}

function isAsciiWord(code: number): boolean {
  return isAsciiLetter(code) || isAsciiDigit(code);
}

/** Apostrophes as typed, typeset and full-width; also the left single quote that is often typed for one. */
export function isApostrophe(code: number): boolean {
  return (
    code === 0x27 ||
    code === 0x2019 ||
    code === 0x2018 ||
    code === 0x02bc ||
    code === 0x02bb ||
    code === 0xff07
  );
}

// Blocks of Han, kana, bopomofo and Hangul letters, without the fillers; https://www.unicode.org/Public/UCD/latest/ucd/Blocks.txt
const CJK: readonly (readonly [number, number])[] = [
  [0x1100, 0x115e],
  [0x1161, 0x11ff],
  [0x3005, 0x3007],
  [0x3021, 0x3029],
  [0x3031, 0x3035],
  [0x3038, 0x303c],
  [0x3041, 0x3096],
  [0x309d, 0x309f],
  [0x30a1, 0x30fa],
  [0x30fc, 0x30ff],
  [0x3105, 0x312f],
  [0x3131, 0x3163],
  [0x3165, 0x318e],
  [0x31a0, 0x31bf],
  [0x31f0, 0x31ff],
  [0x3400, 0x4dbf],
  [0x4e00, 0x9fff],
  [0xa960, 0xa97f],
  [0xac00, 0xd7ff],
  [0xf900, 0xfaff],
  [0xff66, 0xff9f],
  [0xffa1, 0xffdc],
  [0x1b000, 0x1b16f],
  [0x20000, 0x3ffff],
];

/** Chinese, Japanese or Korean writing, where a word is told by its characters and not by blanks. */
export function isCjk(code: number): boolean {
  if (code < 0x1100) return false;
  return CJK.some(([from, to]) => code >= from && code <= to);
}

export function isHangul(code: number): boolean {
  return (
    (code >= 0x1100 && code <= 0x11ff) ||
    (code >= 0x3131 && code <= 0x318e) ||
    (code >= 0xa960 && code <= 0xd7ff)
  );
}

/** Greek letters: of texts, of formulas (μ as micro, Ω as ohm) and of the mathematical alphabets. */
export function isGreek(code: number): boolean {
  if (code < 0x370) return code === 0xb5;
  return (
    (code <= 0x3ff && code !== 0x37e && code !== 0x387) ||
    (code >= 0x1f00 && code <= 0x1fff) ||
    code === 0x2126 ||
    (code >= 0x1d6a8 && code <= 0x1d7cb)
  );
}

// Letters and digits that Unicode takes apart as <super>, without those that are typed as apostrophes.
const RAISED =
  /[\u00AA\u00B2\u00B3\u00B9\u00BA\u02B0-\u02B8\u02E0-\u02E4\u1D2C-\u1D61\u1D78\u1D9B-\u1DBF\u2070-\u2079\u207F\u2C7D]/;

/** Superscript letters and digits. */
export function isSuperscript(code: number): boolean {
  return code >= 0xaa && code <= 0x2c7d && RAISED.test(String.fromCharCode(code));
}

const LOWERED = /[\u1D62-\u1D6A\u2080-\u2089\u2090-\u209C\u2C7C]/;

/** Subscript letters and digits. */
export function isSubscript(code: number): boolean {
  return code >= 0x1d62 && code <= 0x2c7c && LOWERED.test(String.fromCharCode(code));
}

const MARK = /[\p{M}\p{Cf}\p{DI}]/u;

/** Combining and invisible marks, which go with the letter before them. */
export function isMark(code: number): boolean {
  return code >= 0xad && MARK.test(String.fromCodePoint(code));
}

const LETTER = /(?!\p{DI})\p{L}/u;

export function isLetter(code: number): boolean {
  return code < 0x80 ? isAsciiLetter(code) : LETTER.test(String.fromCodePoint(code));
}
