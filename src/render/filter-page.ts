import { count } from './count.ts';
import { cut } from './cut.ts';
import { codeSpan, escapeMarkdown, escapeWords } from './escape-markdown.ts';
import {
  type BackTestView,
  backTestText,
  type Correction,
  colourOf,
  correctionButton,
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
      hints: readonly string[];
    }
);

/** What a filter finds, or why it takes one paper or not. */
export function testMessage(view: FilterTestView): Message {
  const buttons = view.correction ? [correctionButton(view.correction)] : [];
  const color = view.isAmber ? colourOf(true) : BLUE;
  if (view.kind === 'history') {
    const text = `${codeSpan(view.filter)}\n\n${backTestText(view.backTest)}`;
    return message({ title: `Would have found: ${view.backTest.posts}`, color, text, buttons });
  }
  const verdict = view.matches
    ? 'The filter takes this paper.'
    : `The filter does not take this paper. ${missingText(view.missing)}`;
  const lines = [
    `**${escapeWords(view.title)}**`,
    codeSpan(view.filter),
    '',
    verdict,
    ...view.passages.slice(0, 6).map((text) => `> ${text}`),
  ];
  const text = [...lines, ...view.hints.map((hint) => `-# ${hint}`)].join('\n');
  return message({ title: view.matches ? 'It matches' : 'It does not match', color, text, buttons });
}

function missingText(missing: readonly string[]): string {
  if (missing.length === 1) return `Only this does not hold: ${codeSpan(missing[0])}.`;
  return `These do not hold: ${missing
    .slice(0, 8)
    .map((clause) => codeSpan(clause))
    .join(', ')}.`;
}

/** The modal in which a filter is edited; the present one stands in it. */
export function editModal(subscription: { id: string; filter: string; mark: string }): {
  modal: object;
} {
  return {
    modal: {
      title: 'Change the filter',
      custom_id: `filter-edit:${subscription.id}:${subscription.mark}`,
      components: [
        {
          type: 18,
          label: 'Filter',
          description: 'Words, "phrases", OR, -not, title:… /help topic:filters tells more',
          component: {
            type: 4,
            custom_id: 'filter',
            style: 2,
            value: subscription.filter,
            min_length: 1,
            max_length: 1000,
            required: true,
          },
        },
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
export function editedMessage(view: EditedView): Message {
  const list = (sign: string, { titles }: Difference) =>
    titles.slice(0, TITLES_SHOWN).map((title) => `${sign} ${escapeMarkdown(title, 120)}`);
  const place = `<#${view.channelId}>`;
  const isSame = view.before === view.after;
  const same = [`${place} has the filter ${codeSpan(view.after)} already. Nothing was changed.`];
  const change = [
    `${place} ${codeSpan(view.before)}`,
    `→ ${codeSpan(view.after)}`,
    '',
    `Against the old one, in the last ${count(view.backTest.days, 'day')}: **+${view.gained.total} / −${view.lost.total}**`,
    ...list('+', view.gained),
    ...list('−', view.lost),
  ];
  const text = [...(isSame ? same : change), '', backTestText(view.backTest)].join('\n');
  const undo = view.undo ? [{ type: 2, style: 4, label: 'Undo', custom_id: `undo:${view.undo}` }] : [];
  const all = { type: 2, style: 2, label: 'All subscriptions', custom_id: 'subscriptions:0' };
  const buttons = [...(view.correction ? [correctionButton(view.correction)] : []), ...undo, all];
  return message({
    title: isSame ? 'The filter is the same' : 'Filter changed',
    color: view.isAmber ? colourOf(true) : BLUE,
    text,
    buttons,
  });
}

type Message = { embeds: object[]; components: object[] };

const BLUE = 0x2f6fde;

function message({
  title,
  color,
  text,
  buttons,
}: {
  title: string;
  color: number;
  text: string;
  buttons: object[];
}): Message {
  const components = buttons.length > 0 ? [{ type: 1, components: buttons }] : [];
  return { embeds: [{ title, color, description: cut(text, 4096) }], components };
}
