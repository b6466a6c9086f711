/** The page (from 0) of a list that is nearest to the one asked for: an old button may lead to one that is no more. */
export function pageWithin(page: number, total: number, size: number): number {
  const last = Math.max(0, Math.ceil(total / size) - 1);
  return Number.isInteger(page) ? Math.min(Math.max(0, page), last) : 0;
}
