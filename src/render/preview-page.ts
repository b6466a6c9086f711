import { ButtonStyle } from 'discord-api-types/v10';
import { channel, code, phrase, words } from '#src/wording/phrase.ts';
import type { Phrase, Value } from '#src/wording/values.ts';
import { escapeMarkdown, plain } from './escape-markdown.ts';
import { type Difference, TITLES_SHOWN } from './filter-page.ts';
import { ACCENT, button, embed, type MessageView, row, select } from './parts.ts';
import { say, sayPlain } from './say.ts';
import { type BackTestView, backTestText, type Correction, correctionButton } from './subscription-page.ts';

/** What other channels of the server get of the same papers. */
export type AlsoView = {
  /** Papers that one of them gets. */
  papers: number;
  /** Those that the asker sees, the one with the most first; and how many others there are. */
  channels: readonly string[];
  hidden: number;
  samePaper: 'full' | 'line' | 'none';
  /** Papers that would not come in full here, by that setting. */
  notInFull: number;
  /** So many subscriptions of the server were not compared. */
  left: number;
};

/** A subscription that is not saved, with what it would have posted. */
export type PreviewView = {
  channelId: string;
  filter: string;
  /** What of it is not as it would be if nothing had been said. */
  differences: readonly Phrase[];
  backTest: BackTestView;
  /** There is something that its writer should look at. */
  isAmber: boolean;
  /** Its name among the sensitivities; null: another, or it is not of trending papers. */
  sensitivity: string | null;
  /** Null: none of it comes to another channel. */
  also: AlsoView | null;
  /** Where nothing stood out, how many new papers matched. */
  matched: number | null;
  /** The filter as it was probably meant. */
  corrected: string | null;
  /** It with a topic of the catalogue in the place of its words. */
  covering: string | null;
  /** It without a word that most papers have. */
  uncommon: { word: string; filter: string } | null;
};

/** A saved subscription as it would be after an edit; `isSame`: nothing of it would be another. */
export type EditView = PreviewView & {
  kind: 'edit';
  isSame: boolean;
  gained: Difference;
  lost: Difference;
};

/** The keys of what was typed, as it is behind each button; null: there is no such button. */
type PreviewKeys = {
  /** As it is shown. */
  shown: string;
  corrected: Correction | null;
  covering: string | null;
  uncommon: { word: string; key: string } | null;
  weekly: string | null;
  best: string | null;
};

/** What a subscription would bring, before anything is saved. */
export function previewMessage(view: PreviewView | EditView, keys: PreviewKeys): MessageView {
  const edit = 'isSame' in view ? view : null;
  const { channelId, filter, differences, backTest, matched } = view;
  const would = say('preview.would', { channel: channel(channelId), filter: code(filter) });
  const nothing =
    matched === null ? '' : `\n${say('preview.nothingStoodOut', { days: backTest.days, papers: matched })}`;
  const past = backTestText({ ...backTest, sensitivities: [] }, [
    ...alsoLine(view),
    ...dayLine(backTest.perDay ?? []),
  ]);
  const difference = edit ? differenceLines(edit) : [];
  const against = difference.length > 0 ? `${difference.join('\n')}\n\n` : '';
  const text = [
    would,
    ...(differences.length > 0 ? [say('preview.differs', { options: { list: differences } })] : []),
    '',
    `${against}${past}${nothing}`,
  ].join('\n');
  return {
    embeds: [
      {
        ...embed(
          say(edit?.isSame ? 'edit.title' : 'preview.title', { channel: channel(channelId) }),
          text,
          view.isAmber ? ACCENT.look : ACCENT.paper,
        ),
        footer: { text: sayPlain(edit ? 'edit.nothingChanged' : 'preview.nothingSaved') },
      },
    ],
    components: [
      ...(backTest.sensitivities.length > 0 ? [sensitivitySelect(view, keys.shown)] : []),
      row(
        ...(edit?.isSame
          ? []
          : [button(sayPlain(edit ? 'button.save' : 'button.subscribe'), `subscribe:${keys.shown}`, SAVES)]),
        button(sayPlain('button.change'), `change:${keys.shown}`),
        button(sayPlain('button.cancel'), edit ? 'cancel:saved' : 'cancel'),
      ),
      ...otherWays(keys),
    ],
  };
}

/** What it would bring more and less than what is saved. */
function differenceLines({ gained, lost, isSame, backTest: { days } }: EditView): string[] {
  if (isSame) return [];
  const list = (sign: string, { titles }: Difference) =>
    titles.slice(0, TITLES_SHOWN).map((title) => `${sign} ${escapeMarkdown(title, 120)}`);
  return [
    say('edit.difference', { days, gained: gained.total, lost: lost.total }),
    ...list('+', gained),
    ...list('−', lost),
  ];
}

const SAVES = ButtonStyle.Success;
const BARS = '▁▂▃▄▅▆▇█';

/** So many channels are named. */
const NAMED = 3;

function alsoLine({ also }: PreviewView): string[] {
  if (also === null) return [];
  const { papers, channels, hidden, samePaper, notInFull, left } = also;
  const more = Math.max(0, channels.length - NAMED);
  const list: Value[] = [
    ...channels.slice(0, NAMED).map(channel),
    ...(more > 0 ? [phrase('preview.moreChannels', { n: more })] : []),
    ...(hidden > 0 ? [phrase('preview.hiddenChannels', { n: hidden })] : []),
  ];
  const sentences = [
    ...(papers > 0 ? [say('preview.also', { papers, channels: list })] : []),
    ...(notInFull > 0 ? [say('preview.notInFull', { n: notInFull, samePaper })] : []),
    ...(left > 0 ? [say('preview.notCompared', { n: left })] : []),
  ];
  return [sentences.join(' ')];
}

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

function otherWays({ corrected, covering, uncommon, weekly, best }: PreviewKeys) {
  const buttons = [
    ...(corrected === null ? [] : [correctionButton(corrected)]),
    ...(covering === null ? [] : [button(sayPlain('button.useTopic'), `preview:${covering}`)]),
    ...(uncommon === null
      ? []
      : [button(sayPlain('button.leaveOut', { word: plain(uncommon.word, 60) }), `preview:${uncommon.key}`)]),
    ...(weekly === null ? [] : [button(sayPlain('button.weeklyDigest'), `preview:${weekly}`)]),
    ...(best === null ? [] : [button(sayPlain('button.bestThree'), `preview:${best}`)]),
  ];
  return buttons.length === 0 ? [] : [row(...buttons)];
}

/** In the place of a preview that nobody wants; `isEdit`: of what is saved. */
export function cancelledMessage(isEdit: boolean): MessageView {
  const description = say(isEdit ? 'edit.cancelledText' : 'preview.cancelledText');
  return {
    embeds: [{ title: say('preview.cancelled'), description }],
    components: [],
  };
}
