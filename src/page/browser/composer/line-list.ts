import { html, useEffect, useRef } from '../preact.ts';

/** A line of a list. `aside` stands at its end. */
export type Line = {
  key: string;
  label: string;
  description?: string | null;
  emoji?: string | null;
  aside?: string | null;
  isChosen?: boolean;
};

type Props = {
  id: string;
  label: string;
  lines: readonly Line[];
  active: number;
  /** Several can be chosen: each line has a box to tick. */
  takesSeveral?: boolean;
  isMenu?: boolean;
  onPick: (index: number) => void;
  onHover: (index: number) => void;
  /** A menu has the focus itself. */
  onKeyDown?: (event: KeyboardEvent) => void;
};

/** The id of a line, for `aria-activedescendant` of what has the focus. */
export const lineId = (listId: string, index: number): string | undefined =>
  index < 0 ? undefined : `${listId}-${index}`;

/** Lines to choose from. The focus stays where it is, but for menus; who has it moves the active line. */
export function LineList(props: Props) {
  const { id, label, lines, active, takesSeveral, isMenu, onPick, onHover, onKeyDown } = props;
  const self = useRef<HTMLDivElement>(null);
  useEffect(() => {
    self.current?.children[active]?.scrollIntoView({ block: 'nearest' });
  }, [active, lines[active]?.key]);
  // Pressing a line must not take the focus away from what is typed in.
  const keepFocus = (event: Event) => event.preventDefault();
  return html`<div
    ref=${self}
    id=${id}
    class="line-list"
    role=${isMenu ? 'menu' : 'listbox'}
    aria-label=${label}
    aria-multiselectable=${takesSeveral ? 'true' : undefined}
    tabindex=${isMenu ? '-1' : undefined}
    aria-activedescendant=${isMenu ? lineId(id, active) : undefined}
    onKeyDown=${onKeyDown}
    onMouseDown=${keepFocus}
  >
    ${lines.map(
      (line, index) => html`<${OneLine}
        key=${line.key}
        id=${lineId(id, index)}
        line=${line}
        isActive=${index === active}
        takesSeveral=${takesSeveral}
        isMenu=${isMenu}
        onPick=${() => onPick(index)}
        onHover=${() => onHover(index)}
      />`,
    )}
  </div>`;
}

type LineProps = {
  id: string;
  line: Line;
  isActive: boolean;
  takesSeveral?: boolean;
  isMenu?: boolean;
  onPick: () => void;
  onHover: () => void;
};

function OneLine({ id, line, isActive, takesSeveral, isMenu, onPick, onHover }: LineProps) {
  const { label, description, emoji, aside, isChosen } = line;
  return html`<div
    id=${id}
    class=${`line ${isActive ? 'active' : ''}`}
    role=${isMenu ? 'menuitem' : 'option'}
    aria-selected=${isMenu ? undefined : String(isChosen ?? isActive)}
    onClick=${onPick}
    onMouseMove=${isActive ? undefined : onHover}
  >
    ${emoji && html`<span class="line-emoji">${emoji}</span>`}
    <span class="line-words">
      <span class="line-label">${label}</span>
      ${description && html`<span class="line-description">${description}</span>`}
    </span>
    ${aside && html`<span class="line-aside">${aside}</span>`}
    ${takesSeveral && html`<span class=${`tick-box ${isChosen ? 'ticked' : ''}`} aria-hidden="true"></span>`}
  </div>`;
}
