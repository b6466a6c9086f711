import { sentenceOf } from '#src/foundation/reduced.ts';
import type { ListKind, SourceName } from '#src/paper/sighting.ts';
import type { LookFailure } from './source.ts';

/** What `error` means for one list, as a value: other lists go on. */
export function lookFailure(
  source: SourceName,
  list: { kind: ListKind; key: string },
  at: number,
  error: unknown,
): LookFailure {
  return { failed: true, source, list: list.kind, key: list.key, at, reason: sentenceOf(error) };
}
