/**
 * What can be an arXiv id (https://info.arxiv.org/help/arxiv_identifier.html): `YYMM.NNNN` from 2007-04 to 2014-12,
 * `YYMM.NNNNN` since, `archive/YYMMNNN` from 1991 to 2007-03. The canonical form has no prefix, no version and no subject
 * class: it is the key of everything.
 */

/** Why something that has the look of an id can be none. */
export type IdFault =
  /** As it is written: `13`. */
  | { kind: 'month'; month: string }
  /** Before April 2007 ids had an archive's name. */
  | { kind: 'too-early' }
  /** After March 2007 they have none. */
  | { kind: 'too-late' }
  /** Of an id's own number: how many there should be. */
  | { kind: 'digits'; wanted: 4 | 5 | 7 }
  | { kind: 'zero' }
  | { kind: 'archive'; archive: string }
  /** The month has not come yet: `year` of four digits, `month` from 1. */
  | { kind: 'future'; year: number; month: number };

type Judged = { ok: true; id: string } | { ok: false; why: IdFault };

const ARCHIVES = (
  'acc-phys adap-org alg-geom ao-sci astro-ph atom-ph bayes-an chao-dyn chem-ph cmp-lg comp-gas cond-mat cs dg-ga ' +
  'funct-an gr-qc hep-ex hep-lat hep-ph hep-th math math-ph mtrl-th nlin nucl-ex nucl-th patt-sol physics plasm-ph ' +
  'q-alg q-bio quant-ph solv-int supr-con'
).split(' ');
const KNOWN_ARCHIVES = new Set(ARCHIVES);

/** For a regular expression: arXiv's archives with old ids, the longer names first. */
export const ANY_ARCHIVE = [...ARCHIVES].sort((a, b) => b.length - a.length).join('|');

/** `math.GT`, `cond-mat.mes-hall`: what may follow an archive. */
export const SUBJECT_CLASS = String.raw`(?:\.[a-z]{2,5}(?:-[a-z]{2,5})?)?`;

const FIRST_WITHOUT_ARCHIVE = 704;
const FIRST_OF_FIVE_DIGITS = 1501;
const FIRST_YEAR = 91;
/** Where the first of a month has begun anywhere, its first ids may be there. */
const DAY = 86_400_000;

/** `2408.00714` or `math.GT/0309136`, in any case, without a version. */
export function judgeId(written: string): Judged {
  const id = written.toLowerCase();
  return id.includes('/') ? judgeOldStyle(id) : judgeNewStyle(id);
}

function judgeNewStyle(id: string): Judged {
  const [yearMonth, number] = id.split('.');
  if (!isMonth(yearMonth.slice(2))) return fault({ kind: 'month', month: yearMonth.slice(2) });
  if (Number(yearMonth) < FIRST_WITHOUT_ARCHIVE) return fault({ kind: 'too-early' });
  const wanted = Number(yearMonth) >= FIRST_OF_FIVE_DIGITS ? 5 : 4;
  if (number.length !== wanted) return fault({ kind: 'digits', wanted });
  return Number(number) === 0 ? fault({ kind: 'zero' }) : { ok: true, id };
}

/** `math.GT/0309136` and `math/0309136` are one paper: arXiv's own form has no subject class. */
function judgeOldStyle(id: string): Judged {
  const [place, number] = id.split('/');
  const archive = place.split('.')[0];
  if (!KNOWN_ARCHIVES.has(archive)) return fault({ kind: 'archive', archive });
  if (number.length !== 7) return fault({ kind: 'digits', wanted: 7 });
  if (!isMonth(number.slice(2, 4))) return fault({ kind: 'month', month: number.slice(2, 4) });
  const isOfThe90s = Number(number.slice(0, 2)) >= FIRST_YEAR;
  if (!isOfThe90s && Number(number.slice(0, 4)) >= FIRST_WITHOUT_ARCHIVE) return fault({ kind: 'too-late' });
  return number.endsWith('000') ? fault({ kind: 'zero' }) : { ok: true, id: `${archive}/${number}` };
}

const fault = (why: IdFault): Judged => ({ ok: false, why });

const isMonth = (digits: string): boolean => Number(digits) >= 1 && Number(digits) <= 12;

/** An id of a month that has not begun at `now` (UTC ms) is nobody's yet; null when it may be there. */
export function futureOf(id: string, now: number): IdFault | null {
  if (id.includes('/')) return null;
  const [year, month] = [2000 + Number(id.slice(0, 2)), Number(id.slice(2, 4))];
  return Date.UTC(year, month - 1) > now + DAY ? { kind: 'future', year, month } : null;
}
