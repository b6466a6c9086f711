/** A comparison as people write it: `=>`, `at least`, `more than`. `none`: nothing was said. */
export type Sign = '>' | '>=' | '<' | '<=' | '=' | '!=' | 'none';

const WORDS: readonly (readonly [Sign, string])[] = [
  [
    '>=',
    '>=|=>|at least|no less than|not less than|minimum|min|from|since|mindestens|ab|au moins|al menos|almeno',
  ],
  [
    '<=',
    '<=|=<|at most|no more than|not more than|maximum|max|up to|until|höchstens|bis|au plus|como máximo',
  ],
  ['!=', '!=|<>|><|not'],
  ['>', '>+|more than|greater than|older than|over|above|mehr als|über|älter als|plus de|más de|più di'],
  [
    '<',
    '<+|less than|fewer than|newer than|younger than|under|below|within the last|within|in the last|in the past|the last|the past|last|past|weniger als|unter|jünger als|moins de|menos de|meno di',
  ],
  ['=', '=+|exactly|equal to|equals|is'],
  ['>=', '~|about|around|approximately|roughly|circa|ca'],
];

const PATTERNS = WORDS.map(([sign, words]) => {
  const either = words.split('|').map((word) => (/^\p{L}/u.test(word) ? `${word}\\.?(?= |\\d)` : word));
  return [sign, new RegExp(`^(?:${either.join('|')}) ?`, 'u')] as const;
});

const AFTER: readonly (readonly [Sign, RegExp])[] = [
  ['>=', /(?:\+| ?(?:or|and) (?:more|above|over|up|later|newer|older)| ?oder mehr| ?ou plus| ?o más)$/],
  ['<=', /(?: ?(?:or|and) (?:less|fewer|below|under|earlier)| ?oder weniger| ?ou moins| ?o menos)$/],
];

/** Cuts the comparison off. `text` is as `comparable` has it. */
export function readSign(text: string): { sign: Sign; rest: string } {
  for (const [sign, pattern] of PATTERNS) {
    const found = pattern.exec(text);
    if (found !== null) return { sign, rest: text.slice(found[0].length) };
  }
  for (const [sign, pattern] of AFTER) {
    const found = pattern.exec(text);
    if (found !== null) return { sign, rest: text.slice(0, found.index) };
  }
  return { sign: 'none', rest: text };
}

const BETWEEN = /\.{2,4}| - | to | bis | and | und | à | y | a /;

/** Two ends of a range, `10..20`, `10-20`, `10 to 20`, `>10<20`, as texts with what stood before them; null for none. */
export function readRange(text: string): readonly [string, string] | null {
  const compared = /^([<>]=?[^<>=]{1,30}?)(?:,| and| &)? ?([<>]=?[^<>=]{1,30})$/.exec(text);
  if (compared !== null) return [compared[1], compared[2]];
  const ends = text.replace(/^(?:between|from|von|entre) /, '').split(BETWEEN);
  if (ends.length === 2 && ends[0] !== '' && ends[1] !== '') return [ends[0].trim(), ends[1].trim()];
  const close = /^(\d[\d.,]{0,12}[a-z]{0,6}) ?[-~] ?(\d[\d.,]{0,12} ?[a-z]{0,9})$/.exec(text);
  return close === null ? null : [close[1], close[2]];
}

/** In small letters, on one line, with plain signs. */
export function comparable(written: string): string {
  return written
    .replace(/[\p{Cf}\p{DI}]/gu, '')
    .replaceAll('…', '..')
    .normalize('NFKC')
    .replaceAll('≥', '>=')
    .replaceAll('≤', '<=')
    .replaceAll('≠', '!=')
    .replaceAll('≈', '~')
    .replace(/[\p{Pd}−]/gu, '-')
    .toLowerCase()
    .replace(/\s+/g, ' ')
    .replace(/(?<![,.;])[,.;]+$/, '')
    .trim();
}
