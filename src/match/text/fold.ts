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
  ο: 'omicron',
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

const LONE_GREEK = /^([α-ωΑ-Ω])([a-z\d.]*)$/;

/**
 * A Greek letter that stands alone is read by its name, as TeX writes it: `β` = `\beta` = beta, `Γ` = Gamma. Figures and a
 * subscript stay with it: `π0` = pi0. Takes folded letters.
 */
export function nameGreek(word: string): string {
  const lone = LONE_GREEK.exec(word);
  if (lone === null) return word;
  const small = lowerCase(lone[1]);
  const name = own(GREEK, small) ?? small;
  return (small === lone[1] ? name : name[0].toUpperCase() + name.slice(1)) + lone[2];
}

const LETTER_OF: ReadonlyMap<string, string> = new Map(
  Object.entries(GREEK).flatMap(([letter, name]): [string, string][] => [
    [name, letter],
    [name[0].toUpperCase() + name.slice(1), letter.toUpperCase()],
  ]),
);

/** The letter of that name, as TeX and HTML write it: `gamma` = γ, `Gamma` = Γ; null when there is none. */
export function greekLetter(name: string): string | null {
  return LETTER_OF.get(name) ?? null;
}

/** In lower case; a sigma at the end of a word is a sigma like any other. */
export function lowerCase(text: string): string {
  return text.toLowerCase().replaceAll('ς', 'σ');
}
