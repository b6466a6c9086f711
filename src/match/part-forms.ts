import type { Filter } from './filter.ts';
import { asBeginning, initialOf } from './find-name.ts';
import { type Part, readTerm } from './term.ts';

/**
 * What a text must have for the parts of a term to stand in it: of each choice one form, a word or a prefix. Initials tell
 * little, and are left out where there is anything else.
 */
export function choicesOf(parts: readonly Part[]): Part[][] {
  const words = parts.filter((part) => initialOf(part) === null);
  const choices = words.flatMap((part, at) => (part.prefixes === null ? [formsOf(words, at)] : []));
  return choices.length > 0 ? choices : parts.map((part) => [asBeginning(part)]);
}

/** The same of a person's name for a group in `author:`; none when the group only excludes. */
export function choicesOfPerson(filter: Filter): Part[][] {
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

/** The part as a word of its own, or written together with the part before or after it. */
function formsOf(parts: readonly Part[], at: number): Part[] {
  const { [at - 1]: before, [at]: part, [at + 1]: after } = parts;
  const forms = [alone(part)];
  if (before !== undefined) forms.push(joined(before, part));
  if (after !== undefined) forms.push(joined(part, after));
  return forms;
}

function alone(part: Part): Part {
  return { ...part, acronym: false, glued: false };
}

/** Both parts as the text may write them in one. */
function joined(first: Part, second: Part): Part {
  const word = first.fold + second.stem;
  const prefixes = second.prefixes?.map((prefix) => first.fold + prefix) ?? null;
  return { ...alone(first), fold: word, stem: word, prefixes };
}
