import { ButtonStyle } from 'discord-api-types/v10';
import { channel, code, phrase, words } from '#src/wording/phrase.ts';
import type { Phrase } from '#src/wording/values.ts';
import { ACCENT, button, embed, type MessageView, row, select } from './parts.ts';
import { say, sayPhrase, sayPlain } from './say.ts';
import { type BackTestView, backTestText, type Correction, correctionButton } from './subscription-page.ts';

/** A subscription that is not saved, with what it would have posted. */
export type PreviewView = {
  channelId: string;
  filter: string;
  terms: Phrase;
  backTest: BackTestView;
  /** There is something that its writer should look at. */
  isAmber: boolean;
  /** Its name among the sensitivities; null: another, or it is not of trending papers. */
  sensitivity: string | null;
  /** Where nothing stood out, how many new papers matched. */
  matched: number | null;
  /** The filter as it was probably meant. */
  corrected: string | null;
};

/** The keys of what was typed, as it is behind each button; null: there is no such button. */
type PreviewKeys = {
  /** As it is shown. */
  shown: string;
  corrected: Correction | null;
  weekly: string | null;
  best: string | null;
};

/** What a subscription would bring, before anything is saved. */
export function previewMessage(view: PreviewView, keys: PreviewKeys): MessageView {
  const { channelId, filter, terms, backTest, matched } = view;
  const would = say('preview.would', { channel: channel(channelId), filter: code(filter) });
  const nothing =
    matched === null ? '' : `\n${say('preview.nothingStoodOut', { days: backTest.days, papers: matched })}`;
  const past = backTestText({ ...backTest, sensitivities: [] }, dayLine(backTest.perDay ?? []));
  const text = `${would}\n${sayPhrase(terms)}\n\n${past}${nothing}`;
  return {
    embeds: [
      {
        ...embed(
          say('preview.title', { channel: channel(channelId) }),
          text,
          view.isAmber ? ACCENT.look : ACCENT.paper,
        ),
        footer: { text: sayPlain('preview.nothingSaved') },
      },
    ],
    components: [
      ...(backTest.sensitivities.length > 0 ? [sensitivitySelect(view, keys.shown)] : []),
      row(
        button(sayPlain('button.subscribe'), `subscribe:${keys.shown}`, ButtonStyle.Success),
        button(sayPlain('button.change'), `change:${keys.shown}`),
        button(sayPlain('button.cancel'), 'cancel'),
      ),
      ...otherWays(keys),
    ],
  };
}

const BARS = '▁▂▃▄▅▆▇█';

/** A bar for each day, the oldest first; nothing where the days are alike or few. */
function dayLine(perDay: readonly number[]): string[] {
  const most = Math.max(0, ...perDay);
  if (most === 0 || perDay.length < 3) return [];
  const bars = perDay.map((n) => BARS[Math.ceil((n / most) * (BARS.length - 1))]);
  return [say('preview.byDay', { line: words(bars.join('')), most })];
}

function sensitivitySelect({ backTest, sensitivity }: PreviewView, key: string) {
  const options = backTest.sensitivities.map(({ name, posts }) => ({
    label: sayPlain('preview.choice', { sensitivity: phrase(`sensitivity.${name}`), papers: posts }),
    value: name,
    default: name === sensitivity,
  }));
  return row(
    select({ custom_id: `sensitivity:${key}`, placeholder: sayPlain('preview.sensitivity'), options }),
  );
}

function otherWays({ corrected, weekly, best }: PreviewKeys) {
  const buttons = [
    ...(corrected === null ? [] : [correctionButton(corrected)]),
    ...(weekly === null ? [] : [button(sayPlain('button.weeklyDigest'), `preview:${weekly}`)]),
    ...(best === null ? [] : [button(sayPlain('button.bestThree'), `preview:${best}`)]),
  ];
  return buttons.length === 0 ? [] : [row(...buttons)];
}

/** In the place of a preview that nobody wants. */
export function cancelledMessage(): MessageView {
  return {
    embeds: [{ title: say('preview.cancelled'), description: say('preview.cancelledText') }],
    components: [],
  };
}
