import { asBeginning, initialOf } from '../evaluate/find-name.ts';
import { readTerm, type TermPart } from '../evaluate/term.ts';
import type { Filter } from '../language/filter.ts';
import { spellingsOf } from '../text/spelling.ts';

/** A word or a prefix; or two neighbouring parts, which a text may write as one. */
export type Row = readonly TermPart[];

/**
 * What a text must have for the parts of a term to stand in it: of each choice one row. Initials tell
 * little, and are left out where there is anything else.
 */
export function choicesOf(parts: readonly TermPart[]): Row[][] {
  const words = parts.filter((part) => initialOf(part) === null);
  const choices = words.flatMap((part, at) => (part.prefixes === null ? [formsOf(words, at)] : []));
  return choices.length > 0 ? choices : parts.map((part) => [[asBeginning(part)]]);
}

/** The same of a person's name for a group in `author:`; none when the group only excludes. */
export function choicesOfPerson(filter: Filter): Row[][] {
  switch (filter.kind) {
    case 'and':
      return filter.parts.flatMap(choicesOfPerson);
    case 'or': {
      const choices = filter.parts.map((part) => choicesOfPerson(part).at(0));
      return choices.includes(undefined) ? [] : [choices.flatMap((choice) => choice ?? [])];
    }
    case 'word':
    case 'prefix':
    case 'phrase':
      return choicesOf(readTerm(filter).parts);
    default:
      return [];
  }
}

/** The part as a word of its own, or with the part before or after it. */
function formsOf(parts: readonly TermPart[], at: number): Row[] {
  const { [at - 1]: before, [at]: part, [at + 1]: after } = parts;
  const forms: Row[] = [[alone(part)]];
  if (before !== undefined) forms.push([before, part]);
  if (after !== undefined)
    forms.push(after.prefixes === null ? [part, after] : [begun(part, after.prefixes)]);
  return forms;
}

function alone(part: TermPart): TermPart {
  return { ...part, acronym: false, glued: false };
}

/** The part and a beginning of the next, as the text may write them in one. */
function begun(part: TermPart, prefixes: readonly string[]): TermPart {
  const both = spellingsOf(part).flatMap(({ fold }) => prefixes.map((prefix) => fold + prefix));
  return { ...alone(part), prefixes: both };
}
