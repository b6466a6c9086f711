import { describe, expect, it } from 'vitest';
import { explainMatch } from '#src/match/evaluate/explain.ts';
import { venuesOf } from '#src/match/evaluate/venue.ts';
import { VENUES } from '#src/match/evaluate/venue-list.ts';
import { parseFilter } from '#src/match/language/parse-filter.ts';
import { printFilter } from '#src/match/language/print-filter.ts';
import { createSearchIndex } from '#src/match/search/search-index.ts';
import { finds, good, paper } from '../document.ts';

/** The venues as `NeurIPS 2025`, a workshop as `beside NeurIPS 2025`, one that is not in the list as its words. */
function told(known: { comment?: string; journalRef?: string }): string {
  return venuesOf({ comment: null, journalRef: null, ...known })
    .map(({ name, isWorkshop, words, years }) =>
      [...(isWorkshop ? ['beside'] : []), name ?? `(${words.join(' ')})`, ...years].join(' '),
    )
    .join(', ');
}

describe('where a comment says that a paper was accepted', () => {
  it.each([
    ['Accepted at NeurIPS 2025 (Spotlight), 12 pages', 'NeurIPS 2025'],
    ['To appear in Proc. of the 41st Intl. Conf. on Machine Learning', 'ICML'],
    ["ACL'24 Findings", 'ACL 2024'],
    ['Findings of the Association for Computational Linguistics: EMNLP 2024', 'EMNLP 2024'],
    ['Published as a conference paper at ICLR 2025', 'ICLR 2025'],
    ['CVPR 2024 Highlight. Project page: https://example.org/x', 'CVPR 2024'],
    ["8 pages, 3 figures, CVPR'23", 'CVPR 2023'],
    ['ICLR 2025 camera ready version', 'ICLR 2025'],
    ['Rejected from NeurIPS 2023, accepted at ICML 2024', 'ICML 2024'],
    ['Submitted to ICML 2024 and accepted to NeurIPS 2024', 'NeurIPS 2024'],
    ['Accepted by IEEE Transactions on Pattern Analysis and Machine Intelligence', 'TPAMI'],
    ['Accepted to T-PAMI 2024', 'TPAMI 2024'],
    ['Accepted with minor revisions at TPAMI', 'TPAMI'],
    ['NeurIPS 2024 Datasets and Benchmarks Track', 'NeurIPS 2024'],
    ['Oral at ICCV 2023', 'ICCV 2023'],
    ['A preliminary version in STOC 2024', 'STOC 2024'],
    ['Extended abstract at STOC 2024, 40 pages', 'STOC 2024'],
    ['Long paper at EMNLP 2025', 'EMNLP 2025'],
    ['Workshop paper at NeurIPS 2025', 'beside NeurIPS 2025'],
    ['See also the companion paper in Phys. Rev. Lett.', ''],
    ['LaTeX, 30 pages, JHEP3.cls', ''],
    ['Accepted by A&amp;A', 'A&A'],
    ['To be submitted as a long paper at EMNLP 2025', ''],
    ['IJCAI-ECAI 2026', 'IJCAI 2026, ECAI 2026'],
    ['Accepted at IJCAI/ECAI 2026 (main track), 9 pages', 'IJCAI 2026, ECAI 2026'],
    ['IJCAI-ECAI 2026 workshop on planning', 'beside IJCAI 2026, beside ECAI 2026'],
    ['LREC-COLING 2024', 'LREC 2024'],
    ['ACL 2025 SRW', 'beside ACL 2025'],
    ['This paper won the best paper award at CoRL 2023', 'CoRL 2023'],
    ['Accepted for publication in MNRAS', 'MNRAS'],
    ['Accepted by A&A, 14 pages', 'A&A'],
    ['Accepted for publication in The Astrophysical Journal', 'ApJ'],
    ["Full version of our CCS'23 paper", 'ACM CCS 2023'],
    ['Thirty-ninth AAAI Conference on Artificial Intelligence (AAAI-25)', 'AAAI 2025'],
    ['Proceedings of the 2024 Conference on Empirical Methods in Natural Language Processing', 'EMNLP 2024'],
    [
      'Accepted at the 2025 IEEE International Conference on Robotics and Automation (ICRA), Atlanta, USA',
      'ICRA 2025',
    ],
    ['accepted at neurips 2025', 'NeurIPS 2025'],
    ['accepted by the journal Neurocomputing', 'Neurocomputing'],
    ['Published in Nature 620, 47-60 (2023)', 'Nature 2023'],
    ['Accepted in Nature Communications', 'Nature Communications'],
    ['Accepted by Pattern Recognition, Elsevier', 'Pattern Recognition'],
    ['To appear in JHEP', 'JHEP'],
    ['TMLR 2024', 'TMLR 2024'],
    ['in ICCV, 2021', 'ICCV 2021'],
    ['10 pages, NeurIPS', 'NeurIPS'],
    ['ApJ, in press', 'ApJ'],
    ['v2: matches version published in JHEP', 'JHEP'],
    ['Rejected by ICML; now accepted at UAI 2024', 'UAI 2024'],
    ['Published as a conference paper at COLM 2024. Code: github.com/x/nips2019', 'COLM 2024'],
    ['Accepted to The Web Conference 2025', 'WWW 2025'],
    ['Accepted at ICST, Conference on Software Testing, Verification and Validation 2023', 'ICST 2023'],
    ['Presented at ICML 2024, and accepted by JMLR', 'ICML 2024, JMLR'],
    ['ICML 2024. Extended version under review at TPAMI', 'ICML 2024'],
    ['Accepted at Robotics: Science and Systems (RSS) 2024', 'RSS 2024'],
    ['Accepted in IEEE Robotics and Automation Letters (RA-L)', 'RA-L'],
    ['Accepted at Asian Conference on Machine Learning 2023', 'ACML 2023'],
  ])('%s', (comment, expected) => expect(told({ comment })).toBe(expected));

  it.each([
    ['Accepted at the Conference on Lifelong Widgets 2024, 9 pages', '(conference lifelong on widget) 2024'],
    ['To appear in the Journal of Odd Widgets', '(journal odd of widget)'],
    [
      '8 pages, First IEEE International Conference on Widget Testing',
      '(conference first ieee international on testing widget)',
    ],
    [
      'Journal of Widgets: Design, Repair and Reuse (2022)',
      '(and design journal of repair reuse widget) 2022',
    ],
    [
      'Accepted at Conference on Machine Learning and Widgets 2023',
      '(and conference learning machine on widget) 2023',
    ],
    ['Accepted to Cell Systems', '(cell system)'],
    ['Presented at the Nature of Widgets evening', '(evening nature of widget)'],
    ['Accepted to Science of Science', '(of science)'],
  ])('of a venue that is not in the list its own words: %s', (comment, expected) =>
    expect(told({ comment })).toBe(expected),
  );

  it.each([
    ['NeurIPS 2025 Workshop on Odd Things', 'beside NeurIPS 2025'],
    ['Accepted at the Workshop on Efficient Things, NeurIPS 2024', 'beside NeurIPS 2024'],
    ['Spotlight at the ICML 2024 Workshop on Agents', 'beside ICML 2024'],
    ['Accepted to CVPRW 2024', 'beside CVPR 2024'],
    ['Things4Good @ NeurIPS 2023 Workshop', 'beside NeurIPS 2023'],
    ['Accepted at ICML 2024 and the NeurIPS 2023 Workshop on X', 'ICML 2024, beside NeurIPS 2023'],
    [
      'Accepted at the International Workshop on Things (IWT 2026), co-located with ICSE 2026',
      'beside ICSE 2026',
    ],
    ['IEEE Automatic Speech Recognition and Understanding Workshop 2023', 'ASRU 2023'],
  ])('a workshop is not the conference that it is at: %s', (comment, expected) =>
    expect(told({ comment })).toBe(expected),
  );

  it.each([
    'Submitted to ICML',
    'Submitted to ICML 2024, 12 pages',
    'Submitted for publication in Physical Review D',
    'To be submitted to JHEP',
    'Under review as a conference paper at ICLR 2025',
    'Under review. NeurIPS style',
    'NeurIPS 2025 submission',
    'ICML 2024 (under review)',
    'In preparation for Physical Review D',
    'Rejected from NeurIPS 2023',
    'ICLR 2024 rejected',
    'Under double-blind review at ICLR',
    'This work has been submitted to the IEEE for possible publication',
    'Not accepted at ICML 2024',
    'Not yet published in Nature',
    'Minor revision at TPAMI',
    'Under consideration at Pattern Recognition Letters',
    'Preprint submitted to Elsevier',
    '14 pages, uses the NeurIPS style file',
    'Formatted with the CVPR template',
  ])('nothing that is only hoped for: %s', (comment) => expect(told({ comment })).toBe(''));

  it.each([
    'ACL tear',
    '12 pages, Nature-inspired optimization',
    'Pattern recognition, computer vision, machine learning',
    'Science, technology and society',
    'Cell segmentation, nature, science',
    'Comparison with Nature and nurture',
    '20 pages, fast 2024',
    'Winner of the CVPR 2024 Widget Challenge',
    'Survey of papers published at NeurIPS',
    'KDD Cup 2024 winner',
    'Code for our NeurIPS 2024 paper',
    'We thank the ICLR reviewers',
    'CLIP, SIFT, FAST, ORB',
    'Accepted by the authors',
    'Accepted, to appear',
    'Code will be released upon acceptance',
    'Code: https://example.org/neurips2024',
    'arXiv admin note: text overlap with arXiv:2001.01234',
    '44 pages, editors for the proceedings: Ada Example',
    'Figure 2 appears in Section 3',
    '12 pages, 3 figures',
    '',
  ])('nothing where no venue is meant: %s', (comment) => expect(told({ comment })).toBe(''));
});

