import type { Answer, Select } from '../../protocol.ts';
import { html, useEffect, useLayoutEffect, useMemo, useRef, useState } from '../preact.ts';
import { useKnown } from '../store.ts';
import { activeAfter } from './active-line.ts';
import { howManyWords, isNews, selectChoices, toggled } from './chosen.ts';
import { LineList, lineId } from './line-list.ts';
import { useOwnId } from './own-id.ts';
import { pickablesIn } from './pickables.ts';
import { Popover } from './popover.ts';
import { alike } from './suggestions.ts';

type Props = {
  select: Select;
  serverId: string | null;
  /** Hears of the values once they are chosen; the box is busy until the answer is there, and takes back what failed. */
  onChoose: (values: readonly string[]) => Promise<Answer> | undefined;
  /** Words and help of a form's field, by their ids. */
  labelledBy?: string;
  describedBy?: string;
  isFaulty?: boolean;
};

/** A list of this length is searched through. */
const LONG_LIST = 8;

/** A select of a message or a form: a button that opens its list. */
export function SelectBox({ select, serverId, onChoose, labelledBy, describedBy, isFaulty }: Props) {
  const scene = useKnown((state) => state.scene);
  const choices = useMemo(
    () => selectChoices(select, scene ? pickablesIn(scene, serverId) : []),
    [select, scene, serverId],
  );
  const [chosen, setChosen] = useState(select.chosen);
  const [told, setTold] = useState(select.chosen);
  const [isOpen, setOpen] = useState(false);
  const [isBusy, setBusy] = useState(false);
  const button = useRef<HTMLButtonElement>(null);
  const listId = useOwnId();

  const asWritten = JSON.stringify([select.choices, select.chosen]);
  useEffect(() => {
    setChosen(select.chosen);
    setTold(select.chosen);
  }, [asWritten]);

  const tell = async (values: readonly string[]) => {
    setChosen(values);
    setTold(values);
    setBusy(true);
    const answer = await onChoose(values);
    setBusy(false);
    if (answer?.answer !== 'failed') return;
    setChosen(told);
    setTold(told);
  };
  const close = (values: readonly string[]) => {
    setOpen(false);
    if (isNews(select, told, values)) void tell(values);
    else setChosen(told);
  };
  const pick = (value: string) => {
    const next = toggled(select, chosen, value);
    if (select.most === 1) button.current?.focus();
    if (select.most === 1) return close(next);
    setChosen(next);
  };
  const words = choices
    .filter(({ value }) => chosen.includes(value))
    .map(({ label, emoji }) => (emoji ? `${emoji} ${label}` : label))
    .join(', ');
  const placeholder = select.placeholder ?? PLACEHOLDERS[select.of];

  return html`<div class="select-box">
    <button
      ref=${button}
      type="button"
      class=${`select-button ${isFaulty ? 'faulty' : ''}`}
      role="combobox"
      aria-haspopup="listbox"
      aria-expanded=${String(isOpen)}
      aria-controls=${isOpen ? listId : undefined}
      aria-label=${labelledBy ? undefined : placeholder}
      aria-labelledby=${labelledBy}
      aria-describedby=${describedBy}
      aria-invalid=${isFaulty ? 'true' : undefined}
      aria-busy=${String(isBusy)}
      aria-disabled=${isBusy ? 'true' : undefined}
      disabled=${select.isDisabled}
      onClick=${() => (isOpen ? close(chosen) : setOpen(!isBusy))}
      onKeyDown=${(event: KeyboardEvent) => {
        if (isOpen || isBusy || !['ArrowDown', 'ArrowUp'].includes(event.key)) return;
        event.preventDefault();
        setOpen(true);
      }}
    >
      <span class=${words ? 'select-words' : 'select-words select-placeholder'}>${words || placeholder}</span>
      <span class="select-arrow" aria-hidden="true"></span>
    </button>
    ${
      isOpen &&
      html`<${ChoiceList}
        listId=${listId}
        select=${select}
        label=${placeholder}
        choices=${choices}
        chosen=${chosen}
        anchor=${button}
        onPick=${pick}
        onClose=${(isBack: boolean) => {
          if (isBack) button.current?.focus();
          close(chosen);
        }}
      />`
    }
  </div>`;
}

