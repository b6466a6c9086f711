import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { exactPaperId, findPaperIds, parsePaperId, restoreLostZeros } from '#src/paper/paper-id.ts';

const digits = (count: number) =>
  fc.integer({ min: 1, max: 10 ** count - 1 }).map((n) => String(n).padStart(count, '0'));
const month = fc.integer({ min: 1, max: 12 }).map((n) => String(n).padStart(2, '0'));
const year = (min: number, max: number) => fc.integer({ min, max }).map((n) => String(n).padStart(2, '0'));

const newStyle = fc.tuple(year(15, 40), month, digits(5)).map(([y, m, number]) => `${y}${m}.${number}`);
const middleStyle = fc.tuple(year(8, 14), month, digits(4)).map(([y, m, number]) => `${y}${m}.${number}`);
const archive = fc.constantFrom('hep-th', 'math', 'cs', 'cond-mat', 'q-bio', 'astro-ph');
const oldStyle = fc
  .tuple(archive, year(92, 99), month, digits(3))
  .map(([a, y, m, number]) => `${a}/${y}${m}${number}`);
const anyId = fc.oneof(newStyle, middleStyle, oldStyle);

const spellings = (id: string): string[] => [
  id,
  `${id}v3`,
  `arXiv:${id}`,
  `arxiv: ${id}v12`,
  `ARXIV:${id.toUpperCase()}`,
  ` ${id} `,
  `${id}.pdf`,
  `https://arxiv.org/abs/${id}`,
  `http://www.arxiv.org/abs/${id}v1`,
  `https://export.arxiv.org/abs/${id}`,
  `https://arxiv.org/pdf/${id}v2.pdf`,
  `https://arxiv.org/html/${id}v1#S2.T1`,
  `https://arxiv.org/abs/${id}?context=cs.LG`,
  `arxiv.org/abs/${id}`,
  `https://huggingface.co/papers/${id}`,
  `https://huggingface.co/papers/${id}#6650c1`,
  `https://huggingface.co/papers/${id}.md`,
  `https://hf.co/papers/${id}/`,
  `https://www.alphaxiv.org/abs/${id}v1`,
  `https://alphaxiv.org/overview/${id}`,
  `10.48550/arXiv.${id}`,
  `doi:10.48550/arxiv.${id}`,
  `https://doi.org/10.48550/arXiv.${id}`,
  `<https://arxiv.org/abs/${id}>`,
];

const spelling = anyId.chain((id) => fc.constantFrom(...spellings(id)).map((written) => ({ id, written })));

describe('one paper however it is written', () => {
  it('reads every spelling of an id, and every link to it, as the same id', () => {
    fc.assert(
      fc.property(spelling, ({ id, written }) => {
        expect(parsePaperId(written)).toBe(id);
        expect(exactPaperId(written)).toBe(id);
      }),
    );
  });

  it('reads its own ids unchanged', () => {
    fc.assert(
      fc.property(anyId, (id) => {
        expect(parsePaperId(id)).toBe(id);
        expect(exactPaperId(id)).toBe(id);
      }),
    );
  });

  it('takes the subject class out of an old id, as arXiv does', () => {
    expect(exactPaperId('math.GT/0309136')).toBe('math/0309136');
  });
});

describe('what is no paper’s id from a source', () => {
  it.each([
    ['four digits after 2014', '2604.2695'],
    ['five digits before 2015', '1412.99991'],
    ['six digits', '2604.269511'],
    ['a thirteenth month', '2613.12345'],
    ['a month before the style began', '0703.0001'],
    ['number zero', '2604.00000'],
    ['an archive that never was', 'and/0309136'],
    ['words', 'attention is all you need'],
    ['nothing', ''],
    ['an id among words', 'see 2604.26951'],
    ['a price', '2604.99'],
    ['another site', 'https://example.org/abs/2604.26951'],
    ['a listing', 'https://arxiv.org/list/cs.LG/2604'],
    ['a DOI of somebody else', '10.1000/2604.26951'],
  ])('refuses %s', (_, text) => {
    expect(exactPaperId(text)).toBeNull();
  });

  it('never fails, and what it accepts it accepts again', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        for (const read of [parsePaperId, exactPaperId]) {
          const id = read(text);
          expect(id === null || read(id) === id).toBe(true);
        }
      }),
    );
  });

  it('answers at once for a text made to be slow', () => {
    for (const read of [parsePaperId, exactPaperId]) expect(read(`arxiv:${' '.repeat(50_000)}x`)).toBeNull();
    expect(findPaperIds('a-'.repeat(20_000))).toEqual([]);
  });
});

describe('papers named in a message', () => {
  it('finds all, in order, each once', () => {
    const text =
      'Compare [this](https://huggingface.co/papers/2604.26951), arXiv:2604.26952v2 and hep-th/9901001; ' +
      '(https://arxiv.org/pdf/2604.26951v3) was first. https://doi.org/10.48550/arXiv.2604.26953.';

    expect(findPaperIds(text)).toEqual(['2604.26951', '2604.26952', 'hep-th/9901001', '2604.26953']);
  });

  it('finds whatever stands among words', () => {
    fc.assert(
      fc.property(fc.array(spelling, { maxLength: 6 }), (written) => {
        const text = written.map((one) => `and ${one.written.trim()} ,`).join(' ');
        expect(findPaperIds(text)).toEqual([...new Set(written.map(({ id }) => id))]);
      }),
    );
  });

  it.each([
    ['a longer number', 'order 12604.26951 and 2604.269512'],
    ['a version of software', 'v1.2604.26951 and 2604.26951.2'],
    ['a telephone number', '2604.26951-33'],
  ])('takes none out of %s', (_, text) => {
    expect(findPaperIds(text)).toEqual([]);
  });
});

describe('ids that were read as decimal numbers', () => {
  it('gets its lost zeros back', () => {
    fc.assert(
      fc.property(newStyle, (id) => {
        expect(restoreLostZeros(id.replace(/0{1,4}$/, ''))).toBe(id);
      }),
    );
  });

  it('leaves four digits before 2015 alone', () => {
    expect(restoreLostZeros('1406.1050')).toBe('1406.1050');
  });
});
