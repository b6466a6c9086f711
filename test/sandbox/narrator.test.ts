import { describe, expect, it } from 'vitest';
import type { SeenMessage } from '#src/sandbox/driver/seen-message.ts';
import { createNarrator } from '#src/sandbox/narrator.ts';

/** The line for a card that came for this reason, without its hour. */
function told(reason: string): string {
  const lines: string[] = [];
  const embeds = [{ title: 'TerraScope', fields: [{ name: 'Why now', value: reason }] }];
  createNarrator((line) => lines.push(line)).posted('vision', {
    content: '',
    embeds,
  } as unknown as SeenMessage);
  return lines.join('').slice('12:30:05  newly trending  '.length).trimEnd();
}

describe('a line of the terminal for a card', () => {
  it('leaves no bracket open', () => {
    expect(told('1st of 24 papers of 10 March (36 upvotes at 9 h, 60 now; the top tenth had 27)')).toBe(
      'TerraScope  1st of 24 papers of 10 March (36 upvotes at 9 h, 60 now)  → #vision',
    );
  });

  it('says why it came where the figures speak against it', () => {
    const reason =
      'Only 3 upvotes yet at 24 h (the top tenth had 19). It is here because #vision asks for everything rising.';
    expect(told(reason)).toBe(
      'TerraScope  Only 3 upvotes yet at 24 h (the top tenth had 19): #vision asks for everything rising  → #vision',
    );
  });
});
