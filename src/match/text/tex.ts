/**
 * Texts as sources give them carry TeX and HTML. This takes them to plain words and keeps, for every character left,
 * where it stands in the original, so that a match can be shown in what the reader sees.
 */
import { isRepository, withoutAddresses } from './addresses.ts';
import { readEntity, readTag } from './html.ts';
import { match, skip, withoutArguments } from './tex-arguments.ts';
import { isLostCommand, readCommandName } from './tex-commands.ts';
import { Pen, type PlainText } from './tex-pen.ts';

// Outside of formulas `^` and `_` separate words like any other sign.
const MARKUP = /[\\{}]|<\/?[a-zA-Z]|&#?[a-zA-Z0-9]+;|\$[^$^_]*[_^]/;

/** Whether there is anything to take away: most titles and abstracts have nothing. */
export function hasMarkup(text: string): boolean {
  return MARKUP.test(text);
}

/** Takes markup away: accents, braces, commands, formulas' signs, HTML tags and entities. Linear in the length of the text. */
export function plainOfMarkup(text: string): PlainText {
  const pen = new Pen(text);
  let at = 0;
  while (at < text.length) at = readNext(pen, text, at);
  return pen.plain();
}

const PLAIN = /[^\\{}<&$^_]+/y;

function readNext(pen: Pen, text: string, at: number): number {
  switch (text[at]) {
    case '\\':
      return readCommand(pen, text, at);
    case '{':
      return readOpening(pen, text, at);
    case '}':
      return readClosing(pen, text, at);
    case '<':
      return readHtmlTag(pen, text, at);
    case '&':
      return readHtmlEntity(pen, text, at);
    case '$':
      return readDollar(pen, text, at);
    case '^':
      return readSuperscript(pen, text, at);
    case '_':
      return readSubscript(pen, text, at);
    default:
      return readPlain(pen, text, at);
  }
}

const WORD_BEFORE_BRACE = /(?<![\p{L}\p{N}])[a-zA-Z]{2,20}$/u;

function readPlain(pen: Pen, text: string, at: number): number {
  const end = at + (match(PLAIN, text, at)?.[0].length ?? 1);
  const lost = text[end] === '{' ? WORD_BEFORE_BRACE.exec(text.slice(Math.max(at, end - 30), end)) : null;
  if (lost === null || !isLostCommand(lost[0])) {
    pen.copy(at, end);
    return end;
  }
  pen.copy(at, end - lost[0].length);
  return readNamed(pen, text, end - lost[0].length, lost[0], end);
}

const FAR_BACK = 300;

// A link that lost its command: `https://github.com/a/b{here}`.
function readOpening(pen: Pen, text: string, at: number): number {
  const before = text.slice(Math.max(0, at - FAR_BACK), at);
  const word = before.slice(Math.max(...[' ', '{', '}'].map((sign) => before.lastIndexOf(sign))) + 1);
  if (withoutAddresses(word) !== word) pen.separate(at);
  pen.open();
  return at + 1;
}

// Two groups side by side are two things: `\frac{a}{b}`.
function readClosing(pen: Pen, text: string, at: number): number {
  pen.close(at);
  if (text[at + 1] === '{') pen.separate(at);
  return at + 1;
}

// As pandoc tells formulas from sums of money: no blank inside the dollar signs, no digit after them.
const FORMULA = /\$(?!\s)[^$]{1,1000}(?<!\s)\$(?!\d)/y;

// `H$_2$O` is one word: a dollar sign next to a subscript is nothing.
function readDollar(pen: Pen, text: string, at: number): number {
  if (at === pen.formulaEnd) {
    if (pen.subscriptEnd !== at) pen.copy(at, at + 1);
    pen.formulaEnd = -1;
    return at + 1;
  }
  const formula = match(FORMULA, text, at);
  if (formula !== null) pen.formulaEnd = at + formula[0].length - 1;
  if (formula === null || text[at + 1] !== '_') pen.copy(at, at + 1);
  return at + 1;
}

const SCRIPT = /[a-zA-Z]|\d+/y;

function readSuperscript(pen: Pen, text: string, at: number): number {
  pen.copy(at, at + 1);
  if (text[at + 1] === '{') {
    pen.open(true);
    return at + 2;
  }
  const script = at < pen.formulaEnd ? match(SCRIPT, text, at + 1) : null;
  if (script === null) return at + 1;
  const end = at + 1 + script[0].length;
  pen.copy(at + 1, end);
  pen.separate(end);
  return end;
}

