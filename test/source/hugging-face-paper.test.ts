import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { NO_FIGURES } from '#src/paper/figures.ts';
import type { Sighting } from '#src/paper/sighting.ts';
import { readListEntry, readPaper } from '#src/source/hugging-face-paper.ts';
import { huggingFaceEntry } from './bodies.ts';

const BASE = 'https://huggingface.co';
const SEEN = Date.parse('2026-03-10T15:00:00Z');

function read(
  paper: Record<string, unknown> = {},
  entry: Record<string, unknown> = {},
): Omit<Sighting, 'place'> {
  const item = readListEntry(huggingFaceEntry(paper, entry), BASE, SEEN);
  if (!item.ok) throw new Error(item.reason);
  return item.sighting;
}

const refuse = (paper: Record<string, unknown>) => readListEntry(huggingFaceEntry(paper), BASE, SEEN);

describe('an item of a Hugging Face list', () => {
  it('becomes a paper with its figures', () => {
    expect(read()).toEqual({
      paper: {
        id: '2603.01234',
        title: 'Sparse Attention for Long Documents',
        abstract: 'We attend to less.',
        authors: ['Ada Example'],
        categories: [],
        keywords: ['sparse attention', 'long context'],
        organization: 'Example Institute',
        comment: null,
        journalRef: null,
        withdrawn: null,
        updatedAt: null,
        publishedAt: Date.parse('2026-03-08T14:49:20Z'),
        repository: 'example/sparse',
        projectPage: 'https://example.org/sparse',
        thumbnail: 'https://cdn-thumbnails.huggingface.co/social-thumbnails/papers/2603.01234.png',
      },
      ...NO_FIGURES,
      votes: 34,
      comments: 4,
      stars: 120,
      batchDay: '2026-03-10',
    });
  });

  it('is read with nothing on it but id and title', () => {
    const item = readListEntry({ paper: { id: '2603.01234', title: 'Bare' } }, BASE, SEEN);

    expect(item).toMatchObject({
      ok: true,
      sighting: { ...NO_FIGURES, batchDay: null },
    });
  });

  it('is read the same when optional fields are null instead of absent', () => {
    const nulls = {
      ai_keywords: null,
      githubRepo: null,
      githubStars: null,
      projectPage: null,
      organization: null,
    };
    const absent = {
      ai_keywords: undefined,
      githubRepo: undefined,
      githubStars: undefined,
      projectPage: undefined,
    };

    expect(read(nulls)).toEqual(read({ ...absent, organization: undefined }));
  });
});

describe('dates', () => {
  it("takes the paper's own publication time, not the entry's, which is hours off", () => {
    const { paper } = read(
      { publishedAt: '2026-03-08T14:00:00.000Z' },
      { publishedAt: '2026-03-08T10:00:00.000Z' },
    );

    expect(paper.publishedAt).toBe(Date.parse('2026-03-08T14:00:00Z'));
  });

  it('takes the batch day from the submission to the daily list, also when it is cut to midnight', () => {
    expect(read({ submittedOnDailyAt: '2026-03-09T00:00:00.000Z' }).batchDay).toBe('2026-03-09');
    expect(read({ submittedOnDailyAt: '2026-03-09T23:59:59.999Z' }).batchDay).toBe('2026-03-09');
  });

  it.each(['not a date', '0001-01-01T00:00:00.000Z', '2062-03-08T00:00:00.000Z', 17, ''])(
    'calls a wrong date unknown: %s',
    (publishedAt) => {
      expect(read({ publishedAt }).paper.publishedAt).toBeNull();
    },
  );

  it('calls a batch day unknown that is far in the future', () => {
    expect(read({ submittedOnDailyAt: '2026-05-15T00:00:00.000Z' }).batchDay).toBeNull();
  });

  it('reads the day in UTC wherever Paperboy runs', () => {
    const zone = process.env.TZ;
    process.env.TZ = 'Pacific/Auckland';
    const east = read({ submittedOnDailyAt: '2026-03-09T20:00:00.000Z' }).batchDay;
    process.env.TZ = 'America/Los_Angeles';
    const west = read({ submittedOnDailyAt: '2026-03-09T20:00:00.000Z' }).batchDay;
    process.env.TZ = zone;

    expect([east, west]).toEqual(['2026-03-09', '2026-03-09']);
  });
});

