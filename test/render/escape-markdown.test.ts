import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { visible } from '#src/foundation/visible-text.ts';
import { cut, cutCharacters } from '#src/render/cut.ts';
import { codeSpan, escapeMarkdown, escapeWords } from '#src/render/escape-markdown.ts';
import { notFound } from '#src/render/find-page.ts';
import { authorLine } from '#src/render/paper-card.ts';
import { passage } from '#src/render/passage.ts';
import { say, sayPhrase } from '#src/render/say.ts';
import { whyMessage } from '#src/render/why-page.ts';
import { quoted } from '#src/wording/phrase.ts';
import { aWhy } from '#test/builders/a-why.ts';
import { readMarkdown } from './discord-markdown.ts';

/** Pieces that mean something to Discord, next to each other in any order. */
const piece = fc.constantFrom(
  ...[
    '*',
    '**',
    '_',
    '__',
    '~',
    '~~',
    '|',
    '||',
    '`',
    '```',
    '[',
    ']',
    '(',
    ')',
    '<',
    '>',
    '\\',
    '#',
    '-',
    '+',
  ],
  ...[
    '-#',
    '1.',
    '2.5',
    '@everyone',
    '@here',
    '<@1>',
    '<@&1>',
    '<#2>',
    '<t:1:R>',
    '</a:1>',
    '<:e:1>',
    '@',
    '!',
  ],
  ...[
    '[a](http://b.c)',
    '<https://a.b>',
    'snake_case',
    'a_b@c.org',
    '#tag',
    'word',
    'é',
    '𝒳',
    '👩‍👧',
    ' ',
    ' ',
    ' ',
  ],
);
const wild = fc.array(piece, { maxLength: 14 }).map((pieces) => pieces.join(''));
const address = fc.constantFrom(
  ...['https://github.com/some-lab/deep_ocean_net', 'https://a.b/*x*/~~y~~z', 'http://a.b/c__d__?q=_1_|2'],
  ...['https://en.wikipedia.org/wiki/Rose_(mathematics)', 'https://a.b/c#d_e_f'],
);
const around = fc.constantFrom(
  ...[
    ['', ''],
    ['', '.'],
    ['(', ')'],
    ['(see ', ').'],
    ['**', '**'],
    ['_', '_'],
    ['~~', '~~'],
    ['||', '||'],
  ],
  ...[
    ['<', '>'],
    ['[', ']'],
    ['"', '",'],
    ['`', '`'],
    ['{', '}'],
    ['*(', ')*!'],
    ['\\url{', '}'],
  ],
);
const collapsed = (text: string) => visible(text).replace(/\s+/g, ' ').trim();

describe('text from papers and members', () => {
  it('is shown as it is and formats, links, mentions and pings nothing', () => {
    fc.assert(
      fc.property(wild, (text) => {
        const withoutLinks = text.replaceAll('http', 'hxxp');
        const seen = readMarkdown(escapeMarkdown(withoutLinks));
        expect(seen).toEqual({ text: collapsed(withoutLinks), formats: [], links: [] });
      }),
      { numRuns: 2000 },
    );
  });

  it('keeps its addresses whole, whatever stands around them', () => {
    fc.assert(
      fc.property(wild, around, address, (before, [left, right], link) => {
        const text = `${before.replaceAll('http', 'hxxp')} ${left}${link}${right} end`;
        const { links, formats } = readMarkdown(escapeMarkdown(text));
        expect(links).toEqual([link]);
        expect(formats).toEqual([]);
      }),
      { numRuns: 2000 },
    );
  });

  it('has no addresses where it is the words of a link', () => {
    fc.assert(
      fc.property(wild, address, (text, link) => {
        const seen = readMarkdown(escapeWords(`${text} ${link}`));
        expect(seen).toEqual({ text: collapsed(`${text} ${link}`), formats: [], links: [] });
      }),
      { numRuns: 2000 },
    );
  });

  it('gets a backslash only where a sign would be read', () => {
    expect(escapeMarkdown('2.5 Years of #tags, snake_case and a_b@c.org')).toBe(
      '2.5 Years of #tags, snake_case and a_b@c.org',
    );
    expect(escapeMarkdown('-survey ~5 a|b 1.')).toBe('-survey ~5 a|b 1.');
    expect(escapeMarkdown('1. Introduction')).toBe('1\\. Introduction');
    expect(escapeMarkdown('C*-algebras')).toBe('C\\*-algebras');
    expect(escapeMarkdown('ends with \\')).toBe('ends with \\\\');
  });

  it('keeps a link that is in brackets, bold or at the end of a sentence', () => {
    const link = 'https://github.com/some-lab/deep_ocean_net';
    expect(escapeMarkdown('https://a.b/_c_')).toBe('https://a.b/_c_');
    for (const text of [
      `Code: ${link}`,
      `(${link}).`,
      `**${link}**`,
      `<${link}>`,
      `[${link}]`,
      `"${link}"`,
    ]) {
      expect(readMarkdown(escapeMarkdown(text)).links, text).toEqual([link]);
    }
  });

  it('is one line of code where a filter is shown', () => {
    expect(codeSpan('a `b`\n  c')).toBe('`a ˋbˋ c`');
    expect(codeSpan('')).toBe('` `');
  });

  it('has its matching words in bold, but an address stays a link', () => {
    const parts = [
      { text: 'A ', hit: false },
      { text: 'diffusion', hit: true },
      { text: ' model: https://github.com/x/', hit: false },
      { text: 'diffusion', hit: true },
      { text: '_net', hit: false },
    ];
    expect(passage(parts)).toBe('A **diffusion** model: https://github.com/x/diffusion_net');
  });

  it.each(['#', '##', '-', '+', '1.'])('begins no heading or list where it begins with %s', (sign) => {
    const parts = [
      { text: `${sign} `, hit: false },
      { text: 'diffusion', hit: true },
    ];
    expect(readMarkdown(passage(parts))).toMatchObject({ text: `${sign} **diffusion**`, formats: ['bold'] });
  });
});

