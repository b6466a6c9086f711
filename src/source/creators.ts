import { withoutMarkup } from './name-markup.ts';
import { oneLine } from './plain-text.ts';

/**
 * The people and groups that sign a paper, one by one and in their order, from whatever a source writes: one text with all
 * of them (a feed's `dc:creator`) or a text each. What is nobody (`:`, `et al.`, an affiliation, a degree) is left out.
 */
export function readCreators(texts: readonly string[]): string[] {
  const isOneEach = texts.length > 1;
  return texts.flatMap((text) => namesIn(text, isOneEach));
}

/** The same where the source gives each a text of its own, even if there is only one. */
export const readEachCreator = (texts: readonly string[]): string[] =>
  texts.flatMap((text) => namesIn(text, true));

function namesIn(text: string, isOneEach: boolean): string[] {
  const parts = withoutBrackets(withoutMarkup(text)).split(/[;；]/);
  const people =
    (isOneEach || parts.length > 1) && parts.every(isFamilyFirst) ? parts.map(familyLast) : parts;
  return people.flatMap((part) => withSuffixes(part.split(/[,，、:：]/).map(oneLine)).flatMap(namesJoined));
}

const SUFFIX = /^(?:Jr|Sr|II|III|IV)\b\.?$/i;
const DEGREE =
  /^(?:Ph\.?\s?D|M\.?\s?D|D\.?\s?Phil|[MBD]\.?\s?Sc|M\.?\s?Phil|MBA|MPH|M\.?\s?Eng|Dr|Prof|Professor|Esq|[MB]\.\s?[AS])\.?$/i;

/** `Thorne, Alan`. */
const isFamilyFirst = (part: string): boolean => {
  const [family, given, ...more] = part.split(',').map(oneLine);
  if (given === undefined || more.length > 0 || family === '' || given === '') return false;
  return !/\s/.test(family) && !SUFFIX.test(given) && !DEGREE.test(given);
};

const familyLast = (part: string): string => part.split(',').map(oneLine).reverse().join(' ');

/** `Jr.` belongs to the name before it. */
function withSuffixes(pieces: readonly string[]): string[] {
  const names: string[] = [];
  for (const piece of pieces) {
    if (SUFFIX.test(piece) && names.length > 0) names.push(`${names.pop()}, ${piece}`);
    else if (!DEGREE.test(piece)) names.push(piece);
  }
  return names;
}

const GROUP = /\b(?:collaborations?|consortium|teams?|group|lab|project|contributors)\b/i;
const JOINED = /\s+(?:and|&)\s+|(?:^|\s+)(?:on behalf of|for)\s+(?=the\s)/;

/** One person, or several that are joined by words; the name of a group may have such words itself. */
function namesJoined(piece: string): string[] {
  const text = piece.replace(/^(?:and|&)(?:\s+|$)/, '');
  const [first, ...others] = text.split(JOINED);
  const isOneGroup = others.length > 0 && GROUP.test(text) && first !== '' && !/\s/.test(first);
  if (isOneGroup) return [bareName(text)].filter(isSomebody);
  return [bareName(first), ...others.map((other) => bareName(other.replace(/^the\s+/i, '')))].filter(
    isSomebody,
  );
}

const TITLE = /^(?:(?:Prof|Dr)\.\s?|(?:Professor|Prof|Dr)\s+)+(?=\S)/;
const DEGREE_BEHIND = /\s(?:Ph\.?\s?D|M\.D|MD|M\.?Sc|D\.?Phil)\.?$/;
const OTHERS = /(?:^|\s)(?:et\.?\s?al\.?|et alii|and others|others|\.{3}|…)$/;
/** A mark of an affiliation that lost its height: `Thorne1`. */
const NUMBER_BEHIND = /(?<=\s.{0,100}\p{Ll})\d{1,2}$/u;

const bareName = (text: string): string =>
  oneLine(
    text
      .replace(OTHERS, '')
      .replace(TITLE, '')
      .replace(DEGREE_BEHIND, '')
      .replace(NUMBER_BEHIND, '')
      .replace(/^[\s.\-–—/]+|[\s\-–—/]+$/g, ''),
  );

const isSomebody = (name: string): boolean => /\p{L}/u.test(name);

/**
 * Without what stands in brackets, nested or not. One that is not closed reaches to the next comma, or to the end where it
 * begins a list of affiliations, `((1) Here, (2) there`.
 */
function withoutBrackets(text: string): string {
  const ends = closings(text);
  const kept: string[] = [];
  let from = 0;
  for (let at = 0; at < text.length; at++) {
    if (!/[()[\]]/.test(text[at])) continue;
    kept.push(text.slice(from, at), ' ');
    if (isOpening(text[at])) at = (ends.get(at) ?? endOfUnclosed(text, at)) - 1;
    from = at + 1;
  }
  return kept.join('') + text.slice(from);
}

const isOpening = (sign: string): boolean => sign === '(' || sign === '[';

/** Behind the bracket that closes each one that is closed. */
function closings(text: string): Map<number, number> {
  const ends = new Map<number, number>();
  const open: number[] = [];
  for (let at = 0; at < text.length; at++) {
    if (isOpening(text[at])) open.push(at);
    else if (text[at] === ')' || text[at] === ']') {
      const start = open.pop();
      if (start !== undefined) ends.set(start, at + 1);
    }
  }
  return ends;
}

function endOfUnclosed(text: string, at: number): number {
  if (/^[([]\s?[([]/.test(text.slice(at, at + 3))) return text.length;
  const comma = text.indexOf(',', at);
  return comma < 0 ? text.length : comma;
}
