import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { analyse, analyseName, analyseNameWord, analyseWord } from '#src/match/text/analyse.ts';
import { hasMarkup, plainOfMarkup } from '#src/match/text/tex.ts';
import { TextReader } from '#src/match/text/text-reader.ts';
import { readRecordedPapers, recordingsExist } from '#test/bench/recorded-papers.ts';

/** What the reader reads, in the shape of the tokens of `analyse`. */
function readWords(reader: TextReader, text: string) {
  reader.begin();
  reader.read(text);
  const { memo, words, glued, count } = reader;
  return Array.from({ length: count }, (_, at) => ({
    fold: memo.spellings.wordAt(memo.folds[words[at]]),
    stem: memo.spellings.wordAt(memo.stems[words[at]]),
    joins: memo.joinsOf(words[at]).map((join) => memo.spellings.wordAt(join)),
    acronym: memo.acronyms[words[at]] === 1,
    capitals: memo.capitals[words[at]],
    letters: memo.letters[words[at]],
    glued: glued[at] === 1,
  }));
}

function analysed(text: string, read = analyse) {
  return read(text).map(({ fold, stem, joins, acronym, capitals, letters, glued }) => ({
    fold,
    stem,
    joins,
    acronym,
    capitals,
    letters,
    glued,
  }));
}

const reader = new TextReader(analyseWord, 1000);
const piece = fc.constantFrom(
  ...[
    'model',
    "model's",
    "models'",
    'GPT',
    '-',
    '4o',
    '3.5',
    '.',
    ' ',
    'C++',
    'C#',
    'c+',
    '#',
    "'",
    'é',
    '’',
    '\\alpha',
    'i.i.d.',
    'U.S.',
    'x.',
    "'s",
    'μ',
    '²',
    '₂',
    '^',
    '^2',
    '_2',
    '_{',
    '}',
    '\\textit{',
    'textbf{',
    '<sup>',
    'https://',
    'www.',
    'github.com/',
    '/',
    '$x_1$',
    '5',
  ],
  ...[
    '{\\"o}',
    '$',
    '<b>',
    '&amp;',
    'a',
    'B',
    '1',
    '扩散',
    '模型',
    'カ゛',
    '_',
    '\u200b',
    'ß',
    '\n',
    '+',
    '++',
    'Ａ',
  ],
);
const text = fc.oneof(
  fc.array(piece, { maxLength: 12 }).map((pieces) => pieces.join('')),
  fc.string({ unit: 'binary', maxLength: 30 }),
  fc.string({ unit: 'grapheme-ascii', maxLength: 40 }),
);

test('the fast reading of a text is the analysis of the text, whatever is in it', () => {
  fc.assert(
    fc.property(text, (sample) => {
      expect(readWords(reader, sample)).toEqual(analysed(sample));
    }),
    { numRuns: 3000 },
  );
});

test('a text without markup keeps its words when markup is taken away', () => {
  fc.assert(
    fc.property(text, (sample) => {
      if (!hasMarkup(sample)) expect(analysed(plainOfMarkup(sample).text)).toEqual(analysed(sample));
    }),
    { numRuns: 3000 },
  );
});

test('what a word came from is where the token says, whatever is in the text', () => {
  fc.assert(
    fc.property(text, (sample) => {
      let last = 0;
      for (const { start, end } of analyse(sample)) {
        expect(start).toBeGreaterThanOrEqual(last);
        expect(end).toBeGreaterThan(start);
        expect(end).toBeLessThanOrEqual(sample.length);
        last = start;
      }
    }),
  );
});

test('names are read as names', () => {
  const names = new TextReader(analyseNameWord, 1000, false);
  for (const name of [
    'Ryan Adams',
    "Brian O'Donoghue",
    'José García-López',
    'LI Wei',
    'Y.A. LeCun',
    'Ł.K. Kaiser',
  ]) {
    expect(readWords(names, name)).toEqual(analysed(name, analyseName));
  }
});

test('a word of a hundred thousand letters is read like any other', () => {
  const long = 'x'.repeat(100_000);
  expect(readWords(reader, `a ${long} b`)).toEqual(analysed(`a ${long} b`));
});

describe.skipIf(!recordingsExist())('on recorded papers (needs the recordings)', () => {
  test('the fast reading of every title and abstract is their analysis', () => {
    const papers = readRecordedPapers('2026-03-01');
    const large = new TextReader(analyseWord, 1 << 16);
    for (const { title, abstract } of papers) {
      expect(readWords(large, title)).toEqual(analysed(title));
      expect(readWords(large, abstract)).toEqual(analysed(abstract));
    }
  });
});
