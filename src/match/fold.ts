/**
 * Letters as they are compared: NFKC, accents away, the letters that Unicode does not take apart (ß, ø, ł, æ)
 * by table, zero-width and direction marks dropped. Case is kept here: capitals tell an acronym.
 */
import { own } from '#src/foundation/own.ts';

// Letters with a stroke or ligature have no decomposition in Unicode (UnicodeData.txt); the transliterations are
// the usual ones. `ς` is the final form of `σ`.
const LETTERS: Readonly<Record<string, string>> = {
  ß: 'ss',
  ẞ: 'SS',
  ø: 'o',
  Ø: 'O',
  ł: 'l',
  Ł: 'L',
  æ: 'ae',
  Æ: 'AE',
  œ: 'oe',
  Œ: 'OE',
  đ: 'd',
  Đ: 'D',
  ð: 'd',
  Ð: 'D',
  þ: 'th',
  Þ: 'Th',
  ħ: 'h',
  Ħ: 'H',
  ŧ: 't',
  Ŧ: 'T',
  ı: 'i',
  ȷ: 'j',
  ŋ: 'n',
  Ŋ: 'N',
  ĸ: 'k',
  ς: 'σ',
};

const TABLED = /[ßẞøØłŁæÆœŒđĐðÐþÞħĦŧŦıȷŋŊĸς]/g;

/** Zero-width, direction and other format characters, fillers, soft hyphens, tags, variation selectors. */
const INVISIBLE = /[\p{Cf}\p{DI}]/gu;

// Only the general diacritics are accents. Marks of other scripts (Devanagari vowels, Japanese voicing) are letters'
// parts: they stay, and NFC puts Hangul and kana together again.
const ACCENTS = /[\u0300-\u036F\u1AB0-\u1AFF\u1DC0-\u1DFF\u20D0-\u20FF\uFE20-\uFE2F]/g;

const APOSTROPHES = /[\u2018\u2019\u02BC\u02BB\uFF07]/g;

/** Folds everything but case; apostrophes become `'`. */
export function foldLetters(text: string): string {
  return text
    .replace(INVISIBLE, '')
    .replace(APOSTROPHES, "'")
    .normalize('NFKD')
    .replace(ACCENTS, '')
    .normalize('NFC')
    .replace(TABLED, (letter) => own(LETTERS, letter) ?? letter);
}

const GREEK: Readonly<Record<string, string>> = {
  α: 'alpha',
  β: 'beta',
  γ: 'gamma',
  δ: 'delta',
  ε: 'epsilon',
  ζ: 'zeta',
  η: 'eta',
  θ: 'theta',
  ι: 'iota',
  κ: 'kappa',
  λ: 'lambda',
  μ: 'mu',
  ν: 'nu',
  ξ: 'xi',
  π: 'pi',
  ρ: 'rho',
  σ: 'sigma',
  τ: 'tau',
  υ: 'upsilon',
  φ: 'phi',
  χ: 'chi',
  ψ: 'psi',
  ω: 'omega',
};

const LONE_GREEK = /^([α-ω])([\d.]*)$/;

/** A Greek letter that stands alone is read by its name, as TeX writes it: `β` = `\beta` = beta, `π0` = pi0. */
export function nameGreek(word: string): string {
  const lone = LONE_GREEK.exec(word);
  return lone === null ? word : (own(GREEK, lone[1]) ?? lone[1]) + lone[2];
}
