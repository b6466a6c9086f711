/** What the votes rule knows of one paper at one poll. */
export type VoteStanding = {
  /** By votes among the papers of its batch, 1 = first; equals share the middle of their places. */
  place: number;
  /** Papers in the batch by then. */
  papers: number;
  /** Hours since the batch's midnight UTC, 0 or more. */
  ageHours: number;
  /** Whether this poll showed votes; a list may show the order alone. */
  votesSeen: boolean;
  /** ln((votes + 1) / (pace + 1)) when its votes were last seen; null while they or the pace are unknown. */
  lead: number | null;
};

export type ScoreSettings = {
  /** A constant that keeps the sensitivity's presets at 3.5, 3, 2.5 and 1.5. */
  scale: number;
  /** How much an unsettled list counts less. */
  maturity: number;
  /** Hours after which a batch's order has settled. */
  settledHours: number;
  /** How much the votes count against the pace. */
  lead: number;
  /** Hours in which a batch is still being filled: a short list says nothing of its day yet. */
  fillingHours: number;
  /** Taken off in these hours when a poll shows no votes. */
  blind: number;
  /** A shorter list is filled up to so many papers with those of the last 30 days, as many ahead as were then. */
  usualPapers: number;
};

/** What share of the papers of the last 30 days has the pace, by its definition, and how steeply it falls with the votes. */
const STRONG_SHARE = 0.1;
const STEEPNESS = 2;

/**
 * score = 0.57 + ln(papers / place) + 1/4 ln((min(age, 18) + 2) / 20) + 0.4 ln((votes + 1) / (pace + 1)),
 * less 0.4 before noon when only the order is seen. An unknown last term is left out.
 * In words: high in its list, in a list that has settled, ahead of where strong papers were at that age.
 * Four decimals, so that a score and a threshold compare alike on every machine and after every rebuild.
 */
export function scoreOf(standing: VoteStanding, settings: ScoreSettings): number {
  const { ageHours, votesSeen, lead } = standing;
  const { place, papers } = inUsualList(standing, settings);
  const settled = (Math.min(ageHours, settings.settledHours) + 2) / (settings.settledHours + 2);
  const isBlind = !votesSeen && ageHours < settings.fillingHours;
  const score =
    settings.scale +
    Math.log(papers / place) +
    settings.maturity * Math.log(settled) +
    settings.lead * (lead ?? 0) -
    (isBlind ? settings.blind : 0);
  return Math.round(score * 1e4) / 1e4;
}

/**
 * Nobody stands out by place among three papers. So a list that is short at noon is filled up with papers of the last
 * 30 days: of these a tenth has the pace, a fortieth twice as many votes.
 */
function inUsualList(
  standing: VoteStanding,
  settings: ScoreSettings,
): Pick<VoteStanding, 'place' | 'papers'> {
  const { place, papers, ageHours, votesSeen, lead } = standing;
  const added = settings.usualPapers - papers;
  if (added <= 0 || !votesSeen || lead === null || ageHours < settings.fillingHours) return standing;
  const ahead = Math.min(1, STRONG_SHARE * Math.exp(-STEEPNESS * lead));
  return { place: place + added * ahead, papers: papers + added };
}
