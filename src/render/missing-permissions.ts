import { listed } from './count.ts';

/** "Send Messages is missing", "Send Messages and Embed Links are missing". */
export function tellMissing(names: readonly string[]): string {
  return `${listed(names)} ${names.length === 1 ? 'is' : 'are'} missing`;
}

/** "Send Messages was missing". */
export function tellWereMissing(names: readonly string[]): string {
  return `${listed(names)} ${names.length === 1 ? 'was' : 'were'} missing`;
}

/** The permissions that a hold's reason names, also one that an earlier version wrote down; null where it names none. */
export function permissionsNamed(reason: string): readonly string[] | null {
  const [, lacked] = reason.split('lacks: ');
  const named = lacked ?? /^(.+) (?:is|are) missing$/.exec(reason)?.[1];
  return named?.split(/, | and /) ?? null;
}
