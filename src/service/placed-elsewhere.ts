import type { SamePaper } from '#src/decision/same-paper.ts';
import { readWhy } from '#src/decision/why.ts';
import { toChannel } from '#src/outbox/destination.ts';
import type { LedgerEntry } from '#src/outbox/ledger.ts';
import type { Outbox } from '#src/outbox/outbox.ts';
import type { WhyView } from '#src/render/why-view.ts';

type Ledger = Pick<Outbox, 'ledger'>;
type Sees = (channelId: string) => Promise<boolean>;

/** Where it stands, or stood, in full; a channel that the asker does not see has no name. */
export async function elsewhereOf(
  outbox: Ledger,
  entry: LedgerEntry | null,
  sees: Sees,
): Promise<WhyView['elsewhere']> {
  if (!entry) return null;
  const at = readWhy(entry.why)?.elsewhere;
  if (entry.state === 'elsewhere') {
    const there = at?.channelId ?? channelNamedBy(entry);
    return { channelId: there !== null && (await sees(there)) ? there : null, isDeleted: false };
  }
  if (!at) return null;
  const destination = toChannel(at.channelId);
  const [there] = await outbox.ledger({ destination, paper: entry.paper, limit: 1 });
  const isDeleted = there?.post?.messageId === at.messageId && there.post.deletedAt !== null;
  return { channelId: (await sees(at.channelId)) ? at.channelId : null, isDeleted };
}

/** What further channels got when the entry was settled: that is seen of what became of it, else told by the settings of then. */
export function samePaperThen(entry: LedgerEntry | null, then: SamePaper): SamePaper {
  if (entry?.state === 'elsewhere') return 'none';
  return entry && readWhy(entry.why)?.elsewhere ? 'line' : then;
}

/** The channel that the kept reason names. */
function channelNamedBy({ reason }: LedgerEntry): string | null {
  if (reason === null || typeof reason === 'string') return null;
  const named = reason.values.channel;
  return typeof named === 'object' && named !== null && 'mark' in named && named.mark === 'channel'
    ? named.id
    : null;
}
