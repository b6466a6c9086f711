import { ButtonStyle } from 'discord-api-types/v10';
import { code } from '#src/wording/phrase.ts';
import type { Phrase } from '#src/wording/values.ts';
import { ACCENT, button, embed, type MessageView, row } from './parts.ts';
import { say, sayPhrase, sayPlain } from './say.ts';
import { allSubscriptions } from './subscription-page.ts';

type Share = { taken: number; of: number };

/** What a mute takes of the last days: of the papers in posts of the server, and of all that were new. */
export type KeptAway = { days: number; posted: Share; papers: Share };

/** A filter that is muted in the whole server now, or not any more. `undo`: the key of the way back. */
export type MutingView = { text: string /** It was so already. */; isOld: boolean; undo: string } & (
  | { what: 'muted'; keptAway: KeptAway; hints: readonly Phrase[] }
  | { what: 'unmuted' }
);

/** More than this share of all papers is nearly everything. */
const NEARLY_ALL = 1 / 2;

export function mutingMessage(view: MutingView): MessageView {
  const { what, text, isOld, undo } = view;
  const mute = code(text, 300);
  const told = what === 'muted' ? say('wrong.muted', { mute }) : say('serverSettings.unmuted', { mute });
  const figures = what === 'muted' ? tellKeptAway(view) : [];
  const isAmber = what === 'muted' && (view.hints.length > 0 || isExtreme(view.keptAway.papers));
  return {
    embeds: [
      embed(
        say(`mute.${what}`, { isOld: isOld ? 'yes' : 'no' }),
        [told, ...figures].join('\n\n'),
        isAmber ? ACCENT.look : ACCENT.saved,
      ),
    ],
    components: [
      row(button(sayPlain('button.undo'), `mute:${undo}`, ButtonStyle.Danger), allSubscriptions()),
    ],
  };
}

const isExtreme = ({ taken, of }: Share): boolean => of > 0 && (taken === 0 || taken > of * NEARLY_ALL);

function tellKeptAway({ keptAway, hints }: Extract<MutingView, { what: 'muted' }>): string[] {
  const { days, posted, papers } = keptAway;
  const ofPapers = { days, ...papers };
  return [
    posted.of > 0 ? `**${say('mute.ofPosted', { days, ...posted })}**` : say('mute.ofPapers', ofPapers),
    ...(isExtreme(papers) ? [say(papers.taken === 0 ? 'mute.nothing' : 'mute.nearlyAll', ofPapers)] : []),
    ...hints.map(sayPhrase),
  ];
}
