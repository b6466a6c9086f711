import type { Filter } from '../language/filter.ts';
import { meaningOfLeaf } from './leaf-meaning.ts';

/**
 * What a filter means, whatever it is written like: filters of the same meaning have the same text. Order, brackets, doubled
 * parts, NOT of a NOT, what another part makes superfluous and what is multiplied out make no difference; nor do spellings
 * of a word that find the same papers. `never` and `always` are those of filters that decide nothing.
 *
 * A filter is a function of its terms, and the text is that function's decision diagram with the terms in alphabetical order
 * (R. E. Bryant, "Graph-based algorithms for Boolean function manipulation", 1986): equal functions have equal diagrams. One
 * that grows too large is told by its parts in order instead; then some that mean the same are told apart.
 */
export function meaningOf(filter: Filter): string {
  const diagram = createDiagram();
  const root = build(filter, diagram);
  return root === null ? inOrder(filter) : diagram.print(root);
}

/** Nodes and choices; more take over two milliseconds. Nearly all filters need under a hundred. */
const MOST_NODES = 2_500;

const NEVER = 0;
const ALWAYS = 1;

/** `term ? yes : no`; both are ids of nodes, or NEVER or ALWAYS. */
type Node = { term: string; yes: number; no: number };
type Diagram = ReturnType<typeof createDiagram>;

function createDiagram() {
  const nodes: Node[] = [
    { term: '', yes: NEVER, no: NEVER },
    { term: '', yes: ALWAYS, no: ALWAYS },
  ];
  const ids = new Map<string, number>();
  const chosen = new Map<string, number>();

  const node = (term: string, yes: number, no: number): number => {
    if (yes === no) return yes;
    const key = `${yes} ${no} ${term}`;
    const known = ids.get(key);
    if (known !== undefined) return known;
    nodes.push({ term, yes, no });
    ids.set(key, nodes.length - 1);
    return nodes.length - 1;
  };

  const isTooLarge = (): boolean => nodes.length + chosen.size > MOST_NODES;

  const side = (id: number, term: string, is: 'yes' | 'no'): number =>
    id > ALWAYS && nodes[id].term === term ? nodes[id][is] : id;

  /** Where `first` holds `second`, elsewhere `third`. */
  const choose = (first: number, second: number, third: number): number => {
    if (first === ALWAYS || second === third) return second;
    if (first === NEVER) return third;
    const key = `${first} ${second} ${third}`;
    const known = chosen.get(key);
    if (known !== undefined) return known;
    // Whatever comes of it is not looked at.
    if (isTooLarge()) return NEVER;
    const [term] = [first, second, third].flatMap((id) => (id > ALWAYS ? nodes[id].term : [])).sort();
    const half = (is: 'yes' | 'no') =>
      choose(side(first, term, is), side(second, term, is), side(third, term, is));
    const id = node(term, half('yes'), half('no'));
    chosen.set(key, id);
    return id;
  };

  const print = (root: number): string => {
    const places = new Map([
      [NEVER, 'never'],
      [ALWAYS, 'always'],
    ]);
    const lines: string[] = [];
    const place = (id: number): string => {
      const known = places.get(id);
      if (known !== undefined) return known;
      const { term, yes, no } = nodes[id];
      const line = `${JSON.stringify(term)} ? ${place(yes)} : ${place(no)}`;
      lines.push(line);
      places.set(id, `#${lines.length}`);
      return `#${lines.length}`;
    };
    const first = place(root);
    return lines.length === 0 ? first : lines.join('\n');
  };

  return {
    term: (term: string) => node(term, ALWAYS, NEVER),
    not: (id: number) => choose(id, NEVER, ALWAYS),
    and: (one: number, other: number) => choose(one, other, NEVER),
    or: (one: number, other: number) => choose(one, ALWAYS, other),
    isTooLarge,
    print,
  };
}

/** Null when it grows too large. */
function build(filter: Filter, diagram: Diagram): number | null {
  if (filter.kind === 'not') {
    const part = build(filter.part, diagram);
    return part === null ? null : diagram.not(part);
  }
  if (!isGroup(filter)) return diagram.term(termOf(filter));
  const { kind } = filter;
  let whole = kind === 'and' ? ALWAYS : NEVER;
  // The last term first: each further one stands above the diagram that is there.
  for (const part of sorted(filter.parts).reverse()) {
    const built = build(part, diagram);
    if (built === null || diagram.isTooLarge()) return null;
    whole = diagram[kind](built, whole);
  }
  return diagram.isTooLarge() ? null : whole;
}

function sorted(parts: readonly Filter[]): Filter[] {
  return parts
    .map((part) => ({ part, key: inOrder(part) }))
    .sort((a, b) => (a.key < b.key ? -1 : 1))
    .map(({ part }) => part);
}

/** By its parts in order. */
function inOrder(filter: Filter): string {
  if (filter.kind === 'not') return `-${inOrder(filter.part)}`;
  if (!isGroup(filter)) return termOf(filter);
  const parts = [...new Set(filter.parts.map(inOrder))].sort();
  return parts.length === 1 ? parts[0] : `(${parts.join(filter.kind === 'and' ? ' & ' : ' | ')})`;
}

type Group = Extract<Filter, { parts: readonly Filter[] }>;
type Not = Extract<Filter, { kind: 'not' }>;

function isGroup(filter: Filter): filter is Group {
  return filter.kind === 'and' || filter.kind === 'or';
}

function termOf(filter: Exclude<Filter, Group | Not>): string {
  return filter.kind === 'person' ? `person ${meaningOf(filter.filter)}` : meaningOfLeaf(filter);
}