describe('text', () => {
  it('makes one line of titles with hard line breaks', () => {
    expect(read({ title: 'Sparse Attention\n  for Long\r\n\tDocuments ' }).paper.title).toBe(
      'Sparse Attention for Long Documents',
    );
  });

  it('leaves Markdown and TeX in a title as they are: escaping is for who shows it', () => {
    const title = 'Think `<think>` *twice*, $k$_times_ @everyone';

    expect(read({ title }).paper.title).toBe(title);
  });

  it('makes one paragraph of the abstract', () => {
    expect(read({ summary: '  We attend\nto less.\n\nIt helps. ' }).paper.abstract).toBe(
      'We attend to less. It helps.',
    );
  });

  it('leaves out authors who are hidden, nameless or malformed', () => {
    const authors = [
      { name: 'Ada Example', hidden: false },
      { name: 'Hidden One', hidden: true },
      { name: '  ' },
      null,
      { hidden: false },
      { name: ' Bea\n Beispiel ' },
    ];

    expect(read({ authors }).paper.authors).toEqual(['Ada Example', 'Bea Beispiel']);
  });

  it("falls back to the organisation's short name, and to the entry's organisation", () => {
    expect(read({ organization: { name: 'short' } }).paper.organization).toBe('short');
    expect(
      read({ organization: undefined }, { organization: { fullname: 'Whole Name' } }).paper.organization,
    ).toBe('Whole Name');
  });
});

describe('ids', () => {
  it.each([
    ['2406.105', '2406.10500'],
    [2406.105, '2406.10500'],
    ['2603.01234 ', '2603.01234'],
    ['2603.01234v2', '2603.01234'],
  ])('reads %s as %s', (id, expected) => {
    expect(read({ id }).paper.id).toBe(expected);
  });
});

describe('addresses', () => {
  it.each([
    ['https://github.com/owner/name', 'owner/name'],
    ['https://github.com/owner/name/', 'owner/name'],
    ['https://github.com/owner/name.git', 'owner/name'],
    ['https://github.com/owner/name/tree/main/sub', 'owner/name'],
    ['https://github.com/owner/na\nme', 'owner/name'],
    [' http://www.github.com/owner/name?tab=readme ', 'owner/name'],
    ['github.com/owner/name#readme', 'owner/name'],
    ['https://github.com/owner', null],
    ['https://github.com/orgs/owner', null],
    ['https://gitlab.com/owner/name', null],
    ['https://notgithub.com/owner/name', null],
    ['', null],
    [{ url: 'x' }, null],
  ])('reads the repository %j as %s', (githubRepo, expected) => {
    expect(read({ githubRepo }).paper.repository).toBe(expected);
  });

  it.each([
    [' https://example.org/page ', 'https://example.org/page'],
    ['javascript:alert(1)', null],
    ['example.org', null],
    ['https://example.org/a b', null],
  ])('reads the project page %j as %s', (projectPage, expected) => {
    expect(read({ projectPage }).paper.projectPage).toBe(expected);
  });

  it.each([
    ['/social/2603.01234.png', 'https://huggingface.co/social/2603.01234.png'],
    ['/avatars/abc.svg', null],
    ['http://example.org/plain.png', null],
    ['https://cdn-uploads.huggingface.co/clip.mp4', null],
    ['https://cdn-uploads.huggingface.co/clip.qt', null],
    ['https://example.org/picture.webp?size=2', 'https://example.org/picture.webp?size=2'],
  ])('reads the picture %s as %s', (thumbnail, expected) => {
    expect(read({}, { thumbnail }).paper.thumbnail).toBe(expected);
  });

  it('shows the first picture among the uploads when there is no thumbnail', () => {
    const mediaUrls = ['https://cdn-uploads.huggingface.co/a.qt', 'https://cdn-uploads.huggingface.co/b.png'];

    expect(read({ mediaUrls }, { thumbnail: undefined }).paper.thumbnail).toBe(
      'https://cdn-uploads.huggingface.co/b.png',
    );
  });
});

