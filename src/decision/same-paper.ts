/**
 * Pure: one paper, one server, one place. Whether a channel gets a paper in full, given what other channels of its server have
 * of it. Only what stands in full elsewhere makes it shorter here: what the first channel refuses, holds, or gets with a later
 * digest comes in full where it goes first. So nothing is lost, whatever becomes of the other channel.
 */
import type { Elsewhere } from './why.ts';

/** How a server wants a paper in further channels: in full as well, as one line with a link, or not at all. */
export const SAME_PAPER = ['full', 'line', 'none'] as const;
export type SamePaper = (typeof SAME_PAPER)[number];

/** What another channel has of the paper; those in the order of the list of subscriptions. */
export type Copy = {
  /** It stands before the asking channel in that order. */
  isBefore: boolean;
  /** `there`: it stands there in full. `leaving`: it is packed, or on its way. `ready`: it is due and wanted. */
  state: 'there' | 'leaving' | 'ready';
  at: Elsewhere;
  /** Since when it could have gone, UTC ms. */
  since: number;
};

/** Goes in full; waits until it is known what becomes of it in another channel; or is there already. */
type Placed = { kind: 'full' } | { kind: 'wait' } | { kind: 'elsewhere'; at: Elsewhere };

/** Nobody waits longer for another channel: a post in doubt may take a day. */
const WAITS_AT_MOST = 10 * 60_000;

/** Of channels whose turn it is together the first in the list wins. `now`: UTC ms. */
export function placeOfPaper(samePaper: SamePaper, others: readonly Copy[], now: number): Placed {
  if (samePaper === 'full') return { kind: 'full' };
  const there = others.find(({ state }) => state === 'there');
  if (there) return { kind: 'elsewhere', at: there.at };
  const isComing = others.some(
    ({ state, isBefore, since }) =>
      (state === 'leaving' || (state === 'ready' && isBefore)) && now - since <= WAITS_AT_MOST,
  );
  return { kind: isComing ? 'wait' : 'full' };
}