const STYLED = /\\([a-zA-Z]+)(?=\{)/y;

// Outside of formulas and without a brace it is the sign of `snake_case`.
function readSubscript(pen: Pen, text: string, at: number): number {
  const brace = at + 1 + styleLength(text, at + 1);
  if (text[brace] === '{') {
    pen.open(false, true);
    return brace + 1;
  }
  if (at > pen.formulaEnd) {
    pen.copy(at, at + 1);
    return at + 1;
  }
  const end = at + 1 + (match(SCRIPT, text, at + 1)?.[0].length ?? 0);
  pen.copy(at + 1, end);
  pen.subscriptEnd = end;
  return end;
}

/** How long the command is that only sets the type of the braces at its end: `_\mathrm{x}`. */
function styleLength(text: string, at: number): number {
  const styled = match(STYLED, text, at);
  if (styled === null) return 0;
  const command = readCommandName(styled[1]);
  const isStyle = command.kind === 'nothing' && !command.separates && command.dropped === null;
  return isStyle ? styled[0].length : 0;
}

const ACCENT =
  /\\([`'^"~=.]|[uvHcdbkrt](?![a-zA-Z])) ?(?:\{ ?(?:\\([ij])|([a-zA-Z])) ?\}|\\([ij])(?![a-zA-Z]) ?|([a-zA-Z]))/y;
const ACCENT_ALONE = /\\(?:[`'^"~=.]|[uvHcdbkrt](?![a-zA-Z]) ?)(?=\{[^}]|\\)/y;
const MARKS: ReadonlyMap<string, string> = new Map([
  ['`', '\u0300'],
  ["'", '\u0301'],
  ['^', '\u0302'],
  ['~', '\u0303'],
  ['"', '\u0308'],
  ['=', '\u0304'],
  ['.', '\u0307'],
  ['u', '\u0306'],
  ['v', '\u030c'],
  ['H', '\u030b'],
  ['c', '\u0327'],
  ['k', '\u0328'],
  ['r', '\u030a'],
  ['d', '\u0323'],
  ['b', '\u0331'],
  ['t', '\u0361'],
]);
const COMMAND = /\\([a-zA-Z]+)/y;

function readCommand(pen: Pen, text: string, at: number): number {
  const accent = match(ACCENT, text, at);
  if (accent !== null) {
    const [whole, sign, dotless, letter, bareDotless, bareLetter] = accent;
    const base = dotless ?? letter ?? bareDotless ?? bareLetter;
    pen.put((base + MARKS.get(sign)).normalize('NFC'), at, at + whole.length);
    return at + whole.length;
  }
  const alone = match(ACCENT_ALONE, text, at);
  if (alone !== null) return at + alone[0].length;
  const command = match(COMMAND, text, at);
  if (command === null) return readEscaped(pen, text, at);
  return readNamed(pen, text, at, command[1], at + command[0].length);
}

/** Reads the command of that name, which stands from `at` to `end`. */
function readNamed(pen: Pen, text: string, at: number, name: string, end: number): number {
  const command = readCommandName(name);
  if (command.kind === 'letter') {
    const next = text[end] === ' ' ? end + 1 : end;
    pen.put(command.text, at, next);
    return next;
  }
  if (command.kind === 'word') {
    pen.separate(at);
    pen.put(command.text, at, end);
    // A letter of a formula may have a subscript, a function's or a name's is a word of its own.
    if (command.text.length > 1) pen.separate(end);
    return end;
  }
  const next = skip(OPTIONAL_BLANK, text, text[end] === '*' ? end + 1 : end);
  if (command.kind === 'raised') return readRaised(pen, text, next);
  if (command.kind === 'length') {
    pen.separate(at);
    return skip(LENGTH, text, next);
  }
  if (command.kind === 'address') return readAddress(pen, text, next, name);
  if (command.separates) pen.separate(at);
  return command.dropped === null ? next : withoutArguments(text, next, command.dropped, name);
}

const OPTIONAL_BLANK = / ?/y;

// A repository's address stays: addresses are taken away later, and its name is not (addresses.ts).
function readAddress(pen: Pen, text: string, at: number, name: string): number {
  const end = withoutArguments(text, at, 1, name);
  const from = text.indexOf('{', at) + 1;
  pen.separate(at);
  if (end === at || !isRepository(text.slice(from, end - 1).trim())) return end;
  pen.copy(from, end - 1);
  pen.separate(end);
  return end;
}

function readRaised(pen: Pen, text: string, at: number): number {
  pen.separate(at);
  if (text[at] !== '{') return at;
  pen.open(true);
  return at + 1;
}

const LENGTH =
  /\s{0,9}=?\s{0,9}-?(?:\d{1,9}(?:\.\d{0,9})?|\.\d{1,9})\s{0,9}(?:pt|em|ex|mm|cm|in|mu|sp|bp|pc)\b/y;
const NEW_LINE = /\\\\\*?(?:\[[^\]]{0,20}\])?/y;

// `\%`, `\_`, `\#`: the sign itself. `\-` marks where a word may be broken and is nothing; `\\` and `\,` are blanks.
function readEscaped(pen: Pen, text: string, at: number): number {
  const sign = text[at + 1];
  if (sign === undefined) return at + 1;
  if (sign === '-' || sign === '/') return at + 2;
  if (/[()[\]]/.test(sign)) return readFormulaSign(pen, text, at);
  if (/[%&_#$+]/.test(sign)) pen.put(sign, at, at + 2);
  else pen.separate(at);
  if (sign === '\\') return skip(NEW_LINE, text, at);
  return /[%&_#$+,;:!> {}|^~'"`=.]/.test(sign) ? at + 2 : at + 1;
}

// `\(` and `\[` open formulas; next to a subscript they are nothing, as dollar signs are.
function readFormulaSign(pen: Pen, text: string, at: number): number {
  const opens = /[([]/.test(text[at + 1]);
  pen.formulaEnd = opens ? text.length : -1;
  if (opens ? text[at + 2] !== '_' : pen.subscriptEnd !== at) pen.separate(at);
  return at + 2;
}

function readHtmlTag(pen: Pen, text: string, at: number): number {
  const tag = readTag(text, at);
  if (tag === null) {
    pen.copy(at, at + 1);
    return at + 1;
  }
  if (tag.separates) pen.separate(at);
  return at + tag.length;
}

function readHtmlEntity(pen: Pen, text: string, at: number): number {
  const entity = readEntity(text, at);
  if (entity === null) {
    pen.copy(at, at + 1);
    return at + 1;
  }
  pen.put(entity.text, at, at + entity.length);
  return at + entity.length;
}
