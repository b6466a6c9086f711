import { expect, it } from 'vitest';
import { NO_FIGURES } from '#src/paper/figures.ts';
import { inContainers } from '#src/render/container.ts';
import { paperCard } from '#src/render/paper-card.ts';
import { ACCENT, button, row } from '#src/render/parts.ts';
import { abstractMessage } from '#src/render/why-page.ts';
import { aPaper } from '#test/builders/a-paper.ts';

const NEXT = row(button('Next', 'list:1'));
const text = (content: string) => ({ type: 10, content });
const line = { type: 14 };

it('a card stands in a container: its title leads on, its picture is beside it, its figures are lines, its source is small', () => {
  const card = {
    title: 'TerraScope \\*',
    url: 'https://huggingface.co/papers/2603.19039',
    color: ACCENT.paper,
    description: '*Yan Shu*\n\nIt sees.',
    thumbnail: { url: 'https://example.org/p.png', description: 'A map' },
    fields: [
      { name: 'Now', value: '36 upvotes · 3 comments', inline: true },
      { name: 'Published', value: '<t:1:D>', inline: true },
      { name: 'From', value: 'Qwen', inline: true },
      { name: 'Why now', value: '1st of 24' },
      { name: 'Here', value: 'one\ntwo' },
    ],
    footer: { text: 'arXiv:2603.19039 · cs.CV *' },
  };
  expect(inContainers({ embeds: [card], components: [NEXT] })).toEqual({
    components: [
      {
        type: 17,
        accent_color: ACCENT.paper,
        components: [
          {
            type: 9,
            components: [
              text('## [TerraScope \\*](https://huggingface.co/papers/2603.19039)'),
              text('*Yan Shu*\n\nIt sees.'),
            ],
            accessory: { type: 11, media: { url: 'https://example.org/p.png' }, description: 'A map' },
          },
          text(
            '**Now** 36 upvotes · 3 comments\n**Published** <t:1:D> · **From** Qwen\n**Why now** 1st of 24\n**Here**\none\ntwo',
          ),
          text('-# arXiv:2603.19039 · cs.CV \\*'),
          NEXT,
        ],
      },
    ],
    cut: [],
  });
});

it('a sentence alone is a text, and its buttons stand below it', () => {
  expect(inContainers({ content: 'Not now. ', components: [NEXT] }).components).toEqual([
    text('Not now.'),
    NEXT,
  ]);
});

it('what was done stands above, and several rows behind a line', () => {
  const { components } = inContainers({
    content: 'Removed.',
    embeds: [{ description: 'a' }, { title: 'b', author: { name: 'Ana', url: 'https://a.org/(x)' } }],
    components: [NEXT, NEXT],
  });
  expect(components).toEqual([
    text('Removed.'),
    { type: 17, components: [text('a')] },
    { type: 17, components: [text('## b\n[Ana](https://a.org/%28x%29)'), line, NEXT, NEXT] },
  ]);
});

it('a picture in full width has its words, and a title is one line', () => {
  const image = { url: 'attachment://plot.png', description: '0 to 36 upvotes in 9 hours' };
  expect(inContainers({ embeds: [{ title: 'a\n b', image }] }).components).toEqual([
    {
      type: 17,
      components: [
        text('## a b'),
        {
          type: 12,
          items: [{ media: { url: 'attachment://plot.png' }, description: '0 to 36 upvotes in 9 hours' }],
        },
      ],
    },
  ]);
});

it('of what is too long the longest gives way, and a link in it stays whole', () => {
  const link = `[a paper](https://arxiv.org/abs/${'9'.repeat(60)})`;
  const { components, cut } = inContainers({
    content: 'c'.repeat(1500),
    embeds: [
      {
        title: 'Title',
        description: `${'d '.repeat(1220)}${link} ${'d '.repeat(500)}`,
        footer: { text: 'foot' },
      },
    ],
  });
  const [above, container] = components as unknown as [
    { content: string },
    { components: { content: string }[] },
  ];
  const [title, description, footer] = container.components.map(({ content }) => content);
  expect([above.content.length, title, footer, cut]).toEqual([1500, '## Title', '-# foot', ['texts']]);
  expect(description).toBe(`${'d '.repeat(1219)}d…`);
  expect(above.content.length + `${title}${description}${footer}`.length).toBeLessThanOrEqual(4000);
});

it('of what is too much the last rows give way', () => {
  const five = row(...Array.from({ length: 5 }, (_, n) => button('x', `x:${n}`)));
  const { components, cut } = inContainers({ embeds: [{ title: 'a' }], components: Array(9).fill(five) });
  const [{ components: inner }] = components as { components: { type: number }[] }[];
  expect([inner.filter(({ type }) => type === 1).length, cut]).toEqual([6, ['rows']]);
});

it('a title that names an address is one link all the same', () => {
  const title = 'See https://example.org/[a] *now*';
  const paper = aPaper('2603.00001', { title });
  const view = {
    paper,
    signals: { ...NO_FIGURES, trendingRank: null },
    page: 'https://arxiv.org/abs/2603.00001',
  };
  for (const message of [paperCard(view), abstractMessage(view)]) {
    const [{ components }] = inContainers(message).components as { components: { content: string }[] }[];
    expect(components[0].content).toBe(
      '## [See https:\\//example.org/\\[a\\] \\*now\\*](https://arxiv.org/abs/2603.00001)',
    );
  }
});
