import type { KeptPhrase } from '#src/wording/kept-phrase.ts';
import { phrase, words } from '#src/wording/phrase.ts';
import type { Phrase, Value } from '#src/wording/values.ts';

/** "Send Messages is missing", "Send Messages and Embed Links are missing". */
export function tellMissing(permissions: readonly Value[]): Phrase {
  return phrase('hold.missing', { n: permissions.length, permissions });
}

/** "Send Messages was missing." */
export function tellWereMissing(permissions: readonly Value[]): Phrase {
  return phrase('missed.lacked', { n: permissions.length, permissions });
}

/** The permissions that a hold's reason names, also one that an earlier version wrote down; null where it names none. */
export function permissionsNamed(reason: KeptPhrase): readonly Value[] | null {
  if (typeof reason !== 'string') {
    const { permissions } = reason.values;
    return reason.key === 'hold.missing' && Array.isArray(permissions) ? permissions : null;
  }
  const [, lacked] = reason.split('lacks: ');
  const named = lacked ?? /^(.+) (?:is|are) missing$/.exec(reason)?.[1];
  return named?.split(/, | and /).map((name) => words(name)) ?? null;
}
