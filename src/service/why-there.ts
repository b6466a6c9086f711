import type { Archive } from '#src/archive/archive.ts';
import type { StoredPaper } from '#src/archive/stored-paper.ts';
import { crossing } from '#src/decision/news.ts';
import { isPaused } from '#src/decision/pause.ts';
import type { LocalHours } from '#src/decision/quiet.ts';
import { readWhy, type Why } from '#src/decision/why.ts';
import { toChannel } from '#src/outbox/destination.ts';
import type { LedgerEntry } from '#src/outbox/ledger.ts';
import type { Outbox } from '#src/outbox/outbox.ts';
import { troubleOf } from '#src/render/hold-notice.ts';
import type { ReachedView, TrendView, TroubleView, WhySubscription, WhyView } from '#src/render/why-view.ts';
import { labelOf } from '#src/source/sources.ts';
import type { StoredEntry } from '#src/subscription/history.ts';
import type { Mutes } from '#src/subscription/mutes.ts';
import type { SubscriptionStore } from '#src/subscription/subscription-store.ts';
import { mutesThen } from '#src/subscription/then.ts';
import type { TrendRule } from '#src/trend/trend-rule.ts';
import { filterThen, type JudgeDeps, type Judged, judgeThen, type Standing } from './judge-then.ts';
import { outcomeOf, timingOf } from './outcome-there.ts';
import { type PaperPast, readPaperPast } from './paper-past.ts';
import { changeView } from './show-history.ts';
import { tellSensitivity } from './tell-terms.ts';

export type WhyDeps = Omit<JudgeDeps, 'trend' | 'mutes'> & {
  mutes: Pick<Mutes, 'firstMet' | 'mutedBy'>;
  archive: Archive;
  outbox: Outbox;
  subscriptionStore: SubscriptionStore;
  trend: TrendRule;
  hours: LocalHours;
};

/** A day, UTC ms; null: when the paper was news. */
export type AskedDay = { from: number; until: number } | null;

type AskedWhy = {
  paper: StoredPaper;
  serverId: string;
  channelId: string;
  day: AskedDay;
  /** The server's, read once. */
  history: readonly StoredEntry[];
  now: number;
  /** Who may know what the server mutes, and who changed what. */
  isModerator: boolean;
  sees(channelId: string): Promise<boolean>;
};

/** What is worked out of a paper in a channel; `judged`: the nearest first. */
type WhyThere = { view: WhyView; judged: readonly Judged[]; past: PaperPast };

const PRESETS = ['wide', 'early', 'balanced', 'sure'] as const;
const CHANGES_SHOWN = 5;
/** Of a channel that has many: the nearest. */
const SUBSCRIPTIONS_SHOWN = 3;

/** What became of a paper in a channel, from stage to stage, with what held at each of them. Nobody's right is asked here. */
export async function whyThere(deps: WhyDeps, asked: AskedWhy): Promise<WhyThere> {
  const { archive, outbox, subscriptionStore, trend } = deps;
  const { paper: stored, serverId, channelId, now } = asked;
  const paper = stored.paper.id;
  const destination = toChannel(channelId);
  const past = await readPaperPast(archive, stored);
  const [entry = null] = await outbox.ledger({ destination, paper, limit: 1 });
  const standing = {
    subscriptions: subscriptionStore.inChannel(channelId),
    mutes: subscriptionStore.mutes(serverId),
    history: asked.history,
  };
  const inChannel = { ...standing, history: standing.history.filter((one) => concerns(one, channelId)) };
  const until = Math.min(asked.day?.until ?? now, now);
  const judged = asDecided(
    await judgeThen(deps, past, inChannel, { candidates: instantsOf(past, entry, asked.day, until), until }),
    entry,
  );
  const subscriptions = subscriptionsOf(deps, past, judged, entry);
  const hold = await outbox.holdOf(destination);
  const isGone = entry === null || ['sent', 'elsewhere', 'refused'].includes(entry.state);
  const mutedWaiting = isGone ? null : muteNow(deps, past, standing, now);
  const [nearest] = judged;
  const at = nearest?.at ?? until;
  const pausedAt = nearest?.obstacle === 'paused' ? nearest.subscription.paused?.at : null;
  const mute = mutedWaiting ?? nearest?.mute ?? null;
  const view: WhyView = {
    ...{
      paper,
      title: stored.paper.title || paper,
      channelId,
      serverId,
    },
    outcome: outcomeOf({
      entry,
      hold,
      judged,
      past,
      until,
      hours: deps.hours,
      isMuted: mutedWaiting !== null,
      isWanted: isStillWanted(deps, past, standing.subscriptions, { entry, now }),
      now,
      isPast: asked.day !== null,
    }),
    seen: seenOf(past),
    trend: trendOf(trend, past, { nearest, entry, until }),
    votes: stored.signals.votes,
    subscriptions: subscriptions.slice(0, SUBSCRIPTIONS_SHOWN),
    more: Math.max(0, subscriptions.length - SUBSCRIPTIONS_SHOWN),
    isLost: entry !== null && readWhy(entry.why) === null,
    mute: mute && { told: asked.isModerator ? mute : null },
    mutedNow:
      asked.isModerator && entry?.state === 'sent'
        ? deps.mutes.mutedBy(serverId, past.documentAt(now), now)
        : null,
    elsewhere: await elsewhereOf(deps, entry, asked),
    timing: entry && timingOf(entry, judged, deps.hours),
    troubles: await troublesOf(outbox, entry, { serverId, at, now }),
    decidedAt: entry?.decidedAt ?? null,
    takenBackAt: entry?.state === 'refused' ? entry.settledAt : null,
    changes: !asked.isModerator
      ? []
      : nearest || entry
        ? changesSince(inChannel, Math.min(at, entry?.decidedAt ?? at, (pausedAt ?? at) - 1))
        : lastEnd(inChannel, until),
    tries: [],
  };
  return { view, judged, past };
}

