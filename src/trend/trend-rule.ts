/**
 * Newly trending: docs/trend.md in code. Pure memory, no clock, no storage. The same looks in the same order give the
 * same rises, so the archive rebuilds the rule by showing it the polls again.
 * Falling votes lower a score, never the peak: nothing is retracted. The same poll twice, or an empty one, changes nothing.
 */
import type { Poll } from '#src/paper/sighting.ts';
import { type Again, type BatchView, createBatchReader, type Refused } from './batch-view.ts';
import { createPeakStore, type Peak } from './peak-store.ts';
import { createRanking } from './ranking.ts';
import {
  LOWEST_THRESHOLD,
  onStep,
  PRESETS,
  type Preset,
  SCORE_STEP,
  type Sensitivity,
} from './sensitivity.ts';
import type { TrendEvent, TrendReason } from './trend-event.ts';
import { type ScoreSettings, scoreOf } from './trend-score.ts';
import { createVotePace } from './vote-pace.ts';

type TrendSettings = ScoreSettings & {
  /** Hours after its batch's midnight UTC for which a paper can still rise. */
  readForHours: number;
  /** The pace: batches of so many days, and which percentile of their votes is called strong. */
  paceDays: number;
  pacePercentile: number;
  /** A budget's threshold comes from the peaks of so many batch days: the strictest of these windows. */
  budgetDays: readonly number[];
  /** Votes above this are a broken answer. */
  mostVotes: number;
  /** Entering the first so many places of Hugging Face's own trending list is a rise to `rankScore`. */
  firstRanks: number;
  rankScore: number;
  /** The score from which each preset hears of a paper, taken down to a whole step. */
  presets: Readonly<Record<Preset, number>>;
  /** What no list has shown for so many days is forgotten, as after a restart: polls are kept for as long. */
  memoryDays: number;
  /** Only rises to this score or above are told, each time a whole step is reached; step 0: every rise. */
  tellFrom: number;
  tellStep: number;
};

export const TREND_SETTINGS: TrendSettings = {
  scale: 0.57,
  maturity: 0.25,
  settledHours: 18,
  lead: 0.4,
  fillingHours: 12,
  blind: 0.4,
  usualPapers: 20,
  readForHours: 96,
  paceDays: 30,
  pacePercentile: 0.9,
  budgetDays: [30, 90],
  mostVotes: 50_000,
  firstRanks: 10,
  rankScore: PRESETS.balanced,
  presets: PRESETS,
  // A budget looks back 90 batch days, over weekends and holidays.
  memoryDays: 150,
  tellFrom: LOWEST_THRESHOLD,
  tellStep: SCORE_STEP,
};

/** A paper's score at its last poll with the reason, and the highest it ever was with that reason. */
type TrendScore = {
  score: number;
  reason: TrendReason;
  at: number;
  peak: number;
  peakReason: TrendReason;
  peakAt: number;
};

export type TrendRule = {
  /** Takes one poll, in the order they were taken. Returns the papers that rose by it, in the list's order. Never throws. */
  observe(poll: Poll): readonly TrendEvent[];
  /** The clock was set back to `now` (UTC ms): no batch is older than it says, whatever polls by the wrong clock told. */
  setBack(now: number): void;
  /** The score from which a subscription with this sensitivity hears of a paper; a budget's changes with each new batch day. */
  thresholdFor(sensitivity: Sensitivity): number;
  /** Null for a paper that never had one. */
  score(paper: string): TrendScore | null;
  /** Peaks of the papers of the batches since that instant (UTC ms), highest first. `day`: whole days since 1970. */
  peaks(since: number): readonly Peak[];
  readonly refused: Readonly<Refused>;
  /** So many days of polls, shown to it again, make all that it knows. */
  readonly memoryDays: number;
};

type Known = {
  /** Votes as last seen; since then at least those of whoever stands below it. Null: no list has shown any. */
  votes: number | null;
  /** ln((votes + 1) / (pace + 1)) when its votes were last seen. */
  lead: number | null;
  score: TrendScore | null;
  /** The highest score that it had with a vote. */
  highest: number;
  /** The step up to which its rises were told. */
  told: number;
  /** When a list last showed it, whole days since 1970. */
  seenOn: number;
};

const DAY = 86_400_000;

