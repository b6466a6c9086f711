import type { Paper } from '#src/paper/paper.ts';

type Told = Pick<Paper, 'title' | 'abstract'> & { comment?: string | null };

/**
 * Whether arXiv's own fields say that the paper was taken back: a title marked so, an abstract that begins with it, or a
 * comment with it. A paper about withdrawals, or one that left a conference, says the word in other places.
 */
export function tellsWithdrawal({ title, abstract, comment }: Told): boolean {
  if (MARKED.test(title) || MARKED_IN_BRACKETS.test(title) || NOTHING_ELSE.test(title)) return true;
  const note = (comment ?? '').slice(0, FAR);
  return ABSTRACT.test(abstract.slice(0, FAR)) || (COMMENT.test(note) && !BACK.test(note));
}

/** It is said soon or not at all. */
const FAR = 500;

const MARKED = /^(?:WITHDRAWN|RETRACTED)\s?[:.–—-]/;
const MARKED_IN_BRACKETS = /^[[(](?:withdrawn|retracted)[\])]|[[(](?:withdrawn|retracted)[\])]$/i;
const NOTHING_ELSE =
  /^(?:(?:this )?(?:paper|article|submission|manuscript|preprint) )?(?:(?:has been|is|was) )?(?:withdrawn|retracted)\.?$/i;

const WORK = '(?:paper|article|submission|manuscript|preprint|work|version|note|report|draft)';
const HAS_BEEN = '(?:has been|have been|was|is|is being|is hereby|had been)';
/** By whoever can: what a government withdrew is what the paper is about. */
const NOT_BY_OTHERS = String.raw`(?!\sby\s(?:the|an?)\s(?!author|arxiv|submitt|moderat|administrat|owner))`;
const GONE = String.raw`(?:withdrawn|retracted)\b(?!\sfrom\s(?!(?:the\s)?arxiv))${NOT_BY_OTHERS}`;
/** It ends here, or tells by whom and why: what else follows is what was withdrawn. */
const NO_MORE = String.raw`(?=\s?(?:$|[.;,:!)\]–—-]|(?:by|due|because|as|at|for|since|pending|until|owing|after|following|temporarily|permanently|on|to|and|from|in favou?r)\b))`;
const THIS_IS_GONE = String.raw`(?:(?:this|the|our|my)\s(?:arxiv\s)?${WORK}\s${HAS_BEEN}\s(?:[a-z]{3,12}ly\s|now\s)?${GONE}|this\s${WORK}\s${GONE}${NO_MORE})`;
const GONE_ALONE = String.raw`(?:${WORK}\s(?:${HAS_BEEN}\s)?)?${GONE}${NO_MORE}`;
/** Where a sentence of the paper itself begins: no theorem, version or venue before it. */
const BEGINS = String.raw`(?:^[(\[]?|[.;!]\s?|(?:^|\s)(?:v\d{1,2}|version\s\d{1,2}|notes?|comments?|status|update)\s?:\s?|(?:pages?|pp|figures?|figs?|tables?)\s?[,:(\[]\s?)`;
const WITHDRAWING = String.raw`\b(?:we|authors?|i)\s(?:have\s|has\s|are\s|am\s)?(?:withdraw|withdrew|withdrawn|withdrawing)\s(?:this|the|our|my)\s(?!.{0,60}\bfrom\b)`;

const ABSTRACT = new RegExp(
  String.raw`^[\s*"'[(]{0,3}(?:${THIS_IS_GONE}|${WORK}\s${GONE}${NO_MORE}|(?:withdrawn|retracted)\s(?:by|because|at the request|due to (?:an?\s|some\s|the\s)?(?:\w{1,20}\s)?(?:errors?|mistakes?|flaws?|bugs?|gaps?|issues?))\b|(?:withdrawn|retracted)\.?$|(?:the\s)?${WITHDRAWING})`,
  'i',
);
const COMMENT = new RegExp(
  String.raw`(?:^|[.;,:!(\[]\s?)${THIS_IS_GONE}|${BEGINS}${GONE_ALONE}|${WITHDRAWING}`,
  'i',
);
/** It was, and is here again. */
const BACK =
  /\b(?:restored?|reinstated?|resubmitted|un-?withdrawn|(?:no longer|not|mistakenly|accidentally) withdrawn|withdrawn (?:by (?:mistake|accident)|in error))\b/i;
