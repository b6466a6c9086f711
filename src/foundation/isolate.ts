import { FatalError } from './failure.ts';

/**
 * The work on one item among many: when it throws, `onTrouble` hears of it, the result is undefined, and the others go
 * on. A FatalError concerns everybody and is thrown on.
 */
export function isolate<T>(work: () => T, onTrouble: (error: unknown) => void): T | undefined {
  try {
    return work();
  } catch (error) {
    if (error instanceof FatalError) throw error;
    onTrouble(error);
    return undefined;
  }
}

/** The same for work that waits. */
export async function isolateAsync<T>(
  work: () => Promise<T>,
  onTrouble: (error: unknown) => void,
): Promise<T | undefined> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof FatalError) throw error;
    onTrouble(error);
    return undefined;
  }
}
