import { describe, expect, it } from 'vitest';
import { passageWords } from '#src/render/passage.ts';

const title = (...texts: string[]) => texts.map((text, index) => ({ text, hit: index % 2 === 1 }));

describe('a title in the words of a link', () => {
  it('has its matching words bold, and formats nothing by itself', () => {
    expect(passageWords(title('*Ocean* [', 'waves', '] of x_i'), 120)).toBe(
      '\\*Ocean\\* \\[**waves**\\] of x_i',
    );
  });

  it('has an address as words: the link leads to one place', () => {
    expect(passageWords(title('', 'https://a.org', ' explained'), 120)).toBe('**https:\\//a.org** explained');
  });

  it('is cut between words, and every bold word ends', () => {
    expect(passageWords(title('Of ', 'ocean waves', ' and ice'), 11)).toBe('Of **ocean**…');
    expect(passageWords(title('Of ', 'ocean waves', ' and ice'), 100)).toBe('Of **ocean waves** and ice');
  });
});
