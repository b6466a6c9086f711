import { escapeMarkdown } from './escape-markdown.ts';
import { permissionsNamed, tellMissing } from './missing-permissions.ts';
import { wording } from './wording.ts';

/** What hinders a channel: Discord's refusal by our name for it, and its reason. */
type Refused = { code: string; reason: string };

/** What is wrong, without the channel's name: half a sentence, not escaped. */
export function tellTrouble({ code, reason }: Refused): string {
  if (code === 'tag-required') return wording.tagRequired;
  if (code === 'thread-locked') return wording.threadLocked;
  const said = reason.slice(0, 300);
  if (code !== 'permission-missing') return said;
  const names = permissionsNamed(reason);
  return names ? tellMissing(names) : wording.permissionUnnamed(said);
}

/** Tells moderators that a channel takes no posts, and where to click. `called`: as it may be called where that is read. */
export function holdNotice(called: string, refused: Refused): string {
  return [
    `I cannot post in ${called} any more: ${escapeMarkdown(tellTrouble(refused))}.`,
    ...whereToClick(refused),
    'Its subscriptions are paused; nothing is lost. When it works again they resume by themselves, with what was held as one digest.',
  ].join(' ');
}

/** The same notice once it is over, UTC ms. */
export function recoveredNotice(called: string, refused: Refused, at: number): string {
  return `I could not post in ${called}: ${escapeMarkdown(tellTrouble(refused))}. It works again since <t:${Math.floor(at / 1000)}:f>; what was held is posted.`;
}

/** `called`: its last name, null where not everybody who reads this knew it, or nobody knows it any more. */
export function deletedNotice(called: string | null): string {
  const channel = called === null ? 'A channel that I posted in' : `The channel #${escapeMarkdown(called)}`;
  return `${channel} was deleted, so nothing more is posted for it. Its subscriptions stand in /subscriptions until somebody removes them; \`/subscribe\` begins in another channel.`;
}

const SETTINGS = 'Open that channel’s settings, Permissions, Paperboy (or its role), and allow';

function whereToClick({ code, reason }: Refused): string[] {
  if (code === 'tag-required')
    return [
      'Open the forum’s settings and switch “Require people to select tags when posting” off, or add a tag that is called like the topic.',
    ];
  if (code === 'thread-locked') return ['Open the thread’s menu and unlock it.'];
  if (code === 'timed-out') return ['To end it sooner, open Paperboy’s profile and remove the time-out.'];
  if (code !== 'permission-missing') return [];
  const names = permissionsNamed(reason);
  if (names === null)
    return [`${SETTINGS} View Channel, Send Messages, Embed Links and Read Message History.`];
  return [`${SETTINGS} ${names.length === 1 ? 'it' : 'them'}.`];
}
