import type { Look, Sighting } from '#src/paper/sighting.ts';
import { type Dial, HEAT_STEP, LOWEST_THETA, NOTCHES, onStep, thetaForBudget } from './dial.ts';
import { type HeatSettings, heatOf } from './heat.ts';
import { createPace } from './pace.ts';
import type { Rising, TrendReason } from './rising.ts';

export type TrendSettings = HeatSettings & {
  /** Hours after its batch's midnight UTC for which a paper can still rise. */
  readForHours: number;
  /** The pace: batches of so many days, and which percentile of their votes is called strong. */
  paceDays: number;
  pacePercentile: number;
  /** A budget's theta comes from the peaks of so many batch days. */
  budgetDays: number;
  /** Votes above this are a broken answer. */
  mostVotes: number;
  /** The first so many places of Hugging Face's own trending list. */
  firstRanks: number;
  /** Only rises from this heat on are told, each time a whole step is reached. 0: every rise. */
  tellFrom: number;
  tellStep: number;
};

export const TREND_SETTINGS: TrendSettings = {
  maturity: 0.25,
  lead: 0.5,
  unknownLead: -1,
  readForHours: 96,
  paceDays: 30,
  pacePercentile: 0.9,
  budgetDays: 30,
  mostVotes: 50_000,
  firstRanks: 10,
  tellFrom: LOWEST_THETA,
  tellStep: HEAT_STEP,
};

/** A paper's heat at the last look, and the highest it ever was. */
export type Heat = { heat: number; peak: number; reason: TrendReason; at: number };

export type TrendRule = {
  /** Takes one look, returns the papers that rose by it, in the list's order. Looks come in the order they were taken. */
  observe(look: Look): readonly Rising[];
  /** The heat from which a subscription with this dial hears of a paper, as of the newest batch seen. */
  thetaFor(dial: Dial): number;
  /** Null for a paper that never had one. */
  heat(paper: string): Heat | null;
  /** Peak heats of the papers of the batches since that instant (UTC ms), hottest first. */
  peaks(since: number): readonly { paper: string; batchDay: string; peak: number }[];
  /** What was left out so far, by cause. */
  readonly refused: Readonly<Refused>;
};

export type Refused = {
  /** Looks at a batch that is not begun or is over, or with an unreadable day. */
  looks: number;
  /** Votes that are negative, broken or beyond belief: the paper is left out of that look. */
  votes: number;
};

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

type Known = { batch: number; lead: number | null; heat: Heat | null; told: number };

/** The rule of docs/trend.md: pure memory, no clock, no storage; the same looks in the same order give the same answers. */
export function createTrendRule(settings: TrendSettings = TREND_SETTINGS): TrendRule {
  const pace = createPace({ days: settings.paceDays, percentile: settings.pacePercentile });
  const papers = new Map<string, Known>();
  const batches = new Map<number, Set<string>>();
  const refused: Refused = { looks: 0, votes: 0 };

  const know = (id: string, batch: number): Known => {
    const known = papers.get(id);
    if (known) return known;
    const paper: Known = { batch, lead: null, heat: null, told: Number.NEGATIVE_INFINITY };
    papers.set(id, paper);
    const members = batches.get(batch) ?? new Set();
    batches.set(batch, members.add(id));
    return paper;
  };

  const rise = (id: string, known: Known, heat: number, at: number, reason: TrendReason): Rising | null => {
    const peak = Math.max(known.heat?.peak ?? Number.NEGATIVE_INFINITY, heat);
    known.heat = { heat, peak, reason, at };
    const step = onStep(heat, settings.tellStep);
    if (heat < settings.tellFrom || step <= known.told) return null;
    const from = known.told;
    known.told = step;
    return { paper: id, at, from, heat, reason };
  };

  const observeBatch = (look: Look): Rising[] => {
    const batch = Date.parse(`${look.key}T00:00:00Z`) / DAY;
    const ageHours = look.seenAt / HOUR - batch * 24;
    if (!(ageHours >= 0 && ageHours <= settings.readForHours)) {
      refused.looks++;
      return [];
    }
    const own: Sighting[] = [];
    let papersSeen = look.malformed;
    for (const sighting of look.sightings) {
      const { id } = sighting.paper;
      if (sighting.batchDay !== null && sighting.batchDay !== look.key) continue;
      if (know(id, batch).batch !== batch) continue;
      papersSeen++;
      if (isAbsurd(sighting.votes)) refused.votes++;
      else own.push(sighting);
    }
    const strong = pace.at(batch, ageHours);
    const rises: Rising[] = [];
    own.forEach((sighting, index) => {
      const known = know(sighting.paper.id, batch);
      if (sighting.votes !== null && strong !== null)
        known.lead = Math.log((sighting.votes + 1) / (strong + 1));
      const standing = { place: index + 1, papers: papersSeen, ageHours, lead: known.lead };
      const reason: TrendReason = {
        kind: 'votes',
        place: index + 1,
        papers: papersSeen,
        votes: sighting.votes,
        ageHours,
        pace: strong,
      };
      const rising = rise(sighting.paper.id, known, heatOf(standing, settings), look.seenAt, reason);
      if (rising) rises.push(rising);
    });
    pace.note(
      batch,
      ageHours,
      own.flatMap(({ votes }) => votes ?? []),
    );
    return rises;
  };

  const isAbsurd = (votes: number | null): boolean =>
    votes !== null && !(votes >= 0 && votes <= settings.mostVotes);

  return {
    refused,
    observe: (look) => {
      if (look.list === 'daily') return observeBatch(look);
      return [];
    },
    thetaFor(dial) {
      if (typeof dial === 'string') return NOTCHES[dial];
      const days = [...batches.keys()].sort((a, b) => b - a).slice(1, settings.budgetDays + 1);
      const peaks = days.map((day) =>
        [...(batches.get(day) ?? [])].flatMap((id) => papers.get(id)?.heat?.peak ?? []),
      );
      return thetaForBudget(dial.perDay, peaks);
    },
    heat: (paper) => papers.get(paper)?.heat ?? null,
    peaks: () => [],
  };
}
