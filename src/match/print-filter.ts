import type { Filter, TextField, TextLeaf } from './filter.ts';

/**
 * A filter in its canonical spelling. parseFilter(printFilter(f)) is f again for every filter that was parsed.
 * Implicit AND is a blank, OR is written out, NOT is a minus, and a field that all parts of a group share stands before it.
 */
export function printFilter(filter: Filter): string {
  return print(filter, 'or', null);
}

/** How tightly the place binds that the text is put into: in `and` an OR needs brackets, in `not` both do. */
type Place = 'or' | 'and' | 'not';

function print(filter: Filter, place: Place, field: TextField | null): string {
  if (filter.kind === 'not') return printNot(filter.part, place, field);
  if (isParts(filter)) return printParts(filter, place, field);
  if (isText(filter))
    return (filter.field === null || filter.field === field ? '' : `${filter.field}:`) + printText(filter);
  return printFact(filter);
}

// Two minus signs in a row are a slip of the pen to the reader of filters.
function printNot(part: Filter, place: Place, field: TextField | null): string {
  const text = `-${print(part, 'not', field)}`;
  return place === 'not' ? `(${text})` : text;
}

type Parts = Extract<Filter, { parts: readonly Filter[] }>;

function printParts(filter: Parts, place: Place, field: TextField | null): string {
  const shared = field === null ? sharedField(filter) : field;
  const inside = shared === null ? field : shared;
  const text = filter.parts
    .map((part) => print(part, filter.kind, inside))
    .join(filter.kind === 'or' ? ' OR ' : ' ');
  if (inside !== field) return `${inside}:(${text})`;
  const brackets = place === 'not' || (place === 'and' && filter.kind === 'or');
  return brackets ? `(${text})` : text;
}

/** The field that every leaf below has, when there is one. */
function sharedField(filter: Filter): TextField | null {
  const fields = new Set(leavesOf(filter).map((leaf) => (isText(leaf) ? leaf.field : null)));
  const [field] = fields;
  return fields.size === 1 ? (field ?? null) : null;
}

function leavesOf(filter: Filter): Filter[] {
  if (filter.kind === 'not') return leavesOf(filter.part);
  return isParts(filter) ? filter.parts.flatMap(leavesOf) : [filter];
}

function isParts(filter: Filter): filter is Parts {
  return filter.kind === 'and' || filter.kind === 'or';
}

function isText(filter: Filter): filter is TextLeaf {
  return filter.kind === 'word' || filter.kind === 'prefix' || filter.kind === 'phrase';
}

function printText(leaf: TextLeaf): string {
  if (leaf.kind === 'word') return leaf.text;
  if (leaf.kind === 'prefix') return `${leaf.text}*`;
  return leaf.within === null ? `"${leaf.text}"` : `"${leaf.text}"~${leaf.within}`;
}

function printFact(filter: Exclude<Filter, Parts | TextLeaf | { kind: 'not' }>): string {
  switch (filter.kind) {
    case 'category':
      return `cat:${filter.pattern}`;
    case 'topic':
      return `topic:${filter.name}`;
    case 'number':
      return `${filter.figure}:${filter.is === '=' ? '' : filter.is}${filter.value}`;
    case 'date':
      return `${filter.side}:${filter.day}`;
    case 'age':
      return `age:${filter.is}${printHours(filter.hours)}`;
  }
}

function printHours(hours: number): string {
  return hours % 24 === 0 && hours > 0 ? `${hours / 24}d` : `${hours}h`;
}
