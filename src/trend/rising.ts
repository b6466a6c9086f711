/** Why a paper's heat is what it is, with the values then in force. Stored with the event, printed by cards and /why. */
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
 * A paper's heat rose above its own peak: `from` (previous peak, -Infinity at first) to `heat`.
 * A subscription with threshold theta hears of it when from < theta <= heat: once per paper, by construction.
 */
export type Rising = {
  paper: string;
  at: number;
  from: number;
  heat: number;
  reason: TrendReason;
};

/** A rising without its reason, for counting. */
export type Rise = Omit<Rising, 'reason'>;
