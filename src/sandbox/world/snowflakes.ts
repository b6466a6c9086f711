/** Discord's epoch: the first second of 2015. https://discord.com/developers/docs/reference#snowflakes */
const EPOCH = 1_420_070_400_000;

/** Makes ids that carry the clock's time and always rise, also when the clock stands still or goes back. */
export function createSnowflakes(now: () => number): () => string {
  let last = 0n;
  return () => {
    const fromClock = BigInt(Math.max(0, Math.floor(now()) - EPOCH)) << 22n;
    last = fromClock > last ? fromClock : last + 1n;
    return last.toString();
  };
}

/** Orders ids by age: negative when `a` is older. */
export function compareIds(a: string, b: string): number {
  if (a.length !== b.length) return a.length - b.length;
  if (a === b) return 0;
  return a < b ? -1 : 1;
}

/** Whether the text is an id as Discord writes them. */
export function isSnowflake(text: unknown): text is string {
  return typeof text === 'string' && /^\d{15,20}$/.test(text);
}
