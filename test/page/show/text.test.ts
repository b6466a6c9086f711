import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { visible } from '#src/foundation/visible-text.ts';
import type { Text, TextPart } from '#src/page/protocol.ts';
import { parseMarkdown } from '#src/page/show/markdown.ts';
import type { Sight } from '#src/page/show/sight.ts';
import { readText } from '#src/page/show/text.ts';
import { withoutMarks } from '#src/page/show/without-marks.ts';
import { codeSpan, escapeMarkdown, escapeWords } from '#src/render/escape-markdown.ts';
import { someWorld } from './some-world.ts';

const plain = (text: string): TextPart => ({ kind: 'plain', text });
const link = (href: string, text: string, title: string | null = null): TextPart => ({
  kind: 'link',
  href,
  title,
  inner: [plain(text)],
});
const time = (at: number, style: string): TextPart => ({ kind: 'time', at, style });
const strong = (text: string): TextPart => ({ kind: 'strong', inner: [plain(text)] });
const br: TextPart = { kind: 'break' };

let world: ReturnType<typeof someWorld>;
let sight: Sight;

beforeAll(() => {
  world = someWorld();
  sight = world.sightOf(world.alice);
});

const read = (markdown: string) => readText(markdown, sight);

describe('what people write looks as in Discord', () => {
  it.each<[string, Text]>([
    [
      '**a** *b* __c__ ~~d~~ ||e|| `f`',
      [
        strong('a'),
        plain(' '),
        { kind: 'emphasis', inner: [plain('b')] },
        plain(' '),
        { kind: 'underline', inner: [plain('c')] },
        plain(' '),
        { kind: 'strike', inner: [plain('d')] },
        plain(' '),
        { kind: 'spoiler', inner: [plain('e')] },
        plain(' '),
        { kind: 'code', text: 'f' },
      ],
    ],
    ['***both***', [{ kind: 'emphasis', inner: [strong('both')] }]],
    ['**over\nlines**', [{ kind: 'strong', inner: [plain('over'), br, plain('lines')] }]],
    ['snake_case_name, 2 * 3 * 4', [plain('snake_case_name, 2 * 3 * 4')]],
    ['\\*no\\* \\_no\\_ ¯\\_(ツ)_/¯ \\😀', [plain('*no* _no_ ¯\\_(ツ)_/¯ 😀')]],
    ['``a`b`` ` `` `', [{ kind: 'code', text: 'a`b' }, plain(' '), { kind: 'code', text: '``' }]],
    [':smile: <a:blob:123456789012345678>', [plain(':smile: '), { kind: 'emoji', name: 'blob' }]],
  ])('marks: %j', (markdown, text) => {
    expect(read(markdown)).toEqual(text);
  });

  it.each<[string, Text]>([
    ['### three\nx', [{ kind: 'heading', level: 3, inner: [plain('three')] }, plain('x')]],
    ['a # b\n#c\n# ', [plain('a # b'), br, plain('#c'), br, plain('# ')]],
    ['-# **small**\nx', [{ kind: 'small', inner: [strong('small')] }, plain('x')]],
    [
      '- a\n-# small\n> q\n# h',
      [
        { kind: 'list', ordered: false, start: 1, items: [[plain('a')]] },
        { kind: 'small', inner: [plain('small')] },
        { kind: 'quote', inner: [plain('q')] },
        { kind: 'heading', level: 1, inner: [plain('h')] },
      ],
    ],
    [
      '- a\n  - b\n* c',
      [
        {
          kind: 'list',
          ordered: false,
          start: 1,
          items: [
            [plain('a'), br, { kind: 'list', ordered: false, start: 1, items: [[plain('b')]] }],
            [plain('c')],
          ],
        },
      ],
    ],
    ['7. a\n8. b', [{ kind: 'list', ordered: true, start: 7, items: [[plain('a')], [plain('b')]] }]],
    ['a\n> q\n> r\nb', [plain('a'), br, { kind: 'quote', inner: [plain('q'), br, plain('r')] }, plain('b')]],
    ['>>> all\n> of it', [{ kind: 'quote', inner: [plain('all'), br, plain('> of it')] }]],
    ['>no\n10 - 5', [plain('>no'), br, plain('10 - 5')]],
    [
      'a\n```c++\n\n**x**\n\n```\nb',
      [plain('a'), br, { kind: 'code-block', language: 'c++', text: '**x**' }, plain('b')],
    ],
    ['```js```', [{ kind: 'code-block', language: null, text: 'js' }]],
  ])('blocks: %j', (markdown, text) => {
    expect(read(markdown)).toEqual(text);
  });

  it.each<[string, Text]>([
    [
      '<t:1:R> <t:1700000000> <t:-5:D>',
      [time(1000, 'R'), plain(' '), time(1_700_000_000_000, 'f'), plain(' '), time(-5000, 'D')],
    ],
    ['<t:soon:R> <t:1:x>', [plain('<t:soon:R> <t:1:x>')]],
    [
      '- <t:5:R>\n> <t:6:R>',
      [
        { kind: 'list', ordered: false, start: 1, items: [[time(5000, 'R')]] },
        { kind: 'quote', inner: [time(6000, 'R')] },
      ],
    ],
    [
      '[<t:5:R>](https://a.b)',
      [{ kind: 'link', href: 'https://a.b', title: null, inner: [time(5000, 'R')] }],
    ],
  ])('time marks, wherever they stand: %j', (markdown, text) => {
    expect(read(markdown)).toEqual(text);
  });
});

