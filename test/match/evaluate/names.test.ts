import { describe, expect, it } from 'vitest';
import { onlyExcludes } from '#src/match/language/filter-hints.ts';
import { parseFilter } from '#src/match/language/parse-filter.ts';
import { analyseName } from '#src/match/text/analyse.ts';
import { inNameOrder } from '#src/match/text/name-order.ts';
import { inEnglish } from '#src/wording/kept-phrase.ts';
import { finds, good } from '../document.ts';

type Case = readonly [filter: string, ...authors: string[]];

function describeRule(rule: string, found: readonly Case[], missed: readonly Case[]): void {
  describe(rule, () => {
    it.each(found)('author:%s finds %s', (filter, ...authors) =>
      expect(finds(`author:${filter}`, { authors: authors.filter(Boolean) })).toBe(true),
    );
    it.each(missed)('author:%s does not find %s', (filter, ...authors) =>
      expect(finds(`author:${filter}`, { authors: authors.filter(Boolean) })).toBe(false),
    );
  });
}

describeRule(
  'The family name may come first, with a comma, in the filter and in the paper',
  [
    ['"Hinton, Geoffrey"', 'Geoffrey Hinton'],
    ['"Hinton, Geoffrey"', 'Geoffrey E. Hinton'],
    ['"Hinton, Geoffrey"', 'Hinton, Geoffrey Everest'],
    ['"Geoffrey Hinton"', 'Hinton, Geoffrey'],
    ['"hinton,geoffrey"', 'Geoffrey Hinton'],
    ['Hinton,Geoffrey', 'Geoffrey Hinton'],
    ['"van den Oord, Aäron"', 'Aaron van den Oord'],
    ['"Tibshirani, Robert, Jr."', 'Robert Tibshirani Jr.'],
    ['"Robert Tibshirani, Jr."', 'Robert Tibshirani Jr.'],
    ['"Rahman, Md"', 'Md. Rahman'],
    ['Hinton,Geof*', 'Geoffrey Hinton'],
  ],
  [
    ['"Hinton, Geoffrey"', 'Geoffrey Fenwick', 'Dora Hinton'],
    ['"Hinton, Geoffrey"', 'George Hinton'],
    ['"Geoffrey, Hinton"', 'Geoffrey Hinton'],
    ['"Hinton Geoffrey"', 'Geoffrey Hinton'],
    ['"Hinton, Geoffrey Everest"', 'Geoffrey Hinton'],
  ],
);

