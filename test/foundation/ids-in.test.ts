import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { idsIn, namesId, withoutId } from '#src/foundation/ids-in.ts';

const ADA = '900000000000000001';

describe('an id in a document', () => {
  it('is found as a text and as a name, however deep, and is gone afterwards', () => {
    const document = {
      by: ADA,
      deep: [{ who: ADA, other: '5' }],
      named: { [ADA]: true, '800000000000000009': false },
    };
    expect(idsIn(document)).toEqual([ADA, ADA, ADA, '800000000000000009']);
    expect(withoutId(document, ADA, 'former')).toEqual({
      by: 'former',
      deep: [{ who: 'former', other: '5' }],
      named: { '800000000000000009': false },
    });
  });

  it('is left where it is a part of what somebody wrote', () => {
    const document = { filter: `author:"${ADA}"`, at: 900000000000000001n.toString().length };
    expect(namesId(document, ADA)).toBe(false);
    expect(withoutId(document, ADA, 'former')).toEqual(document);
  });

  it('stands nowhere in any document without it, and everything else is as it was', () => {
    const leaf = fc.oneof(fc.constant(ADA), fc.string(), fc.integer(), fc.boolean(), fc.constant(null));
    const { tree } = fc.letrec((tie) => ({
      tree: fc.oneof(
        leaf,
        fc.array(tie('tree')),
        fc.dictionary(fc.oneof(fc.constant(ADA), fc.string()), tie('tree')),
      ),
    }));
    fc.assert(
      fc.property(tree, (document) => {
        const after = withoutId(document, ADA, 'former');
        expect(namesId(after, ADA)).toBe(false);
        if (!namesId(document, ADA)) expect(after).toEqual(document);
      }),
    );
  });
});