describe('links', () => {
  it.each<[string, Text]>([
    ['[a (b)](https://w.org/A_(b))', [link('https://w.org/A_(b)', 'a (b)')]],
    ['[a \\]](https://x.y/a_b_c "T (1)")', [link('https://x.y/a_b_c', 'a ]', 'T (1)')]],
    [
      "[[x] y](<https://x.y/z>) [z](https://x.y 'T')",
      [link('https://x.y/z', '[x] y'), plain(' '), link('https://x.y', 'z', 'T')],
    ],
    ['(see http://x.y/a_(b)).', [plain('(see '), link('http://x.y/a_(b)', 'http://x.y/a_(b)'), plain(').')]],
    [
      '<https://x.y>, **https://x.y**!',
      [
        link('https://x.y', 'https://x.y'),
        plain(', '),
        { kind: 'strong', inner: [link('https://x.y', 'https://x.y')] },
        plain('!'),
      ],
    ],
  ])('lead to the whole address: %j', (markdown, text) => {
    expect(read(markdown)).toEqual(text);
  });

  it.each([
    '[x](javascript:alert(1))',
    '[x](data:text/html,1)',
    '[x](//evil.org)',
    '[x](/ask)',
    '<javascript:alert(1)>',
    '<mailto:a@b.c>',
    '[x](https://)',
    '[x](https://%%%)',
    '[x](ftp://a.b) [x] (a.b)',
  ])('that lead to no web page stay text: %j', (markdown) => {
    expect(JSON.stringify(read(markdown))).not.toContain('"link"');
    expect(withoutMarks(read(markdown), 'en')).toBe(markdown);
  });

  it('show the address where another one would mask it, as Discord does', () => {
    expect(read('[https://bank.org](https://evil.org)')).toEqual([
      plain('[https://bank.org]('),
      link('https://evil.org', 'https://evil.org'),
      plain(')'),
    ]);
  });
});