describeRule(
  'An initial stands for any given name that begins with it, wherever it is written',
  [
    ['"G. Hinton"', 'Geoffrey Hinton'],
    ['"G Hinton"', 'Geoffrey Hinton'],
    ['"g hinton"', 'Geoffrey Hinton'],
    ['"Hinton G"', 'Geoffrey Hinton'],
    ['"Hinton G."', 'Geoffrey Hinton'],
    ['"Hinton, G"', 'Geoffrey Hinton'],
    ['"Hinton, G."', 'Geoffrey Everest Hinton'],
    ['"E. Hinton"', 'Geoffrey Everest Hinton'],
    ['"G. E. Hinton"', 'Geoffrey Everest Hinton'],
    ['"G.E. Hinton"', 'Geoffrey E. Hinton'],
    ['"Hinton G. E."', 'Geoffrey Everest Hinton'],
    ['"Hinton, G.E."', 'Geoffrey Everest Hinton'],
    ['"Geoffrey E. Hinton"', 'Geoffrey Everest Hinton'],
    ['"G. Hinton"', 'G. Hinton'],
    ['"G. Hinton"', 'G E Hinton'],
    ['"G. Hinton"', 'Hinton G.'],
    ['"G. Hinton"', 'Hinton, Geoffrey'],
    ['"J.-P. Serre"', 'Jean-Pierre Serre'],
    ['"J. Serre"', 'Jean-Pierre Serre'],
    ['"P. Serre"', 'Jean-Pierre Serre'],
    ['"É. Tardos"', 'Eva Tardos'],
    ['"E. Tardos"', 'Éva Tardos'],
    ['"Weinan E"', 'Weinan E'],
    ['"E, Weinan"', 'Weinan E'],
    ['"Prathosh A. P."', 'Prathosh A. P'],
    ['"A. P. Prathosh"', 'Prathosh A. P'],
    ['"Ortega y Gasset"', 'José Ortega y Gasset'],
    ['"И. Иванов"', 'Иван Иванов'],
    ['G', 'Geoffrey Hinton'],
    ['"G. E."', 'Geoffrey Everest Hinton'],
    ['(G. Hinton)', 'Geoffrey Hinton'],
    ['(Hinton, G.)', 'Geoffrey Hinton Jr.'],
  ],
  [
    ['"G. Hinton"', 'Walt Hinton'],
    ['"Hinton G"', 'Walt Hinton'],
    ['"Hinton, G."', 'Walt Hinton'],
    ['"Hinton G"', 'Geoffrey Fenwick', 'Dora Hinton'],
    ['"G. Hinton"', 'Geoffrey Hintons'],
    ['"E. G. Hinton"', 'Geoffrey Everest Hinton'],
    ['"G. E. Hinton"', 'Geoffrey Hinton'],
    ['"Geoffrey Hinton"', 'G. Hinton'],
    ['"Geoffrey E. Hinton"', 'G. E. Hinton'],
    ['"Li Y."', 'Li Yang Wang'],
    ['"Y. Li"', 'Li Yang Wang'],
    ['"G. Hinton"', 'Walt Hinton Gates'],
    ['H', 'Geoffrey Hinton'],
    ['H', 'Geoffrey Hinton Jr.'],
    ['"G. H."', 'Geoffrey Hinton'],
    ['(H Hinton)', 'Geoffrey Hinton'],
    ['G', 'Walt Hinton'],
  ],
);

describeRule(
  'An initial is never read together with its neighbour, names are',
  [
    ['McAllester', 'David Mc Allester'],
    ['"Mc Allester"', 'David McAllester'],
    ['"Jean Pierre Serre"', 'Jeanpierre Serre'],
    ['"Jeanpierre Serre"', 'Jean-Pierre Serre'],
    ['Jean-Pierre', 'Jean-Pierre Serre'],
    ['Jean-Pier*', 'Jean-Pierre Serre'],
    ["O'Brien", 'Conan O’Brien'],
    ['"王伟"', '王伟'],
  ],
  [
    ['Ali', 'A. Li'],
    ['"A. Li"', 'Omar Ali'],
    ['"Vandermole N"', 'Osric Vandermolen'],
    ['"王伟"', '王小伟'],
  ],
);

describeRule(
  'A group holds within one person',
  [
    ['(Yann LeCun)', 'Yann LeCun'],
    ['(LeCun Yann)', 'Albert Gu', 'Yann André LeCun'],
    ['(LeCun -Yann)', 'Yann LeCun', 'Dora LeCun'],
    ['(LeCun OR Fenwick)', 'Dora Fenwick'],
    ['(Yann (LeCun OR Fenwick))', 'Yann Fenwick'],
    ['((Yann LeCun) OR Gu)', 'Albert Gu'],
    ['(LeCun -(Yann OR Dora))', 'Yann LeCun', 'Walt LeCun'],
    ['(-Yann)', 'Yann LeCun', 'Dora LeCun'],
    ['("LeCun, Y." -André)', 'Yann LeCun'],
    ['(Yan* LeCun)', 'Yannick LeCun'],
    ['Yann author:Fenwick', 'Yann LeCun', 'Dora Fenwick'],
    ['LeCun -author:(Yann Fenwick)', 'Yann LeCun', 'Dora Fenwick'],
  ],
  [
    ['(Yann LeCun)', 'Yann Fenwick', 'Dora LeCun'],
    ['(LeCun -Yann)', 'Yann LeCun', 'Dora Fenwick'],
    ['(Yann (LeCun OR Fenwick))', 'Yann Gu', 'Dora Fenwick'],
    ['((Yann LeCun) OR Gu)', 'Yann Fenwick', 'Dora LeCun'],
    ['(LeCun -(Yann OR Dora))', 'Yann LeCun', 'Dora LeCun'],
    ['(-Yann)', 'Yann LeCun'],
    ['(-Yann)', ''],
    ['(Yan* LeCun)', 'Yannick Gu', 'Dora LeCun'],
    ['LeCun -author:(Yann LeCun)', 'Yann LeCun', 'Dora Fenwick'],
  ],
);

