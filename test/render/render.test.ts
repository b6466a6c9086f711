import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FIGURE_NAMES, NO_FIGURES, recordOf } from '#src/paper/figures.ts';
import type { Paper, Signals } from '#src/paper/paper.ts';
import { digestMessage } from '#src/render/digest.ts';
import { escapeMarkdown, plain } from '#src/render/escape-markdown.ts';
import { editModal } from '#src/render/filter-page.ts';
import { helpMessage, helpTopics } from '#src/render/help-page.ts';
import { paperCard } from '#src/render/paper-card.ts';
import { tellNewsShortly } from '#src/render/reason.ts';
import { say } from '#src/render/say.ts';
import { searchMessage } from '#src/render/search-page.ts';
import { subscriptionsMessage } from '#src/render/subscription-list.ts';
import { unreadableFilter } from '#src/service/read-filter.ts';
import { markdown, phrase } from '#src/wording/phrase.ts';
import { listFound } from './list-found.ts';

/** Anything a source could deliver, long and wild. */
const wildText = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 600 }),
  fc.constantFrom(
    '*'.repeat(600),
    '`_~|'.repeat(100),
    '@everyone <@&1> [a](b)',
    '\\'.repeat(300),
    '𝒳'.repeat(300),
  ),
);
const wildPaper: fc.Arbitrary<Paper> = fc.record({
  id: fc.constantFrom('2603.01234', 'hep-th/9901001'),
  title: wildText,
  abstract: fc.oneof(wildText, fc.constant('long '.repeat(20_000))),
  authors: fc.array(wildText, { maxLength: 20 }),
  categories: fc.array(fc.constantFrom('cs.LG', 'stat.ML'), { maxLength: 20 }),
  keywords: fc.array(wildText, { maxLength: 3 }),
  organization: fc.option(wildText),
  comment: fc.constant(null),
  journalRef: fc.constant(null),
  withdrawn: fc.constantFrom(null, { at: null }, { at: 1_773_300_000_000 }),
  updatedAt: fc.constant(null),
  publishedAt: fc.option(fc.integer({ min: 0, max: 2_000_000_000_000 })),
  repository: fc.constantFrom(null, 'owner/name'),
  projectPage: fc.constant(null),
  thumbnail: fc.constantFrom(null, 'https://cdn-thumbnails.huggingface.co/x.png'),
});
const someSignals: fc.Arbitrary<Signals> = fc.record({
  ...recordOf(FIGURE_NAMES, () => fc.option(fc.nat())),
  trendingRank: fc.option(fc.integer({ min: 1, max: 100 })),
});

type Embed = {
  title?: string;
  description?: string;
  fields?: { name: string; value: string }[];
  footer?: { text: string };
};
const length = (text: string | undefined) => text?.length ?? 0;

/** Discord's documented limits (resources/message.mdx, "Embed limits"). */
function expectWithinLimits(message: { embeds: object[] }) {
  let total = 0;
  for (const embed of message.embeds as Embed[]) {
    expect(length(embed.title)).toBeLessThanOrEqual(256);
    expect(length(embed.description)).toBeLessThanOrEqual(4096);
    expect(length(embed.footer?.text)).toBeLessThanOrEqual(2048);
    for (const field of embed.fields ?? []) {
      expect(field.name.length).toBeLessThanOrEqual(256);
      expect(field.value.length).toBeGreaterThan(0);
      expect(field.value.length).toBeLessThanOrEqual(1024);
      total += field.name.length + field.value.length;
    }
    total += length(embed.title) + length(embed.description) + length(embed.footer?.text);
  }
  expect(total).toBeLessThanOrEqual(6000);
}

describe('text from papers', () => {
  it('cannot format, link, mention or ping', () => {
    expect(escapeMarkdown('**bold** _x_ `c` ~~s~~ ||p|| [a](http://b) <@&1> <#2>')).toBe(
      '\\*\\*bold\\*\\* \\_x\\_ \\`c\\` \\~\\~s\\~\\~ \\|\\|p\\|\\| \\[a\\](http://b) \\<@&1\\> \\<#2\\>',
    );
    expect(escapeMarkdown('@everyone and @here')).not.toMatch(/@(everyone|here)/);
    expect(escapeMarkdown('# not a heading')).toBe('\\# not a heading');
  });

  it('loses line breaks, direction marks and control characters', () => {
    expect(escapeMarkdown('two\n  lines\u202e and\u0000 more')).toBe('two lines and more');
    expect(plain('two\n lines', 100)).toBe('two lines');
  });
});

describe('a card', () => {
  it('stays within Discord’s limits whatever the paper holds', () => {
    fc.assert(
      fc.property(wildPaper, someSignals, wildText, (paper, signals, why) => {
        const card = paperCard({
          paper,
          signals,
          page: 'https://huggingface.co/papers/2603.01234',
          why,
          matched: [why, why],
          mark: 'why:abc',
        });
        expectWithinLimits(card);
      }),
    );
  });

  it('names the filters that match and says why the paper is shown', () => {
    const card = paperCard({
      paper: {
        id: '2603.01234',
        title: 'A paper',
        abstract: 'Short.',
        authors: ['Ada', 'Bo'],
        categories: ['cs.LG'],
        keywords: [],
        organization: null,
        comment: null,
        journalRef: null,
        withdrawn: null,
        updatedAt: null,
        publishedAt: null,
        repository: null,
        projectPage: null,
        thumbnail: null,
      },
      signals: { ...NO_FIGURES, votes: 41, comments: 1, trendingRank: null },
      page: 'https://huggingface.co/papers/2603.01234',
      why: '2nd of 24 papers of its day',
      matched: ['diffusion -survey'],
      mark: 'why:abc',
    });
    const text = JSON.stringify(card);
    for (const part of [
      '41 upvotes',
      '1 comment',
      'diffusion -survey',
      '2nd of 24',
      'arXiv:2603.01234',
      'why:abc',
    ]) {
      expect(text).toContain(part);
    }
  });
});

