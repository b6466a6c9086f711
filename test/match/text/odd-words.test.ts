import { describe, expect, it } from 'vitest';
import { prepareDocument } from '#src/match/evaluate/explain.ts';
import { parseFilter } from '#src/match/language/parse-filter.ts';
import { finds, findsTitle, paper, topics } from '../document.ts';

const code = (number: number) => String.fromCodePoint(number);
const EVERY_OBJECT_HAS = ['constructor', '__proto__', 'toString', 'valueOf', 'hasOwnProperty'];

describe('an invisible character in a word', () => {
  it.each([
    ...[
      0xad, 0x34f, 0x61c, 0x115f, 0x1160, 0x180e, 0x200b, 0x200d, 0x202e, 0x2060, 0x3164, 0xfe0f, 0xfeff,
      0xffa0,
    ],
    ...[0xfff0, 0xe0041, 0xe0100],
  ])('%i does not matter, in the paper and in the filter', (number) => {
    const hidden = `dif${code(number)}fu${code(number)}${code(number)}sion`;
    expect(findsTitle('diffusion', `Latent ${hidden} models`)).toBe(true);
    expect(findsTitle(hidden, 'Latent diffusion models')).toBe(true);
    expect(findsTitle('"latent diffusion"', `Latent ${code(number)}${hidden}`)).toBe(true);
    expect(findsTitle('dif', `Latent ${hidden}`)).toBe(false);
  });

  it('does not matter in Persian, Hindi and Korean either', () => {
    expect(findsTitle('میخواهم', 'می\u200cخواهم')).toBe(true);
    expect(findsTitle('क्ष', 'क्\u200dष')).toBe(true);
    expect(findsTitle('한국', '한\u3164국')).toBe(true);
  });
});

describe('a word that every object of the program answers to', () => {
  it.each(EVERY_OBJECT_HAS)('%s is a word like any other, and no TeX command', (word) => {
    const parts = word.replaceAll('_', '');
    expect(finds(parts, { abstract: `The ${parts} of \\${word}{x}` })).toBe(true);
    expect(finds(parts, { abstract: `The \\${parts} of x` })).toBe(false);
    expect(finds('function', { abstract: `The \\${word}{x} &${word}; ${word}` })).toBe(false);
    expect(finds('native', { abstract: `The \\${word}{x} &${word}; ${word}` })).toBe(false);
    prepareDocument(paper({ title: `\\${word}`, authors: [word], keywords: [word], categories: [word] }));
  });

  it.each(EVERY_OBJECT_HAS)('%s is no field, topic, category or unit', (word) => {
    for (const filter of [`${word}:x`, `topic:${word}`, `age:<1${word}`, `upvotes:${word}`]) {
      const parsed = parseFilter(filter, { topics });
      expect([filter, parsed.ok]).toEqual([filter, false]);
      expect(JSON.stringify(parsed)).not.toMatch(/native|function|\[object/);
    }
    expect(JSON.stringify(parseFilter(`cat:${word}`, { topics }))).not.toMatch(/native|\[object/);
  });
});
