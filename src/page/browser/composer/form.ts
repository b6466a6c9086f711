import type { FieldValue, FormField, ModalPart, SentFile } from '../../protocol.ts';
import { characters } from '../../typed-command.ts';

/** What a form holds, by its fields' ids; null: nothing is chosen. */
type FormValues = ReadonlyMap<string, FieldValue | null>;

/** What the form begins with. */
export function beginningOf(parts: readonly ModalPart[]): FormValues {
  return new Map(fieldsIn(parts).map((field) => [field.customId, beginning(field)]));
}

function beginning(field: FormField): FieldValue | null {
  switch (field.kind) {
    case 'input':
      return field.value;
    case 'check':
      return field.isChosen;
    case 'upload':
      return [];
    default:
      return field.chosen;
  }
}

/** Why fields cannot be sent, by their ids; none: all is well. */
export function formFaults(parts: readonly ModalPart[], values: FormValues): ReadonlyMap<string, string> {
  const faults = fieldsIn(parts).flatMap((field) => {
    const fault = fieldFault(field, values.get(field.customId) ?? null);
    return fault === null ? [] : [[field.customId, fault] as const];
  });
  return new Map(faults);
}

/** What is sent: radio buttons of which none is chosen are left out. */
export function filledIn(values: FormValues): Record<string, FieldValue> {
  const filled = [...values].flatMap(([id, value]) => (value === null ? [] : [[id, value] as const]));
  return Object.fromEntries(filled);
}

const fieldsIn = (parts: readonly ModalPart[]): readonly FormField[] =>
  parts.flatMap((part) => (part.kind === 'label' ? [part.field] : []));

/** A box that must be ticked does not exist: it is an answer either way. */
function fieldFault(field: FormField, value: FieldValue | null): string | null {
  switch (field.kind) {
    case 'input':
      return inputFault(field, String(value ?? ''));
    case 'radio':
      return field.isRequired && value === null ? REQUIRED : null;
    case 'check':
      return null;
    case 'select':
      return countFault(field, listed(value), field.isRequired, 'Choose');
    case 'checks':
      return countFault(field, listed(value), field.least > 0, 'Choose');
    case 'upload':
      return countFault(field, listed(value), field.least > 0, 'Upload') ?? filesFault(field, value);
  }
}

const REQUIRED = 'This field is required.';

type Input = Extract<FormField, { kind: 'input' }>;

function inputFault({ isRequired, shortest, longest }: Input, text: string): string | null {
  const { length } = text;
  if (text.trim() === '' && isRequired) return REQUIRED;
  if (length === 0) return null;
  if (length < shortest) return `At least ${characters(shortest)}; this has ${length}.`;
  return length > longest ? `At most ${characters(longest)}; this has ${length}.` : null;
}

type Counted = { least: number; most: number };

function countFault(
  { least, most }: Counted,
  values: readonly unknown[],
  isRequired: boolean,
  verb: 'Choose' | 'Upload',
): string | null {
  if (values.length === 0) return isRequired ? REQUIRED : null;
  if (values.length < least) return `${verb} at least ${least}.`;
  return values.length > most ? `${verb} at most ${most}.` : null;
}

type Upload = Extract<FormField, { kind: 'upload' }>;

/** As much as one answer takes, over all its files. */
const MOST_BASE64 = 14_000_000;

function filesFault({ fileTypes }: Upload, value: FieldValue | null): string | null {
  const files = listed(value).filter((one): one is SentFile => typeof one === 'object');
  const wrong = files.find(
    ({ name }) => fileTypes.length > 0 && !fileTypes.some((type) => endsWith(name, type)),
  );
  if (wrong) return `${wrong.name} is not one of ${fileTypes.join(', ')}.`;
  const size = files.reduce((sum, { base64 }) => sum + base64.length, 0);
  return size > MOST_BASE64 ? 'These files are larger than 10 MB together. Choose smaller ones.' : null;
}

const endsWith = (name: string, type: string): boolean => name.toLowerCase().endsWith(type.toLowerCase());

const listed = (value: FieldValue | null): readonly (string | SentFile)[] =>
  typeof value === 'object' && value !== null ? value : [];

/** How many characters are left, where that begins to matter; null: plenty, or nobody counts. */
export function charactersLeft({ longest }: Input, text: string): number | null {
  const left = longest - text.length;
  return left <= Math.max(20, Math.floor(longest / 10)) && text.length > 0 ? left : null;
}
