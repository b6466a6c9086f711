import {
  type APIButtonComponentWithCustomId,
  type APILabelComponent,
  ButtonStyle,
} from 'discord-api-types/v10';
import type { Phrase } from '#src/wording/values.ts';
import { codeBlock } from './escape-markdown.ts';
import { button, type MessageView, type ModalForm, roleField, rowsOf, textField } from './parts.ts';
import { problemMessage } from './problem.ts';
import { say, sayPhrase, sayPlain } from './say.ts';

/** `texts`: what was typed. `change`: the custom id of what opens it to be changed; null: that would not help. */
type RefusedView = { sentence: Phrase; texts: readonly string[]; change: string | null };

/** Opens a form with what was typed, by its key. */
export const changeTyped = (key: string): string => `change:${key}`;
/** The same for papers that the wanted ones should be like. */
export const changeLike = (key: string): string => `like:${key}:again`;
/** Opens what was typed, to be changed. */
export const changeButton = (customId: string): APIButtonComponentWithCustomId =>
  button(sayPlain('button.change'), customId, ButtonStyle.Primary);

/** Why something was not done, and all that was typed, to be copied or changed. */
export function refusedMessage({ sentence, texts, change }: RefusedView): MessageView {
  const blocks = texts.filter((text) => text.trim() !== '').map(codeBlock);
  const typed = blocks.length === 0 ? '' : `\n\n**${say('typed.title')}**\n${blocks.join('\n')}`;
  return {
    ...problemMessage(`${sayPhrase(sentence)}${typed}`),
    components: rowsOf(change === null ? [] : [changeButton(change)]),
  };
}

/** A field of a form; `value`: what was typed. */
type Field = {
  id: string;
  label: string;
  description: string;
  value: string;
  most: number;
  isNeeded: boolean;
};

/** What a form's field for a filter is called. */
export const filterField = () => ({
  ...{ label: sayPlain('form.filter'), description: sayPlain('form.filter.description') },
});

const filterOf = (value: string): Field => ({
  ...{ id: 'filter', ...filterField(), value, most: 1000, isNeeded: true },
});

const linesOf = (value: string, isEdit: boolean): Field => ({
  ...{ id: 'lines', label: sayPlain('form.lines') },
  description: sayPlain(isEdit ? 'form.lines.edited' : 'form.lines.description'),
  ...{ value, most: 500, isNeeded: false },
});

/** The role that is mentioned, or none. */
const roleOf = (role: { id: string } | null): APILabelComponent =>
  roleField(
    { label: sayPlain('form.role'), description: sayPlain('form.role.description') },
    { custom_id: 'role', chosen: role },
  );

const paperOf = (value: string): Field => ({
  ...{ id: 'paper', label: sayPlain('form.paper'), description: sayPlain('form.paper.description') },
  ...{ value, most: 300, isNeeded: false },
});

/**
 * A form with what was typed. `lines`: the other options of a subscription; `paper`: what a filter is tried on; `base`: it is of a saved
 * subscription, of which the `role` can be changed too.
 */
export function typedModal(form: {
  title: string;
  key: string;
  filter: string;
  lines?: string;
  paper?: string;
  base?: object;
  role?: { id: string } | null;
}): ModalForm {
  const fields = [
    filterOf(form.filter),
    ...(form.lines === undefined ? [] : [linesOf(form.lines, form.base !== undefined)]),
    ...(form.paper === undefined ? [] : [paperOf(form.paper)]),
  ];
  return {
    modal: {
      title: form.title,
      custom_id: `typed:${form.key}`,
      components: [...fields.map(labelled), ...(form.base ? [roleOf(form.role ?? null)] : [])],
    },
  };
}

function labelled({ id, label, description, value, most, isNeeded }: Field): APILabelComponent {
  const typed = value === '' ? {} : { value: value.slice(0, most) };
  const field = { custom_id: id, ...typed, max_length: most, required: isNeeded };
  return textField({ label, description }, field);
}
