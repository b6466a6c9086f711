import { html, useRef } from '../preact.ts';
import { fieldOf, optionField } from './bar-fields.ts';
import type { Chip } from './command-bar.ts';

type Props = {
  chip: Chip;
  /** Of the list that belongs to it while it has the focus; undefined: it has none. */
  listId: string | undefined;
  isOpen: boolean;
  activeId: string | undefined;
  hintId: string;
  /** Reached by the link that leads to the composer. */
  isFirst: boolean;
  onText: (text: string) => void;
  onFile: (file: File) => void;
};

/** An option of the command that is being filled in: its name and what it holds. */
export function ChipField(props: Props) {
  const { chip, isFirst } = props;
  const { name } = chip.option;
  const id = isFirst ? 'composer-box' : `composer-option-${name}`;
  return html`<span class=${`chip ${chip.fault ? 'faulty' : ''}`}>
    <label class="chip-name" for=${id}>${name}</label>
    ${
      chip.option.kind === 'attachment'
        ? html`<${FileField} ...${props} id=${id} />`
        : html`<${TextField} ...${props} id=${id} />`
    }
  </span>`;
}

type FieldProps = Props & { id: string };

function TextField({ id, chip, listId, isOpen, activeId, hintId, onText }: FieldProps) {
  const { name, isRequired } = chip.option;
  return html`<input
    id=${id}
    data-field=${fieldOf(name)}
    class="chip-text"
    type="text"
    role=${listId ? 'combobox' : undefined}
    aria-autocomplete=${listId ? 'list' : undefined}
    aria-expanded=${listId ? String(isOpen) : undefined}
    aria-controls=${isOpen ? listId : undefined}
    aria-activedescendant=${activeId}
    aria-describedby=${hintId}
    aria-required=${String(isRequired)}
    aria-invalid=${String(chip.fault !== null)}
    autocomplete="off"
    autocapitalize="off"
    spellcheck=${false}
    size=${Math.max(chip.text.length, 1)}
    value=${chip.text}
    onInput=${({ currentTarget }: { currentTarget: HTMLInputElement }) => onText(currentTarget.value)}
  />`;
}

function FileField({ id, chip, hintId, onFile }: FieldProps) {
  const chooser = useRef<HTMLInputElement>(null);
  const onChange = ({ currentTarget }: { currentTarget: HTMLInputElement }) => {
    const [file] = currentTarget.files ?? [];
    if (file) onFile(file);
    currentTarget.value = '';
  };
  return html`<button
      id=${id}
      data-field=${optionField(chip.option)}
      class="chip-file"
      type="button"
      aria-describedby=${hintId}
      onClick=${() => chooser.current?.click()}
    >
      ${chip.file?.name ?? 'Choose a file'}
    </button>
    <input ref=${chooser} type="file" hidden tabindex="-1" aria-hidden="true" onChange=${onChange} />`;
}
