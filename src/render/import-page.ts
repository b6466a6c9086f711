import { ButtonStyle } from 'discord-api-types/v10';
import { channel, code, phrase, words, yesNo } from '#src/wording/phrase.ts';
import type { Phrase, Value } from '#src/wording/values.ts';
import { cut } from './cut.ts';
import { ACCENT, button, embed, fileField, type MessageView, type ModalForm, row, TEXT } from './parts.ts';
import { say, sayPhrase, sayPlain } from './say.ts';
import { allSubscriptions } from './subscription-page.ts';

/** What is wrong at a place of a file: `subscriptions[3].filter`; '' is all of it. */
export type FileProblem = { place: string; told: Phrase };

type Counts = { added: number; changed: number; same: number };
type Settings = { samePaper: 'full' | 'line' | 'none'; zone: string | null; notices: string | null };

/** `isRoomSeen`: the asker sees the channel for notices of before. */
type SettingsChange = { before: Settings; after: Settings; isRoomSeen: boolean };

/** What an import changes. */
export type ImportSummary = {
  /** How many subscriptions of the file are new in each channel, change, or are there just so. */
  channels: readonly ({ channelId: string } & Counts)[];
  /** Those that change: what of each is not as everywhere. `newFilter`: null where it stays. */
  differs: readonly {
    channelId: string;
    filter: string;
    newFilter: string | null;
    before: readonly Phrase[];
    after: readonly Phrase[];
  }[];
  /** What is muted besides. */
  mutes: readonly string[];
  settings: SettingsChange | null;
  /** What of the file does nothing. */
  notes: readonly FileProblem[];
};

export type ImportView =
  | { kind: 'problems'; problems: readonly FileProblem[] }
  /** `isOther`: not what was shown before. */
  | { kind: 'preview'; key: string; isOther: boolean; summary: ImportSummary }
  /** All of it is there. `isOld`: somebody imported it just now. */
  | { kind: 'nothing'; isOld: boolean; same: number }
  | { kind: 'imported'; undo: string; summary: ImportSummary };

/** What was taken back of an import. `isDone`: it was before. */
export type ImportUndoneView = {
  kind: 'undone';
  isDone: boolean;
  subscriptions: number;
  mutes: number;
  hasSettings: boolean;
};

const [CHANNELS_TOLD, DIFFERENCES_TOLD, NOTES_TOLD, MUTES_TOLD] = [15, 10, 5, 10];
const LONGEST_PROBLEM = 350;

/** The form in which a file is handed over. */
export function importModal(): ModalForm {
  return {
    modal: {
      title: sayPlain('import.form'),
      custom_id: 'import',
      components: [
        fileField(
          { label: sayPlain('import.file'), description: sayPlain('import.file.description') },
          { custom_id: 'file', file_types: ['.json'] },
        ),
      ],
    },
  };
}

export function importMessage(view: ImportView): MessageView {
  if (view.kind === 'problems') return problemsMessage(view.problems);
  if (view.kind === 'nothing') {
    const told = view.isOld ? say('import.nothingLeft') : say('import.nothing', { n: view.same });
    return {
      embeds: [embed(say('import.titleSame', { isOld: yesNo(view.isOld) }), told, ACCENT.saved)],
      components: [row(allSubscriptions())],
    };
  }
  const lines = tellSummary(view.summary);
  if (view.kind === 'imported')
    return {
      embeds: [
        {
          ...embed(sayPlain('import.titleDone'), lines.join('\n'), ACCENT.saved),
          footer: { text: sayPlain('subscribe.startsNow') },
        },
      ],
      components: [
        row(
          button(sayPlain('button.undo'), `import-undo:${view.undo}`, ButtonStyle.Danger),
          allSubscriptions(),
        ),
      ],
    };
  const other = view.isOther ? [`**${say('import.isOther')}**`] : [];
  const isAmber = view.isOther || view.summary.notes.length > 0;
  return {
    embeds: [
      {
        ...embed(
          sayPlain('import.title'),
          [...other, ...lines].join('\n'),
          isAmber ? ACCENT.look : ACCENT.paper,
        ),
        footer: { text: sayPlain('import.nothingSaved') },
      },
    ],
    components: [
      row(
        button(sayPlain('button.import'), `import-now:${view.key}`, ButtonStyle.Success),
        button(sayPlain('button.cancel'), 'cancel'),
      ),
    ],
  };
}

