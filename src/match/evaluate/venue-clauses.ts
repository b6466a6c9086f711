import { isShortened, type VenueToken } from './venue-words.ts';

/** What one half-sentence of a comment says of the venue in it. */
type VenueVerdict = 'accepted' | 'refused' | 'nothing';

/**
 * Its tokens, first the word that says it. `isOpen`: the venue may be one that is not in the list. `isMeant`: it says
 * nothing, but what follows speaks of it: `ApJ, in press`.
 */
export type VenueClause = { said: VenueVerdict; tokens: VenueToken[]; isOpen: boolean; isMeant: boolean };

const ACCEPTED = new Set(
  'accept accepted acceptance appear appears appeared appearing published presented forthcoming camera press selected'.split(
    ' ',
  ),
);
/** Of what was accepted, where `at` or `in` follows. */
const HONOURED = new Set(
  'oral spotlight poster award talk highlight mention nominee demo demonstration'.split(' '),
);
const REFUSED = new Set(
  (
    'submitted submission submissions submit submitting resubmitted resubmission review reviewing revision revisions rejected reject rejection ' +
    'preparation prepared withdrawn declined consideration considered style template format formatted planned intended target targeted ' +
    'targeting deadline'
  ).split(' '),
);
const CUES = new Set([...ACCEPTED, ...HONOURED, ...REFUSED, 'version', 'abstract', 'paper']);
const NOT_YET = new Set('not never cannot if unless pending hopefully hope'.split(' '));
const TURNS = new Set('and but then now later finally also has been was'.split(' '));
const SENTENCE_END = /[;|\n•*]|[.!?]\s/;

/** The sentences of a comment, each as its clauses. */
export function clausesOf(tokens: readonly VenueToken[]): VenueClause[][] {
  return sentencesOf(tokens).map((sentence) => withWhatFollows(cutAtCues(sentence)));
}

function sentencesOf(tokens: readonly VenueToken[]): VenueToken[][] {
  const sentences: VenueToken[][] = [];
  for (const [at, token] of tokens.entries()) {
    if (at === 0 || endsBetween(tokens[at - 1], token)) sentences.push([]);
    sentences[sentences.length - 1].push(token);
  }
  return sentences;
}

function endsBetween(before: VenueToken, token: VenueToken): boolean {
  if (!SENTENCE_END.test(token.gap)) return false;
  return !/^\.\s+$/.test(token.gap) || (!isShortened(before) && /^[\p{Lu}\d]/u.test(token.text));
}

function cutAtCues(sentence: readonly VenueToken[]): VenueClause[] {
  const clauses: VenueClause[] = [{ said: 'nothing', tokens: [], isOpen: false, isMeant: false }];
  for (const [at, token] of sentence.entries()) {
    const current = clauses[clauses.length - 1];
    const cue = cueAt(sentence, at, current);
    if (cue === null) current.tokens.push(token);
    else clauses.push({ ...cue, tokens: [token], isMeant: false });
  }
  return clauses;
}

type Cue = Pick<VenueClause, 'said' | 'isOpen'>;

/** Whether a clause begins at the token. */
function cueAt(sentence: readonly VenueToken[], at: number, current: VenueClause): Cue | null {
  const { word, gap } = sentence[at];
  if (!CUES.has(word) && !gap.includes('@')) return null;
  const next = sentence[at + 1]?.word ?? '';
  const before = sentence.slice(Math.max(0, at - 3), at).map((token) => token.word);
  if (isRefusal(word, before)) return { said: 'refused', isOpen: false };
  if (word === 'version' && next === 'of') return { said: 'accepted', isOpen: false };
  const isHonour = HONOURED.has(word) && (next === 'at' || next === 'in');
  if (gap.includes('@') && !current.tokens.some(isWorkshopWord)) return { said: 'accepted', isOpen: true };
  const isThere = isPaperThere(word, next, before.at(-1) ?? '');
  if (!ACCEPTED.has(word) && !isHonour && !isThere) return null;
  if (current.said === 'refused' && !isTurn(gap, before)) return null;
  // Of papers accepted there a survey may tell.
  if (before.at(-1) === 'papers' || before.some((one) => NOT_YET.has(one)))
    return { said: 'refused', isOpen: false };
  return { said: 'accepted', isOpen: !isThere };
}

/** `preliminary version in`, `extended abstract at`, `long paper at`; a `companion paper in` is another one. */
function isPaperThere(word: string, next: string, before: string): boolean {
  if (next !== 'in' && next !== 'at') return false;
  if (word === 'paper') return /^(?:long|short|full|conference|regular|position|demo)$/.test(before);
  return word === 'version' || (word === 'abstract' && before === 'extended');
}

/** `submitted to A and published in B`, not `submitted to be published in B`. */
function isTurn(gap: string, before: readonly string[]): boolean {
  return /[,;:()[\].–—]/.test(gap) || before.some((one) => TURNS.has(one));
}

function isRefusal(word: string, before: readonly string[]): boolean {
  if (!REFUSED.has(word)) return false;
  // Physical Review D; accepted with minor revisions.
  if (word === 'review') return /^(?:under|in|for|peer|blind|still|reviewing)$/.test(before.at(-1) ?? '');
  return !word.startsWith('revision') || !before.some((one) => one === 'with' || one === 'after');
}

export function isWorkshopWord({ word }: VenueToken): boolean {
  return WORKSHOPS.has(word);
}

const WORKSHOPS = new Set(
  (
    'workshop workshops srw tutorial tutorials challenge challenges competition competitions companion consortium satellite located ' +
    'colocated collocated conjunction hackathon'
  ).split(' '),
);

/** `ICML 2026 submission`, `ApJ, in press`: what names no venue of its own speaks of what stands before it. */
function withWhatFollows(clauses: readonly VenueClause[]): VenueClause[] {
  return clauses.flatMap((clause, at) => {
    const next = clauses[at + 1];
    if (clause.said !== 'nothing' || next === undefined || namesSomething(next)) return [clause];
    return next.said === 'refused' ? [] : [{ ...clause, isMeant: true }];
  });
}

function namesSomething({ tokens }: VenueClause): boolean {
  return tokens.slice(1).some(({ isCapital, kind }) => isCapital && kind === 'word');
}
