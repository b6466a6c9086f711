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
    {},
  ])('%o does not say so', (told) => {
    expect(tellsWithdrawal({ ...PLAIN, ...told })).toBe(false);
  });
});
