import type { Clock } from '#src/foundation/clock.ts';
import type { HttpHost } from '#src/foundation/http/http.ts';
import type { Asker } from '#src/foundation/http/http-turns.ts';
import type { Log } from '#src/foundation/log.ts';
import { type AtomAnswer, readAtom } from './arxiv-atom.ts';

type Parts = {
  host: HttpHost;
  clock: Clock;
  log: Log;
  /** The query address itself: `https://export.arxiv.org/api/query`. */
  url: string;
};

/** Puts one query to the arXiv API. Throws OutsideError. */
export async function ask(parts: Parts, query: Record<string, string>, asker: Asker): Promise<AtomAnswer> {
  const read = (body: string) => readAtom(body, parts.clock.now());
  // A bad query answers 400 with a feed that says why.
  const answer = await parts.host.get(addressOf(parts, query), read, { answers: [400], ...asker });
  return answer.value;
}

/**
 * The same where nobody waits: an answer without entries is now and then not true (groups.google.com/g/arxiv-api,
 * DYHxWrtBgbo) and is doubted once.
 */
export async function askTwice(parts: Parts, query: Record<string, string>): Promise<AtomAnswer> {
  const first = await ask(parts, query, { urgency: 'background' });
  if (first.items.length > 0 || first.complaint) return first;
  parts.log.debug({ system: 'arXiv', url: addressOf(parts, query) }, 'empty answer, asking once more');
  return ask(parts, query, { urgency: 'background' });
}

const addressOf = ({ url }: Parts, query: Record<string, string>): string =>
  `${url}?${new URLSearchParams(query)}`;