export function importUndoneMessage({
  isDone,
  subscriptions,
  mutes,
  hasSettings,
}: ImportUndoneView): MessageView {
  const told = [
    ...(subscriptions > 0 ? [say('undo.several', { n: subscriptions })] : []),
    ...(mutes > 0 ? [say('import.unmuted', { n: mutes })] : []),
    ...(hasSettings ? [say('import.settingsBack')] : []),
  ];
  const title = say(isDone ? 'undo.titleAlready' : 'undo.title');
  return {
    embeds: [embed(title, told.join('\n'), ACCENT.saved)],
    components: [row(allSubscriptions())],
  };
}

/** As many as there is room for; the rest is counted. */
function problemsMessage(problems: readonly FileProblem[]): MessageView {
  const end = say('import.mend');
  const lines: string[] = [];
  let room = TEXT - end.length - 40;
  for (const problem of problems) {
    const line = `- ${tellProblem(problem)}`;
    room -= line.length + 1;
    if (room < 0) break;
    lines.push(line);
  }
  const rest = problems.length - lines.length;
  const more = rest > 0 ? [say('list.andMore', { n: rest })] : [];
  return {
    embeds: [
      embed(
        say('import.titleRefused', { n: problems.length }),
        [...lines, ...more, '', end].join('\n'),
        ACCENT.refused,
      ),
    ],
    components: [],
  };
}

function tellProblem({ place, told }: FileProblem): string {
  const sentence = cut(sayPhrase(told).replaceAll('\n', ' '), LONGEST_PROBLEM);
  return place === '' ? sentence : say('import.at', { place: code(place, 100), told: sentence });
}

function tellSummary({ channels, differs, mutes, settings, notes }: ImportSummary): string[] {
  const sum = (name: keyof Counts) => channels.reduce((all, one) => all + one[name], 0);
  const all = { added: sum('added'), changed: sum('changed'), same: sum('same') };
  const touched = channels.filter(({ added, changed }) => added + changed > 0);
  return [
    ...(channels.length > 0 ? [`**${say('import.counts', { counts: countsTold(all) })}**`] : []),
    ...atMost(CHANNELS_TOLD, touched, ({ channelId, ...counts }) =>
      say('import.inChannel', { channel: channel(channelId), counts: countsTold(counts) }),
    ),
    ...atMost(DIFFERENCES_TOLD, differs, ({ channelId, filter, newFilter, before, after }) => {
      const there = { channel: channel(channelId), filter: code(filter, 100) };
      return say('import.differs', {
        ...{ ...there, hasFilter: yesNo(newFilter !== null), newFilter: code(newFilter ?? '', 100) },
        ...{ before: listed(before), after: listed(after) },
      });
    }),
    ...(settings ? tellSettings(settings) : []),
    ...(mutes.length > 0 ? [tellMutes(mutes)] : []),
    ...atMost(NOTES_TOLD, notes, tellProblem),
  ];
}

const countsTold = ({ added, changed, same }: Counts): Value => ({
  list: [
    ...(added > 0 ? [phrase('import.added', { n: added })] : []),
    ...(changed > 0 ? [phrase('import.changed', { n: changed })] : []),
    ...(same > 0 ? [phrase('import.same', { n: same })] : []),
  ],
});

const listed = (differences: readonly Phrase[]): Value =>
  differences.length === 0 ? phrase('import.asUsual') : { list: differences };

function atMost<T>(most: number, all: readonly T[], tell: (one: T) => string): string[] {
  const rest = all.length - most;
  return [...all.slice(0, most).map(tell), ...(rest > 0 ? [say('list.andMore', { n: rest })] : [])];
}

function tellSettings({ before, after, isRoomSeen }: SettingsChange): string[] {
  const none = phrase('import.noZone');
  const zoneOf = ({ zone }: Settings) => (zone === null ? none : words(zone));
  const room = ({ notices }: Settings, isSeen = true): Value => {
    if (notices === null) return phrase('history.none.notices');
    return isSeen ? channel(notices) : phrase('notices.hidden');
  };
  const same = ({ samePaper }: Settings) => phrase(`serverSettings.choice.${samePaper}`);
  return [
    ...(before.samePaper === after.samePaper
      ? []
      : [say('import.samePaper', { before: same(before), after: same(after) })]),
    ...(before.zone === after.zone
      ? []
      : [say('import.zone', { before: zoneOf(before), after: zoneOf(after) })]),
    ...(before.notices === after.notices
      ? []
      : [say('import.notices', { before: room(before, isRoomSeen), after: room(after) })]),
  ];
}

function tellMutes(mutes: readonly string[]): string {
  const shown = mutes.slice(0, MUTES_TOLD).map((text) => code(text, 60));
  return say('import.mutes', { mutes: { list: shown }, more: mutes.length - shown.length });
}
