import type { FieldValue, FormField, SelectChoice, SentFile } from '../../protocol.ts';
import { characters } from '../../typed-command.ts';
import { html, useRef, useState } from '../preact.ts';
import { charactersLeft } from './form.ts';
import { SelectBox } from './select-box.ts';
import { readFile, TOO_LARGE } from './sent-file.ts';

type Props = {
  /** Of the form: ids of what belongs together begin with it. */
  id: string;
  label: string;
  description: string | null;
  field: FormField;
  value: FieldValue | null;
  fault: string | null;
  serverId: string | null;
  onValue: (value: FieldValue) => void;
};

/** A field of a form under its label, with why it cannot be sent. */
export function LabelledField(props: Props) {
  const { id, label, description, field, fault } = props;
  const isGroup = field.kind === 'radio' || field.kind === 'checks';
  const words = html`${label}${isRequired(field) && html`<span class="required" aria-hidden="true"> *</span>`}`;
  return html`<div class=${`form-field ${fault ? 'faulty' : ''}`} role=${isGroup ? 'group' : undefined}
    aria-labelledby=${isGroup ? `${id}-label` : undefined}
    aria-describedby=${isGroup ? `${id}-help` : undefined}>
    <label id=${`${id}-label`} class="form-label" for=${isGroup ? undefined : id}>${words}</label>
    <div id=${`${id}-help`}>
      ${description && html`<p class="form-description">${description}</p>`}
      ${fault && html`<p class="fault-words">${fault}</p>`}
    </div>
    <${FieldItself} ...${props} />
  </div>`;
}

function isRequired(field: FormField): boolean {
  if (field.kind === 'check') return false;
  return 'isRequired' in field ? field.isRequired : field.least > 0;
}

function FieldItself(props: Props) {
  const { id, field, value, fault, serverId, onValue } = props;
  switch (field.kind) {
    case 'input':
      return html`<${TextInput} ...${props} field=${field} text=${String(value ?? '')} />`;
    case 'select':
      return html`<${SelectBox}
        select=${field}
        serverId=${serverId}
        onChoose=${(values: readonly string[]) => onValue(values)}
        labelledBy=${`${id}-label`}
        describedBy=${`${id}-help`}
        isFaulty=${fault !== null}
      />`;
    case 'radio':
      return field.choices.map(
        (choice) =>
          html`<${ChoiceLine}
            key=${choice.value}
            name=${id}
            kind="radio"
            choice=${choice}
            isChosen=${value === choice.value}
            onToggle=${() => onValue(choice.value)}
          />`,
      );
    case 'checks': {
      const chosen = listOf(value).filter((one) => typeof one === 'string');
      return field.choices.map(
        (choice) =>
          html`<${ChoiceLine}
            key=${choice.value}
            name=${id}
            kind="checkbox"
            choice=${choice}
            isChosen=${chosen.includes(choice.value)}
            onToggle=${() => onValue(withOrWithout(chosen, choice.value))}
          />`,
      );
    }
    case 'check':
      return html`<input
        id=${id}
        class="single-check"
        type="checkbox"
        aria-describedby=${`${id}-help`}
        checked=${value === true}
        onChange=${({ currentTarget }: { currentTarget: HTMLInputElement }) => onValue(currentTarget.checked)}
      />`;
    case 'upload':
      return html`<${FileInput} ...${props} field=${field} files=${listOf(value).filter((one) => typeof one === 'object')} />`;
  }
}

type TextProps = Props & { field: Extract<FormField, { kind: 'input' }>; text: string };

/** More than fits is kept, and said: a text that was pasted is not cut. */
function TextInput({ id, field, text, fault, onValue }: TextProps) {
  const left = charactersLeft(field, text);
  const given = {
    id,
    class: 'form-input',
    placeholder: field.placeholder ?? undefined,
    value: text,
    'aria-required': String(field.isRequired),
    'aria-invalid': String(fault !== null),
    'aria-describedby': `${id}-help`,
    onInput: ({ currentTarget }: { currentTarget: HTMLInputElement }) => onValue(currentTarget.value),
  };
  return html`
    ${field.isLong ? html`<textarea ...${given} rows="5"></textarea>` : html`<input ...${given} type="text" autocomplete="off" />`}
    ${left !== null && html`<p class=${`form-counter ${left < 0 ? 'fault-words' : ''}`}>${leftWords(left)}</p>`}
  `;
}

function leftWords(left: number): string {
  if (left < 0) return `${-left} too many`;
  return `${characters(left)} left`;
}

type ChoiceProps = {
  name: string;
  kind: 'radio' | 'checkbox';
  choice: SelectChoice;
  isChosen: boolean;
  onToggle: () => void;
};

function ChoiceLine({ name, kind, choice, isChosen, onToggle }: ChoiceProps) {
  return html`<label class="choice-line">
    <input type=${kind} name=${name} value=${choice.value} checked=${isChosen} onChange=${onToggle} />
    <span class="line-words">
      <span class="line-label">${choice.emoji} ${choice.label}</span>
      ${choice.description && html`<span class="line-description">${choice.description}</span>`}
    </span>
  </label>`;
}

type FileProps = Props & { field: Extract<FormField, { kind: 'upload' }>; files: readonly SentFile[] };

function FileInput({ id, field, files, onValue }: FileProps) {
  const [isTooLarge, setTooLarge] = useState(false);
  const chooser = useRef<HTMLInputElement>(null);
  const take = async ({ currentTarget }: { currentTarget: HTMLInputElement }) => {
    const read = await Promise.all([...(currentTarget.files ?? [])].map(readFile));
    currentTarget.value = '';
    const more = read.filter((one) => one !== null);
    setTooLarge(more.length < read.length);
    onValue(field.most === 1 ? more.slice(0, 1) : [...files, ...more]);
  };
  return html`
    ${files.map(
      (file, index) => html`<p class="form-file" key=${`${index} ${file.name}`}>
        <span>${file.name}</span>
        <button type="button" class="quiet-button" onClick=${() => onValue(files.filter((one) => one !== file))}>
          Remove<span class="aloud"> ${file.name}</span>
        </button>
      </p>`,
    )}
    <button id=${id} type="button" class="quiet-button" aria-describedby=${`${id}-help`} onClick=${() => chooser.current?.click()}>
      ${field.most > 1 ? 'Choose files' : 'Choose a file'}
    </button>
    <input
      ref=${chooser}
      type="file"
      hidden
      multiple=${field.most > 1}
      accept=${field.fileTypes.join(',') || undefined}
      onChange=${take}
    />
    ${isTooLarge && html`<p class="fault-words" role="alert">${TOO_LARGE}</p>`}
  `;
}

const withOrWithout = (chosen: readonly string[], value: string): readonly string[] =>
  chosen.includes(value) ? chosen.filter((one) => one !== value) : [...chosen, value];

const listOf = (value: FieldValue | null): readonly (string | SentFile)[] =>
  typeof value === 'object' && value !== null ? value : [];
