import { describe, expect, it } from 'vitest';
import { parseFilter } from '#src/match/language/parse-filter.ts';
import { noTopics } from '#src/match/language/topic-catalogue.ts';
import { pointAt } from '#src/render/point-at.ts';

/** How many columns a code block gives it: two to a wide sign and to a wide blank. */
const columns = (text: string): number =>
  [...new Intl.Segmenter('en', { granularity: 'grapheme' }).segment(text)].reduce(
    (sum, { segment }) => sum + (/[\p{Emoji_Presentation}\p{Script=Han}\u3000]/u.test(segment) ? 2 : 1),
    0,
  );

describe('the place of a mistake in a filter', () => {
  it.each([
    ['plain letters', 'ocean AND "x', 10, 11],
    ['an emoji before it, which is two units', '🌊 ocean AND "x', 13, 13],
    ['a family, which is many', '👩‍👩‍👧 ocean "x', 15, 9],
    ['letters beyond the first plane', '𝒪cean "x', 7, 7],
    ['an accent of its own', 'ne\u0301on "x', 6, 6],
    ['a tab', 'ocean\t"x', 6, 7],
    ['Chinese', '扩散 "x', 3, 4],
  ])('behind %s is where people see it', (_, filter, position, column) => {
    const parsed = parseFilter(filter, { topics: noTopics });
    expect(parsed.ok ? null : parsed.error.position).toBe(position);
    const place = pointAt(filter, position);
    expect([place.line, place.column]).toEqual([1, column]);
    const [, shown, mark] = place.pointer.split('\n');
    expect(mark.at(-1)).toBe('^');
    // A tab is as wide as it likes.
    expect(place.pointer).not.toContain('\t');
    expect(columns(mark) - 1).toBe(columns(shown.slice(0, shown.indexOf('"'))));
  });

  it('is on its own line, with that line alone shown', () => {
    const place = pointAt('ocean\r\ndiffusion OR "x\nmore', 20);
    expect(place).toMatchObject({ line: 2, column: 14 });
    expect(place.pointer).toBe(`\`\`\`\ndiffusion OR "x\n${' '.repeat(13)}^\n\`\`\``);
  });

  it('stays in sight in a long line, and behind the end of one', () => {
    const place = pointAt(`${'a'.repeat(500)}"${'b'.repeat(200)}`, 500);
    expect(place.column).toBe(501);
    expect(place.pointer.split('\n').slice(1, 3)).toEqual([
      `${'a'.repeat(40)}"${'b'.repeat(39)}…`,
      `${' '.repeat(40)}^`,
    ]);
    expect(pointAt('ab', 2).pointer).toBe('```\nab\n  ^\n```');
  });

  it('ends no code block and grows over no limit', () => {
    expect(pointAt('`x "', 3).pointer.match(/```/g)).toHaveLength(2);
    expect(pointAt(`${'e\u0301\u0302\u0303\u0304'.repeat(200)}"`, 1000).pointer.length).toBeLessThan(400);
  });
});
