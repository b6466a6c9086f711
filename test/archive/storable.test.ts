import { describe, expect, it } from 'vitest';
import { storablePaper } from '#src/archive/storable.ts';

const HIDDEN = '\u2060\u061c\u3164\u{e0041}\u202e';
const says = {
  ...{
    id: '2603.00001',
    title: `Dif${HIDDEN}fusion`,
    abstract: `One\u2028two ${HIDDEN}👩‍🚀`,
    authors: [`A${HIDDEN}da`],
  },
  ...{
    categories: [`cs${HIDDEN}.LG`],
    keywords: [`ti${HIDDEN}des`],
    organization: `La${HIDDEN}b`,
    publishedAt: null,
  },
  ...{ comment: `12 ${HIDDEN}pages`, journalRef: '' },
  ...{ repository: `a/${HIDDEN}b`, projectPage: null, thumbnail: null },
};

describe('a paper as it is kept', () => {
  it('has no letter that nobody sees', () => {
    expect(storablePaper(says, 0)).toMatchObject({
      ...{
        title: 'Diffusion',
        abstract: 'One two 👩‍🚀',
        authors: ['Ada'],
        categories: ['cs.LG'],
        keywords: ['tides'],
      },
      ...{ organization: 'Lab', repository: 'a/b', comment: '12 pages', journalRef: null },
    });
  });

  it('has a comment of bounded length, and none when that is no text', () => {
    const long = storablePaper({ ...says, comment: 'a '.repeat(100_000), journalRef: 7 }, 0);
    if (typeof long === 'string') throw new Error(long);
    expect(long.comment?.length).toBeLessThanOrEqual(1000);
    expect(long.journalRef).toBe(null);
  });

  it('is none when its id is not all seen', () => {
    expect(storablePaper({ ...says, id: `2603${HIDDEN}.00001` }, 0)).toBe('an item has no id');
  });

  it('keeps what is seen of a text that is mostly hidden', () => {
    const kept = storablePaper({ ...says, title: `${'\u200b'.repeat(2000)}Seen` }, 0);
    expect(kept).toMatchObject({ title: 'Seen' });
  });
});
