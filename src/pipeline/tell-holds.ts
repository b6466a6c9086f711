import type { Happenings } from '#src/foundation/happenings.ts';
import { channelOfDestination } from '#src/outbox/destination.ts';
import type { HeldDestination } from '#src/outbox/destination-holds.ts';
import type { Outbox } from '#src/outbox/outbox.ts';
import { troubleOf } from '#src/render/hold-notice.ts';
import { channel, phrase } from '#src/wording/phrase.ts';

type Deps = { happenings: Happenings; outbox: Pick<Outbox, 'ledger'> };

/** More than wait for a channel where somebody looks on. */
const MOST_COUNTED = 1000;

/** Tells whoever looks on that a channel takes no posts, and how much waits for it. */
export function tellHeld({ happenings, outbox }: Deps, held: HeldDestination): Promise<void> {
  return happenings.tell(async () => {
    const { destination } = held;
    const entries = await outbox.ledger({ destination, limit: MOST_COUNTED });
    const n = entries.filter(({ settledAt }) => settledAt === null).length;
    const about = { channel: channel(channelOfDestination(held)), trouble: troubleOf(held), n };
    return [{ kind: 'held', what: phrase('happening.held', about) }];
  });
}

/** Tells of its end. `papers`: how many go now; `isUnseen`: whether it takes them is not to be seen before they are tried. */
export function tellHoldOver(
  { happenings }: Pick<Deps, 'happenings'>,
  held: HeldDestination,
  { papers: n, isUnseen }: { papers: number; isUnseen: boolean },
): Promise<void> {
  return happenings.tell(() => {
    const about = { channel: channel(channelOfDestination(held)), n };
    const what = isUnseen ? phrase('happening.triedAgain', about) : phrase('happening.over', about);
    return [{ kind: 'over', what }];
  });
}
