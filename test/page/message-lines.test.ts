import { ButtonStyle, ComponentType } from 'discord-api-types/v10';
import { expect, it } from 'vitest';
import { messageLines, unmarked } from '#src/page/message-lines.ts';
import type { SeenMessage } from '#src/sandbox/driver/seen-message.ts';

const message = (parts: object) =>
  ({ content: '', embeds: [], components: [], ...parts }) as unknown as SeenMessage;

it('tells a message in the order in which it is read, without marks', () => {
  const lines = messageLines(
    message({
      content: '**TerraScope** · 1st of 24 papers',
      embeds: [
        {
          title: 'TerraScope',
          description: 'Two sentences.\n\nOf an abstract.',
          fields: [{ name: 'Why now', value: '36 upvotes in 9 h' }],
          footer: { text: '2603.19039' },
        },
      ],
    }),
  );
  expect(lines).toEqual([
    'TerraScope · 1st of 24 papers',
    'TerraScope',
    'Two sentences.',
    'Of an abstract.',
    'Why now: 36 upvotes in 9 h',
    '2603.19039',
  ]);
});

it('names what can be pressed and chosen, also deep inside', () => {
  const { ActionRow, Button, Container, StringSelect, TextDisplay, Section } = ComponentType;
  const lines = messageLines(
    message({
      components: [
        {
          type: Container,
          components: [
            { type: TextDisplay, content: '## Found' },
            { type: Section, components: [{ type: TextDisplay, content: 'in a section' }] },
            {
              type: ActionRow,
              components: [
                { type: Button, style: ButtonStyle.Secondary, label: 'Save', custom_id: 'save' },
                { type: Button, style: ButtonStyle.Link, label: 'PDF', url: 'https://arxiv.org/pdf/1' },
              ],
            },
            { type: ActionRow, components: [{ type: StringSelect, placeholder: 'Open a paper' }] },
          ],
        },
      ],
    }),
  );
  expect(lines).toEqual(['Found', 'in a section', '[Save] [PDF: https://arxiv.org/pdf/1]', '⟨Open a paper⟩']);
});

it.each([
  ['<t:1773144000:R> and <t:1773144000>', '2026-03-10 and 2026-03-10'],
  ['</subscribe:123456789012345678>', '/subscribe'],
  ['[Title](https://arxiv.org/abs/1) by <@1>', 'Title by <@1>'],
  ['[A \\[b\\] c](https://arxiv.org/abs/1) and <#7>', 'A [b] c and #papers'],
  ['<#8> is not known', '<#8> is not known'],
  ['2 \\* 3 \\[a\\]', '2 * 3 [a]'],
  ['-# small\n### head', 'small\nhead'],
  ['a_b_c stays', 'a_b_c stays'],
])('takes marks off: %s', (marked, plain) => {
  expect(unmarked(marked, (_, id) => (id === '7' ? 'papers' : null))).toBe(plain);
});