describe('a cut', () => {
  it('comes at a word, never inside a character, an escape, a link or a mention', () => {
    expect(cut('one two three', 9)).toBe('one two…');
    expect(cut('𝒳𝒳𝒳', 4)).toBe('𝒳…');
    expect(cut('ab👩‍👩‍👧cd', 6)).toBe('ab…');
    expect(cut('abc\\*\\*', 5)).toBe('abc…');
    expect(cut('see [a paper](https://a.b/c) now', 20)).toBe('see…');
    expect(cut('[a b](https://a.b/c),[c d](https://a.b/d) now', 39)).toBe('…');
    expect(cut('ask <@123456789> now', 10)).toBe('ask…');
    expect(cut('code https://a.b/cdefgh more', 20)).toBe('code…');
    expect(cut('a **matching** word', 9)).toBe('a…');
  });

  it('keeps to its limit and formats nothing', () => {
    fc.assert(
      fc.property(wild, fc.integer({ min: 0, max: 60 }), (text, limit) => {
        const withoutLinks = text.replaceAll('http', 'hxxp');
        const shown = escapeMarkdown(withoutLinks, limit);
        expect(shown.length).toBeLessThanOrEqual(limit);
        expect(readMarkdown(shown).formats).toEqual([]);
        expect(shown.isWellFormed()).toBe(true);
      }),
      { numRuns: 2000 },
    );
  });

  it('counts what a reader sees as one character once', () => {
    expect(cutCharacters('👩‍👩‍👧👩‍👩‍👧👩‍👩‍👧', 2)).toBe('👩‍👩‍👧…');
    expect(cutCharacters('abc', 3)).toBe('abc');
  });
});

describe('what stands between quotes or stars of ours', () => {
  it('is something that can be seen', () => {
    expect(sayPhrase(notFound({ kind: 'nothing' }))).toMatch(/^Say which paper: give an arXiv id/);
  });

  const ADDRESS = 'see https://foo.org/x_y';
  const uncertain = {
    ...({ kind: 'uncertain', words: ADDRESS, titlesAre: 'near', titles: [], total: 0, meant: null } as const),
    ...{ authors: null, organizations: null, told: [] },
  };
  const [{ filter, since }] = aWhy().subscriptions;
  const matches = { kind: 'matches' as const, words: [ADDRESS] };
  const explained = whyMessage(
    aWhy({
      title: ADDRESS,
      subscriptions: [{ n: null, filter, since, verdict: matches, obstacle: null, pausedUntil: null }],
    }),
  );

  it.each([
    ['a query', sayPhrase(notFound(uncertain))],
    ['a query with something that was meant', sayPhrase(notFound({ ...uncertain, meant: ADDRESS }))],
    ['a topic', say('subscribe.unknownTopic', { topic: quoted(ADDRESS, 60), isNear: 'no', nearest: '' })],
    ['a time', say('time.notOne', { text: quoted('at https://a.org/b') })],
    ['a zone', say('lost.zone', { zone: quoted(ADDRESS, 60) })],
    ['a title and words', explained.embeds[0].description ?? ''],
    ['an author', `*${authorLine([ADDRESS])}*`],
  ])('leads nowhere when it ends with an address: %s', (_, shown) => {
    expect(readMarkdown(shown).links).toEqual([]);
    expect(readMarkdown(shown).text).toContain('https://');
  });
});
