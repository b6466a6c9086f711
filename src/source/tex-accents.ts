import { own } from '#src/foundation/own.ts';

const COMBINING: Readonly<Record<string, string>> = {
  "'": '\u0301',
  '`': '\u0300',
  '^': '\u0302',
  '"': '\u0308',
  '~': '\u0303',
  '=': '\u0304',
  '.': '\u0307',
  u: '\u0306',
  v: '\u030c',
  H: '\u030b',
  c: '\u0327',
  k: '\u0328',
  r: '\u030a',
  d: '\u0323',
};

const LETTERS: Readonly<Record<string, string>> = {
  ss: 'ß',
  o: 'ø',
  O: 'Ø',
  l: 'ł',
  L: 'Ł',
  ae: 'æ',
  AE: 'Æ',
  oe: 'œ',
  OE: 'Œ',
  aa: 'å',
  AA: 'Å',
  dh: 'ð',
  DH: 'Ð',
  dj: 'đ',
  DJ: 'Đ',
  th: 'þ',
  TH: 'Þ',
  i: 'ı',
  j: 'ȷ',
};

// \'e \'{e} \' e {\'e} {\'{e}} \"{\i}; letter accents need a brace or a blank: \v{c} \c c
const SIGN_ACCENT = /\\(['`^"~=.])\s*(?:\{\s*(\\?[A-Za-z])\s*\}|(\\?[A-Za-z]))/g;
const LETTER_ACCENT = /\\([uvHckrd])(?:\s*\{\s*(\\?[A-Za-z])\s*\}|\s+(\\?[A-Za-z]))/g;
const LETTER = /\\(ss|ae|AE|oe|OE|aa|AA|dh|DH|dj|DJ|th|TH|[oOlLij])(?![A-Za-z])(?:\{\}|\s(?=[a-z]))?/g;

/** A name as its owner writes it: `Andr\'e`, `{\"o}`, `\v{S}`, `Pawe{\l}`. What is not understood stays as it is. */
export function readTexAccents(text: string): string {
  if (!text.includes('\\')) return text;
  return text
    .replace(SIGN_ACCENT, (_, accent, braced, bare) => compose(accent, braced ?? bare))
    .replace(LETTER_ACCENT, (_, accent, braced, bare) => compose(accent, braced ?? bare))
    .replace(LETTER, (_, letter) => own(LETTERS, letter) ?? letter)
    .replace(/\{(?<!\\[A-Za-z]{1,40}\{)(\p{L}*)\}/gu, '$1');
}

/** A dotless i or j under an accent is the plain letter to Unicode. */
const compose = (accent: string, letter: string): string =>
  (letter.replace('\\', '') + (own(COMBINING, accent) ?? '')).normalize('NFC');
