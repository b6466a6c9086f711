import { type BenchLine, type BenchOptions, quantile } from './bench.ts';
import { broken, callsOf, DAY, poissonOfDays, type Rule, widened } from './quiet/calls.ts';
import { type RecordedRhythm, recordedRhythms } from './quiet/recorded-rhythms.ts';
import { recordingsExist } from './recorded-papers.ts';

const MONTH = 30 * DAY;
const END = Date.parse('2026-03-31T12:00:00Z');
/** Breaks are made so far apart, and must be noticed within as much. */
const STEP = 60 * DAY;

/** Subscriptions by how much they get: papers a month. */
const BANDS = [
  { name: '40 papers a month or more', from: 40, goals: true },
  { name: '12 to 40 papers a month', from: 12, goals: true },
  { name: '4 to 12 papers a month', from: 4, goals: false },
  { name: 'under 4 papers a month', from: 0, goals: false },
] as const;

type Span = { from: number; until: number };
type Subject = { rhythm: RecordedRhythm; span: Span; aMonth: number };

/**
 * Silence and noise on the recorded months, each topic of the catalogue a subscription with every new paper and at three
 * sensitivities, asked once a day: how often moderators would have been told where nobody changed anything; how soon where a filter
 * found nothing from a day on, or four times as much.
 */
export async function* run({ quick }: BenchOptions): AsyncIterable<BenchLine> {
  if (!recordingsExist()) return;
  const subjects = recordedRhythms()
    .filter((_, index) => !quick || index % 9 === 0)
    .flatMap(subjectOf);
  for (const { name, from, goals } of BANDS) {
    const most = Math.min(...BANDS.map((band) => band.from).filter((one) => one > from), Infinity);
    const those = subjects.filter(({ aMonth }) => aMonth >= from && aMonth < most);
    if (those.length === 0) continue;
    yield* falseCalls(name, those, goals);
    yield* caught(`${name}, its filter broken`, those, 'quiet', broken);
    yield* caught(`${name}, its filter widened fourfold`, those, 'loud', widened);
  }
}

/** From 90 days after the first record on: what is usual must be known. */
function subjectOf(rhythm: RecordedRhythm): Subject[] {
  const span = { from: rhythm.chances[0] + 3 * MONTH, until: END };
  const posts = rhythm.posts.filter((at) => at >= span.from).length;
  return posts === 0 ? [] : [{ rhythm, span, aMonth: posts / monthsOf(span) }];
}

const monthsOf = ({ from, until }: Span): number => (until - from) / MONTH;

function* falseCalls(name: string, subjects: readonly Subject[], goals: boolean): Iterable<BenchLine> {
  const months = subjects.reduce((sum, { span }) => sum + monthsOf(span), 0);
  const callsBy = (rule?: Rule) => subjects.flatMap(({ rhythm, span }) => callsOf(rhythm, span, rule));
  const calls = callsBy();
  const aMonth = (kind: 'quiet' | 'loud', all = calls) =>
    all.filter((call) => call.kind === kind).length / months;
  const note = `${subjects.length} subscriptions, ${Math.round(months)} months of them, nothing changed`;
  const goal = goals ? { max: 0.05 } : undefined;
  yield {
    ...{ case: name, metric: 'false_quiet_a_month', value: aMonth('quiet'), goal, note },
    rivals: { poisson_of_days: aMonth('quiet', callsBy(poissonOfDays)) },
  };
  yield { case: name, metric: 'false_loud_a_month', value: aMonth('loud'), goal, note };
}

type Break = (rhythm: RecordedRhythm, at: number) => RecordedRhythm;

function* caught(
  name: string,
  subjects: readonly Subject[],
  kind: 'quiet' | 'loud',
  change: Break,
): Iterable<BenchLine> {
  const days: number[] = [];
  let breaks = 0;
  for (const { rhythm, span } of subjects)
    for (let at = span.from; at + STEP <= span.until; at += STEP) {
      breaks++;
      const call = callsOf(change(rhythm, at), { from: at, until: at + STEP }).find(
        (one) => one.kind === kind,
      );
      if (call) days.push((call.at - at) / DAY);
    }
  if (breaks === 0) return;
  const note = `${breaks} breaks, 60 days apart; days until the first word, of those within 60`;
  yield { case: name, metric: 'share_told_in_60_days', value: days.length / breaks, note };
  if (days.length > 0) yield { case: name, metric: 'days_p50', value: quantile(days, 0.5), note };
  if (days.length > 0) yield { case: name, metric: 'days_p90', value: quantile(days, 0.9), note };
}
