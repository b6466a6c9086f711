import { own } from '#src/foundation/own.ts';
import type { Comparison, Filter } from './filter.ts';
import type { Field } from './filter-fields.ts';
import { plainSigns } from './filter-lexer.ts';

/** A value read, or what is wrong with it and what would be right. */
export type ReadValue = { filter: Filter } | { message: string; right: string | null };

type ValueField = Extract<Field, { kind: 'number' | 'date' | 'age' }>;

/** Whether a value is only a comparison sign yet: `upvotes:>= 20`. */
export function isOnlyComparison(text: string): boolean {
  return /^[<>=]+$/.test(plainValue(text));
}

/** Reads what stands after `upvotes:`, `after:`, `age:` and their kin. */
export function readValue(field: ValueField, written: string): ReadValue {
  const value = plainValue(written);
  if (field.kind === 'number') return readNumber(field.figure, value);
  if (field.kind === 'date') return readDate(field.side, value);
  return readAge(value);
}

function plainValue(written: string): string {
  return plainSigns(written)
    .replaceAll('≥', '>=')
    .replaceAll('≤', '<=')
    .replace(/(?<![,.;])[,.;]+$/, '');
}

function readNumber(figure: 'upvotes' | 'comments' | 'stars', value: string): ReadValue {
  const read = /^(>=|<=|>|<|=)?(\d{1,9})$/.exec(value);
  if (read === null) {
    const message = `${figure}: takes a whole number, with >, >=, <, <= or = before it if you like`;
    return { message, right: rightNumber(value) };
  }
  return { filter: { kind: 'number', figure, is: (read[1] ?? '=') as Comparison, value: Number(read[2]) } };
}

function rightNumber(value: string): string | null {
  const read = /^([<>=]*)(\d[\d,.']*?)(k?)(\+?)$/i.exec(value);
  if (read === null) return null;
  const [, signs, digits, thousands, more] = read;
  const decimal = thousands !== '' && /^\d+\.\d+$/.test(digits);
  const number = decimal
    ? Math.round(Number(digits) * 1000)
    : Number(digits.replace(/\D/g, '')) * (thousands === '' ? 1 : 1000);
  return `${rightSigns(more === '' ? signs : '>=')}${Math.min(number, 999_999_999)}`;
}

function rightSigns(signs: string): string {
  const strict = signs.includes('<') ? '<' : signs.includes('>') ? '>' : '';
  return strict === '' ? '' : `${strict}${signs.includes('=') ? '=' : ''}`;
}

function readDate(side: 'after' | 'before', day: string): ReadValue {
  if (isDay(day)) return { filter: { kind: 'date', side, day } };
  const written = /^[<>=]*(\d{4})(?:[-/.](\d{1,2})(?:[-/.](\d{1,2}))?)?$/.exec(day);
  const shape = `${side}: takes a day written as 2026-01-31`;
  if (written === null) return { message: shape, right: null };
  const right = nearestDay(Number(written[1]), Number(written[2] ?? 1), Number(written[3] ?? 1));
  return { message: /^\d{4}-\d\d-\d\d$/.test(day) ? `There is no day ${day}` : shape, right };
}

function isDay(text: string): boolean {
  if (!/^\d{4}-\d\d-\d\d$/.test(text)) return false;
  const at = Date.parse(`${text}T00:00:00Z`);
  return !Number.isNaN(at) && new Date(at).toISOString().startsWith(text);
}

function nearestDay(year: number, month: number, day: number): string {
  const inYear = Math.min(Math.max(month, 1), 12);
  const days = new Date(Date.UTC(2000 + (year % 400), inYear, 0)).getUTCDate();
  const parts = [String(inYear), String(Math.min(Math.max(day, 1), days))].map((part) =>
    part.padStart(2, '0'),
  );
  return `${String(year).padStart(4, '0')}-${parts.join('-')}`;
}

const HOURS = { h: 1, d: 24, w: 168 } as const;

function readAge(value: string): ReadValue {
  const read = /^(>=|<=|>|<)(\d{1,6})([hdw])$/i.exec(value);
  if (read === null) {
    const message = 'age: takes <, <=, > or >= and then hours, days or weeks, as in age:<7d';
    return { message, right: rightAge(value) };
  }
  const [, is, count, unit] = read;
  const hours = Number(count) * (own(HOURS, unit.toLowerCase()) ?? 0);
  return { filter: { kind: 'age', is: is as '<' | '<=' | '>' | '>=', hours } };
}

function rightAge(value: string): string | null {
  const read = /^([<>=]*)(\d{1,6})([a-z]*)$/i.exec(value);
  if (read === null) return null;
  const [, signs, count, unit] = read;
  const months = /^mo?n?/i.test(unit);
  const short = months ? 'd' : (/^[hdw]/i.exec(unit)?.[0].toLowerCase() ?? 'd');
  return `${rightSigns(signs) || '<'}${months ? Number(count) * 30 : count}${short}`;
}