const PLACEHOLDERS = {
  options: 'Make a selection',
  user: 'Select a member',
  role: 'Select a role',
  channel: 'Select a channel',
  mentionable: 'Select a member or role',
} as const;

type ListProps = {
  listId: string;
  select: Select;
  label: string;
  choices: ReturnType<typeof selectChoices>;
  chosen: readonly string[];
  anchor: { current: HTMLElement | null };
  onPick: (value: string) => void;
  /** `isBack`: the focus returns to the button. */
  onClose: (isBack: boolean) => void;
};

/** The open list; its search field has the focus, which short lists keep out of sight. */
function ChoiceList({ listId, select, label, choices, chosen, anchor, onPick, onClose }: ListProps) {
  const [typed, setTyped] = useState('');
  const field = useRef<HTMLInputElement>(null);
  const isShort = select.of === 'options' && choices.length < LONG_LIST;
  const alikeTo = (text: string) =>
    alike(choices, text.replace(/^[@#]/, ''), (choice) => choice.label.replace(/^[@#]/, ''));
  const found = isShort ? choices : alikeTo(typed);
  const firstChosen = found.findIndex(({ value }) => chosen.includes(value));
  const [moved, setMoved] = useState<number | null>(null);
  const active = Math.min(moved ?? Math.max(firstChosen, 0), found.length - 1);
  const takesSeveral = select.most > 1;
  // Before the next key comes.
  useLayoutEffect(() => field.current?.focus(), []);

  // A short list stays whole: what is typed goes to the line that begins so.
  const type = (text: string) => {
    const first = alikeTo(text)[0];
    setTyped(isShort && !first ? '' : text);
    setMoved(isShort && first ? choices.indexOf(first) : 0);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.isComposing) return;
    const act = actOf(event.key, typed === '');
    if (!act) return;
    if (event.key !== 'Tab') event.preventDefault();
    event.stopPropagation();
    act();
  };
  const actOf = (key: string, isBlank: boolean): (() => void) | null => {
    const at = activeAfter(key, active, found.length);
    if (at !== null) return () => setMoved(at);
    if (key === 'Home' && isBlank) return () => setMoved(0);
    if (key === 'End' && isBlank) return () => setMoved(found.length - 1);
    if (key === 'Enter' || (key === ' ' && isBlank))
      return () => found[active] && onPick(found[active].value);
    if (key === 'Escape') return () => onClose(true);
    // From the button the focus goes on as if the list had not been there.
    return key === 'Tab' ? () => onClose(true) : null;
  };

  return html`<${Popover} anchor=${anchor} onOutside=${() => onClose(false)}>
    <input
      ref=${field}
      class=${isShort ? 'aloud' : 'list-search'}
      type="text"
      role="combobox"
      aria-label=${isShort ? label : `${label}: search`}
      aria-autocomplete="list"
      aria-expanded="true"
      aria-controls=${listId}
      aria-activedescendant=${lineId(listId, active)}
      inputmode=${isShort ? 'none' : undefined}
      placeholder="Search"
      autocomplete="off"
      spellcheck=${false}
      value=${typed}
      onInput=${({ currentTarget }: { currentTarget: HTMLInputElement }) => type(currentTarget.value)}
      onKeyDown=${onKeyDown}
    />
    ${takesSeveral && html`<p class="list-note" aria-live="polite">${howManyWords(select, chosen)}</p>`}
    <${LineList}
      id=${listId}
      label=${label}
      lines=${found.map((choice) => ({ ...choice, key: choice.value, isChosen: chosen.includes(choice.value) }))}
      active=${active}
      takesSeveral=${takesSeveral}
      onPick=${(index: number) => onPick(found[index].value)}
      onHover=${setMoved}
    />
    ${found.length === 0 && html`<p class="list-note" role="status">No results match your search.</p>`}
  <//>`;
}
