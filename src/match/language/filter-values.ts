import { isDay } from '#src/foundation/is-day.ts';
import { own } from '#src/foundation/own.ts';
import type { FigureField } from '#src/paper/figures.ts';
import { markdown, phrase } from '#src/wording/phrase.ts';
import type { Phrase, Value } from '#src/wording/values.ts';
import type { Comparison, Filter } from './filter.ts';
import type { Field } from './filter-fields.ts';
import { plainFilterSigns } from './filter-signs.ts';

/** A value read, or what is wrong with it. */
type ReadValue = { filter: Filter } | { message: Phrase };

export type ValueField = Extract<Field, { kind: 'number' | 'date' | 'age' }>;

/** Whether a value is only a comparison sign yet: `upvotes:>= 20`. */
export function isOnlyComparison(text: string): boolean {
  return /^[<>=]+$/.test(plainValue(text));
}

/** Whether the word goes on with a value that stands before it: `10 to 20`, `5 or more`. */
export function isPartOfValue(text: string): boolean {
  return /^(?:to|bis|or|and|oder|ou)$/.test(text);
}

/** Reads what stands after `upvotes:`, `after:`, `age:` and their kin. */
export function readValue(field: ValueField, written: string): ReadValue {
  const value = plainValue(written);
  if (field.kind === 'number') return readNumber(field.figure, value);
  if (field.kind === 'date') return readDate(field.side, value);
  return readAge(value);
}

function plainValue(written: string): string {
  return plainFilterSigns(written)
    .replaceAll('≥', '>=')
    .replaceAll('≤', '<=')
    .replace(/(?<![,.;])[,.;]+$/, '');
}

function readNumber(figure: FigureField, value: string): ReadValue {
  const read = /^(>=|<=|>|<|=)?(\d{1,9})$/.exec(value);
  if (read === null)
    return { message: phrase('syntax.takesNumber', { figure, signs: eitherOf('>', '>=', '<', '<=', '=') }) };
  return { filter: { kind: 'number', figure, is: (read[1] ?? '=') as Comparison, value: Number(read[2]) } };
}

function readDate(side: 'after' | 'before', day: string): ReadValue {
  if (isDay(day)) return { filter: { kind: 'date', side, day } };
  const isWritten = /^\d{4}-\d\d-\d\d$/.test(day);
  return { message: isWritten ? phrase('syntax.noDay', { day }) : phrase('syntax.takesDay', { side }) };
}

const HOURS = { h: 1, d: 24, w: 168 } as const;

function readAge(value: string): ReadValue {
  const read = /^(>=|<=|>|<)(\d{1,6})([hdw])$/i.exec(value);
  if (read === null)
    return {
      message: phrase('syntax.takesAge', {
        signs: eitherOf('<', '<=', '>', '>='),
        like: markdown('age:<7d'),
      }),
    };
  const [, is, count, unit] = read;
  const hours = Number(count) * (own(HOURS, unit.toLowerCase()) ?? 0);
  return { filter: { kind: 'age', is: is as '<' | '<=' | '>' | '>=', hours } };
}

function eitherOf(...signs: readonly string[]): Value {
  return { or: signs.map((sign) => markdown(sign)) };
}
