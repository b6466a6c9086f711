/** So many ports are tried in turn, then any. */
const PORTS_TRIED = 20;

/**
 * Opens at the first port from `first` on that is to be had: whoever only wants to look around shall not have to free one.
 * `taken`: `first`, where it was not to be had. Rejects with what `open(0)` says.
 */
export async function openAtNextFree<T extends { port: number }>(
  open: (port: number) => Promise<T>,
  first: number,
): Promise<T & { taken: number | null }> {
  const last = first === 0 ? 0 : Math.min(first + PORTS_TRIED, 65_535);
  for (let port = first; port < last; port++) {
    // Taken, or not to be had: the next one is tried.
    const served = await open(port).catch(() => null);
    if (served) return { ...served, taken: port === first ? null : first };
  }
  return { ...(await open(0)), taken: first === 0 ? null : first };
}
