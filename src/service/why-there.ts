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
import { modernZone } from '#src/subscription/modern-zone.ts';
import type { Mutes } from '#src/subscription/mutes.ts';
import type { Subscription } from '#src/subscription/subscription.ts';
import type { SubscriptionStore } from '#src/subscription/subscription-store.ts';
import type { TrendRule } from '#src/trend/trend-rule.ts';
import { filterThen, type JudgeDeps, type Judged, judgeThen, type StandingAt } from './judge-then.ts';
import { outcomeOf, timingOf } from './outcome-there.ts';
import { type PaperPast, readPaperPast } from './paper-past.ts';
import { elsewhereOf, samePaperThen } from './placed-elsewhere.ts';
import { changeView } from './show-history.ts';
import { inOrderTold, numbersFor, type ToldSubscription } from './subscriptions-told.ts';
import { tellSensitivity } from './tell-terms.ts';

export type WhyDeps = Omit<JudgeDeps, 'trend' | 'mutes'> & {
  mutes: Pick<Mutes, 'firstMet' | 'mutedBy'>;
  archive: Archive;
  outbox: Outbox;
  subscriptionStore: SubscriptionStore;
  trend: TrendRule;
  hours: LocalHours;
};

/** A day of a zone, `2026-03-10`, from its first instant to its last (UTC ms); null: when the paper was news. */
export type AskedDay = { day: string; zone: string; from: number; until: number } | null;

type AskedWhy = {
  paper: StoredPaper;
  serverId: string;
  channelId: string;
  day: AskedDay;
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
  const until = Math.min(asked.day?.until ?? now, now);
  const candidates = instantsOf(past, entry, asked.day, until);
  const place = { serverId, channelId };
  const settledAt = entry?.settledAt ?? until;
  const standingAt = await subscriptionStore.standings(place, [...candidates, settledAt, until, now]);
  const judged = asDecided(await judgeThen(deps, past, standingAt, { candidates, until }), entry);
  const nearestFirst = subscriptionsOf(deps, past, judged, entry);
  const numbers =
    asked.isModerator && nearestFirst.length > 1
      ? await numbersFor(subscriptionStore, serverId, asked.sees)
      : new Map<string, number>();
  const samePaper = samePaperThen(entry, standingAt(settledAt).settings.samePaper);
  const hold = await outbox.holdOf(destination);
  const isGone = entry === null || ['sent', 'elsewhere', 'refused'].includes(entry.state);
  const mutedWaiting = isGone ? null : muteNow(deps, past, standingAt, now);
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
    asked: asked.day && { day: asked.day.day, zone: modernZone(asked.day.zone) },
    outcome: outcomeOf({
      entry,
      hold,
      judged,
      past,
      until,
      hours: deps.hours,
      isMuted: mutedWaiting !== null,
      isWanted: isStillWanted(deps, past, subscriptionStore.inChannel(channelId), { entry, now }),
      now,
      isPast: asked.day !== null,
    }),
    seen: seenOf(past),
    trend: trendOf(trend, past, { nearest, entry, until }),
    votes: stored.signals.votes,
    ...inOrderTold(nearestFirst.slice(0, SUBSCRIPTIONS_SHOWN), numbers),
    more: Math.max(0, nearestFirst.length - SUBSCRIPTIONS_SHOWN),
    isLost: entry !== null && readWhy(entry.why) === null,
    mute: mute && { told: asked.isModerator ? mute : null },
    mutedNow:
      asked.isModerator && entry?.state === 'sent'
        ? deps.mutes.mutedBy(serverId, past.documentAt(now), now)
        : null,
    elsewhere: await elsewhereOf(outbox, entry, asked.sees),
    samePaper: { was: samePaper, is: subscriptionStore.settings(serverId).samePaper },
    timing: entry && timingOf(entry, judged, deps.hours),
    troubles: await troublesOf(outbox, entry, { serverId, at, now }),
    decidedAt: entry?.decidedAt ?? null,
    takenBackAt: entry?.state === 'refused' ? entry.settledAt : null,
    changes: asked.isModerator
      ? await changesOf(deps, asked, {
          since: nearest || entry ? Math.min(at, entry?.decidedAt ?? at, (pausedAt ?? at) - 1) : null,
          until,
        })
      : [],
    tries: [],
  };
  return { view, judged, past };
}

const muteNow = ({ mutes }: WhyDeps, past: PaperPast, standingAt: StandingAt, now: number) =>
  mutes.firstMet(standingAt(now).mutes, past.documentAt(now), now);

/** Whether what waits would go: it is asked again then (pipeline/still-wanted.ts). */
function isStillWanted(
  { parse }: WhyDeps,
  past: PaperPast,
  subscriptions: readonly Subscription[],
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
): ToldSubscription[] {
  if (!entry || (entry.state === 'refused' && judged.length > 0)) return judged.map(toldOf);
  const why = readWhy(entry.why);
  const { decidedAt } = entry;
  const document = past.documentAt(decidedAt);
  const [named, others] = parted(judged, (one) => isNamed(one, entry, why));
  const decided = (why?.filters ?? []).map((filter): ToldSubscription => {
    const known = named.find(({ subscription }) => subscription.filter === filter);
    const view: WhySubscription = {
      ...{ n: null, filter, verdict: filterThen(parse, filter, document, decidedAt) },
      ...{ obstacle: null, since: decidedAt, pausedUntil: null },
    };
    return { subscription: known?.subscription ?? null, view };
  });
  return [...decided, ...others.map(toldOf)];
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

const toldOf = ({ subscription, filter, obstacle }: Judged): ToldSubscription => ({
  subscription,
  view: {
    ...{ n: null, filter: subscription.filter, verdict: filter, obstacle },
    since: sinceOf(subscription, obstacle),
    pausedUntil: subscription.paused?.until ?? null,
  },
});

function sinceOf({ createdAt, since, until }: Judged['subscription'], obstacle: Judged['obstacle']): number {
  if (obstacle === 'later') return createdAt;
  return obstacle === 'ended' ? (until?.at ?? since) : since;
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

/** What was changed since then; where nothing was subscribed, how that came to be. */
async function changesOf(
  { subscriptionStore }: WhyDeps,
  place: { serverId: string; channelId: string },
  { since, until }: { since: number | null; until: number },
): Promise<WhyView['changes']> {
  if (since !== null)
    return (await subscriptionStore.changedSince(place, since, CHANGES_SHOWN)).map(viewOfChange);
  const end = await subscriptionStore.lastEnd(place, until);
  return end ? [viewOfChange(end)] : [];
}

/** Of the server as a whole nobody is told a channel. */
const viewOfChange = (entry: StoredEntry): WhyView['changes'][number] =>
  changeView(entry, { channelName: () => null, noticesSeen: NONE_SEEN });

function parted<T>(all: readonly T[], isFirst: (one: T) => boolean): [T[], T[]] {
  return [all.filter(isFirst), all.filter((one) => !isFirst(one))];
}
