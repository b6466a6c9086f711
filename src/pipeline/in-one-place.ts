import { type Copy, placeOfPaper } from '#src/decision/same-paper.ts';
import { type Elsewhere, readWhy } from '#src/decision/why.ts';
import { takeBreaths } from '#src/foundation/breath.ts';
import type { Clock } from '#src/foundation/clock.ts';
import { channelOfDestination } from '#src/outbox/destination.ts';
import type { LedgerEntry } from '#src/outbox/ledger.ts';
import type { Outbox } from '#src/outbox/outbox.ts';
import { channelsInOrder, type SubscriptionStore } from '#src/subscription/subscription-store.ts';
import type { AskedAgain } from './ask-again.ts';
import type { Servers } from './postman.ts';

// One paper, one server, one place: asked of what is about to go, of what stands in the outbox then. Posts are packed one after
// the other, so that of two channels whose turn it is one is packed before the other is asked.

type Going = Extract<AskedAgain, { kind: 'goes' }>;

/** A paper that goes, in full or (`elsewhere`) as a line; one that another channel has; all wait where one has to. */
type Placing =
  | { kind: 'placed'; going: readonly PlacedEntry[]; settled: readonly SettledEntry[] }
  | { kind: 'wait' };

export type PlacedEntry = Going & { elsewhere: Elsewhere | null };
export type SettledEntry = { entry: Going['entry']; at: Elsewhere };

type Deps = {
  outbox: Pick<Outbox, 'ledger' | 'holdOf'>;
  subscriptionStore: Pick<SubscriptionStore, 'settings'>;
  servers: Pick<Servers, 'audience'>;
  clock: Clock;
};

/** More channels of a server than can have asked for one paper. */
const CHANNELS_AT_MOST = 500;

/** Where the papers of one channel that may go now are to stand, by the setting of its server. */
export async function inOnePlace(deps: Deps, going: readonly Going[]): Promise<Placing> {
  const breathe = takeBreaths(deps.clock);
  const placed: PlacedEntry[] = [];
  const settled: SettledEntry[] = [];
  for (const one of going) {
    const { samePaper } = deps.subscriptionStore.settings(one.entry.serverId);
    const others = samePaper === 'full' ? [] : await copiesOf(deps, one);
    const place = placeOfPaper(samePaper, others, deps.clock.now());
    if (place.kind === 'wait') return place;
    if (place.kind === 'full') placed.push({ ...one, elsewhere: null });
    else if (samePaper === 'none') settled.push({ entry: one.entry, at: place.at });
    else placed.push({ ...one, elsewhere: place.at });
    await breathe();
  }
  return { kind: 'placed', going: placed, settled };
}

/** What other channels of the server have of it in full, or are about to get, in the order of /subscriptions. */
async function copiesOf(deps: Deps, { entry }: Going): Promise<Copy[]> {
  const here = channelOfDestination(entry);
  const all = await deps.outbox.ledger({
    paper: entry.paper,
    serverId: entry.serverId,
    limit: CHANNELS_AT_MOST,
  });
  const copies: Copy[] = [];
  for (const other of all) {
    if (other.destination === entry.destination) continue;
    const copy = copyOf(other, here);
    if (copy && isReadableFrom(deps, copy.at.channelId, here) && !(await isGone(deps, other)))
      copies.push(copy);
  }
  return copies.sort((a, b) => channelsInOrder(a.at.channelId, b.at.channelId));
}

/** Null where it is neither there in full nor about to be. */
function copyOf(other: LedgerEntry, here: string): Copy | null {
  const state = stateOf(other);
  if (state === null || (state !== 'ready' && readWhy(other.why)?.elsewhere)) return null;
  const channelId = channelOfDestination(other);
  const { channelId: messageChannelId, messageId } = other.post ?? { channelId: null, messageId: null };
  return {
    isBefore: channelsInOrder(channelId, here) < 0,
    ...{ state, since: other.dueAt },
    at: { channelId, messageChannelId: messageChannelId ?? channelId, messageId: messageId ?? '' },
  };
}

function stateOf({ state, post }: LedgerEntry): Copy['state'] | null {
  // What a moderator deleted is nowhere any more.
  if (state === 'sent') return post?.messageId && post.deletedAt === null ? 'there' : null;
  if (state === 'packed') return 'leaving';
  return state === 'due' ? 'ready' : null;
}

/** Who reads here can follow the link: it leads to no channel that is hidden from some of them. */
export function isReadableFrom({ servers }: Pick<Deps, 'servers'>, there: string, here: string): boolean {
  const seeing = servers.audience(there);
  const reading = servers.audience(here);
  if (seeing === null || seeing === 'everybody') return true;
  if (reading === null || reading === 'everybody') return false;
  return reading.every(({ id }) => seeing.some((seer) => seer.id === id));
}

/** What stood in a channel that was deleted is nowhere any more. */
async function isGone({ outbox }: Deps, { destination }: LedgerEntry): Promise<boolean> {
  return (await outbox.holdOf(destination))?.code === 'channel-gone';
}
