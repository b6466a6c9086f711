import { type APIButtonComponent, ButtonStyle } from 'discord-api-types/v10';
import { channel, code } from '#src/wording/phrase.ts';
import type { Phrase } from '#src/wording/values.ts';
import { codeSpan, escapeMarkdown, escapeWords } from './escape-markdown.ts';
import { ACCENT, button, embed, type MessageView, type ModalForm, row, rowsOf, textField } from './parts.ts';
import { filterField } from './refused-page.ts';
import { say, sayPlain } from './say.ts';
import {
  allSubscriptions,
  type BackTestView,
  backTestText,
  type Correction,
  correctionButton,
  hintLines,
} from './subscription-page.ts';

export type FilterTestView = { isAmber?: boolean; correction?: Correction | null } & (
  | { kind: 'history'; filter: string; backTest: BackTestView }
  | {
      kind: 'paper';
      filter: string;
      title: string;
      matches: boolean;
      /** The passages with the matching words in bold, as markdown. */
      passages: readonly string[];
      /** The clauses that failed. */
      missing: readonly string[];
      hints: readonly Phrase[];
    }
);

/** What a filter finds, or why it takes one paper or not. */
export function testMessage(view: FilterTestView): MessageView {
  const buttons = view.correction ? [correctionButton(view.correction)] : [];
  const color = colourFor(view);
  if (view.kind === 'history') {
    const text = `${codeSpan(view.filter)}\n\n${backTestText(view.backTest)}`;
    const title = say('filter.wouldHaveFound', { papers: view.backTest.posts });
    return message({ title, color, text, buttons });
  }
  const lines = [
    `**${escapeWords(view.title)}**`,
    codeSpan(view.filter),
    '',
    view.matches ? say('filter.takes') : tellMissing(view.missing),
    ...view.passages.slice(0, 6).map((text) => `> ${text}`),
  ];
  const text = [...lines, ...hintLines(view.hints)].join('\n');
  const title = say(view.matches ? 'filter.matches' : 'filter.matchesNot');
  return message({ title, color, text, buttons });
}

function tellMissing(missing: readonly string[]): string {
  const [first, ...others] = missing.slice(0, 8).map((clause) => code(clause));
  if (missing.length === 1) return say('filter.takesNotOne', { clause: first });
  return say('filter.takesNot', { clauses: { list: [first, ...others] } });
}

/** The way to where filters are edited. */
export function editMovedMessage(): MessageView {
  return {
    embeds: [{ color: ACCENT.paper, description: say('filter.editMoved') }],
    components: [row(allSubscriptions())],
  };
}

/** The modal in which a filter is edited; the present one stands in it. */
export function editModal(subscription: { id: string; filter: string; mark: string }): ModalForm {
  return {
    modal: {
      title: sayPlain('form.edit'),
      custom_id: `filter-edit:${subscription.id}:${subscription.mark}`,
      components: [
        textField(filterField(), {
          custom_id: 'filter',
          value: subscription.filter,
          min_length: 1,
          max_length: 1000,
          required: true,
        }),
      ],
    },
  };
}

export type EditedView = {
  before: string;
  after: string;
  channelId: string;
  backTest: BackTestView;
  /** Papers of the last 30 days that only one of the two takes. */
  gained: Difference;
  lost: Difference;
  isAmber?: boolean;
  correction?: Correction | null;
  /** The key of what is behind Undo; null: nothing was changed. */
  undo?: string | null;
};

/** `titles`: the newest. */
export type Difference = { total: number; titles: readonly string[] };
export const TITLES_SHOWN = 5;

/** What the change means: +3 / -7, with titles. */
export function editedMessage(view: EditedView): MessageView {
  const list = (sign: string, { titles }: Difference) =>
    titles.slice(0, TITLES_SHOWN).map((title) => `${sign} ${escapeMarkdown(title, 120)}`);
  const isSame = view.before === view.after;
  const { days } = view.backTest;
  const same = [say('filter.sameAlready', { channel: channel(view.channelId), filter: code(view.after) })];
  const change = [
    `<#${view.channelId}> ${codeSpan(view.before)}`,
    `→ ${codeSpan(view.after)}`,
    '',
    say('filter.difference', { days, gained: view.gained.total, lost: view.lost.total }),
    ...list('+', view.gained),
    ...list('−', view.lost),
  ];
  const text = [...(isSame ? same : change), '', backTestText(view.backTest)].join('\n');
  const undo = view.undo ? [button(sayPlain('button.undo'), `undo:${view.undo}`, ButtonStyle.Danger)] : [];
  const buttons = [
    ...(view.correction ? [correctionButton(view.correction)] : []),
    ...undo,
    allSubscriptions(),
  ];
  return message({
    title: say(isSame ? 'filter.titleSame' : 'filter.titleChanged'),
    color: colourFor(view),
    text,
    buttons,
  });
}

const colourFor = ({ isAmber }: { isAmber?: boolean }): number => (isAmber ? ACCENT.look : ACCENT.paper);

function message({
  title,
  color,
  text,
  buttons,
}: {
  title: string;
  color: number;
  text: string;
  buttons: APIButtonComponent[];
}): MessageView {
  return { embeds: [embed(title, text, color)], components: rowsOf(buttons) };
}
