import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cardLine, digestLine, withRoles } from '#src/render/push-line.ts';
import { readMarkdown } from './discord-markdown.ts';

const wild = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 400 }),
  fc.constantFrom(
    '*'.repeat(500),
    '\\'.repeat(300),
    'a\u0301'.repeat(200),
    `x${'\u0301'.repeat(4000)}`,
    '',
    ' ',
  ),
  fc.constantFrom('[a](http://b.c)', '@everyone', 'https://a.b/c', '👩‍👩‍👧'.repeat(90)),
);

describe('what a phone shows of a post', () => {
  it('begins with the title, and has the roles last', () => {
    const line = cardLine('TerraScope: Pixel-Grounded Visual Reasoning', '1st of 24 papers of 10 March');
    expect(withRoles(line, ['1', '2'])).toBe(
      'TerraScope: Pixel-Grounded Visual Reasoning · 1st of 24 papers of 10 March <@&1> <@&2>',
    );
    expect(cardLine('TerraScope', undefined)).toBe('TerraScope');
    expect(withRoles('', ['1'])).toBe('<@&1>');
  });

  it('names a digest’s first papers as they call themselves', () => {
    const titles = ['TerraScope: Seeing Earth', 'Motion-as-Language: Words', 'A: B', 'Four', 'Five'];
    expect(digestLine(titles)).toBe('5 papers: TerraScope, Motion-as-Language, A: B and 2 more');
    expect(digestLine(['One', 'Two'])).toBe('2 papers: One and Two');
    expect(digestLine([' ', ''])).toBe('2 papers');
  });

  it.each([
    'Is it 12:30 yet?',
    'Reading http://x.org again',
    '“Think twice: act once” in agents',
    'What (exactly: why) is it',
    '"So: what" she said',
  ])('takes no piece of a title for its name: %s', (title) => {
    expect(digestLine([title]).replaceAll('\\', '')).toBe(`1 paper: ${title}`);
  });

  it('fits a message, and pings and formats nothing, whatever the titles hold', () => {
    fc.assert(
      fc.property(fc.array(wild, { minLength: 1, maxLength: 5 }), (titles) => {
        const roles = Array.from({ length: 10 }, (_, index) => `123456789012345678${index}`);
        for (const line of [cardLine(titles[0], titles.at(-1)), digestLine(titles)]) {
          expect(withRoles(line, roles).length).toBeLessThanOrEqual(2000);
          expect(readMarkdown(line)).toMatchObject({ formats: [], links: [] });
          expect(line).not.toMatch(/@(everyone|here)/);
        }
      }),
    );
  });
});
