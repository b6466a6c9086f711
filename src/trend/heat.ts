/** What the votes rule knows of one paper at one look. */
export type Standing = {
  /** Place by votes among the papers of its batch, 1 = first. */
  place: number;
  /** Papers in the batch by then. */
  papers: number;
  /** Hours since the batch's midnight UTC, 0 or more. */
  ageHours: number;
  /** Whether this look showed votes; a list may show the order alone. */
  votesSeen: boolean;
  /** ln((votes + 1) / (pace + 1)) when its votes were last seen; null while they or the pace are unknown. */
  lead: number | null;
};

export type HeatSettings = {
  /** A constant that keeps the dial's notches at 3.5, 3, 2.5 and 1.5. */
  scale: number;
  /** How much an unsettled list counts less. */
  maturity: number;
  /** Hours after which a batch's order has settled. */
  settledHours: number;
  /** How much the votes count against the pace. */
  lead: number;
  /** Taken off in the batch's first `blindHours` when a look shows no votes. */
  blind: number;
  blindHours: number;
};

/**
 * heat = 0.57 + ln(papers / place) + 1/4 ln((min(age, 18) + 2) / 20) + 0.4 ln((votes + 1) / (pace + 1)),
 * less 0.4 before noon when only the order is seen. An unknown last term is left out.
 * In words: high in its list, in a list that has settled, ahead of where strong papers were at that age.
 * Four decimals, so that a heat and a theta compare alike on every machine and after every rebuild.
 */
export function heatOf(standing: Standing, settings: HeatSettings): number {
  const { place, papers, ageHours, votesSeen, lead } = standing;
  const settled = (Math.min(ageHours, settings.settledHours) + 2) / (settings.settledHours + 2);
  const isBlind = !votesSeen && ageHours < settings.blindHours;
  const heat =
    settings.scale +
    Math.log(papers / place) +
    settings.maturity * Math.log(settled) +
    settings.lead * (lead ?? 0) -
    (isBlind ? settings.blind : 0);
  return Math.round(heat * 1e4) / 1e4;
}
