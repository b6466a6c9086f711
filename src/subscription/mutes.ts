import { LRUCache } from 'lru-cache';
import { type Condition, holds, prepareDocument, prepareFilter } from '#src/match/evaluate/explain.ts';
import { createFilterIndex } from '#src/match/filters/filter-index.ts';
import type { Filter, MatchDocument, Parsed } from '#src/match/language/filter.ts';
import type { Mute } from './mute.ts';
import type { MuteChanges } from './mute-changes.ts';

/** What servers mute, asked of papers. It holds for what comes by itself and for previews, not for look-ups. */
export type Mutes = {
  /** The servers that mute the paper at `now` (UTC ms): all of a server's mutes are one filter of one index. */
  mutedIn(document: MatchDocument, now: number): ReadonlySet<string>;
  /** The oldest of a server's mutes that the paper meets; null where none does. */
  mutedBy(serverId: string, document: MatchDocument, now: number): Mute | null;
  /** The first of these that the paper meets, whether or not its server mutes them now. */
  firstMet<M extends Pick<Mute, 'text'>>(mutes: readonly M[], document: MatchDocument, now: number): M | null;
  /** The filter without what the server mutes. */
  unmuted(serverId: string, filter: Filter): Filter;
};

type Deps = { subscriptionStore: Pick<MuteChanges, 'mutes' | 'onMutes'>; parse(filter: string): Parsed };

/** So many servers' mutes are kept ready to be asked one by one. */
const KEPT_READY = 100;

const NOBODY: ReadonlySet<string> = new Set();

type Ready = { mutes: readonly Mute[]; conditions: readonly { mute: Mute; condition: Condition }[] };

export function createMutes({ subscriptionStore, parse }: Deps): Mutes {
  const index = createFilterIndex();
  const ready = new LRUCache<string, Ready>({ max: KEPT_READY });

  /** What can no longer be read (a topic that the catalogue lost) mutes nothing. */
  const filtersOf = (mutes: readonly Mute[]): { mute: Mute; filter: Filter }[] =>
    mutes.flatMap((one) => {
      const filter = mutedFilter(parse(one.text));
      return filter ? [{ mute: one, filter }] : [];
    });
  const allOf = (serverId: string): Filter | null =>
    anyOf(filtersOf(subscriptionStore.mutes(serverId)).map(({ filter }) => filter));
  const conditionsOf = (serverId: string): Ready['conditions'] => {
    const mutes = subscriptionStore.mutes(serverId);
    const known = ready.get(serverId);
    if (known?.mutes === mutes) return known.conditions;
    const conditions = filtersOf(mutes).map(({ mute: one, filter }) => ({
      mute: one,
      condition: prepareFilter(filter),
    }));
    ready.set(serverId, { mutes, conditions });
    return conditions;
  };

  subscriptionStore.onMutes((serverId) => {
    const filter = allOf(serverId);
    if (filter) index.add(serverId, filter);
    else index.remove(serverId);
  });

  return {
    mutedIn: (document, now) => (index.size === 0 ? NOBODY : new Set(index.match(document, now))),
    mutedBy(serverId, document, now) {
      if (subscriptionStore.mutes(serverId).length === 0) return null;
      const read = prepareDocument(document);
      return conditionsOf(serverId).find(({ condition }) => holds(condition, read, now))?.mute ?? null;
    },
    firstMet(mutes, document, now) {
      if (mutes.length === 0) return null;
      const read = prepareDocument(document);
      const isMet = (filter: Filter | null) => filter !== null && holds(prepareFilter(filter), read, now);
      return mutes.find(({ text }) => isMet(mutedFilter(parse(text)))) ?? null;
    },
    unmuted(serverId, filter) {
      const muted = allOf(serverId);
      return muted ? { kind: 'and', parts: [filter, { kind: 'not', part: muted }] } : filter;
    },
  };
}

/** What it takes away, null where it cannot be read: `survey` and `-survey` mute the same, what must not occur. */
export function mutedFilter(parsed: Parsed): Filter | null {
  return parsed.ok ? withoutNot(parsed.filter) : null;
}

/** `-survey -review`: neither must occur. */
function withoutNot(filter: Filter): Filter {
  if (filter.kind === 'not') return filter.part;
  if (filter.kind !== 'and' || filter.parts.some(({ kind }) => kind !== 'not')) return filter;
  return { kind: 'or', parts: filter.parts.map(withoutNot) };
}

function anyOf(parts: readonly Filter[]): Filter | null {
  if (parts.length < 2) return parts[0] ?? null;
  return { kind: 'or', parts };
}
