import type { SamePaper } from '#src/decision/same-paper.ts';
import { ACCENT, button, embed, type MessageView, row, select } from './parts.ts';
import { say, sayPlain } from './say.ts';
import { allSubscriptions } from './subscription-page.ts';

const CHOICES = ['full', 'line', 'none'] as const satisfies readonly SamePaper[];

/** `done`: what was just done; a change tells what it was before. */
export type ServerSettingsView = {
  samePaper: SamePaper;
  done: { what: 'saved'; from: SamePaper } | { what: 'undone' } | null;
};

/** A choice as its select and buttons name it; anything else is the way everything was before there was a choice. */
export const samePaperOf = (value: string): SamePaper => CHOICES.find((one) => one === value) ?? 'full';

/** The settings of a server, what they mean, and a way back. */
export function serverSettingsMessage({ samePaper, done }: ServerSettingsView): MessageView {
  const is = say('serverSettings.is', { samePaper });
  const told = done ? say(`serverSettings.${done.what}`, { is }) : is;
  const more = samePaper === 'full' ? '' : `\n${say('serverSettings.first')}`;
  const options = CHOICES.map((value) => ({
    label: sayPlain(`serverSettings.choice.${value}`),
    value,
    default: value === samePaper,
  }));
  const isChanged = done?.what === 'saved' && done.from !== samePaper;
  const undo = isChanged
    ? [button(sayPlain('button.undo'), `server-settings:undo:${samePaper}:${done.from}`)]
    : [];
  return {
    embeds: [embed(sayPlain('serverSettings.title'), told + more, done ? ACCENT.saved : ACCENT.paper)],
    components: [
      row(
        select({
          custom_id: 'server-settings:same-paper',
          placeholder: sayPlain('serverSettings.samePaper'),
          options,
        }),
      ),
      row(...undo, allSubscriptions()),
    ],
  };
}
