import { expect, it } from 'vitest';
import { saysEnough } from '#src/service/find-by-words.ts';

it.each([
  ['ocean', true],
  ['GAN', true],
  ['o7', true],
  ['o-7', true],
  ['3d', true],
  ['扩散', true],
  ['ab', false],
  ['a b c', false],
  ['2024', false],
  ['2024-25', false],
  ['扩', false],
  ['the', false],
  ['the of and', false],
  ['the ocean', true],
])('%j says enough to be found in a title: %s', (words, isEnough) => {
  expect(saysEnough(words)).toBe(isEnough);
});
