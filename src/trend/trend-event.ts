/** Why a paper's score is what it is, with the values then in force. Stored with the event, printed by cards and /why. */
export type TrendReason =
  | {
      kind: 'votes';
      /** The first of the places that it shares with the `equals` others who have as many votes. */
      place: number;
      equals?: number;
      papers: number;
      /** Where the batch lists it again, those that it gained there. */
      votes: number | null;
      /** What it had when a later batch listed it again. */
      had?: number;
      ageHours: number;
      /** 90th percentile of votes at that age among papers of the last 30 days; null at a cold start. */
      pace: number | null;
    }
  /** Entered the first ten of Hugging Face's own trending list. */
  | { kind: 'rank'; rank: number };

/**
 * A paper's score rose above its own peak: `from` (previous peak, -Infinity at first) to `score`.
 * A subscription hears of it when from < its threshold <= score: once per paper, by construction.
 */
export type TrendEvent = {
  paper: string;
  at: number;
  from: number;
  score: number;
  reason: TrendReason;
};

/** A trend event without its reason, for counting. */
export type TrendRise = Omit<TrendEvent, 'reason'>;