describe('mentions', () => {
  it('name people, roles and channels as the viewer knows them', () => {
    const { alice, role, papers } = world;

    const text = read(`<@${alice}> <@!${alice}> <@&${role}> <#${papers}> @everyone @here`);

    expect(withoutMarks(text, 'en')).toBe('@alice @alice @reviewers #papers @everyone @here');
  });

  it('name commands with their subcommands', () => {
    expect(read('</filter test:123456789012345678>')).toEqual([
      { kind: 'mention', of: 'command', id: '123456789012345678', name: 'filter test', isMine: false },
    ]);
  });

  it('tell nothing of what the viewer may not see, nor of whom they never meet', () => {
    const { secret, stranger, foreignRole } = world;

    const text = read(`<#${secret}> <@${stranger}> <@&${foreignRole}> <#1> <@2> <@&3>`);

    expect(withoutMarks(text, 'en')).toBe(
      '#unknown-channel @unknown-user @unknown-role #unknown-channel @unknown-user @unknown-role',
    );
  });

  it('are the viewer’s own only where the message calls them', () => {
    const { alice, bob, role } = world;
    const markdown = `<@${alice}> <@${bob}> <@&${role}> @everyone`;
    const mine = (calls: Sight['calls']) =>
      readText(markdown, { ...sight, calls }).flatMap((part) => (part.kind === 'mention' ? part.isMine : []));

    expect(mine({ userIds: [alice, bob], roleIds: [role], everyone: true })).toEqual([
      true,
      false,
      true,
      true,
    ]);
    expect(mine({ userIds: [], roleIds: [], everyone: false })).toEqual([false, false, false, false]);
    expect(mine(null)).toEqual([false, false, false, false]);
  });

  it('that are none stay as they were typed', () => {
    expect(read('<> <5> <@> <#x> </x:y>')).toEqual([plain('<> <5> <@> <#x> </x:y>')]);
  });
});

describe('an embed’s titles', () => {
  it('hold marks, code and times, and no links, people, lines or blocks', () => {
    const markdown = `# **a** \`b\` <t:5:R> [c](https://a.b) <@${world.alice}>`;

    expect(readText(markdown, sight, 'title')).toEqual([
      plain('# '),
      strong('a'),
      plain(' '),
      { kind: 'code', text: 'b' },
      plain(' '),
      time(5000, 'R'),
      plain(` [c](https://a.b) <@${world.alice}>`),
    ]);
  });

  it('and fields hold no headings', () => {
    expect(readText('# a\n- b', sight, 'field')).toEqual([
      plain('# a'),
      br,
      { kind: 'list', ordered: false, start: 1, items: [[plain('b')]] },
    ]);
  });
});

describe('what Paperboy escaped', () => {
  const sign = fc.constantFrom(
    ...[
      '*',
      '_',
      '__',
      '~~',
      '||',
      '`',
      '```',
      '[',
      ']',
      '(x)',
      '<',
      '>',
      '\\',
      '# ',
      '- ',
      '1. ',
      '-# ',
      ' ',
      '@everyone',
      '<@1>',
    ],
    ...[
      '</a:1>',
      '<t:1:R>',
      'word',
      'a_b',
      '](https://x.y)',
      'javascript:',
      '¯\\_(ツ)_/¯',
      ':x:',
      '😀',
      '\u202e',
    ],
  );
  const title = fc.array(sign, { minLength: 1, maxLength: 12 }).map((signs) => `T${signs.join('')}`);

  /** Zero-width signs keep an "@everyone" from calling. */
  const shownIn = (text: Text) => withoutMarks(text, 'en').replace(/[\u200b\ufeff]/g, '');
  const meant = (text: string) => visible(text).replace(/\s+/g, ' ').trim();

  it('comes out letter by letter, by itself and as the words of a link', () => {
    fc.assert(
      fc.property(title, (words) => {
        fc.pre(!/https?:/.test(words));
        expect(shownIn(read(escapeMarkdown(words)))).toBe(meant(words));
        const [masked] = read(`[${escapeWords(words)}](https://arxiv.org/abs/1)`);
        expect(masked).toMatchObject({ kind: 'link', href: 'https://arxiv.org/abs/1' });
        expect(shownIn([masked])).toBe(meant(words));
      }),
    );
  });

  it('comes out whole in code', () => {
    fc.assert(
      fc.property(title, (words) => {
        expect(read(codeSpan(words))).toMatchObject([{ kind: 'code' }]);
      }),
    );
  });
});