describe('A name is put in order', () => {
  it.each([
    ['LeCun, Yann', 'yann lecun'],
    ['LeCun, Yann A.', 'yann a. lecun'],
    ['LeCun，Yann', 'yann lecun'],
    ['van Dyke, John, Jr.', 'john van dyke jr'],
    ['King, Jr., Martin Luther', 'martin luther king jr'],
    ['{LeCun}, Yann', 'yann lecun'],
  ])('%s', (name, words) => {
    expect(
      analyseName(name)
        .map(({ fold }) => fold)
        .join(' '),
    ).toBe(words);
  });

  it.each([
    'Yann LeCun',
    'Robert Downey, Jr.',
    'Ludwig XIV, II',
    'Jane Doe, Ph.D.',
    'Jane Doe, MD, MPH',
    'Jane Doe,',
    'Jane Doe (MIT, Cambridge)',
    'Jane\\,Doe',
    'Jane Doe, John Doe, Joe Doe',
  ])('but not where there is no given name behind the comma: %s', (name) =>
    expect(inNameOrder(name)).toBe(name),
  );

  it('and its words are still found where they stand', () => {
    const name = 'Müller, Hans';
    expect(analyseName(name).map(({ start, end }) => name.slice(start, end))).toEqual(['Hans', 'Müller']);
  });
});

describeRule(
  'Initials that a paper writes without blanks are initials to the index of filters, too',
  [
    ['"J. R. R. Tolkien"', 'J.R.R. Tolkien'],
    ['"R. Tolkien"', 'J.R. Tolkien'],
    ['"Tolkien, J. R."', 'J.R.R. Tolkien'],
    ['R', 'J.R. Tolkien'],
    ['"H.E.S.S. Collaboration"', 'H.E.S.S. Collaboration'],
    ['"H.E.S.S."', 'H.E.S.S. Collaboration'],
    ['(Tolkien R)', 'Tolkien, J.R.R.'],
  ],
  [['"K. Tolkien"', 'J.R.R. Tolkien']],
);

describe('A group of names', () => {
  const hints = (filter: string) => {
    const parsed = parseFilter(filter, { topics: null });
    return parsed.ok ? parsed.hints.map(({ message }) => inEnglish(message)) : [];
  };

  it('that contradicts itself can match nothing; two persons can', () => {
    expect(hints('author:(Gu -Gu)')).toEqual([
      'This filter can match nothing: its conditions exclude each other.',
    ]);
    expect(hints('author:Gu -author:(Gu -Albert)')).toEqual([]);
  });

  it('that only excludes matches nearly every paper and looks for nothing', () => {
    expect(hints('author:(-Gu)')).toEqual([
      'This filter matches nearly every paper: add a word that has to occur.',
    ]);
    expect(onlyExcludes(good('author:(-Gu)'))).toBe(true);
    expect(onlyExcludes(good('author:(Albert -Gu)'))).toBe(false);
  });
});

describe('A paper of many authors', () => {
  const others = Array.from({ length: 31 }, (_, number) => `Ada Quill${'abcdefghij'[number % 10]}`);

  it.each(['"Yang Liu"', '(Yang Liu)', '"Y. Liu"', '(Liu -Rui)'])(
    'author:%s finds one of them, and never the given name of one with the family name of another',
    (name) => {
      const wanted = `author:${name}`;
      expect(finds(wanted, { authors: ['Yang Fenwick', ...others, 'Rui Liu', 'Dora Quill'] })).toBe(false);
      expect(finds(wanted, { authors: ['Rui Fenwick', ...others, 'Yang Wei Liu', 'Rui Liu'] })).toBe(true);
      expect(finds(wanted, { authors: ['Rui Liu', ...others, 'Yang Liu'] })).toBe(true);
    },
  );
});
