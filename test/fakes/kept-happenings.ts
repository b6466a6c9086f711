import { createHappenings, type Happening, type Happenings } from '#src/foundation/happenings.ts';
import { sayInEnglish } from '#src/wording/in-english.ts';
import { createFakeClock } from './fake-clock.ts';
import { createKeptLog } from './kept-log.ts';

/** Happenings that somebody listens to from the start. */
export type KeptHappenings = Happenings & {
  kept: Happening[];
  /** What was told, as `kind: sentence`. */
  told(): string[];
  log: ReturnType<typeof createKeptLog>;
};

export function createKeptHappenings(): KeptHappenings {
  const log = createKeptLog();
  const happenings = createHappenings({ clock: createFakeClock(0), log });
  const kept: Happening[] = [];
  happenings.listen((happening) => kept.push(happening));
  const told = () => kept.map(({ kind, what }) => `${kind}: ${sayInEnglish(what)}`);
  return { ...happenings, kept, told, log };
}
