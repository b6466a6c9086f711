import { describe, expect, it } from 'vitest';
import { own } from '#src/foundation/own.ts';
import { visible } from '#src/foundation/visible-text.ts';

const code = (number: number) => String.fromCodePoint(number);

describe('text as people see it', () => {
  it.each([
    ...[
      0xad, 0x34f, 0x61c, 0x115f, 0x1160, 0x17b4, 0x180b, 0x180e, 0x200b, 0x200c, 0x200d, 0x200e, 0x200f,
      0x202a,
    ],
    ...[
      0x202e, 0x2060, 0x2063, 0x2066, 0x2069, 0x206f, 0x3164, 0xfe00, 0xfe0f, 0xfeff, 0xffa0, 0xfff0, 0xfff9,
    ],
    ...[0x13430, 0x1bca0, 0x1d173, 0xe0001, 0xe0041, 0xe007f, 0xe0100, 0xe01ef, 0xe0fff],
  ])('has no character %i, which shows nothing', (number) => {
    expect(visible(`dif${code(number)}fusion`)).toBe('diffusion');
    expect(visible(code(number).repeat(3))).toBe('');
  });

  it.each([0x0, 0x1b, 0x7f, 0x85, 0x2028, 0x2029, 0x2800, 0xffff])(
    'has a blank for the character %i, which is none to read',
    (number) => expect(visible(`a${code(number)}b`)).toBe('a b'),
  );

  it('keeps its lines and tabs', () => {
    expect(visible('one\n\ttwo\r\nthree')).toBe('one\n\ttwo\r\nthree');
  });

  it.each(['👩‍👩‍👧', '👩🏽‍🚀', '❤️‍🔥', '🏳️‍🌈', '1️⃣', '☎︎', '👍🏽'])('keeps the emoji %s whole', (emoji) =>
    expect(visible(`a ${emoji} b`)).toBe(`a ${emoji} b`),
  );

  it.each(['می‌خواهم', 'क्‍ष', 'ശ്‍രീ', 'නව‍ය', '葛\u{e0100}飾', '\u0600١٢'])(
    'keeps the word %s as it is written',
    (word) => expect(visible(word)).toBe(word),
  );

  it('keeps no more of them than writing needs', () => {
    expect(visible(`❤${code(0xfe0f).repeat(50)}`)).toBe('❤️');
    expect(visible('a\u200db\u200c')).toBe('ab');
    expect(visible('می\u200c\u200c\u200cخواهم')).not.toContain('\u200c\u200c');
    expect(visible(`葛${code(0xe0100)}${code(0xe0101)}`)).toBe(`葛${code(0xe0100)}`);
  });

  it('has no half of a character', () => {
    expect(visible('\ud83d and 🙂')).toBe('\ufffd and 🙂');
  });
});

describe('a record', () => {
  it('says nothing of what every object answers to', () => {
    for (const key of ['constructor', '__proto__', 'toString', 'hasOwnProperty', 'valueOf'])
      expect(own({ a: 1 }, key)).toBeUndefined();
    expect(own({ a: 1 }, 'a')).toBe(1);
  });
});
