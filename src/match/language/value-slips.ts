import { FIGURES, type FigureField } from '#src/paper/figures.ts';
import { mendAge } from './age-slips.ts';
import { comparable, readRange, readSign } from './comparison-words.ts';
import { mendDate, type Side } from './date-slips.ts';

/** A field whose value is compared; `side` of a date field that other engines have may be open. */
export type Compared =
  | { kind: 'number'; figure: FigureField }
  | { kind: 'date'; side: Side }
  | { kind: 'age' };

/** Terms that say what was meant, and how much of the text they stand for. */
type Mended = { terms: readonly string[]; length: number };

const MOST_WORDS = 8;
const MOST_CHARACTERS = 60;

/**
 * What was meant by a value that cannot be read, as in `upvotes:10..20`, `age:<7 days`, `after:31 Jan 2026`. `rest` begins
 * with it; the longest beginning that makes sense counts. Null when none does.
 */
export function mendValue(field: Compared, rest: string): Mended | null {
  const blanks = /^\s*/.exec(rest)?.[0].length ?? 0;
  const text = rest.slice(blanks, blanks + MOST_CHARACTERS);
  const quoted = /^["“”„«»＂'‘’`]([^"“”„«»＂'‘’`]*)["“”„«»＂'‘’`]/.exec(text);
  if (quoted !== null) {
    const terms = meant(field, comparable(quoted[1]));
    return terms === null ? null : { terms, length: blanks + quoted[0].length };
  }
  const ends = [...text.matchAll(/[^\s()（）"“”|]+/g)].map((word) => word.index + word[0].length);
  for (const end of ends.slice(0, MOST_WORDS).reverse()) {
    const terms = meant(field, comparable(text.slice(0, end)));
    if (terms !== null) return { terms, length: blanks + end };
  }
  return null;
}

function meant(field: Compared, text: string): readonly string[] | null {
  if (field.kind === 'date') return mendDate(field.side, text) ?? mendAge(text, field.side);
  if (field.kind === 'age') return mendAge(text, 'age') ?? mendDate('after', text);
  return mendNumber(field.figure, text);
}

function mendNumber(figure: FigureField, text: string): readonly string[] | null {
  const range = readRange(text);
  const between = range === null ? null : numberRange(figure, range);
  if (between !== null) return between;
  const { sign, rest } = readSign(text);
  const number = readAmount(rest);
  if (number === null) return null;
  if (sign === '!=') return [`-${figure}:${number}`];
  return [`${figure}:${sign === 'none' || sign === '=' ? '' : sign}${number}`];
}

function numberRange(figure: FigureField, [low, high]: readonly [string, string]): readonly string[] | null {
  const from = readSign(low);
  const to = readSign(high);
  const one = readAmount(from.rest);
  const other = readAmount(to.rest);
  if (one === null || other === null) return null;
  const given = from.sign !== 'none' && to.sign !== 'none';
  if (given) return [`${figure}:${from.sign}${one}`, `${figure}:${to.sign}${other}`];
  return [`${figure}:>=${Math.min(one, other)}`, `${figure}:<=${Math.max(one, other)}`];
}

const THOUSANDS: readonly (readonly [RegExp, number])[] = [
  [/ ?(?:k|thousand|tsd\.?|tausend|mille|mil)$/, 1000],
  [/ ?(?:m|mio\.?|million|millions)$/, 1_000_000],
];

const UNIT = new RegExp(` ?(?:${FIGURES.flatMap(({ units }) => units).join('|')})s?$`);

/** `1,500`, `1.5k`, `1e3` as a whole number; null for none. */
function readAmount(text: string): number | null {
  const bare = text.replace(UNIT, '');
  const unit = THOUSANDS.find(([pattern]) => pattern.test(bare));
  const digits = unit === undefined ? bare : bare.replace(unit[0], '');
  const plain = /^\d{1,3}(?:[,.'_ ]\d{3})+$/.test(digits)
    ? digits.replace(/\D/g, '')
    : digits.replace(',', '.');
  if (!/^\d{1,12}(?:\.\d{0,6})?(?:e\+?\d{1,2})?$/.test(plain)) return null;
  return Math.min(Math.round(Number(plain) * (unit?.[1] ?? 1)), 999_999_999);
}