export function createTrendRule(settings: TrendSettings = TREND_SETTINGS): TrendRule {
  const batches = createBatchReader(settings.readForHours, settings.mostVotes);
  const pace = createVotePace({ days: settings.paceDays, percentile: settings.pacePercentile });
  const peaks = createPeakStore(settings.budgetDays);
  const ranking = createRanking(settings.firstRanks);
  const papers = new Map<string, Known>();

  let newestDay = Number.NEGATIVE_INFINITY;

  const know = (id: string, seenAt: number): Known => {
    const seenOn = Math.floor(seenAt / DAY);
    const known = papers.get(id);
    if (known) {
      known.seenOn = Math.max(known.seenOn, seenOn);
      return known;
    }
    const opened: Known = {
      ...{ votes: null, lead: null, score: null, seenOn },
      ...{ highest: Number.NEGATIVE_INFINITY, told: Number.NEGATIVE_INFINITY },
    };
    papers.set(id, opened);
    return opened;
  };

  /** Only a batch that can be believed begins a new day: a wrong clock alone makes nothing forgotten. */
  const beginDay = (day: number): void => {
    if (day <= newestDay) return;
    newestDay = day;
    const first = day - settings.memoryDays;
    for (const [id, { seenOn }] of papers) if (seenOn < first) papers.delete(id);
    batches.forgetBefore(first);
    ranking.forgetBefore(first * DAY);
  };

  /** Every score ranks a paper; without a vote it is nobody's news. */
  const raise = (id: string, known: Known, reason: TrendReason, score: number, at: number): TrendEvent[] => {
    const before = known.score;
    known.score =
      before !== null && score <= before.peak
        ? { ...before, score, reason, at }
        : { score, reason, at, peak: score, peakReason: reason, peakAt: at };
    if (known.votes === 0 || score <= known.highest) return [];
    known.highest = score;
    peaks.note(batches.batchOf(id) ?? peaks.newestDay ?? Math.floor(at / DAY), id, score);
    const from = known.told;
    const step = onStep(score, settings.tellStep);
    if (score < settings.tellFrom || step <= from) return [];
    known.told = step;
    return [{ paper: id, at, from, score, reason }];
  };

  /**
   * How far each paper is ahead of the pace, in the list's order. Where a list shows only the order, a paper has at
   * least the votes of whoever stands below it: that is how one that climbs since votes were last seen is noticed.
   */
  const leadsOf = ({ standings }: BatchView, seenAt: number, strong: number | null): (number | null)[] => {
    let leadBelow: number | null = null;
    let votesBelow = 0;
    return standings
      .toReversed()
      .map(({ sighting: { votes, paper } }) => {
        const known = know(paper.id, seenAt);
        if (votes !== null) see(known, votes, strong);
        else if (known.votes !== null) known.votes = Math.max(known.votes, votesBelow);
        if (known.votes !== null) votesBelow = Math.max(votesBelow, known.votes);
        if (known.lead !== null) leadBelow = Math.max(known.lead, leadBelow ?? known.lead);
        return votes === null ? leadBelow : known.lead;
      })
      .toReversed();
  };

  const observeBatch = (poll: Poll): TrendEvent[] => {
    const view = batches.read(poll);
    if (view === null) return [];
    const { day, ageHours, papers: count, standings } = view;
    beginDay(day);
    const strong = pace.at(day, ageHours);
    const leads = leadsOf(view, poll.seenAt, strong);
    const votesSeen = standings.flatMap(({ sighting }) => sighting.votes ?? []);
    pace.note(day, ageHours, votesSeen);
    const rises = standings.flatMap(({ sighting, places: { first, last, equals } }, index) => {
      const { votes, paper } = sighting;
      const lead = leads[index];
      const standing = {
        place: (first + last) / 2,
        papers: count,
        ageHours,
        votesSeen: votes !== null,
        lead,
      };
      const reason: TrendReason = {
        kind: 'votes',
        place: first,
        papers: count,
        votes,
        ageHours,
        pace: strong,
      };
      if (equals > 0) reason.equals = equals;
      return raise(paper.id, know(paper.id, poll.seenAt), reason, scoreOf(standing, settings), poll.seenAt);
    });
    return [...rises, ...view.again.flatMap((one) => observeAgain(one, view, poll.seenAt, strong))];
  };

  /** By what it gained since a later batch lists it again; it goes on from where its rises were told. */
  const observeAgain = (
    { paper, gained, had, place }: Again,
    { papers, ageHours }: BatchView,
    seenAt: number,
    strong: number | null,
  ): TrendEvent[] => {
    const known = know(paper, seenAt);
    see(known, gained, strong);
    const standing = { place, papers: papers + 1, ageHours, votesSeen: true, lead: known.lead };
    const reason: TrendReason = {
      ...{ kind: 'votes', place, papers: papers + 1, votes: gained, had, ageHours, pace: strong },
    };
    return raise(paper, known, reason, scoreOf(standing, settings), seenAt);
  };

  const observeRanking = (poll: Poll): TrendEvent[] =>
    ranking
      .entered(poll, ({ paper, votes }) => (votes ?? papers.get(paper.id)?.votes) !== 0)
      .flatMap(({ paper, votes, place }) => {
        const known = know(paper.id, poll.seenAt);
        // Already as hot by its votes: one paper is one event.
        if (known.told >= settings.rankScore) return [];
        known.votes = votes ?? known.votes;
        return raise(paper.id, known, { kind: 'rank', rank: place }, settings.rankScore, poll.seenAt);
      });

  return {
    observe(poll) {
      if (poll.list === 'daily') return observeBatch(poll);
      if (poll.list === 'trending') return observeRanking(poll);
      return [];
    },
    setBack: batches.setBack,
    thresholdFor: (sensitivity) =>
      typeof sensitivity === 'string'
        ? onStep(settings.presets[sensitivity], settings.tellStep)
        : peaks.thresholdFor(sensitivity.perDay),
    score: (paper) => papers.get(paper)?.score ?? null,
    peaks: (since) => peaks.since(Math.floor(since / DAY)),
    refused: batches.refused,
    memoryDays: settings.memoryDays,
  };
}

function see(known: Known, votes: number, strong: number | null): void {
  known.votes = votes;
  if (strong !== null) known.lead = Math.log((votes + 1) / (strong + 1));
}
