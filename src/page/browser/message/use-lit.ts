import { loadEarlier } from '../ask.ts';
import { useEffect, useLayoutEffect } from '../preact.ts';
import { logOf, type PlaceLog } from '../state.ts';
import { changeKnown, known, useKnown } from '../store.ts';
import { type DrawnRange, drawableIndex, firstAround } from './drawn-window.ts';
import { rowId } from './log-message.ts';

const LIT_MS = 2000;

/** Scrolls to the message that shall be lit, and says for two seconds which it is. */
export function useLit(
  placeId: string,
  log: PlaceLog,
  { from, to }: DrawnRange,
  drawFrom: (firstId: string) => void,
): string | null {
  const lit = useKnown((state) => (state.lit?.channelId === placeId ? state.lit : null));
  const index = lit ? drawableIndex(log, lit.messageId) : -1;
  const isLoaded = index !== -1;
  const isDrawn = isLoaded && index >= from && index < to;

  useEffect(() => {
    if (lit && !isLoaded) void loadUntil(lit);
  }, [lit, isLoaded]);

  // Before what hangs on the place is reckoned.
  useLayoutEffect(() => {
    if (!lit || !isLoaded) return;
    if (!isDrawn) return drawFrom(firstAround(log, index));
    document.getElementById(rowId(lit.messageId))?.scrollIntoView({ block: 'center' });
    const timer = setTimeout(() => changeKnown(putOut(lit)), LIT_MS);
    return () => clearTimeout(timer);
  }, [lit, isLoaded, isDrawn]);

  return lit?.messageId ?? null;
}

type Lit = NonNullable<ReturnType<typeof known>['lit']>;
type Change = Parameters<typeof changeKnown>[0];

const putOut =
  (lit: Lit): Change =>
  (state) =>
    state.lit === lit ? { ...state, lit: null } : state;

/** Loads earlier messages until that one is there; says so where it is not any more. Never rejects. */
async function loadUntil(lit: Lit): Promise<void> {
  const isThere = () => drawableIndex(logOf(known(), lit.channelId), lit.messageId) !== -1;
  while (known().lit === lit && !isThere()) {
    const before = logOf(known(), lit.channelId);
    if (before.hasEarlier) await loadEarlier(lit.channelId);
    if (logOf(known(), lit.channelId) !== before) continue;
    changeKnown((state) => ({ ...putOut(lit)(state), trouble: 'That message is not there any more.' }));
    return;
  }
}
