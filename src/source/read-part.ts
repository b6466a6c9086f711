import { isolate } from '#src/foundation/isolate.ts';
import { sentenceOf } from '#src/foundation/reduced.ts';
import type { ReadItem } from './place-in-list.ts';
import { oneLine } from './plain-text.ts';
import { type Element, type Namespaces, parseElement } from './xml.ts';

type Unreadable = Extract<ReadItem, { ok: false }>;

/**
 * The element that stands, or was cut out (cut-xml.ts), at `child`; null when it is of another namespace. What is not
 * well formed costs itself alone.
 */
export function partAt(
  child: Element,
  deps: readonly string[],
  scope: Namespaces,
  namespace: string,
): Element | Unreadable | null {
  const part = deps[Number(child.attributes.cut)];
  let reason = '';
  const element = isolate(
    () => (part === undefined ? child : parseElement(part, scope)),
    (error) => {
      reason = `an item is not well formed: ${oneLine(sentenceOf(error)).slice(0, 200)}`;
    },
  );
  if (!element) return { ok: false, reason };
  return element.namespace === namespace ? element : null;
}