describe('lists', () => {
  it('stay within Discord’s limits, first page and later ones', () => {
    const view = fc.record({
      paper: wildPaper,
      signals: someSignals,
      page: fc.constantFrom('https://huggingface.co/papers/2603.01234', 'https://arxiv.org/abs/2603.01234'),
      note: wildText,
    });
    fc.assert(
      fc.property(fc.array(view, { minLength: 1, maxLength: 30 }), fc.nat({ max: 2 }), (items, page) => {
        const shown = Math.min(page, Math.ceil(items.length / 10) - 1);
        const explained = items.map(({ note, ...item }) => ({
          ...item,
          passage: [{ text: note, hit: true }],
        }));
        const groups = [
          { filter: 'a'.repeat(1000), papers: items.map((item) => item.paper.id) },
          { filter: '``', papers: [] },
        ];
        expectWithinLimits(
          digestMessage({
            heading: 'Tuesday 10 March',
            items: explained,
            groups,
            mark: 'why:abc',
            page: shown,
          }),
        );
        expectWithinLimits(
          searchMessage(
            listFound({
              query: 'x'.repeat(1000),
              items: items.slice(0, 10),
              total: 30,
              hints: Array.from({ length: 9 }, () => 'h'.repeat(600)),
              offers: Array.from({ length: 4 }, (_, n) => ({
                query: 'q'.repeat(1000),
                allDays: n % 2 === 0,
                key: `key${n}`,
              })),
            }),
          ),
        );
      }),
    );
  });

  it('offer a select only with what is there', () => {
    expect(
      subscriptionsMessage({
        items: [],
        total: 0,
        page: 0,
        hidden: 0,
        unreadable: 0,
        channels: new Map(),
        read: 0,
      }).components,
    ).toEqual([]);
  });
});

it('a full list of long subscriptions still says what it leaves out', () => {
  const text = (sign: string) => phrase('stored.text', { text: sign.repeat(200) });
  const long = { id: 'a', channelId: '1'.repeat(19), filter: 'x '.repeat(200), terms: text('t') };
  const differences = [text('d')];
  const items = Array.from({ length: 10 }, () => ({
    ...long,
    differences,
    paused: text('p'),
    lost: [text('l')],
  }));
  const channels = new Map([
    ['1'.repeat(19), { lastPostAt: 0, usual: 4, matched: 1, posted: 1, waiting: 1 }],
  ]);
  const view = { items, total: 10, page: 0, hidden: 2, unreadable: 0, isUntold: true, channels, read: 0 };

  const [{ description }] = subscriptionsMessage(view).embeds as { description: string }[];
  expect(description.length).toBeLessThanOrEqual(4096);
  expect(description).toContain('2 more in channels you cannot see.');
  expect(description).toMatch(/Nobody was told of this: .+$/);
});

const badFilter = (...what: Parameters<typeof unreadableFilter>): string =>
  say('filter.unreadable', unreadableFilter(...what));

describe('words', () => {
  it('has every help page within the limits', () => {
    for (const topic of helpTopics) expectWithinLimits(helpMessage(topic));
  });

  it('prints places as people say them', () => {
    const placed = (place: number): string => {
      const reason = { kind: 'votes', place, papers: 200, votes: 1, ageHours: 9, pace: null } as const;
      return tellNewsShortly({ kind: 'trending', trendEvent: { at: 0, reason } }).split(' of ')[0];
    };
    expect([1, 2, 3, 4, 11, 12, 13, 21, 102, 111].map(placed)).toEqual([
      '1st',
      '2nd',
      '3rd',
      '4th',
      '11th',
      '12th',
      '13th',
      '21st',
      '102nd',
      '111th',
    ]);
  });

  it('points at the character of a bad filter', () => {
    const text = badFilter(
      { position: 13, message: phrase('syntax.quoteNotClosed'), proposal: null },
      'diffusion OR "x',
    );
    expect(text).toContain('line 1, column 14: The quote that starts here is not closed');
    expect(text).toContain('\n             ^\n');
  });

  it('shows the corrected filter whole, for it is to be copied', () => {
    const proposal = `diffusion OR "${'x '.repeat(490)}x"`;
    const text = badFilter(
      { position: 0, message: phrase('syntax.noField', { written: markdown('*'.repeat(250)) }), proposal },
      proposal.slice(0, -1),
    );
    expect(text).toContain(`Try: \`${proposal}\``);
    expect(text.length).toBeLessThan(2000);
  });

  it('opens the modal with the present filter', () => {
    expect(JSON.stringify(editModal({ id: 'abc', filter: 'old words', mark: 'papers' }))).toContain(
      'old words',
    );
  });
});
