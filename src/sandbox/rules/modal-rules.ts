import { ComponentType as T, TextInputStyle } from 'discord-api-types/v10';
import { everyComponent } from '../world/component-walk.ts';
import type { Json, JsonPath } from '../world/json.ts';
import { checkCustomId, checkOptions, checkSelect } from './button-and-select-rules.ts';
import { checkUnique } from './component-rules.ts';
import { SELECTS } from './component-types.ts';
import type { Form } from './form.ts';
import { checkChoice, checkInteger, checkList, checkObject, checkText } from './primitives.ts';

const IN_LABEL: readonly unknown[] = [
  T.TextInput,
  ...SELECTS,
  T.FileUpload,
  T.RadioGroup,
  T.CheckboxGroup,
  T.Checkbox,
];

/** A modal: title 45, 1 to 5 components. https://discord.com/developers/docs/components/reference#label */
export function checkModal(form: Form, path: JsonPath, modal: Json): void {
  checkText(form, [...path, 'title'], modal.title, { min: 1, max: 45, required: true });
  checkCustomId(form, path, modal.custom_id);
  const inside = [...path, 'components'];
  checkList(form, inside, modal.components, { min: 1, max: 5, required: true }).forEach((one, index) => {
    checkPart(form, [...inside, index], one);
  });
  checkUnique(form, everyComponent(modal.components, inside));
}

function checkPart(form: Form, path: JsonPath, value: unknown): void {
  const part = checkObject(form, path, value);
  if (!part) return;
  if (!checkChoice(form, [...path, 'type'], part.type, [T.ActionRow, T.Label, T.TextDisplay], true)) return;
  if (part.type === T.Label) checkLabel(form, path, part);
  else if (part.type === T.ActionRow) checkOldRow(form, path, part);
  else checkText(form, [...path, 'content'], part.content, { min: 1, max: 4000, required: true });
}

function checkLabel(form: Form, path: JsonPath, label: Json): void {
  checkText(form, [...path, 'label'], label.label, { min: 1, max: 45, required: true });
  checkText(form, [...path, 'description'], label.description, { max: 100 });
  const field = checkObject(form, [...path, 'component'], label.component);
  if (!field) return;
  if (checkChoice(form, [...path, 'component', 'type'], field.type, IN_LABEL, true))
    checkField(form, [...path, 'component'], field);
}

// Text inputs in rows are deprecated in favour of labels, and still accepted.
function checkOldRow(form: Form, path: JsonPath, row: Json): void {
  checkList(form, [...path, 'components'], row.components, { min: 1, max: 1, required: true }).forEach(
    (one, index) => {
      const at = [...path, 'components', index];
      const input = checkObject(form, at, one);
      if (!input || !checkChoice(form, [...at, 'type'], input.type, [T.TextInput], true)) return;
      checkText(form, [...at, 'label'], input.label, { min: 1, max: 45, required: true });
      checkField(form, at, input);
    },
  );
}

function checkField(form: Form, path: JsonPath, field: Json): void {
  if (SELECTS.includes(field.type)) checkSelect(form, path, field);
  else checkCustomId(form, path, field.custom_id);
  if (field.type === T.TextInput) checkTextInput(form, path, field);
  if (field.type === T.RadioGroup)
    checkOptions(form, [...path, 'options'], field.options, { min: 2, max: 10 });
  if (field.type === T.CheckboxGroup)
    checkOptions(form, [...path, 'options'], field.options, { min: 1, max: 10 });
  if (field.type === T.CheckboxGroup || field.type === T.FileUpload) checkCount(form, path, field);
  if (field.type === T.FileUpload) checkFileTypes(form, [...path, 'file_types'], field.file_types);
}

function checkCount(form: Form, path: JsonPath, field: Json): void {
  checkInteger(form, [...path, 'min_values'], field.min_values, { min: 0, max: 10 });
  checkInteger(form, [...path, 'max_values'], field.max_values, { min: 1, max: 10 });
}

// https://docs.discord.com/developers/reference#file-type-filtering
function checkFileTypes(form: Form, path: JsonPath, value: unknown): void {
  checkList(form, path, value, { max: 10 }).forEach((one, index) => {
    if (typeof one === 'string' && /^(?:audio|image|video|\..+)$/.test(one)) return;
    form.refuse(
      [...path, index],
      'BASE_TYPE_CHOICES',
      'Value must be audio, image, video or begin with a dot.',
    );
  });
}

function checkTextInput(form: Form, path: JsonPath, input: Json): void {
  checkChoice(form, [...path, 'style'], input.style, [TextInputStyle.Short, TextInputStyle.Paragraph], true);
  checkInteger(form, [...path, 'min_length'], input.min_length, { min: 0, max: 4000 });
  checkInteger(form, [...path, 'max_length'], input.max_length, { min: 1, max: 4000 });
  checkText(form, [...path, 'value'], input.value, { max: 4000 });
  checkText(form, [...path, 'placeholder'], input.placeholder, { max: 100 });
}
