import { useEffect, useState } from './preact.ts';
import { BLANK, type State } from './state.ts';

let state: State = BLANK;
const listeners = new Set<() => void>();

/** What the page knows now. */
export const known = (): State => state;

/** The only way in which what the page knows changes. */
export function changeKnown(make: (before: State) => State): void {
  const next = make(state);
  if (next === state) return;
  state = next;
  for (const listener of [...listeners]) listener();
}

/** A part of what the page knows; what uses it is drawn anew when that part is another one (`Object.is`). */
export function useKnown<T>(part: (state: State) => T): T {
  const [, drawAnew] = useState({});
  const now = part(state);
  useEffect(() => {
    const listener = () => {
      if (!Object.is(part(state), now)) drawAnew({});
    };
    listeners.add(listener);
    listener();
    return () => {
      listeners.delete(listener);
    };
  });
  return now;
}
