import { oneLine, plainLine } from './plain-text.ts';
import { readTexAccents } from './tex-accents.ts';

/** What stands beside a name and is none of it: marks, places, addresses. Whatever else a command binds is the name's. */
const BESIDE = new Set(
  (
    'thanks footnote footnotemark footnotetext inst affil altaffilmark altaffiliation orcidlink orcid orcidID ORCID ' +
    'textsuperscript textsubscript IEEEmembership email corref fnref ref label cite'
  ).split(' '),
);
/** Their first argument is an address. */
const LINKS = new Set(['href', 'hyperref', 'textcolor', 'color']);
const BREAKS = new Set(['and', 'And', 'AND', 'newline', 'linebreak']);

const RAISED = /<sup>[^<>]{0,40}<\/sup>/gi;
const TAG = /<[^<>]{1,300}>/g;
const FORMULA = /\$[^$]{0,200}\$/g;
const SCRIPT = /[_^](?:\{[^{}]{0,100}\}|(?:[\d*†‡§¶∗]|,(?=[\d*†‡§¶∗])){1,20})/g;
const MAIL = /(?<![\w.+-])[\w.+-]+@[\w.-]+/g;
const PAGE = /https?:\/\/[^\s,;]+/g;
const ORCID = /(?<!\d)\d{4}-\d{4}-\d{4}-\d{3}[\dX](?!\d)|\bORCID(?: iD)?:?(?![\p{L}\p{N}])/giu;
const SIGNS = /[*†‡§¶∗⋆★☆✉✝✻✽#|¹²³⁰-₉ᵃ-ᶻ]+/gu;

/** A letter of UTF-8 that somebody read as two of Latin-1: `GÃ¶tz`. */
const READ_AS_LATIN = /[\u00c2-\u00c5][\u0080-\u00bf]/g;

/** Text with names in plain letters: no TeX, HTML, addresses or signs. Commas and brackets that stood in it still do. */
export function plainNames(text: string): string {
  const plain = plainLine(
    text.replace(READ_AS_LATIN, (bytes) => Buffer.from(bytes, 'latin1').toString('utf8')),
  );
  const bare = plain.includes('\\') ? withoutCommands(readTexAccents(plain)) : plain;
  return oneLine(
    bare
      .replace(RAISED, ' ')
      .replace(TAG, ' ')
      .replace(FORMULA, '')
      .replace(SCRIPT, '')
      .replace(MAIL, ' ')
      .replace(PAGE, ' ')
      .replace(ORCID, ' ')
      .replace(SIGNS, ' ')
      .replace(/[{}]/g, '')
      .replace(/~/g, ' '),
  );
}

const COMMAND = /\\(?:([A-Za-z]+)\*?|([^A-Za-z]))/y;

/** Commands read, what is bound by those in BESIDE left out; one walk over the text. */
function withoutCommands(text: string): string {
  const read: string[] = [];
  for (let at = 0; at < text.length; ) {
    COMMAND.lastIndex = at;
    const command = text[at] === '\\' ? COMMAND.exec(text) : null;
    if (command === null) {
      if (text[at] !== '\\') read.push(text[at]);
      at++;
      continue;
    }
    const [whole, word, sign] = command;
    read.push(word === undefined ? plainSign(sign) : BREAKS.has(word) ? ',' : '');
    at += whole.length;
    if (word === undefined) continue;
    while (/\s/.test(text[at] ?? '')) at++;
    if (text[at] === '[' || BESIDE.has(word)) at = behindArguments(text, at, BESIDE.has(word));
    else if (LINKS.has(word)) at = behindGroup(text, at, '{', '}');
  }
  return read.join('');
}

/** `\,` and the like are blanks, `\\` begins a line, `\-` and `\/` are nothing; `\&` is the sign itself. */
function plainSign(sign: string): string {
  if (sign === '\\') return ',';
  if (sign === '-' || sign === '/' || sign === '!') return '';
  return /[&%#$_'"]/.test(sign) ? sign : ' ';
}

function behindArguments(text: string, start: number, withBraces: boolean): number {
  let at = behindGroup(text, start, '[', ']');
  while (withBraces && text[at] === '{') at = behindGroup(text, at, '{', '}');
  return at;
}

/** Behind the group that begins at `at`; at the end of the text where it has no end, `at` where there is none. */
function behindGroup(text: string, at: number, open: string, close: string): number {
  if (text[at] !== open) return at;
  let depth = 0;
  for (let next = at; next < text.length; next++) {
    if (text[next] === open) depth++;
    if (text[next] === close && --depth === 0) return next + 1;
  }
  return text.length;
}
