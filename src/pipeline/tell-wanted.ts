import { documentOf, type StoredPaper } from '#src/archive/stored-paper.ts';
import { inQuiet, quietEndsAt } from '#src/decision/quiet.ts';
import { readWhy } from '#src/decision/why.ts';
import type { Happenings } from '#src/foundation/happenings.ts';
import { channelOfDestination, toChannel } from '#src/outbox/destination.ts';
import type { NewEntry } from '#src/outbox/entry.ts';
import type { Outbox } from '#src/outbox/outbox.ts';
import type { SubscriptionStore } from '#src/subscription/subscription-store.ts';
import { channel, code, phrase } from '#src/wording/phrase.ts';
import type { Phrase, Value } from '#src/wording/values.ts';
import { type Adding, type AddressRun, entriesOfPaper } from './entries-of-paper.ts';
import type { Matcher } from './matcher.ts';
import { storyOf } from './story.ts';
import { waitsUntil } from './tell-waits.ts';
import { titleOf } from './title.ts';
import { type WhyNot, whyNot } from './why-not.ts';

type Deps = Adding & {
  matcher: Pick<Matcher, 'match' | 'mutedIn'>;
  happenings: Happenings;
  outbox: Pick<Outbox, 'has' | 'ledger' | 'holdOf'>;
  subscriptionStore: Pick<SubscriptionStore, 'all' | 'byId'>;
};

type TellWanted = {
  /** The paper was told to be newly trending: who wants it is told too, be it nobody. */
  noteTrend(paper: string): void;
  /** To be called before the paper's entries are made. */
  addressed(stored: StoredPaper, run: AddressRun): Promise<void>;
};

/** So many channels that do not want a paper are told of. */
const CHANNELS_TOLD = 5;

/** Tells whoever looks on who wants a paper and who does not, when it goes, and what it waits for. */
export function createTellWanted(deps: Deps): TellWanted {
  // Each is addressed soon, for its rise puts it to the end of the journal.
  const trending = new Set<string>();
  return {
    noteTrend: (paper) => trending.add(paper),
    addressed: (stored, run) =>
      deps.happenings.tell(async () => {
        const isTrend = trending.delete(stored.paper.id);
        const wanted = await newFor(deps, stored, run);
        if (!isTrend && wanted.length === 0) return [];
        const others = isTrend ? await othersOf(deps, stored, wanted, run) : [];
        const waiting: Phrase[] = [];
        for (const newEntry of wanted) waiting.push(...(await waitOf(deps, stored, newEntry)));
        return [
          { kind: 'wanted' as const, what: tellWho(stored, wanted, others) },
          ...waiting.map((what) => ({ kind: 'waits' as const, what })),
        ];
      }),
  };
}

/** What will be queued that is not yet, by channels. */
async function newFor(deps: Deps, stored: StoredPaper, run: AddressRun): Promise<NewEntry[]> {
  const found: NewEntry[] = [];
  for (const newEntry of await entriesOfPaper(deps, stored, run))
    if (!(await deps.outbox.has(newEntry.destination, newEntry.paper))) found.push(newEntry);
  return found.sort((a, b) => (a.destination < b.destination ? -1 : 1));
}

function tellWho(stored: StoredPaper, wanted: readonly NewEntry[], others: readonly Phrase[]): Phrase {
  const title = titleOf(stored);
  const channels = wanted.map((newEntry) =>
    phrase('happening.wantedBy', {
      channel: channel(channelOfDestination(newEntry)),
      filters: (readWhy(newEntry.why)?.filters.toSorted() ?? []).map((filter): Value => code(filter)),
    }),
  );
  if (channels.length === 0)
    return others.length === 0
      ? phrase('happening.nothingSubscribed', { title })
      : phrase('happening.unwanted', { title, others });
  return others.length === 0
    ? phrase('happening.wanted', { title, channels })
    : phrase('happening.wantedAndNot', { title, channels, others });
}

/** Why the others do not get it. */
async function othersOf(
  deps: Deps,
  stored: StoredPaper,
  wanted: readonly NewEntry[],
  { now }: AddressRun,
): Promise<readonly Phrase[]> {
  const { archive, matcher, trend, subscriptionStore } = deps;
  const gets = new Set(wanted.map(channelOfDestination));
  const story = await storyOf(archive, stored, now);
  const document = documentOf(stored);
  const matching = new Set(matcher.match(document, now).map(({ id }) => id));
  const muted = matcher.mutedIn(document, now);
  const channels = Map.groupBy(subscriptionStore.all(), ({ channelId }) => channelId);
  const others = [...channels].filter(([channelId]) => !gets.has(channelId));
  const told: { channelId: string; cause: Cause; n: number }[] = [];
  for (const [channelId, own] of others.slice(0, CHANNELS_TOLD)) {
    const cause =
      (await hadBefore(deps, stored, channelId)) ??
      (own.some(({ serverId }) => muted.has(serverId))
        ? 'muted'
        : whyNot(own, matching, story, trend.thresholdFor));
    told.push({ channelId, cause, n: cause === 'filter' ? own.length : 1 });
  }
  const reasons = [...Map.groupBy(told, ({ cause }) => cause)].map(([cause, alike]) =>
    phrase(`happening.not.${cause}`, {
      channels: alike.map(({ channelId }) => channel(channelId)),
      n: alike.reduce((sum, { n }) => sum + n, 0),
    }),
  );
  const n = others.length - told.length;
  return n > 0 ? [...reasons, phrase('happening.not.more', { n })] : reasons;
}

type Cause = WhyNot | 'had' | 'queued' | 'muted';

async function hadBefore(
  { outbox }: Deps,
  { paper }: StoredPaper,
  channelId: string,
): Promise<'had' | 'queued' | null> {
  const [before] = await outbox.ledger({ destination: toChannel(channelId), paper: paper.id, limit: 1 });
  if (!before || before.state === 'refused') return null;
  return before.state === 'sent' ? 'had' : 'queued';
}

/** What it waits for; nothing where it goes at once. */
async function waitOf(
  { outbox, subscriptionStore, hours }: Deps,
  stored: StoredPaper,
  newEntry: NewEntry,
): Promise<Phrase[]> {
  const about = { title: titleOf(stored), channel: channel(channelOfDestination(newEntry)) };
  if (await outbox.holdOf(newEntry.destination)) return [phrase('happening.waits.held', about)];
  const { decidedAt: now, dueAt, subscriptions } = newEntry;
  if (dueAt <= now) return [];
  const isQuiet = subscriptions.some((id) => {
    const { when, quiet } = subscriptionStore.byId(id) ?? {};
    return (
      when?.kind === 'now' && quiet && inQuiet(quiet, now, hours) && quietEndsAt(quiet, now, hours) === dueAt
    );
  });
  const at = waitsUntil(dueAt, now);
  return [phrase(isQuiet ? 'happening.waits.quiet' : 'happening.waits.digest', { ...about, at })];
}
