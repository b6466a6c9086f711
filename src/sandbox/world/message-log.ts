import type { Message } from './message.ts';
import { compareIds } from './snowflakes.ts';

/** A channel's messages, oldest first. */
export type MessageLog = {
  add(message: Message): void;
  get(id: string): Message | undefined;
  remove(id: string): boolean;
  /** Up to `limit` messages around a place, newest first, as `GET /channels/{id}/messages` pages them. */
  page(at: PageAt, limit: number): Message[];
  all(): readonly Message[];
  readonly size: number;
  readonly last: Message | undefined;
};

type PageAt = { before?: string; after?: string; around?: string };

/** An empty log. */
export function createMessageLog(): MessageLog {
  const byId = new Map<string, Message>();
  const inOrder: Message[] = [];

  /** Index of the first message whose id is not older than `id`. */
  const placeOf = (id: string): number => {
    let low = 0;
    let high = inOrder.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (compareIds(inOrder[middle].id, id) < 0) low = middle + 1;
      else high = middle;
    }
    return low;
  };

  const page = (at: PageAt, limit: number): Message[] => {
    const [from, to] = range(at, limit);
    return inOrder.slice(Math.max(0, from), Math.max(0, to)).reverse();
  };

  const range = (at: PageAt, limit: number): [number, number] => {
    if (at.after !== undefined) {
      const from = placeOf(at.after) + (byId.has(at.after) ? 1 : 0);
      return [from, from + limit];
    }
    if (at.around !== undefined) {
      const from = Math.max(0, placeOf(at.around) - (limit >> 1));
      return [from, from + limit];
    }
    const to = at.before === undefined ? inOrder.length : placeOf(at.before);
    return [to - limit, to];
  };

  const remove = (id: string): boolean => {
    if (!byId.delete(id)) return false;
    inOrder.splice(placeOf(id), 1);
    return true;
  };

  return {
    add: (message) => {
      byId.set(message.id, message);
      inOrder.push(message);
    },
    get: (id) => byId.get(id),
    remove,
    page,
    all: () => inOrder,
    get size() {
      return inOrder.length;
    },
    get last() {
      return inOrder.at(-1);
    },
  };
}
