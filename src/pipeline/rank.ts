import type { Archive } from '#src/archive/archive.ts';
import { takeBreaths } from '#src/foundation/breath.ts';
import type { Clock } from '#src/foundation/clock.ts';
import type { Database } from '#src/foundation/database.ts';
import type { TrendRule } from '#src/trend/trend-rule.ts';

const CURSOR = 'ranked look';
const PAGE = 100;
/** A budget looks back 90 batch days, over weekends and holidays: what is older cannot matter to the rule. */
const MEMORY_DAYS = 150;
const DAY = 86_400_000;

/**
 * Lets the trend rule read every look that it has not seen, in the order they were kept, and keeps who rose.
 * The risings and how far was read are one transaction: a crash repeats the look, not the rising.
 */
export function rank({ db, archive, trend }: { db: Database; archive: Archive; trend: TrendRule }): void {
  for (;;) {
    const looks = archive.looksAfter(archive.cursor(CURSOR), PAGE);
    if (looks.length === 0) return;
    db.transaction(() => {
      archive.keepRisings(looks.flatMap((look) => trend.observe(look)));
      archive.setCursor(CURSOR, looks[looks.length - 1].id);
    });
  }
}

/** At start: the rule reads again what it had read, so that it knows what it knew. Before anything else asks it. */
export async function recallTrend({
  archive,
  trend,
  clock,
}: {
  archive: Archive;
  trend: TrendRule;
  clock: Clock;
}): Promise<void> {
  const breathe = takeBreaths(clock);
  const read = archive.cursor(CURSOR);
  for (const look of archive.looksSince(clock.now() - MEMORY_DAYS * DAY)) {
    if (look.id > read) return;
    trend.observe(look);
    await breathe();
  }
}
