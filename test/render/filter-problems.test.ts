import { describe, expect, it } from 'vitest';
import { parseFilter } from '#src/match/language/parse-filter.ts';
import { sayPhrase } from '#src/render/say.ts';
import { topics } from '#test/match/document.ts';

/** What Discord shows of a filter's fault, or of its hints. */
function told(filter: string): string[] {
  const parsed = parseFilter(filter, { topics });
  return (parsed.ok ? parsed.hints : [parsed.error]).map(({ message }) => sayPhrase(message));
}

describe('What is wrong with a filter is told in Discord', () => {
  it('with what was typed letter by letter: nothing in it formats or mentions', () => {
    expect(told('cat:*_x_*')).toEqual([
      '"\\*\\_x\\_\\*" is no arXiv category; they look like cs.LG, or cs.\\* for a whole archive.',
    ]);
    expect(told('@everyone:x')).toEqual([
      'There is no field "@\u200beveryone"; put quotes around words with a colon in them.',
    ]);
  });

  it('with examples whose stars and signs are to be seen', () => {
    expect(told('pre*x')).toEqual([
      'A star stands only at the end of the beginning of a word, as in prun\\*.',
    ]);
    expect(told('upvotes:many')).toEqual([
      'upvotes: takes a whole number, with \\>, \\>=, \\<, \\<= or = before it if you like.',
    ]);
    expect(told('age:old')).toEqual([
      'age: takes \\<, \\<=, \\> or \\>= and then hours, days or weeks, as in age:\\<7d.',
    ]);
  });

  it('once for several places of a kind, of which four are named', () => {
    expect(told('cs.LG cs.CL')).toEqual([
      '"cs.LG" and "cs.CL" are looked for as words; a category is written with cat: before it.',
    ]);
    expect(told('a cs.LG b cs.CL c cs.AI d cs.CV e cs.RO')).toEqual([
      '"cs.LG", "cs.CL", "cs.AI", "cs.CV" and more are looked for as words; a category is written with cat: before it.',
    ]);
  });

  it('as one word or several', () => {
    expect(told('cats or dogs')).toEqual(['"or" is an ordinary word here; the operator is written OR.']);
    expect(told('cats or not dogs')).toEqual([
      '"or not" are ordinary words here; the operator is written OR NOT.',
    ]);
    expect(told('a or b ODER c')).toEqual([
      '"or" and "ODER" are ordinary words here; the operator is written OR.',
    ]);
  });
});