describe('where a journal reference says that a paper was published', () => {
  it.each([
    ['Phys. Rev. D 103, 043012 (2021)', 'PRD 2021'],
    ['Phys.Rev.D103:043012,2021', 'PRD 2021'],
    ['Physical Review Letters, 126, 241602', 'PRL'],
    ['JHEP05(2021)123', 'JHEP 2021'],
    ['J. High Energ. Phys. 2021, 12 (2021)', 'JHEP 2021'],
    ['Mon. Not. R. Astron. Soc. 498, 1420-1439 (2020)', 'MNRAS 2020'],
    ['Astrophys.J.637:L133-L136,2006', 'ApJ 2006'],
    ['Proc. Natl. Acad. Sci. U.S.A. 118 (2021) e2020', 'PNAS 2021'],
    ['Nature 521, 436-444 (2015)', 'Nature 2015'],
    ['Nat. Commun. 12, 345 (2021)', 'Nature Communications 2021'],
    ['IEEE Trans. Pattern Anal. Mach. Intell. 45 (2023)', 'TPAMI 2023'],
    ['Advances in Neural Information Processing Systems 33 (2020) 1877-1901', 'NeurIPS 2020'],
    [
      'Proceedings of the 38th International Conference on Machine Learning, PMLR 139:1-12, 2021',
      'ICML 2021',
    ],
    ['J. Mach. Learn. Res. 22 (2021) 1-45', 'JMLR 2021'],
    ['Transactions of the Association for Computational Linguistics (2021) 9: 1-17', 'TACL 2021'],
    ['Lecture Notes in Computer Science, vol 12346. ECCV 2020', 'ECCV 2020'],
    ['A&A 641, A6 (2020)', 'A&A 2020'],
    ['Science 373, 871 (2021)', 'Science 2021'],
    ['Machine Learning 110, 2021', 'MLJ 2021'],
    ['Machine Learning: Science and Technology 2 (2021) 035001', 'MLST 2021'],
    ['Nature Reviews Physics 3, 422 (2021)', '(nature physics review) 2021'],
    ['Science of Computer Programming 210 (2021)', '(computer of programing science) 2021'],
    [
      'International Journal of Widgets (IJW), Vol.3, No.1, January 2012',
      '(ijw international journal of widget) 2012',
    ],
    ['Journal of Statistical Widgets 180, 2020 (2019)', '(journal of statistical widget) 2019'],
    [
      '2023 IEEE International Conference on Software Testing, Verification and Validation Workshops (ICSTW)',
      'beside ICST 2023',
    ],
    ['Submitted to Phys. Rev. Lett.', ''],
  ])('%s', (journalRef, expected) => expect(told({ journalRef })).toBe(expected));
});

