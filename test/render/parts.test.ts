import { ButtonStyle } from 'discord-api-types/v10';
import { expect, it } from 'vitest';
import { button, embed, linkButton, row, rowsOf, select, TEXT, textField } from '#src/render/parts.ts';

// What Discord reads, letter by letter.

it('a button is grey where nothing else is said', () => {
  expect(JSON.stringify(button('History', 'history:0'))).toBe(
    '{"type":2,"style":2,"label":"History","custom_id":"history:0"}',
  );
});

it('a button stands out in blue, and warns in red', () => {
  expect(button('More', 'more:1', ButtonStyle.Primary).style).toBe(1);
  expect(button('Undo', 'undo:1', ButtonStyle.Danger).style).toBe(4);
});

it('a link is a button that leads somewhere', () => {
  expect(JSON.stringify(linkButton('PDF', 'https://arxiv.org/pdf/1'))).toBe(
    '{"type":2,"style":5,"label":"PDF","url":"https://arxiv.org/pdf/1"}',
  );
});

it('a select stands in a row of its own', () => {
  const choice = row(select({ custom_id: 'open', placeholder: 'Open', options: [] }));
  expect(JSON.stringify(choice)).toBe(
    '{"type":1,"components":[{"type":3,"custom_id":"open","placeholder":"Open","options":[]}]}',
  );
});

it('there is no row where there are no buttons', () => {
  expect(rowsOf([])).toEqual([]);
  expect(rowsOf([button('a', 'a'), button('b', 'b')])).toHaveLength(1);
});

it('a text is cut to what an embed takes, and without a colour none is told', () => {
  expect(JSON.stringify(embed('Title', 'text'))).toBe('{"title":"Title","description":"text"}');
  expect(JSON.stringify(embed('Title', 'text', 1))).toBe('{"title":"Title","color":1,"description":"text"}');
  expect(embed('Title', 'a'.repeat(5000)).description).toHaveLength(TEXT);
});

it('a field of a form takes several lines', () => {
  const field = textField({ label: 'Filter', description: 'Words' }, { custom_id: 'filter', max_length: 9 });
  expect(JSON.stringify(field)).toBe(
    '{"type":18,"label":"Filter","description":"Words","component":{"type":4,"custom_id":"filter","style":2,"max_length":9}}',
  );
});
