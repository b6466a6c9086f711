import { ANY_ARCHIVE, type IdFault, judgeId, SUBJECT_CLASS } from './id-form.ts';
import { legible } from './legible.ts';

/** What has the look of an id in a text. `why`: it can be none, though it was probably meant as one. */
export type IdMention = { kind: 'paper'; id: string } | { kind: 'malformed'; written: string; why: IdFault };

const NEW_STYLE = String.raw`(?<!\d)\d{4}\.\d{1,12}(?!\d)`;
const OLD_STYLE = String.raw`(?<![a-z\d])(?:${ANY_ARCHIVE})${SUBJECT_CLASS}\/\d{5,9}(?!\d)`;
const CANDIDATE = new RegExp(`${NEW_STYLE}|${OLD_STYLE}`, 'gi');

/** A DOI of another publisher may hold anything: 10.1145/2408.00714. */
const FOREIGN_DOI = /(?<![\d.])10\.(?!48550\/)\d{4,9}\/\S+/g;

/** How much of a text before and after a number is looked at. */
const AROUND = 300;

const MONEY = 'eur|usd|gbp|chf|jpy|cny|inr|btc|eth|usdt';
/** No single letter: that is an author's as well. */
const UNITS = '[nµm]s|[kmc]m|[mk]g|[kMG]?Hz|[kMGT]i?B|(?:second|minute|hour|day|met(?:er|re)|mile)s?';

/** Before a number that is none of arXiv's: money, telephones, versions of software, viXra's papers. */
const NOT_AFTER = [
  /(?:\p{Sc}|±)\s?$/u,
  new RegExp(String.raw`\b(?:${MONEY}|tel|phone|fax|ver|version|v)\b[.:]*\s?$`, 'i'),
  /(?:^|\s)\+(?:\d[\d ()-]{0,8})?$/,
  /[=<>~!]=\s?$/,
  /\d[.-]$/,
];
const NOT_BEFORE = [
  // A link that was pasted twice follows itself.
  /^(?!https?:)[a-z\d]/i,
  /^\.\d/,
  /^-\d/,
  /^,\d{1,3}(?!\d)/,
  new RegExp(String.raw`^\s?(?:[\p{Sc}%°]|(?:${MONEY}|euros?|dollars?|percent)\b)`, 'iu'),
  new RegExp(String.raw`^\s?(?:${UNITS})(?![\p{L}\p{N}])`, 'u'),
];
/** What may stand right before a number, joined to it: arXiv2408.00714, arxiv.2408.00714. */
const JOINED = /arxiv[.-]?$/i;
/** "arXiv version 2408.00714". */
const CALLED_ARXIV = /arxiv[^\d.;]{0,15}$/i;
/** What a hyphen may join to it: paper-2408.00714.pdf. */
const SAYS_PAPER = /(?:abs|arxiv|e-?print|html|id|papers?|pdf|preprint)[-_]$/i;
/** What names a paper's file, whatever else its name holds: LoRA-2408.00714_final.pdf. */
const IS_PDF = /^[^\s/]{0,100}\.pdf\b/i;
/** In the midst of a name, as of a file: run_2408.00714_seed3. */
const IN_NAME = { before: /[a-z\d]_$/i, after: /^[_-][a-z\d]/i };
const IS_LINK = /:\/\/|www\.|\.[a-z]{2,}\//i;
const MEANT = /arxiv[^a-z\d]{0,4}$|arxiv\.org\/|arxiv\.|(?:huggingface|hf)\.co\/papers\/|e-?print|\babs\/$/i;

/** Everything in a person's text that names a paper, or was meant to, in its order. */
export function mentionsIn(text: string): IdMention[] {
  const plain = legible(text).replace(FOREIGN_DOI, ' ');
  return [...plain.matchAll(CANDIDATE)].flatMap(({ 0: written, index }) => {
    const place = { before: plain.slice(Math.max(0, index - AROUND), index), written, after: '' };
    place.after = plain.slice(index + written.length, index + written.length + AROUND);
    return read(place) ?? [];
  });
}

type Place = { before: string; written: string; after: string };

function read(place: Place): IdMention | null {
  if (!standsAlone(place)) return null;
  const { written } = place;
  const judged = judgeId(written);
  if (judged.ok) return { kind: 'paper', id: judged.id };
  return isMeant(place, judged.why) ? { kind: 'malformed', written, why: judged.why } : null;
}

/** Whether a number is one of its own, no part of something longer. */
function standsAlone({ before, after }: Place): boolean {
  const rest = after.replace(/^v\d*/i, '');
  if (NOT_BEFORE.some((sign) => sign.test(rest))) return false;
  if (JOINED.test(before)) return true;
  const chunk = chunkBefore(before);
  if (/[a-z\d]$|[a-z]\.$/i.test(before) || /vixra/i.test(chunk)) return false;
  const isName = IN_NAME.before.test(before) && IN_NAME.after.test(rest);
  if (isName || /[a-z]-$/i.test(before))
    return SAYS_PAPER.test(before) || IS_LINK.test(chunk) || IS_PDF.test(rest);
  if (IS_LINK.test(chunk) || CALLED_ARXIV.test(before)) return true;
  return !NOT_AFTER.some((sign) => sign.test(before));
}

/**
 * A number of five digits after the point is hardly anything else, one of four where nothing else is said, and so is any
 * other after a month; others only where they are called arXiv's.
 */
function isMeant({ before, written, after }: Place, why: IdFault): boolean {
  const chunk = chunkBefore(before);
  if (MEANT.test(chunk) || MEANT.test(before)) return true;
  if (IS_LINK.test(chunk)) return false;
  if (written.includes('/')) return true;
  const length = written.length - written.indexOf('.') - 1;
  if (length === 5) return true;
  const mayBeOne = length === 4 || why.kind === 'digits';
  return mayBeOne && !/[\p{L}\p{N}]/u.test(before + after.replace(/^v\d+/i, ''));
}

/** What is joined to it: the link that it stands in. */
function chunkBefore(before: string): string {
  return before.split(/[\s<>()[\]{}|"'`]/).at(-1) ?? '';
}
