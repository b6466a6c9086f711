import type { PageMessage } from '../../protocol.ts';
import { loadEarlier } from '../ask.ts';
import { useEffect, useRef, useState } from '../preact.ts';
import { logOf, type PlaceLog } from '../state.ts';
import { known } from '../store.ts';
import { drawnRange, earlierFirst, laterFirst } from './drawn-window.ts';

/*
 * The scroller is a reversed column: its position counts from the newest message, 0 at the present and negative above it. So
 * the browser itself stays at the present when something is added there, and keeps the place when earlier ones are put above.
 */

/** Near enough to the present to stay there; near enough to an end of what is drawn to draw more there. */
const PRESENT_PX = 8;
const END_PX = 600;

type Scroller = { current: HTMLDivElement | null };

/** Which messages are drawn, and whether the viewer is at the newest. */
export function useScroll(placeId: string, log: PlaceLog, scroller: Scroller) {
  const [firstId, setFirst] = useState<string | null>(null);
  const [isAtPresent, setAtPresent] = useState(true);
  const isLoading = useRef(false);
  const range = drawnRange(log, firstId, isAtPresent);

  const goToPresent = () => {
    scroller.current?.scrollTo({ top: 0 });
    setAtPresent(true);
    setFirst(null);
  };

  const drawFrom = (id: string) => {
    setAtPresent(false);
    setFirst(id);
  };

  // Never rejects: loading does not.
  const drawMore = async () => {
    const { above, below } = pixelsOf(scroller);
    const later = below < END_PX && !isAtPresent ? laterFirst(log, range) : null;
    if (later !== null) return setFirst(later);
    // At the present the newest are enough, as long as they fill the screen.
    if (above >= (isAtPresent ? 1 : END_PX)) return;
    const earlier = earlierFirst(log, range);
    if (earlier !== null) return setFirst(earlier);
    if (isLoading.current || !logOf(known(), placeId).hasEarlier) return;
    isLoading.current = true;
    await loadEarlier(placeId);
    isLoading.current = false;
  };

  const onScroll = () => {
    const isThere = pixelsOf(scroller).below < PRESENT_PX && range.to === log.messages.length;
    setAtPresent(isThere);
    // What is drawn stays drawn while the viewer reads it, whatever is added below.
    if (isThere !== isAtPresent) setFirst(isThere ? null : (log.messages[range.from]?.id ?? null));
    else void drawMore();
  };

  useEffect(() => {
    void drawMore();
  }, [log, range.from, range.to, isAtPresent]);

  useOwnMessages(log.messages, goToPresent);
  return { range, isAtPresent, drawFrom, goToPresent, onScroll };
}

/** How much is drawn above and below what is seen. */
function pixelsOf({ current }: Scroller): { above: number; below: number } {
  if (!current) return { above: 0, below: 0 };
  const { scrollHeight, clientHeight, scrollTop } = current;
  return { above: scrollHeight - clientHeight + scrollTop, below: -scrollTop };
}

/** Whoever writes or asks for something wants to see it. */
function useOwnMessages(messages: readonly PageMessage[], goToPresent: () => void): void {
  const newest = messages.at(-1);
  const seen = useRef(newest?.id);
  useEffect(() => {
    if (newest?.id === seen.current) return;
    seen.current = newest?.id;
    if (newest && isOfViewer(newest)) goToPresent();
  });
}

/** What only the viewer sees answers them, also what does not say so: the answer to a button. */
function isOfViewer({ author, asked, isEphemeral }: PageMessage): boolean {
  const viewerId = known().scene?.viewer.id;
  return isEphemeral || author.id === viewerId || asked?.by.id === viewerId;
}
