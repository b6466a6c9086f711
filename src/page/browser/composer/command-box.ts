import type { OfferedOption } from '../../protocol.ts';
import type { Pickable } from '../../typed-command.ts';
import { html, useState } from '../preact.ts';
import { activeAfter } from './active-line.ts';
import {
  BEHIND,
  fieldBeside,
  fieldOf,
  firstActive,
  hasList,
  isBlankChip,
  lastField,
  optionField,
} from './bar-fields.ts';
import { ChipField } from './chip-field.ts';
import {
  type Chip,
  type CommandBar,
  filled,
  optionsLeft,
  typedBehind,
  typedIntoChip,
  withOption,
  withoutOption,
} from './command-bar.ts';
import { CommandHint } from './command-hint.ts';
import { useCompletion } from './completion.ts';
import { type Line, LineList, lineId } from './line-list.ts';
import { Popover } from './popover.ts';
import { readFile, TOO_LARGE } from './sent-file.ts';
import { choicesFor, optionsLike, type Suggestion } from './suggestions.ts';

type Props = {
  channelId: string;
  bar: CommandBar;
  pickables: readonly Pickable[];
  anchor: { current: HTMLElement | null };
  /** `field`: what has the focus then; null: what has it now. */
  onChange: (bar: CommandBar, field: string | null) => void;
  onSend: () => void;
  /** Gives the command up; `text` stands in the box then. */
  onLeave: (text: string) => void;
};

const LIST = 'composer-choices';
const HINT = 'composer-hint';

