import type { Filter, TextLeaf } from '../language/filter.ts';
import { analyse } from '../text/analyse.ts';
import { areCompound } from '../text/compounds.ts';
import { spellingsOf } from '../text/spelling.ts';
import { joinsAsAcronym, readTerm, type TermPart } from './term.ts';
import { readAskedVenue } from './venue.ts';

type Inner = Extract<Filter, { parts: readonly Filter[] } | { kind: 'not' | 'person' }>;
type Leaf = Exclude<Filter, Inner>;

/** What a term of a filter means: the same text for all spellings of it that find the same papers. */
export function meaningOfLeaf(leaf: Leaf): string {
  switch (leaf.kind) {
    case 'category':
      return `cat ${leaf.pattern}`;
    case 'topic':
      return `topic ${leaf.name}`;
    case 'number':
      return `${leaf.figure} ${comparison(leaf)}`;
    case 'date':
      return `${leaf.side} ${leaf.day}`;
    case 'age':
      return `age ${leaf.is} ${leaf.hours}`;
    case 'venue': {
      const { name, prefix, words, years } = readAskedVenue(leaf);
      return `venue ${JSON.stringify([name ?? words.toSorted(), prefix, years.toSorted()])}`;
    }
    default:
      return `${leaf.field ?? 'text'} ${meaningOfWords(leaf)}`;
  }
}

/** Figures are whole: `>5` is `>=6`. */
function comparison({ is, value }: Extract<Leaf, { kind: 'number' }>): string {
  if (is === '>') return `>= ${value + 1}`;
  return is === '<' ? `<= ${value - 1}` : `${is} ${value}`;
}

function meaningOfWords(leaf: TextLeaf): string {
  const { parts, near } = readTerm(leaf);
  if (near === null) return keyOf(parts, leaf);
  const units = near.units.map((unit) => keyOf(unit, leaf)).sort();
  return `${units.join(' ~ ')} within ${near.within}`;
}

/** Two words that one word may stand for have its key: fine-tuning, "fine tuning" and finetuning are the same. */
function keyOf(parts: readonly TermPart[], { field }: TextLeaf): string {
  const [first, second] = parts;
  if (parts.length !== 2 || field === 'author' || !parts.every(isWhole)) return inRow(parts);
  const [joined, ...more] = analyse(first.fold + second.fold);
  if (joined === undefined || more.length > 0 || joinsAsAcronym(first, second)) return inRow(parts);
  return areCompound(first, second, joined)
    ? keyOfPart({ ...joined, glued: false, prefixes: null })
    : inRow(parts);
}

const inRow = (parts: readonly TermPart[]): string => parts.map(keyOfPart).join(' ');

const isWhole = ({ prefixes, glued, acronym }: TermPart): boolean => prefixes === null && !glued && !acronym;

function keyOfPart(part: TermPart): string {
  const { prefixes, acronym, glued } = part;
  const key =
    prefixes === null ? spellingsOf(part).map(({ stem }) => stem) : prefixes.map((one) => `${one}*`);
  return `${glued ? '+' : ''}${acronym ? '^' : ''}${key.toSorted().join('/')}`;
}
