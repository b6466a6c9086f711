import type { Request } from './command.ts';

/** The page (from 0) that a custom id names; the first where it names none. */
export function pageIn(request: Request, index: number): number {
  const page = Number(request.arg(index));
  return Number.isSafeInteger(page) && page > 0 ? page : 0;
}
