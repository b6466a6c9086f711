import type { HouseConfig } from '#src/rooms.ts';
import { createVirtualClock } from './replay-clock.ts';
import { openReplayHouse, type ReplayHouse } from './replay-house.ts';
import type { ReplayedPost } from './replay-post.ts';
import type { Recording, Report } from './replay-recordings.ts';
import { createRecordedSource, type RecordedSource } from './replay-source.ts';
import type { ReplaySubscription } from './replay-subscriptions.ts';

const DAY = 86_400_000;
/** The trend rule's pace looks back 30 batch days; over weekends and holidays that is about 45 days. */
const WARM_UP_DAYS = 45;

type Journey = {
  recordings: readonly Recording[];
  /** `YYYY-MM-DD`, both inclusive. */
  from: string;
  to: string;
  wanted: readonly ReplaySubscription[];
  /** The operator's thresholds. */
  config: HouseConfig;
  tell(post: ReplayedPost): void;
  report: Report;
  /** What of the recordings cannot be read. */
  complain: Report;
};

/**
 * Lives through the recorded days from event to event. Subscribed is at the beginning of `from`; what was recorded
 * of days before is only learnt from. What is queued by the end is still delivered at its hour.
 */
export async function replay(journey: Journey): Promise<void> {
  const start = Date.parse(`${journey.from}T00:00:00Z`);
  const clock = createVirtualClock(start - WARM_UP_DAYS * DAY);
  const recordings = recordingsOf(journey, start);
  const source = createRecordedSource(recordings, journey.complain);
  const house = await openReplayHouse({ ...journey, clock, source });
  // What the first round ever sees is told to nobody: it shall not be a recording.
  await house.pipeline.round();
  while (source.nextAt() < start) {
    clock.goTo(source.nextAt());
    await house.pipeline.round();
  }
  clock.goTo(start);
  await house.subscribe();
  const lastTops = house.nextTopsAt(Math.max(start, recordings.at(-1)?.at ?? start));
  for (;;) {
    const next = await nextEvent(house, source, lastTops, clock.now());
    if (next === Number.POSITIVE_INFINITY) break;
    clock.goTo(next);
    if (source.nextAt() <= next) await house.pipeline.round();
    await house.pipeline.deliver();
  }
  if (house.refused.polls > 0)
    journey.report(
      `${house.refused.polls} recordings say nothing of what trends: taken over 96 h after their day began.`,
    );
  await house.close();
}

/** Days before `from` teach the rule, as far as they were recorded before it began. */
function recordingsOf({ recordings, from, to }: Journey, start: number): Recording[] {
  const warmFrom = new Date(start - WARM_UP_DAYS * DAY).toISOString().slice(0, 10);
  return recordings.filter(({ day, at }) => day >= warmFrom && day <= to && (day >= from || at < start));
}

async function nextEvent(
  house: ReplayHouse,
  source: RecordedSource,
  lastTops: readonly number[],
  now: number,
): Promise<number> {
  const tops = house.nextTopsAt(now).filter((at, index) => at <= lastTops[index]);
  return Math.min(source.nextAt(), await house.nextDueAt(), ...tops);
}
