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
  b: '\u0331',
  h: '\u0309',
  textcommabelow: '\u0326',
  textcommaabove: '\u0313',
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
const SIGN_ACCENT =
  /\\(['`^"~=.])\s*(?:\{\s*(\\[ij]|\p{L}\p{M}{0,3})\s*\}|(\\[ij](?![A-Za-z])|\p{L}\p{M}{0,3}))/gu;
const LETTER_ACCENT =
  /\\(textcommabelow|textcommaabove|[uvHckrdbh])(?:\s*\{\s*(\\[ij]|\p{L}\p{M}{0,3})\s*\}|\s+(\\[ij](?![A-Za-z])|\p{L}\p{M}{0,3}))/gu;
const LETTER = /\\(ss|ae|AE|oe|OE|aa|AA|dh|DH|dj|DJ|th|TH|[oOlLij])(?![A-Za-z])(?:\{\}|\s(?=[a-z]))?/g;
const GROUP = /\{(?<!\\[A-Za-z]{1,40}\{)([\p{L}\p{M}]*)\}/gu;
/** An apostrophe that was taken for an accent: of `O\'Brien`, not of `\'Etienne`. */
const APOSTROPHE = /(?<!\p{L})([ODLM])\\'(?=[A-Z])/gu;
/** Two accents may stand on one letter, each in braces of its own. */
const MOST_ACCENTS = 4;

/**
 * A name as its owner writes it: `Andr\'e`, `{\"o}`, `\v{S}`, `Pawe{\l}`, `\~{\^e}`. What is not understood stays as it is.
 */
export function readTexAccents(text: string): string {
  let read = text.replace(APOSTROPHE, "$1'");
  for (let accent = 0; accent < MOST_ACCENTS && read.includes('\\'); accent++) {
    const before = read;
    read = withoutOneLayer(read);
    if (read === before) break;
  }
  return read;
}

const withoutOneLayer = (text: string): string =>
  text
    .replace(SIGN_ACCENT, (_, accent, braced, bare) => compose(accent, braced ?? bare))
    .replace(LETTER_ACCENT, (_, accent, braced, bare) => compose(accent, braced ?? bare))
    .replace(LETTER, (_, letter) => own(LETTERS, letter) ?? letter)
    .replace(GROUP, '$1');

/** A dotless i or j under an accent is the plain letter to Unicode; of two accents the one that makes a letter comes first. */
function compose(accent: string, letter: string): string {
  const plain = letter.replace('\\', '').replace('ı', 'i').replace('ȷ', 'j');
  const mark = own(COMBINING, accent) ?? '';
  const behind = (plain + mark).normalize('NFC');
  const [base, ...marks] = plain.normalize('NFD');
  const before = [base, mark, ...marks].join('').normalize('NFC');
  return before.length < behind.length ? before : behind;
}
