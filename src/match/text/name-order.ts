/** A stretch of a text, as UTF-16 offsets. */
type Piece = { start: number; end: number };

/**
 * A person's name with the given names first: "LeCun, Yann" as "Yann, LeCun". A name without a comma, a list of more than
 * one person, and what follows a comma without being a given name ("Robert Downey, Jr.") stay as they are.
 */
export function inNameOrder(name: string): string {
  const pieces = piecesInOrder(name);
  return pieces === null ? name : textOf(name, pieces);
}

/** The same, and where a stretch of that text stands in the name. */
export function orderName(name: string): { text: string; originOf: (piece: Piece) => Piece } {
  const pieces = piecesInOrder(name);
  if (pieces === null) return { text: name, originOf: (piece) => piece };
  return { text: textOf(name, pieces), originOf: (piece) => origin(piece, pieces) };
}

// The comma stays between them: nothing reads across it.
function textOf(name: string, pieces: readonly Piece[]): string {
  return pieces.map(({ start, end }) => name.slice(start, end)).join(',');
}

function origin({ start, end }: Piece, pieces: readonly Piece[]): Piece {
  let before = 0;
  for (const piece of pieces) {
    const length = piece.end - piece.start;
    const offset = piece.start - before;
    if (start < before + length) return { start: start + offset, end: Math.min(end + offset, piece.end) };
    before += length + 1;
  }
  return { start, end };
}

/** Null when they are in order. */
function piecesInOrder(name: string): Piece[] | null {
  if (!/[,，]/.test(name)) return null;
  const [family, ...others] = piecesOf(name).filter(({ start, end }) => name.slice(start, end).trim() !== '');
  const given = others.filter(({ start, end }) => !isTitle(name.slice(start, end)));
  if (given.length !== 1) return null;
  return [...given, family, ...others.filter((piece) => piece !== given[0])];
}

/** What stands between the commas, those in brackets (an affiliation) and TeX's thin space `\,` not counted. */
function piecesOf(name: string): Piece[] {
  const pieces: Piece[] = [];
  let start = 0;
  let depth = 0;
  for (let at = 0; at < name.length; at++) {
    if ('({['.includes(name[at])) depth++;
    else if (')}]'.includes(name[at])) depth--;
    else if (depth === 0 && (name[at] === ',' || name[at] === '，') && name[at - 1] !== '\\') {
      pieces.push({ start, end: at });
      start = at + 1;
    }
  }
  return [...pieces, { start, end: name.length }];
}

// In capitals only: Md and Ma are given names, too.
const DEGREES: ReadonlySet<string> = new Set([
  'MD',
  'MSc',
  'MBA',
  'MPH',
  'FRS',
  'LLC',
  'IEEE',
  'II',
  'III',
  'IV',
]);
const TITLES: ReadonlySet<string> = new Set(['jr', 'sr', 'phd', 'dphil', 'esq', 'inc', 'ltd', 'gmbh']);

function isTitle(piece: string): boolean {
  const letters = piece.replace(/[\s.]/g, '');
  return DEGREES.has(letters) || TITLES.has(letters.toLowerCase());
}
