import { count, listed } from './count.ts';
import { cut } from './cut.ts';
import { escapeMarkdown } from './escape-markdown.ts';
import { permissionsNamed, tellMissing } from './missing-permissions.ts';
import { wording } from './wording.ts';

/** What hinders a channel: Discord's refusal by our name for it, and its reason. */
type Refused = { code: string; reason: string };

/** What is wrong, without the channel's name: half a sentence, not escaped. */
export function tellTrouble({ code, reason }: Refused): string {
  if (code === 'tag-required') return wording.tagRequired;
  if (code === 'thread-locked') return wording.threadLocked;
  const said = cut(reason, 300);
  if (code !== 'permission-missing') return said;
  const names = permissionsNamed(reason);
  return names ? tellMissing(names) : wording.permissionUnnamed(said);
}

/** Channels as they may be called where that is read; `count` of them. */
export type CalledChannels = { text: string; count: number };

/** Tells moderators that channels take no posts, all for one reason, and where to click. */
export function holdNotice({ text, count: channels }: CalledChannels, refused: Refused): string {
  const [whose, it, digest] =
    channels === 1 ? ['Its', 'it works', 'one digest'] : ['Their', 'they work', 'one digest in each channel'];
  return [
    `I cannot post in ${text} any more: ${escapeMarkdown(tellTrouble(refused))}.`,
    ...whereToClick(refused, channels),
    `${whose} subscriptions are paused; nothing is lost. When ${it} again they resume by themselves, with what was held as ${digest}.`,
  ].join(' ');
}

/** The same notice once it is over, UTC ms. */
export function recoveredNotice(
  { text, count: channels }: CalledChannels,
  refused: Refused,
  at: number,
): string {
  const works = channels === 1 ? 'It works' : 'They work';
  return `I could not post in ${text}: ${escapeMarkdown(tellTrouble(refused))}. ${works} again since <t:${Math.floor(at / 1000)}:f>; what was held is posted.`;
}

const NAMES_SHOWN = 10;

/** `names`: the last ones of channels that everybody who reads this knew; `others`: how many more were deleted. */
export function deletedNotice(names: readonly string[], others: number): string {
  const many = names.length + others > 1;
  const [was, them, whose] = many ? ['were', 'them', 'Their'] : ['was', 'it', 'Its'];
  return `${deletedChannels(names, others)} ${was} deleted, so nothing more is posted for ${them}. ${whose} subscriptions stand in /subscriptions until somebody removes them; \`/subscribe\` begins in another channel.`;
}

function deletedChannels(names: readonly string[], others: number): string {
  if (names.length === 0)
    return others === 1 ? 'A channel that I posted in' : `${count(others, 'channel')} that I posted in`;
  const shown = names.slice(0, NAMES_SHOWN).map((name) => `#${escapeMarkdown(name)}`);
  const rest = names.length - shown.length + others;
  const all = rest > 0 ? [...shown, `${rest} more that I posted in`] : shown;
  return `The ${all.length === 1 ? 'channel' : 'channels'} ${listed(all)}`;
}

function whereToClick({ code, reason }: Refused, channels: number): string[] {
  const many = channels > 1;
  if (code === 'tag-required')
    return [
      `Open the ${many ? 'forums’' : 'forum’s'} settings and switch “Require people to select tags when posting” off, or add a tag that is called like the topic.`,
    ];
  if (code === 'thread-locked')
    return [many ? 'Open each thread’s menu and unlock it.' : 'Open the thread’s menu and unlock it.'];
  if (code === 'timed-out') return ['To end it sooner, open Paperboy’s profile and remove the time-out.'];
  if (code !== 'permission-missing') return [];
  const settings = `Open ${many ? 'those channels’' : 'that channel’s'} settings, Permissions, Paperboy (or its role), and allow`;
  const names = permissionsNamed(reason);
  if (names === null)
    return [`${settings} View Channel, Send Messages, Embed Links and Read Message History.`];
  return [`${settings} ${names.length === 1 ? 'it' : 'them'}.`];
}