describe('the list of venues', () => {
  it('gives no name to two of them, and each knows itself by every name', () => {
    const names = VENUES.flatMap((line) => line.split('; ').map((name) => name.replace('=', '')));
    expect(names.filter((name, at) => names.indexOf(name) !== at)).toEqual([]);
    const lost = VENUES.flatMap((line) => {
      const [venue, ...others] = line.split('; ').map((name) => name.replace('=', ''));
      return others.filter((name) => !finds(`venue:"${name}"`, { comment: `Accepted at ${venue} 2025` }));
    });
    expect(lost).toEqual([]);
  });
});

describe('venue:', () => {
  const neurips = { comment: 'Accepted at NeurIPS 2025 (oral)' };

  it.each([
    'venue:NeurIPS',
    'venue:neurips',
    'venue:NIPS',
    'venue:"Neural Information Processing Systems"',
    'venue:"Advances in Neural Information Processing Systems"',
    'venue:"NeurIPS 2025"',
    'venue:"NIPS 2025"',
    "venue:NeurIPS'25",
    'venue:2025',
    'venue:(ICML OR NeurIPS)',
    'venue:neur*',
    'venue:"neural processing"',
    '-venue:ICML',
    '-venue:"NeurIPS 2024"',
  ])('%s finds a paper of NeurIPS 2025', (filter) => expect(finds(filter, neurips)).toBe(true));

  it.each([
    'venue:ICML',
    'venue:"NeurIPS 2024"',
    'venue:2024',
    'venue:workshop',
    'venue:neuron',
    '-venue:NIPS',
  ])('%s does not', (filter) => expect(finds(filter, neurips)).toBe(false));

  it('means by a whole name of a known venue that one alone, and finds by other words every name that has them', () => {
    const communications = { journalRef: 'Nat. Commun. 12, 345 (2021)' };
    expect(finds('venue:nature', communications)).toBe(false);
    expect(finds('venue:"nature communications"', communications)).toBe(true);
    expect(finds('venue:communications', communications)).toBe(true);
    expect(finds('venue:nature', { journalRef: 'Nature 521, 436 (2015)' })).toBe(true);
    expect(finds('venue:"Physical Review"', { journalRef: 'Phys. Rev. D 103, 1 (2021)' })).toBe(true);
    expect(finds('venue:PRD', { journalRef: 'Physical Review D 103, 1 (2021)' })).toBe(true);
    expect(finds('venue:PRL', { journalRef: 'Physical Review D 103, 1 (2021)' })).toBe(false);
    expect(finds('venue:widgets', { comment: 'To appear in the Journal of Odd Widgets' })).toBe(true);
    expect(finds('venue:"odd widget"', { comment: 'To appear in the Journal of Odd Widgets' })).toBe(true);
  });

  it.each([
    ['J. Math. Phys. 60, 1 (2019)', '"Journal of Mathematical Physics"'],
    ['Journal of Mathematical Physics 60, 1 (2019)', '"J. Math. Phys."'],
    ['J. Am. Chem. Soc. 146, 1 (2024)', '"Journal of the American Chemical Society"'],
    ['Phys. Plasmas 30, 1 (2023)', '"Physics of Plasmas"'],
    ['Nano Lett. 20, 1 (2020)', '"Nano Letters"'],
    ['Quantum Sci. Technol. 8, 1 (2024)', '"quantum science"'],
  ])('knows %s, which is not in the list, as %s', (journalRef, asked) => {
    expect(finds(`venue:${asked}`, { journalRef })).toBe(true);
    expect(finds('venue:"Journal of Mathematical Biology"', { journalRef })).toBe(false);
    expect(finds('venue:"Phys. Chem."', { journalRef })).toBe(false);
  });

  it('finds a workshop by its words, never by the name of the conference alone', () => {
    const workshop = { comment: 'NeurIPS 2025 Workshop on Odd Things' };
    expect(finds('venue:NeurIPS', workshop)).toBe(false);
    expect(finds('venue:workshop', workshop)).toBe(true);
    expect(finds('venue:"NIPS workshop"', workshop)).toBe(true);
    expect(finds('venue:"odd things"', workshop)).toBe(true);
    expect(finds('venue:findings', { comment: 'Accepted to Findings of ACL 2025' })).toBe(true);
    expect(finds('venue:ACL', { comment: 'Accepted to Findings of ACL 2025' })).toBe(true);
  });

  it('asks for name and year of one venue', () => {
    const both = { comment: 'Accepted at ICML 2024 and NeurIPS 2025' };
    expect(finds('venue:"ICML 2024" venue:"NeurIPS 2025"', both)).toBe(true);
    expect(finds('venue:"ICML 2025"', both)).toBe(false);
  });

  it('is false where nobody knows a venue, so that its NOT is true', () => {
    for (const known of [{}, { comment: '12 pages' }, { comment: 'Submitted to NeurIPS 2025' }]) {
      expect(finds('venue:NeurIPS', known)).toBe(false);
      expect(finds('-venue:NeurIPS', known)).toBe(true);
    }
  });

  it('looks neither at title nor abstract, and these do not look at it', () => {
    expect(finds('venue:NeurIPS', { title: 'Accepted at NeurIPS 2025', abstract: 'NeurIPS 2025' })).toBe(
      false,
    );
    expect(finds('NeurIPS', neurips)).toBe(false);
  });

  it.each([
    ['Venue: NIPS', 'venue:NIPS'],
    ['venue:"NeurIPS 2025" -venue:workshop', 'venue:("NeurIPS 2025" -workshop)'],
    ['venue:(NeurIPS OR ICML)', 'venue:(NeurIPS OR ICML)'],
    ['venue:neur*', 'venue:neur*'],
  ])('%s is printed as %s and read back the same', (text, printed) => {
    expect(printFilter(good(text))).toBe(printed);
    expect(good(printed)).toEqual(good(text));
  });

  it.each([
    ['journal:nature', 0, 'venue:nature'],
    ['conference:ICML', 0, 'venue:ICML'],
    ['booktitle:"odd widgets"', 0, 'venue:"odd widgets"'],
    ['jr:PRL', 0, 'venue:PRL'],
    ['co:ICML', 0, 'venue:ICML'],
    ['venu:ICML', 0, 'venue:ICML'],
    ['venue:"odd widgets"~3', 6, 'venue:"odd widgets"'],
    ['diffusion venue:', 10, 'diffusion'],
    ['venue:-ICML', 6, '-venue:ICML'],
  ])('%s is answered with its place and what was meant', (text, position, proposal) => {
    const read = parseFilter(text, { topics: null });
    expect(read).toMatchObject({ ok: false, error: { position, proposal } });
  });

  it('is searched for like every other condition, also in an index that was put away', async () => {
    const index = createSearchIndex();
    index.add(paper({ id: 'a', title: 'Odd things', ...neurips }));
    index.add(paper({ id: 'b', title: 'Odd things', journalRef: 'Phys. Rev. D 103, 1 (2021)' }));
    index.add(paper({ id: 'c', title: 'Odd things' }));
    const ask = (filter: string, from = index) =>
      from
        .searchNow(good(filter), { limit: 9, now: 0 })
        .hits.map((hit) => hit.paper)
        .sort();
    expect(ask('odd venue:NIPS')).toEqual(['a']);
    expect(ask('venue:("physical review" OR NeurIPS)')).toEqual(['a', 'b']);
    expect(ask('-venue:NeurIPS')).toEqual(['b', 'c']);
    index.add(paper({ id: 'c', title: 'Odd things', comment: 'NeurIPS 2025' }));
    expect(ask('venue:NeurIPS')).toEqual(['a', 'c']);
    const { restoreSearchIndex } = await import('#src/match/search/search-index.ts');
    const restored = await restoreSearchIndex(Buffer.concat(await index.snapshot('')));
    if (restored === null) throw new Error('the snapshot is not read back');
    expect(ask('venue:"NeurIPS 2025"', restored.index)).toEqual(['a', 'c']);
    restored.index.add(paper({ id: 'd', comment: 'ICML 2024' }));
    expect(ask('venue:ICML', restored.index)).toEqual(['d']);
  });

  it('is named as the clause that failed', () => {
    const verdict = explainMatch(good('odd venue:ICML'), paper({ title: 'Odd things', ...neurips }), 0);
    expect(verdict).toMatchObject({ matches: false, missing: ['venue:ICML'] });
  });

  it('takes no time over texts that nobody wrote', () => {
    for (const comment of ['accepted at '.repeat(5000), 'of the '.repeat(5000), 'Proc. IEEE, '.repeat(5000)])
      expect(venuesOf({ comment, journalRef: comment }).length).toBeLessThan(200);
  });
});
