import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readTexAccents } from '#src/source/tex-accents.ts';

const raw = String.raw;

describe('names with TeX accents', () => {
  it.each([
    [raw`Andr\'e`, 'André'],
    [raw`Andr{\'e}`, 'André'],
    [raw`Andr\'{e}`, 'André'],
    [raw`Andr{\'{e}}`, 'André'],
    [raw`G\"{o}del`, 'Gödel'],
    [raw`Na{\"\i}ve`, 'Naïve'],
    [raw`Jos\'{\i}a`, 'Josía'],
    [raw`\v{S}\v{c}epan`, 'Ščepan'],
    [raw`{\v S}epan`, 'Šepan'],
    [raw`Fran\c{c}ois`, 'François'],
    [raw`Fran\c cois`, 'François'],
    [raw`Erd\H{o}s`, 'Erdős'],
    [raw`Pawe{\l}`, 'Paweł'],
    [raw`Pawe\l{} Nowak`, 'Paweł Nowak'],
    [raw`S{\o}ren \AA ngstr\"om`, 'Søren Ångström'],
    [raw`Stra{\ss}e`, 'Straße'],
    [raw`Mu\~noz`, 'Muñoz'],
    [raw`\^Ile`, 'Île'],
    [raw`K{\k e}dzierski`, 'Kędzierski'],
    ['Ada Example', 'Ada Example'],
    ['{OpenAI} Team', '{OpenAI} Team'],
    [raw`R\&D \texttt{x}`, raw`R\&D \texttt{x}`],
  ])('%s reads %s', (written, name) => {
    expect(readTexAccents(written)).toBe(name);
  });

  it('leaves text without a backslash alone', () => {
    fc.assert(
      fc.property(
        fc.string().filter((text) => !text.includes('\\')),
        (text) => {
          expect(readTexAccents(text)).toBe(text);
        },
      ),
    );
  });

  it('never fails', () => {
    const pieces = fc.constantFrom('\\', "'", '"', '{', '}', 'e', 'i', 'c', 'v', 'ss', ' ', 'ł');
    fc.assert(
      fc.property(fc.array(pieces, { maxLength: 12 }), (parts) => {
        expect(typeof readTexAccents(parts.join(''))).toBe('string');
      }),
    );
  });
});
