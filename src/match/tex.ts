/**
 * Texts as sources give them carry TeX and HTML. This takes them to plain words and keeps, for every character left,
 * where it stands in the original, so that a match can be shown in what the reader sees.
 */
import { own } from '#src/foundation/own.ts';

export type PlainText = {
  text: string;
  /** For each UTF-16 unit of `text`: where it begins in the original. */
  starts: readonly number[];
  /** And where it ends there. */
  ends: readonly number[];
};

const MARKUP = /[\\{}]|<\/?[a-zA-Z]|&#?[a-zA-Z0-9]+;/;

/** Whether there is anything to take away: most titles and abstracts have nothing. */
export function hasMarkup(text: string): boolean {
  return MARKUP.test(text);
}

/** Takes markup away: accents, braces, commands, HTML tags and entities. Linear in the length of the text. */
export function withoutMarkup(text: string): PlainText {
  const pen = new Pen(text);
  let at = 0;
  while (at < text.length) at = readNext(pen, text, at);
  return pen.plain();
}

class Pen {
  #original: string;
  #text = '';
  #starts: number[] = [];
  #ends: number[] = [];
  #braces: number[] = [];

  constructor(original: string) {
    this.#original = original;
  }

  put(characters: string, start: number, end: number): void {
    this.#text += characters;
    for (let i = 0; i < characters.length; i++) {
      this.#starts.push(start);
      this.#ends.push(end);
    }
  }

