/**
 * How `work` ended, as a value: for work that is started now and asked about later. A promise that fails while nobody
 * holds it is an error of the whole process.
 */
export async function settled<T>(work: () => T | Promise<T>): Promise<PromiseSettledResult<Awaited<T>>> {
  const [ending] = await Promise.allSettled([(async () => work())()]);
  return ending;
}