/** A command that is being filled in: its name, a chip for each option, and room behind them for more. */
export function CommandBox(props: Props) {
  const { channelId, bar, pickables, anchor, onChange, onSend, onLeave } = props;
  const [focused, setFocused] = useState<string | null>(null);
  const [moved, setMoved] = useState<number | null>(null);
  const [isDismissed, setDismissed] = useState(false);

  const chip = bar.chips.find(({ option }) => optionField(option) === focused);
  const left = optionsLeft(bar);
  const completion = useCompletion(channelId, bar, chip, pickables);
  const options = focused === BEHIND ? optionsLike(bar.left, left) : [];
  const choices = chip ? (completion?.lines ?? choicesFor(chip.option, chip.text, pickables)) : [];
  const lines = chip ? choices.map(choiceLine) : options.map(optionLine);
  const isOpen = focused !== null && !isDismissed;
  const active = isOpen ? Math.min(moved ?? firstActive(chip, bar), lines.length - 1) : -1;

  const change = (next: CommandBar, field: string | null) => {
    setMoved(null);
    setDismissed(false);
    onChange(next, field);
  };
  const pick = (index: number) => {
    if (!chip) return change(withOption(bar, options[index]), optionField(options[index]));
    const { label, value } = choices[index];
    const { name } = chip.option;
    change(filled(bar, name, { text: label, picked: value }), fieldBeside(bar, chip, 1));
  };
  const typeInto = ({ option }: Chip, text: string) => {
    const typed = typedIntoChip(bar, option.name, text);
    change(typed.bar, typed.at === option.name ? null : fieldOf(typed.at));
  };
  const typeBehind = (text: string) => {
    const typed = typedBehind(bar, text);
    change(typed.bar, typed.at === null ? null : fieldOf(typed.at));
  };
  const putFile = async ({ option }: Chip, chosen: File) => {
    const file = await readFile(chosen);
    const now = file ? { text: file.name, file } : { fault: TOO_LARGE };
    change(filled(bar, option.name, now), optionField(option));
  };

  const eraseBack = () => {
    if (chip?.file) return change(filled(bar, chip.option.name, {}), focused);
    const before = chip ? fieldBeside(bar, chip, -1) : lastField(bar);
    if (chip && !chip.option.isRequired)
      return change(withoutOption(bar, chip.option.name), before ?? BEHIND);
    if (before) return change(bar, before);
    if (bar.chips.every(isBlankChip) && bar.left === '') onLeave(`/${bar.command.name}`);
  };
  const actOf = (event: KeyboardEvent): (() => void) | null => {
    const at = isOpen ? activeAfter(event.key, active, lines.length) : null;
    if (at !== null) return () => setMoved(at);
    const isPicking = active >= 0 && (event.key === 'Enter' || (event.key === 'Tab' && !event.shiftKey));
    if (isPicking) return () => pick(active);
    switch (event.key) {
      case 'Enter':
        return chip?.option.kind === 'attachment' && !chip.file ? null : onSend;
      case 'Escape':
        return isOpen && lines.length > 0 ? () => setDismissed(true) : () => onLeave('');
      case 'ArrowDown':
        return () => setDismissed(false);
      case 'Backspace':
        return isAtEdge(event.target, 'empty') ? eraseBack : null;
      case 'ArrowLeft':
        return isAtEdge(event.target, 'begin')
          ? () => onChange(bar, chip ? fieldBeside(bar, chip, -1) : lastField(bar))
          : null;
      case 'ArrowRight':
        return chip && isAtEdge(event.target, 'end') ? () => onChange(bar, fieldBeside(bar, chip, 1)) : null;
      default:
        return null;
    }
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const act = event.isComposing ? null : actOf(event);
    if (!act) return;
    event.preventDefault();
    act();
  };
  const onFocus = ({ target }: FocusEvent) => {
    const field = target instanceof HTMLElement ? target.dataset.field : undefined;
    setFocused(field ?? null);
    setMoved(null);
    setDismissed(false);
  };

  return html`
    <div
      class="command-box"
      role="group"
      aria-label=${`Command ${bar.command.name}`}
      onKeyDown=${onKeyDown}
      onfocusin=${onFocus}
      onfocusout=${() => setFocused(null)}
    >
      <span class="command-name">/${bar.command.name}</span>
      ${bar.chips.map((one, index) => {
        const isFocused = one === chip;
        return html`<${ChipField}
          key=${one.option.name}
          chip=${one}
          listId=${hasList(one.option) ? LIST : undefined}
          isOpen=${isFocused && isOpen && lines.length > 0}
          activeId=${isFocused ? lineId(LIST, active) : undefined}
          hintId=${HINT}
          isFirst=${index === 0}
          onText=${(text: string) => typeInto(one, text)}
          onFile=${(file: File) => putFile(one, file)}
        />`;
      })}
      <input
        id=${bar.chips.length === 0 ? 'composer-box' : undefined}
        data-field=${BEHIND}
        class="behind-chips"
        type="text"
        role="combobox"
        aria-label="More options"
        aria-autocomplete="list"
        aria-expanded=${String(focused === BEHIND && isOpen && lines.length > 0)}
        aria-controls=${focused === BEHIND && isOpen && lines.length > 0 ? LIST : undefined}
        aria-activedescendant=${focused === BEHIND ? lineId(LIST, active) : undefined}
        aria-describedby=${HINT}
        placeholder=${left.length > 0 ? `+${left.length} more` : ''}
        autocomplete="off"
        autocapitalize="off"
        spellcheck=${false}
        value=${bar.left}
        onInput=${({ currentTarget }: { currentTarget: HTMLInputElement }) => typeBehind(currentTarget.value)}
      />
    </div>
    ${
      isOpen &&
      html`<${Popover} anchor=${anchor} isAbove onOutside=${() => setDismissed(true)}>
        <${CommandHint} id=${HINT} bar=${bar} chip=${chip} completion=${completion} />
        ${
          lines.length > 0 &&
          html`<${LineList}
            id=${LIST}
            label=${chip ? `Choices for ${chip.option.name}` : 'Options'}
            lines=${lines}
            active=${active}
            onPick=${pick}
            onHover=${setMoved}
          />`
        }
      <//>`
    }
  `;
}

const choiceLine = ({ key, label, description }: Suggestion): Line => ({ key, label, description });

const optionLine = ({ name, description }: OfferedOption): Line => ({ key: name, label: name, description });

function isAtEdge(target: EventTarget | null, edge: 'empty' | 'begin' | 'end'): boolean {
  if (target instanceof HTMLButtonElement) return true;
  if (!(target instanceof HTMLInputElement) || target.selectionStart !== target.selectionEnd) return false;
  if (edge === 'empty') return target.value === '';
  return target.selectionStart === (edge === 'begin' ? 0 : target.value.length);
}
