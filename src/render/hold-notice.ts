import type { KeptPhrase } from '#src/wording/kept-phrase.ts';
import { channel, instant, markdown, phrase, sentences, yesNo } from '#src/wording/phrase.ts';
import type { Phrase, Value } from '#src/wording/values.ts';
import { permissionsNamed, tellMissing } from './missing-permissions.ts';
import { mendPermissions } from './tell-lacked.ts';

/** What hinders a channel: Discord's refusal by our name for it, and its reason. */
type Refused = { code: string; reason: KeptPhrase };

/** What is wrong, without the channel's name: half a sentence. */
export function troubleOf({ code, reason }: Refused): Phrase {
  if (code === 'tag-required') return phrase('hold.tagRequired');
  if (code === 'thread-locked') return phrase('hold.threadLocked');
  const said = typeof reason === 'string' ? phrase('stored.text', { text: markdown(reason, 300) }) : reason;
  if (code !== 'permission-missing') return said;
  const names = permissionsNamed(reason);
  return names ? tellMissing(names) : phrase('hold.permissionUnnamed', { reason: said });
}

/** Channels as they may be called where that is read; `count` of them. */
export type CalledChannels = { named: Value; count: number };

/** Since when it works again, UTC ms. */
type Recovered = { at: number; hasPosted: boolean };

/** Tells moderators that channels take no posts, all for one reason, and where to click. */
export function holdNotice({ named: channels, count: n }: CalledChannels, refused: Refused): Phrase {
  return sentences(
    phrase('hold.cannotPost', { channels, trouble: troubleOf(refused) }),
    ...whereToClick(refused, n),
    phrase('hold.isPaused', { n }),
  );
}

/** The same of channels that have so many reasons that telling them would flood. */
export function holdsNotice({ named: channels, count: n }: CalledChannels): Phrase {
  return sentences(phrase('hold.severalReasons', { channels }), phrase('hold.isPaused', { n }));
}

/** The same notice once it is over; `refused`: null where there were several reasons; `hasPosted`: papers arrived since. */
export function recoveredNotice(
  { named: channels, count: n }: CalledChannels,
  refused: Refused | null,
  { at, hasPosted }: Recovered,
): Phrase {
  const about = { channels, n, at: instant(at, 'f'), hasPosted: yesNo(hasPosted) };
  return refused
    ? phrase('hold.over', { ...about, trouble: troubleOf(refused) })
    : phrase('hold.overSeveral', about);
}

const NAMES_SHOWN = 10;

/** `names`: the last ones of channels that everybody who reads this knew; `others`: how many more were deleted. */
export function deletedNotice(names: readonly string[], others: number): Phrase {
  const n = names.length + others;
  if (names.length === 0) return phrase('hold.deletedUnnamed', { n });
  const shown = names.slice(0, NAMES_SHOWN).map((name) => phrase('channel.named', { name: markdown(name) }));
  const rest = n - shown.length;
  const channels = rest > 0 ? [...shown, phrase('hold.moreDeleted', { n: rest })] : shown;
  return phrase('hold.deletedNamed', { n, channels });
}

/** That nothing is posted in a channel, why, and where to click. `channelId`: named in it; null: it is told under its name. */
export function tellStopped(refused: Refused, channelId: string | null): Phrase {
  const there = { isHere: yesNo(channelId === null), channel: channel(channelId ?? '') };
  return sentences(
    phrase('hold.stopped', { ...there, trouble: troubleOf(refused) }),
    ...whereToClick(refused, 1),
  );
}

/** The way to mend it, for `n` channels that lack the same; nothing where nobody can. */
export function whereToClick({ code, reason }: Refused, n: number): Phrase[] {
  if (code === 'tag-required') return [phrase('hold.mendTag', { n })];
  if (code === 'thread-locked') return [phrase('hold.mendThread', { n })];
  if (code === 'timed-out') return [phrase('hold.mendTimeOut')];
  if (code !== 'permission-missing') return [];
  return [mendPermissions(permissionsNamed(reason) ?? USUALLY_LACKED, n)];
}

const USUALLY_LACKED = [
  phrase('permission.viewChannel'),
  phrase('permission.sendMessages'),
  phrase('permission.embedLinks'),
  phrase('permission.readMessageHistory'),
];
