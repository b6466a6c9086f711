import { isWorkshopWord } from './venue-clauses.ts';
import { type FoundName, isSmall, isWeak, isWrittenAsName, namesAt } from './venue-names.ts';
import type { VenueToken } from './venue-words.ts';

/** A stretch of a clause without punctuation, but for what stands in a venue's own name. */
export type VenuePart = {
  tokens: readonly VenueToken[];
  /** The first venue of the list that it names. */
  name: FoundName | null;
  isWorkshop: boolean;
};

const PUNCTUATION = /[,:;()[\]{}"“”|–—@]|\s[-/]|[-/]\s/;
const JOINS = new Set(['and', 'for', 'of', 'with']);
/** What a paper is at a venue: stands behind the venue's name and does not belong to it. */
const TRACKS = new Set(
  (
    'oral orals spotlight poster posters main findings highlight highlights camera accepted acceptance paper papers conference track long short ' +
    'full demo demos demonstration demonstrations industry industrial datasets benchmarks student research best award ' +
    'late special journal first presented published version proceedings proceeding outstanding position system ' +
    'regular technical applied workshop workshops tutorial tutorials challenge competition companion poster ' +
    'doctoral tool tools session volume vol code project ' +
    'january february march april may june july august september october november december'
  ).split(' '),
);

/** The clause in parts; names of the list may reach over commas. */
export function venuePartsOf(tokens: readonly VenueToken[]): VenuePart[] {
  const parts: VenuePart[] = [];
  let from = 0;
  while (from < tokens.length) {
    const names: FoundName[] = [];
    let end = from;
    do {
      const found = nameAt(tokens, end, from);
      if (found !== null) names.push(found);
      end = found === null ? end + 1 : found.last + 1;
    } while (end < tokens.length && !beginsPart(tokens, end));
    parts.push(...jointParts(tokens, from, end, names));
    from = end;
  }
  return parts;
}

/** The part once for each of the venues that it is one of: IJCAI-ECAI 2026. */
function jointParts(tokens: readonly VenueToken[], from: number, end: number, names: readonly FoundName[]) {
  const isJoint = ({ first, last, kind }: FoundName) =>
    kind === 'acronym' &&
    names.some((other) => areJoined(tokens, last, other.first) || areJoined(tokens, other.last, first));
  const joint = names.filter(isJoint);
  if (joint.length < 2) return [toPart(tokens, from, end, names)];
  const behind = tokens.slice(joint[joint.length - 1].last + 1, end);
  return joint.map((name) => {
    const own = [
      ...tokens.slice(from, joint[0].first),
      ...tokens.slice(name.first, name.last + 1),
      ...behind,
    ];
    const first = joint[0].first - from;
    return toPart(own, 0, own.length, [{ ...name, first, last: first + name.last - name.first }]);
  });
}

function areJoined(tokens: readonly VenueToken[], last: number, next: number): boolean {
  return next === last + 1 && /^[-/–]$/.test(tokens[next].gap);
}

function toPart(
  tokens: readonly VenueToken[],
  from: number,
  end: number,
  names: readonly FoundName[],
): VenuePart {
  const own = tokens.slice(from, end);
  const isNamed = (at: number) => names.some(({ first, last }) => from + at >= first && from + at <= last);
  const [name = null] = names;
  return {
    tokens: own,
    name: name === null ? null : { ...name, first: name.first - from, last: name.last - from },
    isWorkshop:
      names.some((found) => found.isWorkshop) ||
      own.some((token, at) => !isNamed(at) && isWorkshopWord(token)),
  };
}

function beginsPart(tokens: readonly VenueToken[], at: number): boolean {
  if (PUNCTUATION.test(tokens[at].gap) || (/\.\s+$/.test(tokens[at].gap) && !tokens[at - 1].isShort))
    return true;
  return tokens[at].word === 'and' && tokens[at + 1] !== undefined && startsWithName(tokens, at + 1);
}

function startsWithName(tokens: readonly VenueToken[], from: number): boolean {
  let at = from;
  while (at < tokens.length - 1 && isSmall(tokens[at])) at++;
  return namesAt(tokens, at).some((name) => name.kind === 'acronym' && tokens[at].isCapital);
}

/** The longest name of the list at the token that is one there; `from`: where its part begins. */
function nameAt(tokens: readonly VenueToken[], at: number, from: number): FoundName | null {
  const names = namesAt(tokens, at);
  return (
    (names.length > 0 ? names : workshopsAt(tokens, at)).find(
      (name) => isWrittenAsName(tokens, name) && isWhole(tokens, name, from),
    ) ?? null
  );
}

/** CVPRW: the workshops of CVPR. */
function workshopsAt(tokens: readonly VenueToken[], at: number): FoundName[] {
  const { text, word } = tokens[at];
  if (!/\p{Lu}{3}WS?$/u.test(text)) return [];
  const names = namesAt([{ ...tokens[at], word: word.replace(/ws?$/, '') }], 0);
  return names.map((name) => ({ ...name, first: at, last: at, isWorkshop: true }));
}

/** Whether the name is not a piece of a longer one: neither Asian Conference on Machine Learning nor ... and Applications. */
function isWhole(tokens: readonly VenueToken[], { kind, first, last }: FoundName, from: number): boolean {
  if (kind === 'acronym') return true;
  if (kind === 'plain' && !isAllThereIs(tokens, first, last, from)) return false;
  const before = tokens[first - 1];
  const isLed =
    first > from &&
    !isWeak(before) &&
    !/^(?:at|by|to|as|journal|conference|journals|organi[sz]ation)$/.test(before.word);
  if (isLed && /^\p{Lu}/u.test(before.text) && !before.isCapital) return false;
  return endsAfter(tokens, last);
}

function endsAfter(tokens: readonly VenueToken[], last: number): boolean {
  let next = last + 1;
  if (next >= tokens.length || PUNCTUATION.test(tokens[next].gap)) return true;
  const isJoined = JOINS.has(tokens[next].word);
  while (next < tokens.length && JOINS.has(tokens[next].word)) next++;
  if (next >= tokens.length || TRACKS.has(tokens[next].word)) return true;
  if (isJoined) return startsWithName(tokens, next);
  return isWeak(tokens[next]) || !/^\p{Lu}/u.test(tokens[next].text) || namesAt(tokens, next).length > 0;
}

/** Before a plain name stand only words that lead to it, behind it only numbers. */
function isAllThereIs(tokens: readonly VenueToken[], first: number, last: number, from: number): boolean {
  const before = tokens.slice(from, first);
  const lead = before.at(-1);
  if (lead !== undefined && !isWeak(lead) && !/^(?:at|by|to|journal|magazine)$/.test(lead.word)) return false;
  if (lead !== undefined && (lead.word === 'of' || lead.word === 'and' || lead.word === 'on')) return false;
  const next = tokens[last + 1];
  if (next === undefined) return true;
  if (next.gap.startsWith('-')) return false;
  if (next.kind !== 'word' || /^(?:vol|volume|journal|magazine|paper)$/.test(next.word)) return true;
  return PUNCTUATION.test(next.gap) && (TRACKS.has(next.word) || !goesOn(next));
}

/** `Science, Technology & Human Values`; after a title stand its publisher, a place or a remark. */
function goesOn({ gap, text, word }: VenueToken): boolean {
  return /^\s?[,:]/.test(gap) && /^\p{Lu}/u.test(text) && !/^(?:elsevier|springer|wiley|nature)$/.test(word);
}

/** Whether the part begins with its name and goes on with nothing but what a venue's name may be followed by. */
export function isNameFirst({ tokens, name }: VenuePart): boolean {
  if (name === null || !tokens.slice(0, name.first).every(leadsTo)) return false;
  const next = tokens[name.last + 1];
  return next === undefined || isWeak(next) || TRACKS.has(next.word);
}

const leadsTo = (token: VenueToken): boolean =>
  isWeak(token) || /^(?:findings|oral|spotlight|poster|highlight|accepted|paper)$/.test(token.word);

/** Whether it has the shape of a title: `2nd International Workshop on ...`, `Journal of ...`. */
export function isTitled({ tokens }: VenuePart): boolean {
  const lead = tokens.find((token) => !isSmall(token));
  const [first] = tokens;
  if (lead === undefined || !tokens.some(isKind) || !/^[\p{Lu}\d]/u.test(lead.text)) return false;
  const isCount = first.kind === 'number' && first.text.length < 4;
  return !isCount && (isWeak(lead) || isKind(lead));
}

const isKind = ({ word, text }: VenueToken): boolean =>
  /^\p{Lu}/u.test(text) &&
  /^(?:conference|conf|symposium|workshops?|journal|transactions|trans|proceedings|proc|colloquium)$/.test(
    word,
  );

/** Whether a paper at a venue would be asked for by that word: oral, poster, findings. */
export const isTrack = ({ word }: VenueToken): boolean => TRACKS.has(word);

const REMARKS = new Set(
  (
    'code project website webpage page pages pp data dataset github available arxiv doi supplementary supplemental appendix appendices ' +
    'source video videos keywords including includes our we this these it i https note updated fixed corrected minor ' +
    'figure figures fig figs table tables license homepage blog preprint see section equal where which with models model homepage ' +
    'corresponding contributed based extended comments key'
  ).split(' '),
);

export const isRemarkWord = ({ word }: VenueToken): boolean => REMARKS.has(word);

/** `12 pages`, `code at ...`: nothing of a venue. */
export function isRemark({ tokens }: VenuePart): boolean {
  const [first, second, third] = tokens;
  if (first.kind === 'number' && second !== undefined && !second.gap.includes("'")) {
    return (
      REMARKS.has(second.word) || (third !== undefined && REMARKS.has(third.word) && first.text.length < 4)
    );
  }
  return REMARKS.has(first.word);
}
