import type { OfferedCommand, PageMessage } from '../../protocol.ts';
import { ask } from '../ask.ts';
import { html, useEffect, useRef, useState } from '../preact.ts';
import { useKnown } from '../store.ts';
import { activeAfter } from './active-line.ts';
import { type Line, LineList } from './line-list.ts';
import { useOwnId } from './own-id.ts';
import { Popover } from './popover.ts';

/** What apps offer for a message and for its author (context commands); nothing where they offer none. */
export function AppsMenu({ message }: { message: PageMessage }) {
  const offered = useKnown((state) => state.offered.get(message.channelId));
  const commands = offered?.filter(({ kind }) => kind !== 'slash') ?? [];
  return commands.length > 0 && html`<${AppsButton} message=${message} commands=${commands} />`;
}

type Props = { message: PageMessage; commands: readonly OfferedCommand[] };

function AppsButton({ message, commands }: Props) {
  const [isOpen, setOpen] = useState(false);
  const button = useRef<HTMLButtonElement>(null);
  const menuId = useOwnId();
  useEffect(() => {
    const row = button.current?.closest('[data-message-id]');
    const open = (event: Event) => {
      if (isForBrowser(event.target)) return;
      event.preventDefault();
      setOpen(true);
    };
    row?.addEventListener('contextmenu', open);
    return () => row?.removeEventListener('contextmenu', open);
  }, []);

  const close = () => {
    setOpen(false);
    button.current?.focus();
  };
  const use = ({ kind, name }: OfferedCommand) => {
    close();
    const { channelId, id, author } = message;
    void ask(
      kind === 'user'
        ? { ask: 'use on person', channelId, name, personId: author.id }
        : { ask: 'use on message', channelId, name, messageId: id },
    );
  };
  return html`<button
      ref=${button}
      type="button"
      class=${`apps-button ${isOpen ? 'open' : ''}`}
      aria-label=${`Apps for the message of ${message.author.name}`}
      aria-haspopup="menu"
      aria-expanded=${String(isOpen)}
      aria-controls=${isOpen ? menuId : undefined}
      onClick=${() => setOpen(!isOpen)}
    >
      Apps
    </button>
    ${
      isOpen &&
      html`<${Menu}
        id=${menuId}
        anchor=${button}
        commands=${commands}
        lines=${commands.map((command) => menuLine(command, message))}
        onUse=${use}
        onBack=${close}
        onOutside=${() => setOpen(false)}
      />`
    }`;
}

type MenuProps = {
  id: string;
  anchor: { current: HTMLElement | null };
  commands: readonly OfferedCommand[];
  lines: readonly Line[];
  onUse: (command: OfferedCommand) => void;
  onBack: () => void;
  onOutside: () => void;
};

function Menu({ id, anchor, commands, lines, onUse, onBack, onOutside }: MenuProps) {
  const [active, setActive] = useState(0);
  useEffect(() => document.getElementById(id)?.focus(), []);
  const onKeyDown = (event: KeyboardEvent) => {
    const moved = activeAfter(event.key, active, lines.length);
    const act = moved === null ? actOf(event.key) : () => setActive(moved);
    if (!act) return;
    event.preventDefault();
    event.stopPropagation();
    act();
  };
  const actOf = (key: string): (() => void) | null => {
    if (key === 'Enter' || key === ' ') return () => onUse(commands[active]);
    return key === 'Escape' || key === 'Tab' ? onBack : null;
  };
  return html`<${Popover} anchor=${anchor} onOutside=${onOutside}>
    <${LineList}
      id=${id}
      label="Apps"
      isMenu
      lines=${lines}
      active=${active}
      onPick=${(index: number) => onUse(commands[index])}
      onHover=${setActive}
      onKeyDown=${onKeyDown}
    />
  <//>`;
}

function menuLine({ kind, name }: OfferedCommand, { author }: PageMessage): Line {
  const description = kind === 'user' ? `For ${author.name}` : 'For this message';
  return { key: `${kind} ${name}`, label: name, description };
}

/** Links and texts that are selected keep the browser's own menu. */
function isForBrowser(target: EventTarget | null): boolean {
  const isLink = target instanceof Element && target.closest('a[href], input, textarea') !== null;
  return isLink || getSelection()?.isCollapsed === false;
}