const HOSTILE = [
  '*',
  '_',
  '~',
  '|',
  '`',
  '[',
  ']',
  '(',
  ')',
  '>',
  '> ',
  '<',
  '\\',
  '-',
  '- ',
  '\n- ',
  '\n> ',
  '# ',
  '\n',
];
const ALSO_HOSTILE = [
  '[a](',
  '[a](https://x(',
  '**a',
  '||',
  '```',
  '`a',
  '<t:1:',
  '*_',
  '\n-# ',
  '\ud83d',
  '\u202e',
  '\u200b',
];

describe('hostile texts', () => {
  it.each([...HOSTILE, ...ALSO_HOSTILE])(
    '4,000 characters of %j are read, no deeper than a browser draws',
    (sign) => {
      const text = read(sign.repeat(4000 / sign.length));

      expect(depthOf(text)).toBeLessThan(15);
    },
  );

  const piece = fc.constantFrom(
    ...HOSTILE,
    ...ALSO_HOSTILE,
    'word',
    'two words',
    'x',
    '<@1>',
    '1. ',
    ')',
    '"',
  );

  it('never throw, and are of known parts', () => {
    fc.assert(
      fc.property(fc.array(fc.oneof(piece, fc.string({ unit: 'binary' })), { maxLength: 40 }), (pieces) => {
        for (const kind of ['whole', 'field', 'title'] as const)
          expect(partsIn(readText(pieces.join(''), sight, kind)).every(isNeighbourly)).toBe(true);
      }),
    );
  });

  it('lose no word', () => {
    const sign = fc.constantFrom(
      '*',
      '**',
      '_',
      '__',
      '~~',
      '||',
      '`',
      '> ',
      '- ',
      '\n',
      '# ',
      '\\',
      '[',
      ']',
      '(',
      '<',
      ' ',
    );
    fc.assert(
      fc.property(
        fc.array(fc.oneof(sign, fc.constantFrom('Alpha', 'Beta', 'Gamma')), { maxLength: 40 }),
        (pieces) => {
          const words = pieces.filter((one) => /^\w{4,}$/.test(one));
          const shown = JSON.stringify(read(pieces.join(''))).match(/Alpha|Beta|Gamma/g) ?? [];
          expect(shown).toEqual(words);
        },
      ),
    );
  });

  it('have no link that leads elsewhere than to a web page', () => {
    const scheme = fc.constantFrom(
      'javascript:',
      'https://',
      'http://',
      'data:',
      'vbscript:',
      'HTTPS://',
      '//',
      'file:',
    );
    const around = fc.constantFrom(['[x](', ')'], ['<', '>'], ['', ''], ['[x](<', '>)'], ['[x]( ', ' )']);
    fc.assert(
      fc.property(scheme, around, fc.string({ maxLength: 12 }), (start, [before, after], rest) => {
        const parts = partsIn(read(before + start + rest + after));
        const addresses = parts.flatMap((part) => (part.kind === 'link' ? part.href : []));
        expect(addresses.every((href) => /^https?:$/.test(new URL(href).protocol))).toBe(true);
      }),
    );
  });

  it('leave marks that are too deep as they were typed', () => {
    expect(parseMarkdown('> '.repeat(30), 'whole').length).toBeGreaterThan(0);
    expect(JSON.stringify(read(`${'- '.repeat(30)}end`))).toContain('- - ');
  });
});

function innerOf(part: TextPart): readonly Text[] {
  if (part.kind === 'list') return part.items;
  return 'inner' in part ? [part.inner] : [];
}

function partsIn(text: Text): TextPart[] {
  return text.flatMap((part) => [part, ...innerOf(part).flatMap(partsIn)]);
}

function depthOf(text: Text): number {
  return Math.max(0, ...text.map((part) => 1 + Math.max(0, ...innerOf(part).map(depthOf))));
}

/** Plain parts are merged. */
function isNeighbourly(part: TextPart): boolean {
  return innerOf(part).every((text) =>
    text.every(({ kind }, index) => kind !== 'plain' || text[index + 1]?.kind !== 'plain'),
  );
}
