import { expect, it } from 'vitest';
import { closing, lastWords, readFieldValue, readTyped } from '#src/service/typed-filter.ts';

it.each([
  ['', '', null, '', false],
  ['oce', '', null, 'oce', false],
  ['ocean -ic', 'ocean -', null, 'ic', false],
  ['ocean (ic', 'ocean (', null, 'ic', false],
  ['a|ic', 'a|', null, 'ic', false],
  ['title:oc', 'title:', 'title', 'oc', false],
  ['x (-TITLE: oc', 'x (-TITLE: ', 'title', 'oc', false],
  ['subtitles:oc', 'subtitles:', 'subtitles', 'oc', false],
  ['3title:oc', '3title:', null, 'oc', false],
  ['ocean "deep se', 'ocean "', null, 'deep se', true],
  ['title:"deep se', 'title:"', 'title', 'deep se', true],
  ['Title： “deep se', 'Title： “', 'title', 'deep se', true],
  ['title:ocean "deep', 'title:ocean "', null, 'deep', true],
  ['"deep sea" ic', '"deep sea" ', null, 'ic', false],
])('of %j the last word is what is being typed', (text, head, field, word, isQuoted) => {
  expect(readTyped(text)).toEqual({ head, field, word, isQuoted });
});

it.each([
  ['topic:language mod', 'topic:', 'language mod'],
  ['x -TOPIC: language mod', 'x -TOPIC: ', 'language mod'],
  ['topic:language ', 'topic:', null],
  ['topic:language', 'topic:', null],
  ['language mod', '', null],
  ['topic:"language mod', '', null],
])('of %j the value of the field may have blanks', (text, head, word) => {
  expect(readFieldValue(text)).toEqual(
    word === null ? null : { head, field: 'topic', word, isQuoted: false },
  );
});

it.each([
  ['large language mod', 'large language mod'],
  ['ice OR language mod', 'language mod'],
  ['ice -not language mod', 'language mod'],
  ['title:x y', 'y'],
  ['ice OR ', ''],
  ['state-of-the-art x2', 'state-of-the-art x2'],
])('the plain words at the end of %j are %j', (text, words) => {
  expect(lastWords(text)).toBe(words);
});

it.each([
  ['ocean', ''],
  ['(ocean', ')'],
  ['((a b) c', ')'],
  ['a) b', ''],
  ['"deep', '"'],
  ['("deep', '")'],
  ['("(" ', ')'],
  ['"(', '"'],
  ['“a” (b “c', '")'],
])('%j is closed by %j', (text, end) => {
  expect(closing(text)).toBe(end);
});
