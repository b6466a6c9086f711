import type { Clock } from '#src/foundation/clock.ts';
import type { HttpHost } from '#src/foundation/http/http.ts';
import type { HttpAsker } from '#src/foundation/http/http-queue.ts';
import type { Log } from '#src/foundation/log.ts';
import { type AtomAnswer, readAtom } from './arxiv-atom.ts';

type Deps = {
  host: HttpHost;
  clock: Clock;
  log: Log;
  /** The query address itself: `https://export.arxiv.org/api/query`. */
  url: string;
};

/** Puts one query to the arXiv API. Throws OutsideError. */
export async function queryArxiv(
  deps: Deps,
  query: Record<string, string>,
  asker: HttpAsker,
): Promise<AtomAnswer> {
  const read = (body: string) => readAtom(body, deps.clock.now());
  // A bad query answers 400 with a feed that says why.
  const answer = await deps.host.get(addressOf(deps, query), read, { answers: [400], ...asker });
  return answer.value;
}

/**
 * The same where nobody waits: an answer without entries is now and then not true (groups.google.com/g/arxiv-api,
 * DYHxWrtBgbo) and is doubted once.
 */
export async function askTwice(deps: Deps, query: Record<string, string>): Promise<AtomAnswer> {
  const first = await queryArxiv(deps, query, { urgency: 'background' });
  if (first.items.length > 0 || first.complaint) return first;
  deps.log.debug({ system: 'arXiv', url: addressOf(deps, query) }, 'empty answer, asking once more');
  return queryArxiv(deps, query, { urgency: 'background' });
}

const addressOf = ({ url }: Deps, query: Record<string, string>): string =>
  `${url}?${new URLSearchParams(query)}`;