describe('a malformed item', () => {
  it.each([
    ['no id', { id: undefined }],
    ['an id of something else', { id: 'not-a-paper' }],
    ['no title', { title: undefined }],
    ['a blank title', { title: ' \n ' }],
    ['an id that is a list', { id: ['2603.01234'] }],
    ['votes that are no number', { upvotes: 'many' }],
    ['negative votes', { upvotes: -3 }],
    ['half a vote', { upvotes: 1.5 }],
    ['more votes than can be counted', { upvotes: 1e19 }],
  ])('is refused with a reason: %s', (_, paper) => {
    const item = refuse(paper);

    expect(item).toMatchObject({ ok: false, reason: expect.stringMatching(/\S/) });
  });

  it('never stops the reader, whatever it is', () => {
    fc.assert(
      fc.property(fc.anything(), (item) => {
        expect(readListEntry(item, BASE, SEEN)).toHaveProperty('ok');
        expect(readListEntry({ paper: item }, BASE, SEEN)).toHaveProperty('ok');
        expect(
          readPaper(huggingFaceEntry({ organization: item, authors: [item] }).paper, BASE, SEEN),
        ).toMatchObject({ ok: true });
      }),
    );
  });
});

describe('a list', () => {
  it.each([null, 7, 'paper', [], {}, { paper: null }, { paper: 7 }])(
    'with %o among its items loses that alone',
    (item) => {
      const items = [huggingFaceEntry(), item, huggingFaceEntry({ id: '2603.00002' })];

      expect(items.map((one) => readListEntry(one, BASE, SEEN).ok)).toEqual([true, false, true]);
    },
  );
});

describe('a date that cannot be', () => {
  it.each(['2099-01-01T00:00:00Z', '0001-01-01T00:00:00Z', '1991-05-01', '2026-03-13', 'soon', ''])(
    '%s is unknown, of the paper and of its batch',
    (date) => {
      const { paper, batchDay } = read({ publishedAt: date, submittedOnDailyAt: date });

      expect([paper.publishedAt, batchDay]).toEqual([null, null]);
    },
  );

  it('is not one that another zone has today', () => {
    expect(read({ publishedAt: '2026-03-11T14:00:00+14:00' }).paper.publishedAt).not.toBeNull();
  });
});

describe('a paper that was withdrawn', () => {
  it('has the day when Hugging Face tells it', () => {
    expect(read({ withdrawnAt: '2026-03-09T10:00:00.000Z' }).paper.withdrawn).toEqual({
      at: Date.parse('2026-03-09T10:00:00Z'),
    });
    expect(read({ withdrawnAt: 'yesterday' }).paper.withdrawn).toEqual({ at: null });
    expect(read({ withdrawnAt: null }).paper.withdrawn).toBeNull();
    expect(read().paper.withdrawn).toBeNull();
  });
});

describe('a name or a text as Hugging Face writes it', () => {
  it('is read like any other source’s', () => {
    const authors = ['and Ada Example', 'NOVA Collaboration: B. Muster', "Sean O\\'Neill", 'et al.'];
    const { paper } = read({
      authors: authors.map((name) => ({ name })),
      title: 'emph{Q}&amp;A for textit{O}bstacles and text {in braces}, sqrt{n}',
    });

    expect(paper.authors).toEqual(['Ada Example', 'NOVA Collaboration', 'B. Muster', "Sean O'Neill"]);
    expect(paper.title).toBe('Q&A for Obstacles and text {in braces}, sqrt{n}');
  });
});

describe('a broken ornament', () => {
  it.each([
    'summary',
    'authors',
    'ai_keywords',
    'publishedAt',
    'withdrawnAt',
    'submittedOnDailyAt',
    'githubRepo',
    'githubStars',
    'projectPage',
    'organization',
    'mediaUrls',
  ])('costs only itself: %s', (field) => {
    expect(refuse({ [field]: { wrong: true } })).toMatchObject({ ok: true, sighting: { votes: 34 } });
  });

  it.each([0.5, 1e19, -1])('costs only itself: %d stars or comments', (odd) => {
    const { paper } = huggingFaceEntry({ githubStars: odd });
    const item = readListEntry({ paper, numComments: odd }, BASE, SEEN);
    expect(item).toMatchObject({ ok: true, sighting: { votes: 34, stars: null, comments: null } });
  });
});
