import { ComponentType, TextInputStyle } from 'discord-api-types/v10';
import { expect, it } from 'vitest';
import { showModal } from '#src/page/show/modal.ts';
import { someWorld } from './some-world.ts';

const { alice, sightOf } = someWorld();

const shown = (components: unknown[]) =>
  showModal({ title: 'Filter', custom_id: 'form:1', components }, 'life', sightOf(alice));
const labelled = (component: object) => ({ type: ComponentType.Label, label: 'L', component });
const fieldOf = (component: object) => shown([labelled(component)]).parts[0];

it('a form has its title, its texts and its labels', () => {
  const components = [
    { type: ComponentType.TextDisplay, content: `**For** <@${alice}>` },
    {
      type: ComponentType.Label,
      label: 'Words',
      description: 'What to look for',
      component: {
        type: ComponentType.TextInput,
        custom_id: 'words',
        style: TextInputStyle.Paragraph,
        placeholder: 'diffusion',
        value: 'video',
        min_length: 2,
        max_length: 200,
        required: false,
      },
    },
  ];

  expect(shown(components)).toEqual({
    title: 'Filter',
    customId: 'form:1',
    life: 'life',
    parts: [
      {
        kind: 'text',
        text: [
          { kind: 'strong', inner: [{ kind: 'plain', text: 'For' }] },
          { kind: 'plain', text: ' ' },
          { kind: 'mention', of: 'user', id: alice, name: 'alice', isMine: false },
        ],
      },
      {
        kind: 'label',
        label: 'Words',
        description: 'What to look for',
        field: {
          kind: 'input',
          customId: 'words',
          isLong: true,
          placeholder: 'diffusion',
          value: 'video',
          isRequired: false,
          shortest: 2,
          longest: 200,
        },
      },
    ],
  });
});

it('an input of the older kind, in a row, carries its label', () => {
  const input = { type: ComponentType.TextInput, custom_id: 'a', style: TextInputStyle.Short, label: 'Old' };

  expect(shown([{ type: ComponentType.ActionRow, components: [input] }]).parts).toMatchObject([
    {
      label: 'Old',
      description: null,
      field: { isLong: false, isRequired: true, shortest: 0, longest: 4000 },
    },
  ]);
});

const options = [
  { value: 'a', label: 'A', description: 'first' },
  { value: 'b', label: 'B', default: true },
];

it.each<[string, object, object]>([
  [
    'a select',
    { type: ComponentType.StringSelect, custom_id: 'x', options, required: false },
    { kind: 'select', of: 'options', chosen: ['b'], least: 0, isRequired: false },
  ],
  [
    'a select of roles',
    { type: ComponentType.RoleSelect, custom_id: 'x', max_values: 3 },
    { kind: 'select', of: 'role', least: 1, most: 3, isRequired: true },
  ],
  [
    'a radio group',
    { type: ComponentType.RadioGroup, custom_id: 'x', options },
    { kind: 'radio', chosen: 'b', isRequired: true, choices: [{ description: 'first' }, { value: 'b' }] },
  ],
  [
    'a group of boxes',
    { type: ComponentType.CheckboxGroup, custom_id: 'x', options },
    { kind: 'checks', chosen: ['b'], least: 1, most: 2 },
  ],
  [
    'a group of boxes that may stay empty',
    { type: ComponentType.CheckboxGroup, custom_id: 'x', options, required: false, max_values: 1 },
    { kind: 'checks', least: 0, most: 1 },
  ],
  [
    'a box',
    { type: ComponentType.Checkbox, custom_id: 'x', default: true },
    { kind: 'check', isChosen: true },
  ],
  [
    'an upload',
    { type: ComponentType.FileUpload, custom_id: 'x', file_types: ['.json'], max_values: 2 },
    { kind: 'upload', least: 1, most: 2, fileTypes: ['.json'] },
  ],
])('%s says what may be filled in', (_, component, field) => {
  expect(fieldOf(component)).toMatchObject({ kind: 'label', label: 'L', field: { customId: 'x', ...field } });
});

it('a field that the page does not know is told', () => {
  expect(JSON.stringify([fieldOf({ type: 99, custom_id: 'x' }), shown([{ type: 98 }]).parts])).toMatch(
    /unknown component.*unknown component/,
  );
});
