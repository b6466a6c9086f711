import { UserError } from '#src/wording/user-error.ts';
import type { Phrase } from '#src/wording/values.ts';

/** Why it is refused, alone, on one line: not that nothing was saved, nor a filter with a pointer below it. Null where it is not. */
export function problemOf(read: () => unknown): Phrase | null {
  try {
    read();
    return null;
  } catch (error) {
    return refusalIn(error);
  }
}

/** The same for what takes its time. */
export async function problemIn(reading: Promise<unknown>): Promise<Phrase | null> {
  try {
    await reading;
    return null;
  } catch (error) {
    return refusalIn(error);
  }
}

function refusalIn(error: unknown): Phrase {
  if (!(error instanceof UserError)) throw error;
  return alone(error.phrase);
}

function alone(told: Phrase): Phrase {
  if (told.key === 'filter.unreadable') return { ...told, values: { ...told.values, pointer: '' } };
  const { problem } = told.values;
  const isPhrase = typeof problem === 'object' && 'key' in problem;
  return told.key === 'subscribe.notSaved' && isPhrase ? problem : told;
}
