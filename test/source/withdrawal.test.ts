import { describe, expect, it } from 'vitest';
import { tellsWithdrawal } from '#src/source/withdrawal.ts';

const PLAIN = { title: 'Sparse Attention', abstract: 'We attend to less.', comment: null };

describe('a paper was withdrawn', () => {
  it.each([
    { comment: 'This paper has been withdrawn by the authors due to an error in Lemma 3' },
    { comment: '12 pages, 3 figures. This manuscript has been temporarily withdrawn' },
    { comment: 'Withdrawn: the proof of Theorem 2 is wrong' },
    { comment: 'Paper withdrawn, superseded by a later one' },
    { comment: 'The authors have withdrawn this paper because of a crucial mistake' },
    { comment: 'This article was withdrawn from arXiv at the request of its authors' },
    { abstract: 'This paper has been withdrawn by the author(s) due to a sign error in equation 5.' },
    { abstract: 'This submission has been withdrawn because of disputed authorship.' },
    { abstract: 'Withdrawn by the authors.' },
    { abstract: '[This preprint is now retracted]' },
    { title: 'WITHDRAWN: Sparse Attention' },
    { title: '[Withdrawn] Sparse Attention' },
    { title: 'Sparse Attention (withdrawn)' },
    { title: 'This paper has been withdrawn' },
    { comment: 'v3: withdrawn' },
    { comment: '12 pages, 3 figures, withdrawn due to errors' },
    { comment: '12 pages; withdrawn' },
    { comment: 'Our paper has been withdrawn' },
    { comment: 'We are withdrawing this paper' },
    { comment: 'arXiv admin comment: This version withdrawn by arXiv administrators' },
    { comment: 'arXiv admin note: This submission has been withdrawn by arXiv' },
    { comment: 'Withdrawn because it is subsumed by another paper' },
    { abstract: 'The authors have withdrawn this paper due to errors.' },
    { abstract: 'We withdraw this paper.' },
  ])('%o says so', (told) => {
    expect(tellsWithdrawal({ ...PLAIN, ...told })).toBe(true);
  });

  it.each([
    { abstract: 'Patients were withdrawn from the trial when this article was retracted elsewhere.' },
    {
      abstract:
        'Retracted papers go on being cited. The paper was withdrawn by its authors in one case of nine.',
    },
    { abstract: 'Withdrawn samples bias estimates of mortality.' },
    { abstract: 'This work has been motivated by drugs that were withdrawn from the market.' },
    { title: 'Withdrawn: How People Leave Social Media' },
    { title: 'Why Papers Are Withdrawn from arXiv' },
    { comment: 'Accepted at ICML 2026, 12 pages; withdrawn from ICLR 2026' },
    { comment: 'This paper was withdrawn from a workshop and accepted at another' },
    { comment: 'The authors have withdrawn the first claim and from now on rely on the second' },
    { comment: 'A study of withdrawn papers' },
    { comment: 'v2: withdrawn claim in section 3 restored; 12 pages' },
    { comment: 'Withdrawn theorem 3 restored, 10 pages' },
    { comment: 'Proposition 3: withdrawn; 10 pages' },
    { comment: 'Section 3, withdrawn in v1, is restored' },
    { comment: 'v2: withdrawn; v3: restored and corrected' },
    { comment: 'Withdrawn in v2, restored in v3' },
    { comment: 'Withdrawn by mistake, 12 pages' },
    { comment: 'This paper has not been withdrawn' },
    { comment: 'Submitted to ICLR 2026, withdrawn' },
    { comment: 'ICLR 2026 (withdrawn)' },
    { comment: 'Withdrawn ICLR 2026 submission' },
    { comment: 'Companion paper (withdrawn)' },
    { comment: 'The report was withdrawn by the government; this is our analysis' },
    { abstract: 'The report was withdrawn by the government in 2020. We analyse why.' },
    { abstract: 'Withdrawn due to privacy concerns, many data sets are gone.' },
    { abstract: 'Article withdrawn papers: how many?' },
    { abstract: 'The paper retracted in 2020 is analysed here.' },
    {},
  ])('%o does not say so', (told) => {
    expect(tellsWithdrawal({ ...PLAIN, ...told })).toBe(false);
  });
});
