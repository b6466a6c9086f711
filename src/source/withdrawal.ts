import type { Paper } from '#src/paper/paper.ts';

type Told = Pick<Paper, 'title' | 'abstract'> & { comment?: string | null };

/**
 * Whether arXiv's own fields say that the paper was taken back: a title marked so, an abstract that begins with it, or a
 * comment with it. A paper about withdrawals, or one that left a conference, says the word in other places.
 */
export function tellsWithdrawal({ title, abstract, comment }: Told): boolean {
  if (MARKED.test(title) || MARKED_IN_BRACKETS.test(title)) return true;
  return ABSTRACT.test(abstract.slice(0, FAR)) || COMMENT.test((comment ?? '').slice(0, FAR));
}

/** It is said soon or not at all. */
const FAR = 500;

const MARKED = /^(?:WITHDRAWN|RETRACTED)\s?[:.–—-]/;
const MARKED_IN_BRACKETS = /^[[(](?:withdrawn|retracted)[\])]|[[(](?:withdrawn|retracted)[\])]$/i;

const WORK = '(?:paper|article|submission|manuscript|preprint|work|version|note|report|draft)';
const HAS_BEEN = '(?:has been|have been|was|is|is being|had been)';
const GONE = String.raw`(?:withdrawn|retracted)\b(?!\sfrom\s(?!(?:the\s)?arxiv))`;
const THIS_IS_GONE = String.raw`(?:this|the)\s(?:arxiv\s)?${WORK}\s${HAS_BEEN}\s(?:[a-z]{3,12}ly\s|now\s)?${GONE}`;
const GONE_ALONE = String.raw`(?:${WORK}\s(?:${HAS_BEEN}\s)?)?${GONE}`;

const ABSTRACT = new RegExp(
  String.raw`^[\s*"'[(]{0,3}(?:${THIS_IS_GONE}|${WORK}\s${GONE}|withdrawn\s(?:by|due|because|at the request)\b|withdrawn\.?$)`,
  'i',
);
const COMMENT = new RegExp(
  String.raw`(?:^|[.;,:!(\[]\s?)(?:${THIS_IS_GONE}|${GONE_ALONE})|\b(?:we|authors?|i)\s(?:have\s|has\s)?(?:withdraw|withdrew|withdrawn)\s(?:this|the|our|my)\s(?!.{0,60}\bfrom\b)`,
  'i',
);
