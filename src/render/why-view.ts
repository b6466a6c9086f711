import type { News, NoNews } from '#src/decision/news.ts';
import type { SamePaper } from '#src/decision/same-paper.ts';
import type { What } from '#src/decision/terms.ts';
import type { TrendEvent } from '#src/trend/trend-event.ts';
import type { Phrase } from '#src/wording/values.ts';
import type { ChangeView } from './history-page.ts';

/** What became of a paper in a channel. Instants are UTC ms. */
export type Outcome =
  | { kind: 'sent'; at: number; message: { channelId: string; messageId: string } | null; isDeleted: boolean }
  /** Its server has it in another channel. */
  | { kind: 'elsewhere' }
  | { kind: 'held'; trouble: Phrase; since: number }
  | ({ kind: 'waits' } & TimingView)
  | { kind: 'going' | 'inDoubt' | 'withdrawn' | 'noSubscription' | 'notListed' | 'notKept' | 'soon' }
  /** It was decided and waits, and nothing that is subscribed takes it any more. */
  | { kind: 'unwanted' }
  | { kind: 'notSeenYet'; at: number }
  /** The best of its hour are chosen then. */
  | { kind: 'choosing'; at: number; n: number }
  /** It was decided, and nobody wanted it any more when it was to go. */
  | { kind: 'takenBack'; at: number; reason: Phrase }
  | { kind: 'obstacle'; obstacle: ObstacleName };

type ObstacleName = 'filter' | 'mute' | 'paused' | 'later' | 'ended' | NoNews;

/** `missed`: a source, Discord or the channel was away. */
export type TimingView = { cause: 'now' | 'hour' | 'quiet' | 'cap' | 'missed'; until: number };

/** A subscription of the channel as it was then, and what its filter said. Passages are markdown. */
export type WhySubscription = {
  /** Its number in /subscriptions, where several are told to a moderator. */
  n: number | null;
  filter: string;
  verdict:
    | { kind: 'matches'; words: readonly string[] }
    | { kind: 'fails'; excluded: readonly string[]; lacking: readonly string[]; passage: string | null }
    | { kind: 'unreadable' };
  obstacle: ObstacleName | null;
  /** What comes after it is wanted; where it was made later, or had ended: when that was. */
  since: number;
  pausedUntil: number | null;
};

export type ReachedView = { sensitivity: Phrase; at: number };

export type TrendView = {
  /** Why it was news for the subscription that comes nearest. */
  news: News | null;
  highest: Pick<TrendEvent, 'at' | 'reason'> | null;
  /** The sensitivities that heard of it, and when. */
  reached: readonly ReachedView[];
  /** What the nearest asks for. */
  what: What | null;
  /** It asks for the best of a week. */
  isWeekly: boolean;
  sensitivity: Phrase | null;
};

export type TroubleView = { trouble: Phrase; since: number; endedAt: number | null };

/** What could be changed so that such a paper comes, each tried on the last days. */
export type TryView = {
  key: string;
  days: number;
  more: number;
  what: { kind: 'without'; clauses: readonly string[] } | { kind: 'wider'; sensitivity: Phrase };
};

/** A paper and a channel. */
export type WhyView = {
  /** Its id. */
  paper: string;
  title: string;
  serverId: string;
  channelId: string;
  /** The day that was asked of, `2026-03-10`, and whose it is; null: none was. */
  asked: { day: string; zone: string } | null;
  outcome: Outcome;
  /** Null: no list has shown it. */
  seen: { at: number; place: { place: number; papers: number; source: string } | null } | null;
  trend: TrendView;
  /** Its upvotes now. */
  votes: number | null;
  /** The nearest of the channel, in the order of /subscriptions; so many `more` there are. */
  subscriptions: readonly WhySubscription[];
  /** The place among them of the one that comes nearest. */
  nearest: number;
  more: number;
  /** That a mute of the server meets it; which one is told to moderators alone. */
  mute: { told: { text: string; who: string | null; at: number | null } | null } | null;
  /** For moderators, of what came: by which mute it would not come now. */
  mutedNow: { text: string; at: number } | null;
  /** The channel in which it stands in full, or stood until it was deleted there; null: one that the asker does not see. */
  elsewhere: { channelId: string | null; isDeleted: boolean } | null;
  /** What further channels of the server got of a paper that one had: when it was settled, and by now. */
  samePaper: { was: SamePaper; is: SamePaper };
  timing: TimingView | null;
  troubles: readonly TroubleView[];
  decidedAt: number | null;
  /** What it was decided from cannot be read any more. */
  isLost: boolean;
  /** When nobody wanted any more what was decided. */
  takenBackAt: number | null;
  /** What was changed since, or, where nothing was subscribed, how that came to be; for moderators, the newest last. */
  changes: readonly ChangeView[];
  tries: readonly TryView[];
};
