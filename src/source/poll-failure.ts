import { sentenceOf } from '#src/foundation/reduced.ts';
import type { ListKind, SourceName } from '#src/paper/sighting.ts';
import type { PollFailure } from './source.ts';

/** What `error` means for one list, as a value: other lists go on. */
export function pollFailure(
  source: SourceName,
  list: { kind: ListKind; key: string },
  at: number,
  error: unknown,
): PollFailure {
  return { failed: true, source, list: list.kind, key: list.key, at, reason: sentenceOf(error) };
}
