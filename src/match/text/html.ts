/** HTML in texts: which tags there are, and which characters entities stand for. */
import { greekLetter } from './fold.ts';

/** `separates`: no word goes on over the tag. Only HTML's own: `<think>` in a title is a word. */
export type Tag = { length: number; separates: boolean };

const TAG = /<\/?([a-zA-Z][a-zA-Z0-9]{0,9})(?:\s[^<>]{0,200})?\/?>/y;
const INSIDE_WORDS = /^(?:i|b|em|strong|sub|tt|u|a|span|code|font|small|big|inf|italic|bold|sc|scp)$/i;
// A superscript is a word of its own.
const BETWEEN_WORDS = /^(?:sup|p|br|div|li|ul|ol|hr|h[1-6]|td|tr|table)$/i;

/** The tag that begins at `at`; null when there is none. */
export function readTag(text: string, at: number): Tag | null {
  TAG.lastIndex = at;
  const tag = TAG.exec(text);
  if (tag === null) return null;
  if (INSIDE_WORDS.test(tag[1])) return { length: tag[0].length, separates: false };
  return BETWEEN_WORDS.test(tag[1]) ? { length: tag[0].length, separates: true } : null;
}

const ENTITY = /&(?:#(\d{1,7})|#[xX]([0-9a-fA-F]{1,6})|([a-zA-Z][a-zA-Z0-9]{1,9}));/y;

const ACCENTED = /^([a-zA-Z])(acute|grave|circ|tilde|uml|cedil|caron|ring|ogon|macr|breve|dblac|dot)$/;
const MARKS: ReadonlyMap<string, string> = new Map([
  ['acute', '\u0301'],
  ['grave', '\u0300'],
  ['circ', '\u0302'],
  ['tilde', '\u0303'],
  ['uml', '\u0308'],
  ['cedil', '\u0327'],
  ['caron', '\u030c'],
  ['ring', '\u030a'],
  ['ogon', '\u0328'],
  ['macr', '\u0304'],
  ['breve', '\u0306'],
  ['dblac', '\u030b'],
  ['dot', '\u0307'],
]);

const CHARACTERS: ReadonlyMap<string, string> = new Map([
  ['amp', '&'],
  ['lt', '<'],
  ['gt', '>'],
  ['quot', '"'],
  ['apos', "'"],
  ['lsquo', '‘'],
  ['rsquo', '’'],
  ['szlig', 'ß'],
  ['oslash', 'ø'],
  ['Oslash', 'Ø'],
  ['lstrok', 'ł'],
  ['Lstrok', 'Ł'],
  ['dstrok', 'đ'],
  ['Dstrok', 'Đ'],
  ['aelig', 'æ'],
  ['AElig', 'Æ'],
  ['oelig', 'œ'],
  ['OElig', 'Œ'],
  ['thorn', 'þ'],
  ['THORN', 'Þ'],
  ['eth', 'ð'],
  ['ETH', 'Ð'],
  ['inodot', 'ı'],
  ['imath', 'ı'],
  ['ell', 'ℓ'],
  ['micro', 'µ'],
  ['sup1', '¹'],
  ['sup2', '²'],
  ['sup3', '³'],
  ['shy', ''],
  ['zwj', ''],
  ['zwnj', ''],
]);

/** Signs and blanks of HTML 4: they separate. */
const SIGNS: ReadonlySet<string> = new Set(
  (
    'nbsp ensp emsp thinsp hairsp numsp ndash mdash minus hellip middot bull prime Prime ldquo rdquo sbquo bdquo laquo raquo ' +
    'lsaquo rsaquo times divide plusmn deg copy reg trade sect para dagger Dagger permil euro pound yen cent curren brvbar not ' +
    'larr rarr uarr darr harr lArr rArr uArr dArr hArr crarr forall part exist empty nabla isin notin ni prod sum lowast ' +
    'radic prop infin ang and or cap cup int there4 sim cong asymp ne equiv le ge sub sup nsub sube supe oplus otimes perp ' +
    'sdot lceil rceil lfloor rfloor lang rang loz spades clubs hearts diams oline frasl image weierp real alefsym iexcl ' +
    'iquest macr acute cedil uml circ tilde lrm rlm star starf check cross lbrace rbrace lbrack rbrack lpar rpar num ' +
    'percnt dollar lowbar colon semi comma period excl quest sol bsol verbar Vert plus equals ast hyphen dash'
  ).split(' '),
);

/** The entity that begins at `at` and the characters it stands for; null when it is none that HTML knows. */
export function readEntity(text: string, at: number): { length: number; text: string } | null {
  ENTITY.lastIndex = at;
  const entity = ENTITY.exec(text);
  if (entity === null) return null;
  const [whole, decimal, hexadecimal, name] = entity;
  const characters = name === undefined ? numbered(decimal, hexadecimal) : named(name);
  return characters === null ? null : { length: whole.length, text: characters };
}

function numbered(decimal: string | undefined, hexadecimal: string): string {
  const code = decimal === undefined ? Number.parseInt(hexadecimal, 16) : Number(decimal);
  return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : ' ';
}

function named(name: string): string | null {
  const character = CHARACTERS.get(name) ?? greekLetter(name);
  if (character !== null) return character;
  if (SIGNS.has(name)) return ' ';
  const accented = ACCENTED.exec(name);
  return accented === null ? null : (accented[1] + MARKS.get(accented[2])).normalize('NFC');
}
