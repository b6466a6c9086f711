/** What the votes rule sees of one paper in one look. */
export type Standing = {
  /** Place by votes among the papers of its batch, 1 = first. */
  place: number;
  /** Papers in the batch by then. */
  papers: number;
  /** Hours since the batch's midnight UTC, 0 or more. */
  ageHours: number;
  /** ln((votes + 1) / (pace + 1)); null while unknown. */
  lead: number | null;
};

export type HeatSettings = { maturity: number; lead: number; unknownLead: number };

/**
 * heat = ln(papers / place) + maturity * ln(min(age, 24) + 2) + lead * ln((votes + 1) / (pace + 1)).
 * In words: high in its list, in a list that has settled, and ahead of where strong papers were at that age.
 */
export function heatOf(standing: Standing, settings: HeatSettings): number {
  const place = Math.log(standing.papers / standing.place);
  const maturity = Math.log(Math.min(standing.ageHours, 24) + 2);
  return place + settings.maturity * maturity + settings.lead * (standing.lead ?? settings.unknownLead);
}
