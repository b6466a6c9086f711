import type { PageMessage } from '../../protocol.ts';

type Log = { messages: readonly PageMessage[]; hasEarlier: boolean };

/** As many messages are drawn when a place is opened, and as many more when the viewer comes near either end. */
const AT_OPENING = 40;
const AT_AN_END = 10;
/** Never more than these: what is far away from what is read is not drawn any more. */
const MOST_DRAWN = 120;

/** `from` is drawn, `to` is not. */
export type DrawnRange = { from: number; to: number };

/**
 * The first message that can be drawn. How one stands depends on the one before it: where earlier ones are still to be loaded,
 * the first that is loaded is not drawn, so that it does not change, and move what is read, when they come.
 */
const lowest = ({ messages, hasEarlier }: Log): number => (hasEarlier && messages.length > 1 ? 1 : 0);

/**
 * Which messages are drawn: from that one on, where it is still there; else the newest alone. At the present the newest always
 * are.
 */
export function drawnRange(log: Log, firstId: string | null, isAtPresent: boolean): DrawnRange {
  const end = log.messages.length;
  const found = firstId === null ? -1 : drawableIndex(log, firstId);
  const from = found === -1 ? Math.max(lowest(log), end - AT_OPENING) : found;
  if (isAtPresent) return { from: Math.max(from, end - MOST_DRAWN), to: end };
  return { from, to: Math.min(end, from + MOST_DRAWN) };
}

/** The first message that is drawn once earlier ones are; null when none can be. */
export function earlierFirst(log: Log, { from }: DrawnRange): string | null {
  return from <= lowest(log) ? null : log.messages[Math.max(lowest(log), from - AT_AN_END)].id;
}

/** The first message that is drawn once later ones are; null when the newest is drawn. */
export function laterFirst(log: Log, { to }: DrawnRange): string | null {
  const end = log.messages.length;
  return to === end ? null : log.messages[Math.max(0, Math.min(end, to + AT_AN_END) - MOST_DRAWN)].id;
}

/** The first message that is drawn when that one shall be seen among others. */
export function firstAround(log: Log, index: number): string {
  return log.messages[Math.max(lowest(log), index - AT_OPENING)].id;
}

/** Where a message stands among those that can be drawn; -1: nowhere yet. */
export function drawableIndex(log: Log, id: string): number {
  const index = log.messages.findIndex((message) => message.id === id);
  return index < lowest(log) ? -1 : index;
}
