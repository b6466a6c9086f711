import { phrase } from '#src/wording/phrase.ts';
import type { FilterDraft } from './filter-draft.ts';
import { failWordless } from './filter-leaf.ts';
import type { FilterToken } from './filter-lexer.ts';

/** Where an operand is missing: what asks for it, the first and the last that was left out there, and what follows. */
type Gap = {
  asking: FilterToken | null;
  skipped: FilterToken | null;
  lastSkipped: FilterToken | null;
  next: FilterToken | null;
};

/** Throws Mistake. */
export function failNothing({ asking, skipped, lastSkipped, next }: Gap, draft: FilterDraft): never {
  if (skipped !== null) failWordless(skipped, draft, lastSkipped?.end);
  if (asking?.kind === 'open' && next?.kind === 'close')
    draft.fail(
      asking.start,
      phrase('syntax.emptyBrackets'),
      draft.without({ start: asking.start, end: next.end }),
    );
  if (asking?.kind === 'open' && next === null)
    draft.fail(asking.start, phrase('syntax.bracketNotClosed'), draft.without(asking));
  if (asking !== null && asking.kind !== 'open') failHanging(asking, draft);
  if (next?.kind === 'close') draft.fail(next.start, phrase('syntax.closesNothing'), draft.without(next));
  return failHanging(next, draft);
}

/** An operator without an operand. Throws Mistake. */
export function failHanging(token: FilterToken | null, draft: FilterDraft): never {
  const { start, end } = token ?? { start: 0, end: 0 };
  return draft.fail(
    start,
    phrase('syntax.nothingToWorkOn', { written: draft.quote({ start, end }) }),
    token === null ? null : draft.without(token),
  );
}
