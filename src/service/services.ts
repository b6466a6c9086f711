import type { LastKnown } from '#src/outbox/last-known.ts';
import type { DigestView } from '#src/render/digest.ts';
import type { DoubtAnswer, DoubtChoice } from '#src/render/doubt-notice.ts';
import type { EditedView, FilterTestView } from '#src/render/filter-page.ts';
import type { FoundView } from '#src/render/find-page.ts';
import type { HistoryView } from '#src/render/history-page.ts';
import type { CardView } from '#src/render/paper-card.ts';
import type { SearchView, UnreadView } from '#src/render/search-page.ts';
import type { StatusView } from '#src/render/status-page.ts';
import type { ListNote, SubscribedView, SubscriptionsView } from '#src/render/subscription-page.ts';
import type { TrendingView } from '#src/render/trending-page.ts';
import type { UndoneView } from '#src/render/undone-page.ts';
import type { WhyPage } from '#src/render/why-page.ts';
import type { Rights } from './rights.ts';
import type { Typed } from './typed-forms.ts';

/**
 * What commands can ask of the house. Each answers with a value to render, or throws a UserError
 * (a sentence for the asker) or an OutsideError (a source that does not answer).
 */
export type Services = {
  /**
   * What a person's text asks for: an id in any text, a link, words of a title, a name. Asks the sources for that member
   * when the archive does not know it.
   */
  findPaper(query: string, userId: string): Promise<FoundPaper>;
  /** Asks the sources for that id, though they said a moment ago that they have none. */
  askAgain(id: string, userId: string): Promise<FoundPaper>;
  /** A known paper by id, as a card. */
  showPaper(id: string, userId: string): Promise<CardView>;
  /** Papers by their ids for what was typed so far: an id, a link, words of a title, an author; what trends for nothing. */
  proposeTitles(text: string, now: number): Promise<Proposals>;
  /** Ranked full text in the filter language; below 3 hits the sources are asked too. */
  searchPapers(question: SearchQuestion & PageAsked): Promise<SearchView | UnreadView>;
  turnSearchPage(key: string, asked: PageAsked): Promise<SearchView>;
  /** Completes the word being typed in a filter; examples for nothing. */
  proposeQueries(text: string, now: number): Promise<Proposals>;
  listTrending(question: TrendingQuestion & PageAsked): Promise<TrendingView>;
  turnTrendingPage(key: string, asked: PageAsked): Promise<TrendingView>;
  /** The same list over another period. */
  trendingSince(key: string, asked: Omit<PageAsked, 'page'> & { period: string }): Promise<TrendingView>;
  proposeTopics(text: string): Proposals;
  proposeZones(text: string, now: number): Proposals;
  /** Saves after checking everything; nothing is saved when it throws. */
  subscribeChannel(order: SubscribeOrder): Promise<SubscribedView>;
  /** Those in channels that the asker sees; the others are counted. */
  listSubscriptions(asker: Asker & { page: number }): Promise<SubscriptionsView>;
  /** All or none of those that are still there. */
  removeSubscriptions(asker: Asker & { ids: readonly string[] }): Promise<ListNote>;
  /** Those that are so already stay as they are; those that are gone are told. */
  setPaused(asker: Asker & { ids: readonly string[]; isPaused: boolean }): Promise<ListNote>;
  /** What is behind an Undo, by its key. Nothing is overwritten that somebody did since: that is told. */
  undoChange(asker: Asker & { key: string }): Promise<UndoneView>;
  /** The same for a subscription that was made. */
  undoSubscribe(asker: Asker & { id: string }): Promise<UndoneView>;
  /** Who changed what when in this server. */
  showHistory(asker: Asker & { page: number }): Promise<HistoryView>;
  /** This server's subscriptions as choices: the ids of those that the asker may change, or the filters of those they see. */
  proposeSubscriptions(asker: Asker & { text: string; asFilter: boolean }): Promise<Proposals>;
  testFilter(asker: Asker & { filter: string; paper: string }): Promise<FilterTestView>;
  /** `mark` stands for the filter in a custom id. */
  openFilter(asker: Asker & { id: string }): Promise<{ id: string; filter: string; mark: string }>;
  /**
   * The old filter stays when the new one is bad, and when it is another by now than the one that was `shown` (its mark;
   * null: unknown). The same change once more changes nothing.
   */
  editFilter(asker: Asker & { id: string; filter: string; shown: string | null }): Promise<EditedView>;
  /** The filter of a subscription as it was probably meant, in its place; by the key of the offer. */
  correctFilter(asker: Asker & { key: string }): Promise<EditedView>;
  /** The same for a filter that is only tried. */
  testCorrected(asker: Asker & { key: string }): Promise<FilterTestView>;
  /** Keeps what was refused as it was typed; returns its key. */
  keepTyped(asker: Asker & { typed: Typed }): Promise<string>;
  recallTyped(asker: Asker & { key: string }): Promise<Typed>;
  /** A moderator's word on a post of which nobody knows whether it arrived; `nonce` names it. */
  settleDoubt(asker: Asker & { nonce: string; choice: DoubtChoice }): Promise<DoubtAnswer>;
  /** For whoever sees the post's channel. */
  explainPost(asker: Asker & { nonce: string }): Promise<WhyPage>;
  openDigest(asker: Asker & { nonce: string; page: number }): Promise<DigestView>;
  /** What was known of a channel when it was deleted; null where nothing is. */
  lastKnown(channelId: string): LastKnown | null;
  reportStatus(asker: { serverId: string | null; channelId: string; now: number }): Promise<StatusView>;
};

export type Proposals = readonly { name: string; value: string }[];

/** Only a `paper` is certain. */
export type FoundPaper = FoundView;

/** Which page of an answer (from 0), by whom; `again`: the sources are to be asked once more. */
export type PageAsked = { page: number; userId: string; now: number; again?: boolean };

/** `since`: '' for always. `sort`: '' for best match. */
export type SearchQuestion = { query: string; since: string; sort: string };

/** `topic`: '' for everything, a topic's name, or a filter. `others`: those that do not stand out; left out: those that do. */
export type TrendingQuestion = { period: string; topic: string; others?: boolean };

/** Who asks to see or change what is a server's. */
export type Asker = { serverId: string | null; userId: string; rights: Rights; now: number };

export type SubscribeOrder = Asker & {
  topic: string;
  keywords: string;
  channel: {
    id: string;
    name: string;
    type: number;
    botPermissions: bigint | null;
    mentionsAll: { byBot: boolean; byAsker: boolean };
  };
  when: string;
  at: string;
  zone: string;
  role: { id: string; mentionable: boolean } | null;
  scope: string;
  cap: number | null;
  quiet: string;
  place: string;
  silent: boolean;
  publish: boolean;
};
