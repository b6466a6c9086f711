import type { Filter, FilterError } from './filter.ts';
import type { Slip } from './filter-lexer.ts';

/** A filter read, or the first slip in it. */
export type Once =
  /** Hints are looked for when they are asked for: nobody asks while slips are mended. */
  { ok: true; filter: Filter; hints: () => readonly FilterError[] } | { ok: false; slip: Slip };

/** So many slips of one filter are mended at most. */
const MOST_SLIPS = 12;

/**
 * What is told of a slip. A filter may have several, and each proposal mends one: the proposal that is told is one that
 * can be read, with all of them mended; null when there is none.
 */
export function withProposal(
  { position, message, proposals }: Slip,
  read: (text: string) => Once,
): FilterError {
  for (const proposal of new Set(proposals)) {
    let next: string | undefined = proposal;
    for (let slips = 0; next !== undefined && slips < MOST_SLIPS; slips++) {
      const mended = next.replace(/\s+/g, ' ').trim();
      const once = read(mended);
      if (once.ok) return { position, message, proposal: mended };
      next = once.slip.proposals[0];
    }
  }
  return { position, message, proposal: null };
}
