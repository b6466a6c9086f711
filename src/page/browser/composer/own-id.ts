import { useState } from '../preact.ts';

/** An id for what is drawn, the same for as long as it is there. */
export function useOwnId(): string {
  const [id] = useState(() => `own-${Math.random().toString(36).slice(2)}`);
  return id;
}