const muteNow = ({ mutes }: WhyDeps, past: PaperPast, standing: Standing, now: number) =>
  mutes.firstMet(mutesThen(standing.mutes, standing.history, now), past.documentAt(now), now);

/** Whether what waits would go: it is asked again then (pipeline/still-wanted.ts). */
function isStillWanted(
  { parse }: WhyDeps,
  past: PaperPast,
  subscriptions: Standing['subscriptions'],
  { entry, now }: { entry: LedgerEntry | null; now: number },
): boolean {
  if (!entry || readWhy(entry.why) === null) return true;
  const due = Math.max(now, entry.dueAt);
  return subscriptions.some(
    ({ filter, paused }) =>
      !isPaused(paused, due) &&
      [entry.decidedAt, now].some(
        (at) => filterThen(parse, filter, past.documentAt(at), at).kind === 'matches',
      ),
  );
}

const concerns = ({ channelId, before }: Standing['history'][number], here: string): boolean =>
  channelId === null || channelId === here || before?.channelId === here;

/** When it may have been news: when it was first seen, and at each of its rises; or when it was decided, or taken back. */
function instantsOf(past: PaperPast, entry: LedgerEntry | null, day: AskedDay, until: number): number[] {
  if (entry && entry.decidedAt <= until)
    return [entry.state === 'refused' ? (entry.settledAt ?? entry.decidedAt) : entry.decidedAt];
  const { firstSeenAt, trendEvents } = past.story;
  const all = [...new Set([firstSeenAt, ...trendEvents.map(({ at }) => at)])];
  const known = all.filter((at) => at <= until && (day === null || at >= day.from)).sort((a, b) => a - b);
  return known.length > 0 || day === null ? known : [until];
}

/**
 * Who is named by the decision heard of the paper, and wanted it then, whatever is known of both today. Of what was taken back
 * it counts what stood there when that was done.
 */
function asDecided(judged: readonly Judged[], entry: LedgerEntry | null): Judged[] {
  if (!entry) return [...judged];
  const why = readWhy(entry.why);
  const [named, others] = parted(judged, (one) => isNamed(one, entry, why));
  const heard = named.map((one) => ({ ...one, news: why?.news ?? one.news }));
  if (entry.state !== 'refused')
    return [...heard.map((one) => ({ ...one, obstacle: null, mute: null })), ...others];
  const stillNew = heard.map((one) => (one.obstacle === 'since' ? { ...one, obstacle: null } : one));
  return [...stillNew, ...others];
}

/** Of what is long sent only the filters are known. */
const isNamed = ({ subscription: { id, filter } }: Judged, entry: LedgerEntry, why: Why | null): boolean =>
  entry.subscriptions.length > 0
    ? entry.subscriptions.includes(id)
    : (why?.filters.includes(filter) ?? false);

/** By which filters it was decided, also where their subscriptions are forgotten; then the others of the channel. */
function subscriptionsOf(
  { parse }: WhyDeps,
  past: PaperPast,
  judged: readonly Judged[],
  entry: LedgerEntry | null,
): WhySubscription[] {
  if (!entry || (entry.state === 'refused' && judged.length > 0)) return judged.map(subscriptionView);
  const why = readWhy(entry.why);
  const { decidedAt } = entry;
  const document = past.documentAt(decidedAt);
  const decided = (why?.filters ?? []).map(
    (filter): WhySubscription => ({
      ...{ filter, verdict: filterThen(parse, filter, document, decidedAt) },
      ...{ obstacle: null, since: decidedAt, pausedUntil: null },
    }),
  );
  return [...decided, ...judged.filter((one) => !isNamed(one, entry, why)).map(subscriptionView)];
}

