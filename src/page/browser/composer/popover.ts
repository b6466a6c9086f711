import { html, useLayoutEffect, useRef } from '../preact.ts';

type Props = {
  /** What it belongs to and stands beside. */
  anchor: { current: HTMLElement | null };
  /** Above the anchor and as wide, for the composer; else below, where there is room. */
  isAbove?: boolean;
  name?: string;
  /** Something outside of it and of its anchor was pressed. */
  onOutside: () => void;
  children?: unknown;
};

/** What lies over the page for a while: in the browser's top layer, beside its anchor and inside the window. */
export function Popover({ anchor, isAbove = false, name = 'popover', onOutside, children }: Props) {
  const self = useRef<HTMLDivElement>(null);
  const outside = useRef(onOutside);
  outside.current = onOutside;

  useLayoutEffect(() => {
    const { current: popover } = self;
    if (!popover) return;
    const place = () => anchor.current && standBeside(popover, anchor.current, isAbove);
    const onPress = ({ target }: Event) => {
      if (!(target instanceof Node) || popover.contains(target) || anchor.current?.contains(target)) return;
      outside.current();
    };
    popover.showPopover();
    place();
    const sizes = new ResizeObserver(place);
    sizes.observe(popover);
    if (anchor.current) sizes.observe(anchor.current);
    addEventListener('resize', place);
    document.addEventListener('scroll', place, true);
    document.addEventListener('pointerdown', onPress, true);
    return () => {
      sizes.disconnect();
      removeEventListener('resize', place);
      document.removeEventListener('scroll', place, true);
      document.removeEventListener('pointerdown', onPress, true);
    };
  }, []);

  return html`<div ref=${self} class=${name} popover="manual">${children}</div>`;
}

const GAP = 4;
const MARGIN = 8;
const LEAST_WIDTH = 240;

function standBeside(popover: HTMLElement, anchor: HTMLElement, isAbove: boolean): void {
  const box = anchor.getBoundingClientRect();
  const width = Math.min(isAbove ? box.width : Math.max(box.width, LEAST_WIDTH), innerWidth - 2 * MARGIN);
  const [above, below] = [box.top - GAP - MARGIN, innerHeight - box.bottom - GAP - MARGIN];
  popover.style.width = `${width}px`;
  const wanted = popover.scrollHeight;
  const standsAbove = isAbove || (wanted > below && above > below);
  popover.style.maxHeight = `${Math.max(0, standsAbove ? above : below)}px`;
  popover.style.left = `${Math.max(MARGIN, Math.min(box.left, innerWidth - width - MARGIN))}px`;
  popover.style.top = standsAbove ? 'auto' : `${box.bottom + GAP}px`;
  popover.style.bottom = standsAbove ? `${innerHeight - box.top + GAP}px` : 'auto';
}
