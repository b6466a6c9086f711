import { plainNames } from './name-markup.ts';
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
  const parts = withoutBrackets(plainNames(text)).split(/[;；]/);
  if (isOneEach || parts.length > 1) return parts.flatMap((part) => namesBetweenCommas(familyLast(part)));
  const joined = parts[0].split(/ and /);
  const isBibliography = joined.length > 1 && joined.every((part) => familyLast(part) !== part);
  return (isBibliography ? joined.map(familyLast) : parts).flatMap(namesBetweenCommas);
}

const namesBetweenCommas = (part: string): string[] =>
  withSuffixes(initialsLast(part.split(/[,，、:：]/).map(oneLine))).flatMap(namesJoined);

const INITIALS = /^(?:\p{Lu}\.[\s-]?)+$/u;

/** `Thorne, A., Quill, M. B.` are two: initials alone are nobody. */
function initialsLast(pieces: readonly string[]): readonly string[] {
  const isPairs =
    pieces.length % 2 === 0 && pieces.every((piece, at) => INITIALS.test(piece) === (at % 2 === 1));
  if (!isPairs) return pieces;
  return pieces.flatMap((family, at) => (at % 2 === 0 ? `${pieces[at + 1]} ${family}` : []));
}

const SUFFIX = /^(?:Jr|Sr|II|III|IV|Inc|Ltd|LLC|GmbH|Corp)\b\.?$/i;
const DEGREE =
  /^(?:Ph\.?\s?D|M\.?\s?D|D\.?\s?Phil|[MBD]\.?\s?Sc|M\.?\s?Phil|MBA|MPH|M\.?\s?Eng|Dr|Prof|Professor|Esq|[MB]\.\s?[AS])\.?$/i;

/** Words with which a family name of several begins. */
const PARTICLE = /^(?:da|de|del|della|den|der|di|do|dos|du|el|la|le|les|ten|ter|van|vom|von|y|zu)\s/i;

/** `Thorne, Alan` as `Alan Thorne`; anything else as it is. */
function familyLast(part: string): string {
  const [family, ...pieces] = part.split(',').map(oneLine);
  const given = pieces.filter((piece) => !SUFFIX.test(piece) && !DEGREE.test(piece));
  if (given.length !== 1 || given[0] === '' || family === '' || GROUP.test(part)) return part;
  if (/\s/.test(family) && !PARTICLE.test(family) && !INITIALS.test(given[0])) return part;
  return [`${given[0]} ${family}`, ...pieces.filter((piece) => piece !== given[0])].join(', ');
}

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
const JOINED = / (?:and|&) |(?:^| )(?:on behalf of |for (?=the )|with an? appendix (?:written )?by )/i;
/** The groups of which this is the plural's second part: `The ATLAS and CMS Collaborations`. */
const SEVERAL_GROUPS = /^(?:the )?\S+ (?:and|&) \S+ collaborations$/i;

/** One person, or several that are joined by words; the name of a group may have such words itself. */
function namesJoined(piece: string): string[] {
  const text = piece.replace(/^(?:and|&)(?:\s+|$)/, '').replace(/^the\s+/, '');
  const [first, ...others] = text.split(JOINED);
  const isOneGroup = others.length > 0 && GROUP.test(text) && first !== '' && !/\s/.test(first);
  if (isOneGroup || SEVERAL_GROUPS.test(text)) return [bareName(text)].filter(isSomebody);
  return [bareName(first), ...others.map((other) => bareName(other.replace(/^the\s+/i, '')))].filter(
    isSomebody,
  );
}

const TITLE = /^(?:(?:Prof|Dr)\.\s?|(?:Professor|Prof|Dr)\s+)+(?=\S)/;
const DEGREE_BEHIND = /\s(?:Ph\.?\s?D|M\.D|MD|M\.?Sc|D\.?Phil)\.?$/;
const OTHERS = /(?:^|\s)(?:et\.?\s?al\.?|et alii|and others|(?:many )?others|\.{3}|…)$/;
/** A mark of an affiliation that lost its height: `Thorne1`. */
const NUMBER_BEHIND = /(?<=\p{Ll})\d{1,2}$/u;

const bareName = (text: string): string =>
  oneLine(
    text
      .replace(OTHERS, '')
      .replace(TITLE, '')
      .replace(DEGREE_BEHIND, '')
      .replace(text.includes(' ') ? NUMBER_BEHIND : '', '')
      .replace(/^[\s.\-–—/]+|(?<![\s\-–—/])[\s\-–—/]+$/g, ''),
  );

const isSomebody = (name: string): boolean => /\p{L}/u.test(name);

/** What stands in brackets and signs all the same: `(for the BESIII Collaboration)`. */
const SIGNING_GROUP =
  /^ ?(?:on behalf of |for )?(?:the )?([^\s\d(),;][^(),;]{0,80} (?:collaborations?|consortium)) ?$/i;

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
    from = isOpening(text[at]) ? (ends.get(at) ?? endOfUnclosed(text, at)) : at + 1;
    const group = SIGNING_GROUP.exec(text.slice(at + 1, from - 1));
    if (group) kept.push(',', group[1], ' ');
    at = from - 1;
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