  copy(at: number): void {
    this.put(this.#original[at], at, at + 1);
  }

  open(): void {
    this.#braces.push(this.#text.length);
  }

  /** A brace that was opened inside a word belongs to it: `Andr{\'e}` is shown whole. */
  close(at: number): void {
    const opened = this.#braces.pop() ?? 0;
    if (opened === 0 || opened === this.#text.length) return;
    if (/[\p{L}\p{N}]/u.test(this.#text[opened - 1])) this.#ends[this.#ends.length - 1] = at + 1;
  }

  plain(): PlainText {
    return { text: this.#text, starts: this.#starts, ends: this.#ends };
  }
}

function readNext(pen: Pen, text: string, at: number): number {
  switch (text[at]) {
    case '\\':
      return readCommand(pen, text, at);
    case '{':
      pen.open();
      return at + 1;
    case '}':
      return readClosing(pen, text, at);
    case '<':
      return readTag(pen, text, at);
    case '&':
      return readEntity(pen, text, at);
    default:
      pen.copy(at);
      return at + 1;
  }
}

// Two groups side by side are two things: `\frac{a}{b}`.
function readClosing(pen: Pen, text: string, at: number): number {
  pen.close(at);
  if (text[at + 1] === '{') pen.put(' ', at, at + 1);
  return at + 1;
}

const COMMAND = /\\([a-zA-Z]+) ?/y;
const ACCENT = /\\[`'^"~=.](?=[a-zA-Z{\\])/y;
const LETTER_ACCENTS = /^[cvuHkrdbt]$/;

// Letters that TeX writes as commands; the accents themselves are simply dropped, as folding drops them anyway.
const LETTERS: Readonly<Record<string, string>> = {
  ss: 'ss',
  o: 'o',
  O: 'O',
  l: 'l',
  L: 'L',
  ae: 'ae',
  AE: 'AE',
  oe: 'oe',
  OE: 'OE',
  aa: 'a',
  AA: 'A',
  i: 'i',
  j: 'j',
  th: 'th',
  TH: 'Th',
  dh: 'd',
  DH: 'D',
  dj: 'd',
  DJ: 'D',
};

// Commands that only set type: `\textsc{Mo}E` is one word.
const TYPE =
  /^(text(bf|it|sc|tt|rm|sf|md|up|sl|normal|superscript|subscript)?|math(bf|it|rm|sf|tt|cal|bb|frak|scr|normal|bm)?|emph|em|bf|it|sc|tt|rm|sf|sl|bm|boldsymbol|pmb|mbox|hbox|operatorname|underline|overline|widehat|widetilde|hat|tilde|bar|vec|dot|left|right|big|Big|bigl|bigr|displaystyle|textstyle|xspace|protect|allowbreak|nolinebreak|small|large|Large)$/;

/** Commands whose argument is no text. */
const WITHOUT_TEXT =
  /^(cite[a-z]*|ref|eqref|autoref|cref|label|begin|end|color|textcolor|href|vspace|hspace)$/;
const ARGUMENT = /\s*\{[^{}]{0,300}\}/y;

function readCommand(pen: Pen, text: string, at: number): number {
  const accent = match(ACCENT, text, at);
  if (accent !== null) return at + 2;
  const command = match(COMMAND, text, at);
  if (command === null) return readEscaped(pen, text, at);
  const end = at + command[0].length;
  const name = command[1];
  const letter = own(LETTERS, name);
  if (letter !== undefined) {
    pen.put(letter, at, end);
    return end;
  }
  if (TYPE.test(name)) return end;
  if (LETTER_ACCENTS.test(name) && /[a-zA-Z{\\]/.test(text[end] ?? '')) return end;
  if (WITHOUT_TEXT.test(name)) {
    pen.put(' ', at, end);
    return end + (match(ARGUMENT, text, end)?.[0].length ?? 0);
  }
  return putName(pen, name, at, end);
}

const NAMES: Readonly<Record<string, string>> = {
  varepsilon: 'epsilon',
  vartheta: 'theta',
  varphi: 'phi',
  varrho: 'rho',
  varsigma: 'sigma',
  ell: 'l',
  infty: 'infinity',
};

// `\alpha` is read by its name. So is a command nobody knows: it is usually the name the authors gave their method.
function putName(pen: Pen, name: string, at: number, end: number): number {
  pen.put(' ', at, at);
  pen.put(own(NAMES, name) ?? name, at, at + 1 + name.length);
  pen.put(' ', end, end);
  return end;
}

// `\%`, `\_`, `\#`: the sign itself. `\-` marks where a word may be broken and is nothing; `\\` and `\,` are blanks.
function readEscaped(pen: Pen, text: string, at: number): number {
  const sign = text[at + 1];
  if (sign === undefined) return at + 1;
  if (sign === '-' || sign === '/') return at + 2;
  if (/[%&_#$+]/.test(sign)) pen.put(sign, at, at + 2);
  else pen.put(' ', at, at + 1);
  return /[%&_#$+\\,;:! ]/.test(sign) ? at + 2 : at + 1;
}

const TAG = /<\/?([a-zA-Z][a-zA-Z0-9]{0,9})(\s[^<>]{0,200})?\/?>/y;
const INLINE_TAG = /^(i|b|em|strong|sub|sup|tt|u|a|span|code|font|small|inf|italic|bold|sc)$/i;
const BLOCK_TAG = /^(p|br|div|li|ul|ol|hr|h[1-6]|td|tr|table)$/i;

// Only HTML's own: `<think>` in a title is a word.
function readTag(pen: Pen, text: string, at: number): number {
  const tag = match(TAG, text, at);
  if (tag !== null && INLINE_TAG.test(tag[1])) return at + tag[0].length;
  if (tag !== null && BLOCK_TAG.test(tag[1])) {
    pen.put(' ', at, at + tag[0].length);
    return at + tag[0].length;
  }
  pen.copy(at);
  return at + 1;
}

const ENTITY = /&(?:#(\d{1,7})|#[xX]([0-9a-fA-F]{1,6})|([a-zA-Z][a-zA-Z0-9]{1,9}));/y;
const ACCENTED = /^([a-zA-Z])(?:acute|grave|circ|tilde|uml|cedil|caron|ring|slash)$/;
const ENTITIES: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
  nbsp: ' ',
  szlig: 'ss',
  aelig: 'ae',
  AElig: 'AE',
  oelig: 'oe',
  lsquo: "'",
  rsquo: "'",
  ldquo: '"',
  rdquo: '"',
  ndash: '-',
  mdash: '-',
  minus: '-',
  hellip: '.',
  shy: '',
};

function readEntity(pen: Pen, text: string, at: number): number {
  const entity = match(ENTITY, text, at);
  const characters = entity === null ? null : entityText(entity);
  if (entity === null || characters === null) {
    pen.copy(at);
    return at + 1;
  }
  pen.put(characters, at, at + entity[0].length);
  return at + entity[0].length;
}

function entityText([, decimal, hexadecimal, name]: RegExpExecArray): string | null {
  if (name !== undefined) return own(ENTITIES, name) ?? ACCENTED.exec(name)?.[1] ?? null;
  const code = decimal === undefined ? Number.parseInt(hexadecimal, 16) : Number(decimal);
  return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : ' ';
}

function match(pattern: RegExp, text: string, at: number): RegExpExecArray | null {
  pattern.lastIndex = at;
  return pattern.exec(text);
}
