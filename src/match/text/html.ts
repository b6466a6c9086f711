/** HTML in texts: which tags there are, and which characters entities stand for. */
import { decodeEntities } from '#src/foundation/html-entities.ts';
import { greekLetter } from './fold.ts';

/** `separates`: no word goes on over the tag. Only HTML's own: `<think>` in a title is a word. */
type Tag = { length: number; separates: boolean };

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

/** What joins words, or parts them where a line ends: nobody reads it. */
const UNSEEN: ReadonlySet<string> = new Set(['\u00ad', '\u200c', '\u200d']);
/** Signs that mean something in a word or beside one. */
const MEANT: ReadonlySet<string> = new Set(['&', '<', '>', '"', "'", '‘', '’']);

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

/** Signs and blanks separate. */
function named(name: string): string | null {
  const greek = greekLetter(name);
  if (greek !== null) return greek;
  const written = `&${name};`;
  const characters = decodeEntities(written);
  if (characters === written) return null;
  if (UNSEEN.has(characters)) return '';
  return MEANT.has(characters) || /^[\p{Lu}\p{Ll}\p{Lt}\p{Lo}\p{N}]\p{M}*$/u.test(characters)
    ? characters
    : ' ';
}
