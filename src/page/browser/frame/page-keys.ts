import { opened, placeOf, serverOf } from '../state.ts';
import { changeKnown, known } from '../store.ts';
import { listedPlaces, placeBeside } from './places.ts';

/** The parts of the page in their order; where one is not shown it is passed over. */
const PARTS = ['.server-rail', '.channel-list', '#messages', '#composer-box', '#scene-panel'];

/** Keys that hold for the whole page: Alt+Up and Alt+Down, F6 and Shift+F6. */
export function onPageKey(event: KeyboardEvent): void {
  if (document.querySelector('dialog[open]')) return;
  const { key, altKey, shiftKey, ctrlKey, metaKey } = event;
  if (ctrlKey || metaKey) return;
  if (altKey && (key === 'ArrowUp' || key === 'ArrowDown')) openBeside(key === 'ArrowUp' ? -1 : 1);
  else if (key === 'F6' && !altKey) focusPart(shiftKey ? -1 : 1);
  else return;
  event.preventDefault();
}

function openBeside(step: 1 | -1): void {
  const state = known();
  const { placeId, scene, unread } = state;
  const server = serverOf(state, placeOf(state, placeId)?.serverId ?? null);
  const beside = placeBeside(
    listedPlaces(server?.places ?? scene?.directs ?? [], placeId, unread),
    placeId,
    step,
  );
  if (beside) changeKnown((before) => opened(before, beside.id));
}

function focusPart(step: 1 | -1): void {
  const parts = PARTS.map((part) => document.querySelector<HTMLElement>(part)).filter(isShown);
  const at = parts.findIndex((part) => part.contains(document.activeElement));
  const next = at === -1 ? (step === 1 ? 0 : parts.length - 1) : at + step;
  const part = parts.at(next % parts.length);
  const inside = part?.querySelector<HTMLElement>('[aria-current]');
  (inside ?? part)?.focus();
}

function isShown(part: HTMLElement | null): part is HTMLElement {
  return part?.checkVisibility({ visibilityProperty: true }) ?? false;
}
