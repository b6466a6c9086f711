import type { Paper } from '#src/paper/paper.ts';

/**
 * Whether arXiv's own fields say that the authors took the paper back: an abstract or a comment that begins with it, or a
 * title marked so. A paper about withdrawals says the word elsewhere.
 */
export function tellsWithdrawal(
  paper: Pick<Paper, 'title' | 'abstract'> & { comment?: string | null },
): boolean {
  if (/^[[(]?withdrawn(?:[\])]|\s?:|\s[-–—]\s)/i.test(paper.title)) return true;
  return SAYS.test(paper.abstract.slice(0, 300)) || SAYS_IN_COMMENT.test((paper.comment ?? '').slice(0, 300));
}

const WORK = String.raw`(?:this|the)\s(?:arxiv\s)?(?:paper|article|submission|manuscript|preprint|work|version|note|report)`;
const GONE = String.raw`(?:has been|have been|was|is|is being|had been)\s(?:temporarily\s|now\s|officially\s|voluntarily\s)?(?:withdrawn|retracted)`;
const SAYS = new RegExp(
  String.raw`^[\s*"'[(]{0,3}(?:${WORK}\s${GONE}\b|withdrawn\s(?:by|due|because|at the request)\b|(?:paper|article|submission|manuscript)\s(?:has been\s)?withdrawn\b)`,
  'i',
);
const SAYS_IN_COMMENT = new RegExp(
  String.raw`(?:^|[.;,:!(\[]\s?)(?:${WORK}\s${GONE}\b|(?:paper|article|submission|manuscript|preprint)\s(?:has been\s|is\s|was\s)?withdrawn\b|(?:has been\s)?withdrawn\b(?!\sfrom))|\b(?:we|the authors?|i)\s(?:have\s|has\s)?(?:withdraw|withdrew|withdrawn)\s(?:this|the|our|my)\b`,
  'i',
);