function seenOf({ stored, sight }: PaperPast): WhyView['seen'] {
  if (stored.listedBy === null) return null;
  const isFirst = sight !== null && sight.at === stored.firstSeenAt;
  const place = isFirst ? { place: sight.place, papers: sight.papers, source: labelOf(sight.source) } : null;
  return { at: stored.firstSeenAt, place };
}

type Asking = { nearest: Judged | undefined; entry: LedgerEntry | null; until: number };

function trendOf(trend: TrendRule, past: PaperPast, { nearest, entry, until }: Asking): TrendView {
  const why = entry && readWhy(entry.why);
  const rises = past.storyAt(until).trendEvents;
  const reached = PRESETS.flatMap((preset): ReachedView[] => {
    const rise = rises.find(crossing(trend.thresholdFor(preset)));
    return rise ? [{ sensitivity: tellSensitivity(preset), at: rise.at }] : [];
  });
  const what = why?.asked ?? nearest?.subscription.what ?? null;
  return {
    news: (entry?.state === 'refused' && nearest ? null : why?.news) ?? nearest?.news ?? null,
    highest: rises.reduce<(typeof rises)[number] | null>(
      (most, rise) => (most === null || rise.score > most.score ? rise : most),
      null,
    ),
    reached,
    what,
    isWeekly: why?.isWeekly ?? nearest?.subscription.when.kind === 'weekly',
    sensitivity: what?.kind === 'trending' ? tellSensitivity(what.sensitivity) : null,
  };
}

const subscriptionView = ({ subscription, filter, obstacle }: Judged): WhySubscription => ({
  ...{ filter: subscription.filter, verdict: filter, obstacle },
  since: sinceOf(subscription, obstacle),
  pausedUntil: subscription.paused?.until ?? null,
});

function sinceOf({ createdAt, since, until }: Judged['subscription'], obstacle: Judged['obstacle']): number {
  if (obstacle === 'later') return createdAt;
  return obstacle === 'ended' ? (until?.at ?? since) : since;
}

/** Where it stands, or stood, in full; a channel that the asker does not see has no name. */
async function elsewhereOf(
  { outbox }: WhyDeps,
  entry: LedgerEntry | null,
  { sees }: AskedWhy,
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

/** The channel that the kept reason names. */
function channelNamedBy({ reason }: LedgerEntry): string | null {
  if (reason === null || typeof reason === 'string') return null;
  const named = reason.values.channel;
  return typeof named === 'object' && named !== null && 'mark' in named && named.mark === 'channel'
    ? named.id
    : null;
}

/** What Discord hindered there between the decision and what became of it. */
async function troublesOf(
  outbox: Outbox,
  entry: LedgerEntry | null,
  { serverId, at, now }: { serverId: string; at: number; now: number },
): Promise<TroubleView[]> {
  if (!entry) return [];
  const end = entry.state === 'sent' ? (entry.settledAt ?? now) : now;
  return (await outbox.episodes.ofServer(serverId))
    .filter(({ destination }) => destination === entry.destination)
    .filter(({ since, endedAt }) => since <= end && (endedAt ?? now) >= Math.min(at, entry.decidedAt))
    .map((episode) => ({ trouble: troubleOf(episode), since: episode.since, endedAt: episode.endedAt }))
    .reverse();
}

/** Where notices go is no change of what comes to a channel. */
const NONE_SEEN: ReadonlySet<string> = new Set();

const changesSince = ({ history }: Standing, at: number): WhyView['changes'] =>
  history
    .filter((one) => one.at > at && one.what !== 'deleted')
    .map(viewOfChange)
    .slice(-CHANGES_SHOWN);

/** Of the server as a whole nobody is told a channel. */
const viewOfChange = (entry: StoredEntry): WhyView['changes'][number] =>
  changeView(entry, { channelName: () => null, noticesSeen: NONE_SEEN });

/** How it came that nothing is subscribed there. */
const lastEnd = ({ history }: Standing, until: number): WhyView['changes'] =>
  history
    .filter(({ at, before, after }) => at <= until && before !== null && after === null)
    .slice(-1)
    .map(viewOfChange);

function parted<T>(all: readonly T[], isFirst: (one: T) => boolean): [T[], T[]] {
  return [all.filter(isFirst), all.filter((one) => !isFirst(one))];
}
