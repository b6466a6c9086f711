import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readCreators, readEachCreator } from '#src/source/creators.ts';

const raw = String.raw;

describe('who signs a paper, in one text', () => {
  it.each([
    ['Ada Example, Bo Muster', ['Ada Example', 'Bo Muster']],
    ['Ada Example and Bo Muster', ['Ada Example', 'Bo Muster']],
    ['Ada Example, Bo Muster, and Cy Essai', ['Ada Example', 'Bo Muster', 'Cy Essai']],
    ['Ada Example; Bo Muster & Cy Essai', ['Ada Example', 'Bo Muster', 'Cy Essai']],
    ['Sandy Andover, Ande Bland, Ferdinand And', ['Sandy Andover', 'Ande Bland', 'Ferdinand And']],
    ['Ada Example, et al.', ['Ada Example']],
    ['Ada Example et al', ['Ada Example']],
    ['Ada Example, Bo Muster and others', ['Ada Example', 'Bo Muster']],
    ['Al Etal, Alette Ettal', ['Al Etal', 'Alette Ettal']],
    ['NOVA Collaboration: A. Example, B. Muster', ['NOVA Collaboration', 'A. Example', 'B. Muster']],
    ['NOVA Collaboration, :, A. Example', ['NOVA Collaboration', 'A. Example']],
    ['Ada Example on behalf of the NOVA Collaboration', ['Ada Example', 'NOVA Collaboration']],
    ['Ada Example, for the NOVA team', ['Ada Example', 'NOVA team']],
    ['Ada Example and the NOVA Collaboration', ['Ada Example', 'NOVA Collaboration']],
    ['Vision and Language Team', ['Vision and Language Team']],
    ['The Intern Team, Team 3D', ['The Intern Team', 'Team 3D']],
    [
      'Ada Example (1), Bo Muster (1,2) ((1) Here, There, (2) Elsewhere (Nowhere))',
      ['Ada Example', 'Bo Muster'],
    ],
    ['Ada Example (1), Bo Muster (2) ((1) Here, (2) There', ['Ada Example', 'Bo Muster']],
    ['Ada Example ( Here, Bo Muster (There)', ['Ada Example', 'Bo Muster']],
    ['Ada Example [1], Bo Muster) [1, 2]', ['Ada Example', 'Bo Muster']],
    ['Ada Example, PhD, Bo Muster, M.D., Cy Essai, Ph.D.', ['Ada Example', 'Bo Muster', 'Cy Essai']],
    [
      'Dr. Ada Example, Prof. Dr. Bo Muster, Professor Cy Essai PhD',
      ['Ada Example', 'Bo Muster', 'Cy Essai'],
    ],
    [
      'Ada Example, Jr., Bo Muster, III, Cy Essai Sr.',
      ['Ada Example, Jr.', 'Bo Muster, III', 'Cy Essai Sr.'],
    ],
    ['Ada Example <ada@example.org>, bo@example.org', ['Ada Example']],
    ['Ada Example (0000-0002-1825-0097), Bo Muster ORCID: 0000-0002-1825-009X', ['Ada Example', 'Bo Muster']],
    [
      'Ada Example*, Bo Muster†‡, Cy Essai¹,², Di Prova1',
      ['Ada Example', 'Bo Muster', 'Cy Essai', 'Di Prova'],
    ],
    [
      'Ada Example<sup>1,2</sup>, <a href="https://example.org/a,b">Bo Muster</a>',
      ['Ada Example', 'Bo Muster'],
    ],
    ['J&uuml;rgen Wei&szlig;, Fran&amp;ccedil;ois Essai', ['Jürgen Weiß', 'François Essai']],
    ['JÃ¼rgen WeiÃŸ, GÃ¶ran Å\u0081ukasz', ['Jürgen WeiÃŸ', 'Göran Łukasz']],
    [raw`H\`{\^o}ng Vi\d{\^e}t, \~{\^E}m Muster`, ['Hồng Việt', 'Ễm Muster']],
    [raw`Ada~Example, Bo\,M.~Muster, Cy\ Essai`, ['Ada Example', 'Bo M. Muster', 'Cy Essai']],
    [raw`\textcommabelow{T}epe\textcommabelow{s} A, {\c S}en B`, ['Țepeș A', 'Şen B']],
    [raw`Sin\'ead O\'Neill, Gr\'ainne D\'Arcy`, ["Sinéad O'Neill", "Gráinne D'Arcy"]],
    [raw`Ada Example\thanks{Equal, work {of} both}, Bo Muster\footnotemark[1]`, ['Ada Example', 'Bo Muster']],
    [raw`Ada Example\orcidlink{0000-0002-1825-0097} \and Bo Muster\inst{1,2}`, ['Ada Example', 'Bo Muster']],
    [
      raw`Ada Example$^{1,2}$, Bo Muster\textsuperscript{1,*}, Cy Essai^{3}`,
      ['Ada Example', 'Bo Muster', 'Cy Essai'],
    ],
    [
      raw`\href{https://example.org/a,b}{Ada Example}, \textbf{Bo} \textsc{Muster}`,
      ['Ada Example', 'Bo Muster'],
    ],
    [raw`Ada Example\\ Bo Muster \thanks{never closed, Cy`, ['Ada Example', 'Bo Muster']],
    ['Example, Ada; Muster, Bo', ['Ada Example', 'Bo Muster']],
    ['Example', ['Example']],
    ['王小明，李华', ['王小明', '李华']],
    ['Hai "Helen" Li, Hal Muster III', ['Hai "Helen" Li', 'Hal Muster III']],
    [' , :, and, (1), -, 2 ', []],
    ['The NOVA and ORION Collaborations: A. Example', ['The NOVA and ORION Collaborations', 'A. Example']],
    ['Ada Example, and the NOVA Collaboration', ['Ada Example', 'NOVA Collaboration']],
    ['A. Example, on behalf of NOVA', ['A. Example', 'NOVA']],
    [
      'Ada Example, Bo Muster (for the NOVA Collaboration)',
      ['Ada Example', 'Bo Muster', 'NOVA Collaboration'],
    ],
    ['A. Example (NOVA Collaboration), (2) B. Muster', ['A. Example', 'NOVA Collaboration', 'B. Muster']],
    ['Ada Example, with an appendix by Bo Muster', ['Ada Example', 'Bo Muster']],
    ['Example, A.; de la Prova, B. C.; van Muster, Cy', ['A. Example', 'B. C. de la Prova', 'Cy van Muster']],
    ['NOVA Team; Example, Ada', ['NOVA Team', 'Ada Example']],
    ['Example, Jr., Ada; Muster, Bo', ['Ada Example, Jr.', 'Bo Muster']],
    ['Example, A., Muster, B. C.', ['A. Example', 'B. C. Muster']],
    ['Example, Ada and Muster, Bo', ['Ada Example', 'Bo Muster']],
    ['Ada Example^1, Bo Muster^1,2, Cy Essai^*', ['Ada Example', 'Bo Muster', 'Cy Essai']],
    [raw`Qu\^{\'o}c Muster, \'{\^e} Essai`, ['Quốc Muster', 'ế Essai']],
    ['Ada Example and many others', ['Ada Example']],
  ])('%s', (written, names) => {
    expect(readCreators([written])).toEqual(names);
  });

  it('each in a text of its own: one name with its comma, or several', () => {
    expect(readEachCreator(['Example, Ada'])).toEqual(['Ada Example']);
    expect(readCreators(['Example, Ada', 'Muster, Bo'])).toEqual(['Ada Example', 'Bo Muster']);
    expect(readEachCreator(['Nova, Inc.', 'Vision, Language and Learning Group'])).toEqual([
      'Nova, Inc.',
      ...['Vision', 'Language and Learning Group'],
    ]);
    expect(readEachCreator(['NOVA Collaboration: A. Example', 'et al.', 'Bo Muster, Jr.'])).toEqual([
      'NOVA Collaboration',
      'A. Example',
      'Bo Muster, Jr.',
    ]);
  });

  it('names of letters alone stay as they are, and nothing stops the reader', () => {
    const name = fc.stringMatching(/^[A-Z][a-z]{2,8}ova [A-Z][a-z]{2,8}ez$/);
    fc.assert(
      fc.property(fc.array(name, { minLength: 1 }), (names) => {
        expect(readCreators([names.join(', ')])).toEqual(names);
      }),
    );
    fc.assert(
      fc.property(fc.string(), (text) => {
        for (const one of readCreators([text])) expect(one).toMatch(/\p{L}/u);
      }),
    );
  });

  it('takes time in proportion to the length of the text', () => {
    for (const one of [
      '(',
      '((',
      '\\thanks{',
      '\\href{',
      '{',
      '$',
      '<',
      '&amp;',
      ' and ',
      '\\',
      ',',
      'a@',
      '[(',
    ])
      expect(Array.isArray(readCreators([one.repeat(20_000)]))).toBe(true);
  });
});
