import { describe, expect, it } from 'vitest';
import { beginningOf, charactersLeft, filledIn, formFaults } from '#src/page/browser/composer/form.ts';
import type { FieldValue, FormField, ModalPart, Select } from '#src/page/protocol.ts';
import { select } from './select.ts';

type Input = Extract<FormField, { kind: 'input' }>;

const input = (more: Partial<Input> = {}): Input => ({
  kind: 'input',
  customId: 'a',
  isLong: false,
  placeholder: null,
  value: '',
  isRequired: true,
  shortest: 0,
  longest: 100,
  ...more,
});

const inForm = (more: Partial<Select & { isRequired: boolean }>) => ({
  ...select(more),
  customId: 'a',
  isRequired: true,
  ...more,
});
const radio: FormField = { kind: 'radio', customId: 'a', choices: [], chosen: null, isRequired: true };
const checks = (least: number, most: number): FormField => ({
  kind: 'checks',
  customId: 'a',
  choices: [],
  chosen: [],
  least,
  most,
});
const upload = (fileTypes: string[]): FormField => ({
  kind: 'upload',
  customId: 'a',
  least: 1,
  most: 1,
  fileTypes,
});

const labelled = (field: FormField): ModalPart => ({ kind: 'label', label: 'A', description: null, field });
const faultOf = (field: FormField, value: FieldValue | null) =>
  formFaults([labelled(field)], new Map([['a', value]])).get('a');
const file = (name: string, base64 = '') => ({ name, type: '', base64 });

describe('a form', () => {
  it('begins with what the bot filled in', () => {
    const parts: ModalPart[] = [
      { kind: 'text', text: [] },
      labelled(input({ customId: 'words', value: 'topic:llm' })),
      labelled({ ...radio, customId: 'when', chosen: 'daily' }),
      labelled({ kind: 'check', customId: 'private', isChosen: true }),
      labelled({ ...upload([]), customId: 'file' }),
      labelled({ ...inForm({ chosen: ['x'] }), customId: 'topics' }),
    ];
    const beginning = beginningOf(parts);

    expect(Object.fromEntries(beginning)).toEqual({
      words: 'topic:llm',
      when: 'daily',
      private: true,
      file: [],
      topics: ['x'],
    });
    expect([...formFaults(parts, beginning).keys()]).toEqual(['file']);
  });

  it('leaves out what was not chosen', () => {
    expect(
      filledIn(
        new Map([
          ['when', null],
          ['private', false],
        ]),
      ),
    ).toEqual({ private: false });
  });

  it.each([
    [input(), ' ', 'This field is required.'],
    [input({ isRequired: false, shortest: 3 }), 'ab', 'At least 3 characters; this has 2.'],
    [input({ longest: 1 }), 'ab', 'At most 1 character; this has 2.'],
    [radio, null, 'This field is required.'],
    [inForm({}), [], 'This field is required.'],
    [inForm({ isRequired: false, least: 2, most: 3 }), ['x'], 'Choose at least 2.'],
    [checks(1, 2), [], 'This field is required.'],
    [checks(0, 1), ['x', 'y'], 'Choose at most 1.'],
    [upload([]), [], 'This field is required.'],
    [upload(['.json']), [file('a.csv')], 'a.csv is not one of .json.'],
    [
      upload(['.json']),
      [file('a.JSON', 'x'.repeat(14_000_001))],
      'These files are larger than 10 MB together. Choose smaller ones.',
    ],
  ])('%# says at the field why it cannot be sent', (field, value, fault) => {
    expect(faultOf(field, value)).toBe(fault);
  });

  it.each([
    [input({ isRequired: false, shortest: 3 }), ''],
    [inForm({ isRequired: false, least: 2, most: 3 }), []],
    [checks(0, 2), []],
    [upload(['.json']), [file('a.JSON')]],
    [{ kind: 'check', customId: 'a', isChosen: false } as const, false],
  ])('%# can be sent', (field, value) => {
    expect(faultOf(field, value)).toBeUndefined();
  });

  it('counts characters where they come to their end', () => {
    expect(charactersLeft(input(), 'a'.repeat(79))).toBeNull();
    expect(charactersLeft(input(), 'a'.repeat(80))).toBe(20);
    expect(charactersLeft(input(), 'a'.repeat(101))).toBe(-1);
    expect(charactersLeft(input({ longest: 4000 }), 'a'.repeat(3600))).toBe(400);
    expect(charactersLeft(input({ longest: 10 }), '')).toBeNull();
  });
});
