import { describe, expect, it } from 'vitest';
import { linesOf } from '#src/foundation/lines.ts';

async function cut(...chunks: string[]): Promise<string[]> {
  async function* coming() {
    yield* chunks;
  }
  const lines: string[] = [];
  for await (const line of linesOf(coming())) lines.push(line);
  return lines;
}

describe('the lines of a text', () => {
  it('end at a line feed, with or without a carriage return before it, wherever the text is cut into chunks', async () => {
    expect(await cut('one\ntwo\r\nthree')).toEqual(['one', 'two', 'three']);
    expect(await cut('o', 'ne\nt', 'wo\r', '\nthr', '', 'ee')).toEqual(['one', 'two', 'three']);
  });

  it('do not end at what only looks like a line break', async () => {
    const odd = 'a\u2028b\u2029c\u0085d\ve\ff\rg';
    expect(await cut(`${odd}\n${odd}`)).toEqual([odd, odd]);
  });

  it('may be empty, but an end at the end of the text begins no other line', async () => {
    expect(await cut('one\n\ntwo\n')).toEqual(['one', '', 'two']);
    expect(await cut('\n')).toEqual(['']);
    expect(await cut('', '')).toEqual([]);
  });
});
