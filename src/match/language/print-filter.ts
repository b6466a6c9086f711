import type { Filter, TextLeaf } from './filter.ts';

/**
 * A filter in its canonical spelling. parseFilter(printFilter(f)) is f again for every filter that was parsed, unless it
 * was so long that its spelling grows over the limit. Implicit AND is a blank, OR is written out, NOT is a minus, and a
 * field that all parts of a group share stands before the group.
 */
export function printFilter(filter: Filter): string {
  return print(filter, 'or', null);
}

/** How tightly the place binds that the text is put into: in `and` an OR needs brackets, in `not` both do. */
type Place = 'or' | 'and' | 'not';

type Group = Extract<Filter, { parts: readonly Filter[] }>;
type Not = Extract<Filter, { kind: 'not' }>;
type Person = Extract<Filter, { kind: 'person' }>;
type Leaf = Exclude<Filter, Group | Not | Person>;

function print(filter: Filter, place: Place, field: string | null): string {
  if (filter.kind === 'not') return printNot(filter.part, place, field);
  if (isGroup(filter)) return printGroup(filter, place, field);
  if (filter.kind === 'person') return printPerson(filter.filter, place, field);
  const own = fieldOf(filter);
  return `${own === null || own === field ? '' : `${own}:`}${printValue(filter)}`;
}

// Two minus signs in a row are a slip of the pen to the reader of filters.
function printNot(part: Filter, place: Place, field: string | null): string {
  const text = `-${print(part, 'not', field)}`;
  return place === 'not' ? `(${text})` : text;
}

function printGroup(group: Group, place: Place, field: string | null): string {
  const inside = field ?? sharedField(group);
  const text = group.parts
    .map((part) => print(part, group.kind, inside))
    .join(group.kind === 'or' ? ' OR ' : ' ');
  if (inside !== field) return `${inside}:(${text})`;
  return place === 'not' || (place === 'and' && group.kind === 'or') ? `(${text})` : text;
}

function printPerson(group: Filter, place: Place, field: string | null): string {
  return field === null ? `author:(${print(group, 'or', 'author')})` : print(group, place, field);
}

/** The field that every leaf below has and that can stand before a group, when there is one. */
function sharedField(filter: Filter): string | null {
  const fields = new Set(leavesOf(filter).map((leaf) => (isComparison(leaf) ? null : fieldOf(leaf))));
  const [field] = fields;
  if (fields.size !== 1 || (field === 'author' && !isOfPersons(filter))) return null;
  return field;
}

/** Whether brackets after `author:` mean the same: they hold within one person. */
function isOfPersons(filter: Filter): boolean {
  return filter.kind === 'or' && filter.parts.every((part) => part.kind !== 'not' && !isGroup(part));
}

function leavesOf(filter: Filter): Leaf[] {
  if (filter.kind === 'not') return leavesOf(filter.part);
  if (filter.kind === 'person') return leavesOf(filter.filter);
  return isGroup(filter) ? filter.parts.flatMap(leavesOf) : [filter];
}

function isGroup(filter: Filter): filter is Group {
  return filter.kind === 'and' || filter.kind === 'or';
}

function isComparison(leaf: Leaf): boolean {
  return leaf.kind === 'number' || leaf.kind === 'date' || leaf.kind === 'age';
}

function fieldOf(leaf: Leaf): string | null {
  switch (leaf.kind) {
    case 'category':
      return 'cat';
    case 'number':
      return leaf.figure;
    case 'date':
      return leaf.side;
    case 'topic':
    case 'venue':
    case 'age':
      return leaf.kind;
    default:
      return leaf.field;
  }
}

function printValue(leaf: Leaf): string {
  switch (leaf.kind) {
    case 'category':
      return leaf.pattern;
    case 'topic':
      return leaf.name;
    case 'number':
      return `${leaf.is === '=' ? '' : leaf.is}${leaf.value}`;
    case 'date':
      return leaf.day;
    case 'age':
      return `${leaf.is}${printHours(leaf.hours)}`;
    case 'venue':
      return printText(leaf.form, leaf.text, null);
    default:
      return printText(leaf.kind, leaf.text, leaf.kind === 'phrase' ? leaf.within : null);
  }
}

function printText(form: TextLeaf['kind'], text: string, within: number | null): string {
  if (form === 'word') return text;
  if (form === 'prefix') return `${text}*`;
  return within === null ? `"${text}"` : `"${text}"~${within}`;
}

function printHours(hours: number): string {
  return hours % 24 === 0 && hours > 0 ? `${hours / 24}d` : `${hours}h`;
}
