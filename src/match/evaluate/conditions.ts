import { LRUCache } from 'lru-cache';
import type { Parsed } from '../language/filter.ts';
import { type Condition, prepareFilter } from './explain.ts';

/** So many filters are kept ready: those of a few channels. */
const KEPT_READY = 100;

/** A filter as it is asked of papers; null where it can no longer be read. */
export function createConditions(parse: (filter: string) => Parsed): (filter: string) => Condition | null {
  const known = new LRUCache<string, { condition: Condition | null }>({ max: KEPT_READY });
  return (filter) => {
    const kept = known.get(filter);
    if (kept !== undefined) return kept.condition;
    const parsed = parse(filter);
    const condition = parsed.ok ? prepareFilter(parsed.filter) : null;
    known.set(filter, { condition });
    return condition;
  };
}
