import { count } from './count.ts';
import { cut } from './cut.ts';
import { dateOf } from './days.ts';
import { codeSpan, escapeWords } from './escape-markdown.ts';
import { type ListItem, openSelect, PAGE_SIZE, pageButtons, paperLines, TEXT } from './paper-list.ts';

/** How many days each period has, today's among them. */
export const PERIODS = { today: 1, '3 days': 3, week: 7, month: 30 } as const;
export type Period = keyof typeof PERIODS;

/** A list that was probably meant; `label`: its topic, `key`: of its question. */
export type Instead = { label: string; key: string };

export type TrendingView = {
  period: Period;
  /** '' for everything. */
  topic: string;
  /** Whether these are the papers that do not stand out, because they were asked for or because none does. */
  others: boolean;
  items: readonly ListItem[];
  /** How many papers stand out, of so many in all. */
  outstanding: number;
  total: number;
  page: number;
  /** Of this question in the store, and of the one for the papers that are not shown. */
  key: string;
  otherKey: string;
  hints: readonly string[];
  /** Whether the longest period has papers of it. */
  isLonger: boolean;
  instead: Instead | null;
  /** Since when papers are known, UTC ms. */
  knownSince: number;
  /** When the lists were last read, UTC ms; null before the first reading. */
  readAt: number | null;
  now: number;
};

const BLUE = 0x2f6fde;
const IN: Record<Period, string> = {
  today: 'today',
  '3 days': 'in 3 days',
  week: 'this week',
  month: 'this month',
};

/** The papers that stand out in a period, each with its reason, or the others of it. */
export function trendingMessage(view: TrendingView): { embeds: object[]; components: object[] } {
  const listed = view.others ? view.total - view.outstanding : view.outstanding;
  const pages = Math.ceil(listed / PAGE_SIZE);
  const head = [`-# ${knownLine(view)}`, ...view.hints, ...adviceOn(view)]
    .map((line) => `${line}\n`)
    .join('');
  const lines = paperLines(view.items, view.page * PAGE_SIZE + 1, TEXT - head.length);
  const footer = pages > 1 ? { footer: { text: `Strongest first · page ${view.page + 1} of ${pages}` } } : {};
  return {
    embeds: [
      {
        title: titleOf(view),
        color: BLUE,
        description: cut(`${head}${lines}`, TEXT),
        ...footer,
      },
    ],
    components: [
      ...(view.items.length > 0 ? [openSelect(view.items)] : []),
      ...pageButtons(view.page, pages, (page) => `trending-page:${page}:${view.key}`),
      ...listButtons(view),
      periodSelect(view),
    ],
  };
}

function titleOf({ period, topic, others, outstanding, total }: TrendingView): string {
  const when = IN[period];
  if (total === 0 && topic !== '') return `No paper ${when} matches “${escapeWords(topic, 120)}”`;
  if (total === 0) return `No paper is listed ${when}`;
  const about = topic === '' ? '' : ` · ${escapeWords(topic, 120)}`;
  if (total === 1)
    return `One paper ${when}, and it ${outstanding === 1 ? 'stands' : 'does not stand'} out${about}`;
  if (outstanding === 0) return `None of ${count(total, 'paper')} stands out ${when}${about}`;
  if (others) return `${othersCalled(total - outstanding)} ${when}${about}`;
  return `${outstanding} of ${count(total, 'paper')} ${outstanding === 1 ? 'stands' : 'stand'} out ${when}${about}`;
}

/** What may help where there is nothing to see. */
function adviceOn({ total, period, topic, hints, instead, isLonger, now }: TrendingView): string[] {
  if (total > 0 || hints.length > 0) return [];
  if (instead) return [`Did you mean ${codeSpan(instead.label, 200)}?`];
  const longer = isLonger && period !== 'month' ? 'Choose a longer time below.' : '';
  if (topic !== '') return [longer || '`/search` looks through all papers, listed or not.'];
  if (period === 'month')
    return ['The lists of these days were empty, or could not be read: `/status` says which.'];
  const why = isWeekend(now)
    ? 'Hugging Face lists papers from Monday to Friday.'
    : 'No list of these days has come yet.';
  return [[why, longer].filter((part) => part !== '').join(' ')];
}

const isWeekend = (instant: number): boolean => [0, 6].includes(new Date(instant).getUTCDay());

function knownLine({ knownSince, readAt, now }: TrendingView): string {
  if (readAt === null) return 'The lists have not been read yet.';
  const year = new Date(knownSince).getUTCFullYear();
  const isThisYear = year === new Date(now).getUTCFullYear();
  return `Papers known since ${dateOf(knownSince)}${isThisYear ? '' : ` ${year}`} · read <t:${Math.floor(readAt / 1000)}:R>`;
}

/** To the papers that are not shown, and to the list that was probably meant. */
function listButtons({ others, outstanding, total, otherKey, instead }: TrendingView): object[] {
  const hidden = others ? outstanding : total - outstanding;
  const label = (others ? outstandingCalled : othersCalled)(hidden);
  const buttons = [
    ...(hidden > 0 ? [{ label, custom_id: `trending-page:0:${otherKey}` }] : []),
    ...(instead
      ? [{ label: cut(`Show ${instead.label}`, 80), custom_id: `trending-page:0:${instead.key}` }]
      : []),
  ];
  if (buttons.length === 0) return [];
  return [{ type: 1, components: buttons.map((button) => ({ type: 2, style: 2, ...button })) }];
}

const outstandingCalled = (papers: number): string =>
  papers === 1 ? 'The one that stands out' : `The ${papers} that stand out`;

const othersCalled = (papers: number): string =>
  papers === 1 ? 'The other paper' : `The other ${papers} papers`;

const LABELS: Record<Period, string> = { today: 'Today', '3 days': '3 days', week: 'Week', month: 'Month' };

function periodSelect({ period, key }: TrendingView): object {
  const options = Object.entries(LABELS).map(([value, label]) => ({
    label,
    value,
    default: value === period,
  }));
  return { type: 1, components: [{ type: 3, custom_id: `trending-period:${key}`, options }] };
}
