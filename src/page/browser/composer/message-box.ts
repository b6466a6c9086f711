import type { OfferedCommand, Place } from '../../protocol.ts';
import { html, useState } from '../preact.ts';
import { useKnown } from '../store.ts';
import { activeAfter } from './active-line.ts';
import { boxWords, whyNoWriting } from './draft.ts';
import { LineList, lineId } from './line-list.ts';
import { Popover } from './popover.ts';
import { commandsLike } from './suggestions.ts';

type Props = {
  place: Place;
  text: string;
  commands: readonly OfferedCommand[];
  anchor: { current: HTMLElement | null };
  onText: (text: string) => void;
  onPick: (command: OfferedCommand) => void;
  onSend: () => void;
  /** Brings the last command back. */
  onBack: () => void;
};

const LIST = 'composer-commands';

/** The box for plain text; `/` opens the list of commands above it. */
export function MessageBox({ place, text, commands, anchor, onText, onPick, onSend, onBack }: Props) {
  const app = useKnown(({ scene }) => scene?.bot.name ?? '');
  const [active, setActive] = useState(0);
  const [isFocused, setFocused] = useState(false);
  const [isDismissed, setDismissed] = useState(false);
  const found = text.startsWith('/') ? commandsLike(text, commands) : [];
  const isOpen = isFocused && !isDismissed && found.length > 0;
  const isClosed = !place.mayWrite && commands.length === 0;

  const change = (next: string) => {
    setActive(0);
    setDismissed(false);
    onText(next);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.isComposing) return;
    const moved = isOpen ? activeAfter(event.key, active, found.length) : null;
    const key = event.key === 'Enter' && event.shiftKey ? 'Shift+Enter' : event.key;
    const act = moved === null ? actOf(key) : () => setActive(moved);
    if (!act) return;
    event.preventDefault();
    act();
  };
  const actOf = (key: string): (() => void) | null => {
    const command = isOpen ? found[active] : undefined;
    if (command && (key === 'Enter' || key === 'Tab')) return () => onPick(command);
    if (key === 'Enter') return onSend;
    if (key === 'Escape' && isOpen) return () => setDismissed(true);
    return key === 'ArrowUp' && text === '' ? onBack : null;
  };

  const words = isClosed ? whyNoWriting(place) : boxWords(place);
  return html`
    <textarea
      id="composer-box"
      data-field="box"
      class="message-box"
      rows="1"
      placeholder=${place.mayWrite || isClosed ? words : `${whyNoWriting(place)} Type / for commands.`}
      aria-label=${words}
      aria-autocomplete="list"
      aria-controls=${isOpen ? LIST : undefined}
      aria-activedescendant=${isOpen ? lineId(LIST, active) : undefined}
      autocomplete="off"
      disabled=${isClosed}
      value=${text}
      onInput=${({ currentTarget }: { currentTarget: HTMLTextAreaElement }) => change(currentTarget.value)}
      onKeyDown=${onKeyDown}
      onFocus=${() => setFocused(true)}
      onBlur=${() => setFocused(false)}
    ></textarea>
    <p class="aloud" aria-live="polite">${isOpen ? commandCount(found.length) : ''}</p>
    ${
      isOpen &&
      html`<${Popover} anchor=${anchor} isAbove onOutside=${() => setDismissed(true)}>
        <${LineList}
          id=${LIST}
          label="Commands"
          lines=${found.map(({ name, description }) => ({ key: name, label: `/${name}`, description, aside: app }))}
          active=${active}
          onPick=${(index: number) => onPick(found[index])}
          onHover=${setActive}
        />
      <//>`
    }
  `;
}

const commandCount = (count: number): string =>
  count === 1 ? '1 command. Enter picks it.' : `${count} commands. Arrow keys move, Enter picks.`;
