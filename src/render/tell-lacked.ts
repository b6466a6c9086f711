import { channel as channelMark, phrase, role, sentences, yesNo } from '#src/wording/phrase.ts';
import type { Phrase, Value } from '#src/wording/values.ts';

/** What posts need of Discord, in the order of its settings page; `permission.` and this is what that page calls it. */
export type PostPermission =
  | 'viewChannel'
  | 'sendMessages'
  | 'embedLinks'
  | 'readMessageHistory'
  | 'createPublicThreads'
  | 'sendMessagesInThreads';

/** What takes a permission from the bot in a channel; `nobody`: none of its roles gives it. */
export type DeniedBy =
  | { kind: 'everyone' }
  | { kind: 'roles'; ids: readonly string[] }
  | { kind: 'self' }
  | { kind: 'nobody' };

/** A permission that posts need somewhere and the bot lacks there; `by`: null while that cannot be told. */
export type Lacked = { permission: PostPermission; by: DeniedBy | null };

/**
 * What is missing, what that costs, where to click, and what takes it away. `channelId`: named in it; null: it is told under
 * the channel's name.
 */
export function tellLacked(first: Lacked, others: readonly Lacked[], channelId: string | null): Phrase {
  const lacked = [first, ...others];
  const there = { isHere: yesNo(channelId === null), channel: channelMark(channelId ?? '') };
  // Who cannot see it can do nothing there anyway.
  const costs = first.permission === 'viewChannel' ? [] : others;
  const permissions = lacked.map(({ permission }) => namedPermission(permission));
  return sentences(
    phrase(`lacked.${first.permission}`, there),
    ...costs.map(({ permission }) => phrase(`lacked.${permission}`, there)),
    mendPermissions(permissions, 1),
    ...denials(lacked),
  );
}

/** Where to click, for `n` channels that lack the same. */
export const mendPermissions = (permissions: readonly Value[], n: number): Phrase =>
  phrase('lacked.mend', { permissions, n });

/** As Discord's settings call it. */
export const namedPermission = (permission: PostPermission): Phrase => phrase(`permission.${permission}`);

function denials(lacked: readonly Lacked[]): Phrase[] {
  const alike = Map.groupBy(lacked, ({ by }) => JSON.stringify(by));
  return [...alike.values()].flatMap((those) => {
    const permissions: Value[] = those.map(({ permission }) => namedPermission(permission));
    const { by } = those[0];
    if (by === null) return [];
    if (by.kind === 'nobody') return [phrase('lacked.byNobody', { permissions })];
    if (by.kind === 'roles')
      return [
        phrase('lacked.byRoles', { permissions, roles: by.ids.map((id) => role(id)), n: by.ids.length }),
      ];
    return [phrase(by.kind === 'self' ? 'lacked.bySelf' : 'lacked.byEveryone', { permissions })];
  });
}
