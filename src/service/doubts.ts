import { OutsideError } from '#src/foundation/failure.ts';
import type { Log } from '#src/foundation/log.ts';
import type { Poll } from '#src/paper/sighting.ts';
import type { Source } from '#src/source/source.ts';

/** So many at a time: they go one by one, when nothing else does. */
const MOST = 10;
const ENDED = 'asked anew';

/**
 * Second questions for papers that a source did not find, where its "none" is now and then not true. Nobody waits for
 * them: what they find is there for whoever asks next.
 */
export function createDoubts(log: Log, onFound: (id: string, source: Source, poll: Poll) => void) {
  const underWay = new Map<string, AbortController>();

  /** Never rejects. */
  const settleDoubt = async (id: string, source: Source, ended: AbortController): Promise<void> => {
    try {
      const poll = await source.doubt?.(id, ended.signal);
      if (poll) onFound(id, source, poll);
    } catch (error) {
      // That a source does not answer where nobody waits is no news.
      const level = error instanceof OutsideError ? 'debug' : 'warn';
      log[level]({ source: source.name, err: error }, 'a doubt was not settled');
    } finally {
      if (underWay.get(id) === ended) underWay.delete(id);
    }
  };

  return {
    /** One that has waited until now ends: it would ask what was just asked. */
    begin(id: string, source: Source): void {
      if (source.doubt === undefined) return;
      underWay.get(id)?.abort(ENDED);
      underWay.delete(id);
      if (underWay.size >= MOST) return;
      const ended = new AbortController();
      underWay.set(id, ended);
      void settleDoubt(id, source, ended);
    },
  };
}
