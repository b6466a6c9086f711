import { yesNo } from '#src/wording/phrase.ts';
import { ACCENT, type AnswerFile, embed, type MessageView, row } from './parts.ts';
import { say } from './say.ts';
import { allSubscriptions, tellHidden } from './subscription-page.ts';

/** A server's settings as a file, and what is in it. `mutes`: null where what holds in the whole server is left out. */
export type ExportView = AnswerFile & {
  subscriptions: number;
  channels: number;
  /** Subscriptions in channels that the asker cannot see: they are left out. */
  hidden: number;
  mutes: number | null;
};

export function exportMessage(view: ExportView): MessageView & { files: readonly AnswerFile[] } {
  const { name, text, subscriptions, channels, hidden, mutes } = view;
  const told = [
    say('export.has', { subscriptions, channels, hasServer: yesNo(mutes !== null), mutes: mutes ?? 0 }),
    ...(hidden > 0 ? [tellHidden(hidden)] : []),
    `-# ${say('export.next')}`,
  ];
  return {
    embeds: [embed(say('export.title'), told.join('\n\n'), ACCENT.paper)],
    components: [row(allSubscriptions())],
    files: [{ name, text }],
  };
}
