import type { Filter } from './filter.ts';
import { ofOnePerson } from './person.ts';
import { printFilter } from './print-filter.ts';

/**
 * The same filter with less in it: no NOT of a NOT, nothing twice, and no part that another part makes superfluous
 * (`a OR (a b)` is a, `a (a OR b)` is a). It matches exactly the papers that the filter matches.
 */
export function simplifyFilter(filter: Filter): Filter {
  if (filter.kind === 'not') return negated(simplifyFilter(filter.part));
  if (filter.kind === 'person') return ofOnePerson(simplifyFilter(filter.filter));
  if (filter.kind !== 'and' && filter.kind !== 'or') return filter;
  const { kind } = filter;
  const parts = filter.parts
    .map(simplifyFilter)
    .flatMap((part) => (part.kind === kind ? part.parts : [part]));
  const needed = withoutSuperfluous(withoutRepeated(parts), kind);
  return needed.length === 1 ? needed[0] : { kind, parts: needed };
}

function negated(part: Filter): Filter {
  return part.kind === 'not' ? part.part : { kind: 'not', part };
}

function withoutRepeated(parts: readonly Filter[]): Filter[] {
  return [...new Map(parts.map((part) => [printFilter(part), part])).values()];
}

/** Absorption: a part that holds whenever (OR: only when) a single other part holds adds nothing. */
function withoutSuperfluous(parts: readonly Filter[], kind: 'and' | 'or'): Filter[] {
  const single = new Set(parts.map(printFilter));
  const other = kind === 'and' ? 'or' : 'and';
  return parts.filter(
    (part) => part.kind !== other || !part.parts.some((inner) => single.has(printFilter(inner))),
  );
}
