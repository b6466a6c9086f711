import { code, instant, phrase, quoted, yesNo } from '#src/wording/phrase.ts';
import type { Phrase, Value } from '#src/wording/values.ts';
import { cut } from './cut.ts';
import { dayIn } from './days.ts';
import { escapeWords } from './escape-markdown.ts';
import { type ListItem, openSelect, PAGE_SIZE, pageButtons, paperLines } from './paper-list.ts';
import {
  ACCENT,
  button,
  embed,
  type MessageRow,
  type MessageView,
  row,
  rowsOf,
  select,
  TEXT,
} from './parts.ts';
import { say, sayPlain, sayValue } from './say.ts';

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
  hints: readonly Value[];
  /** Whether the longest period has papers of it. */
  isLonger: boolean;
  instead: Instead | null;
  /** Since when papers are known, UTC ms. */
  knownSince: number;
  /** When the lists were last read, UTC ms; null before the first reading. */
  readAt: number | null;
  now: number;
};

/** As the names of sentences have them. */
const NAMES = { today: 'today', '3 days': 'threeDays', week: 'week', month: 'month' } as const;

/** The papers that stand out in a period, each with its reason, or the others of it. */
export function trendingMessage(view: TrendingView): MessageView {
  const listed = view.others ? view.total - view.outstanding : view.outstanding;
  const pages = Math.ceil(listed / PAGE_SIZE);
  const head = [`-# ${knownLine(view)}`, ...view.hints.map(sayValue), ...adviceOn(view)]
    .map((line) => `${line}\n`)
    .join('');
  const lines = paperLines(view.items, view.page * PAGE_SIZE + 1, TEXT - head.length);
  const footer =
    pages > 1 ? { footer: { text: sayPlain('trending.page', { page: view.page + 1, pages }) } } : {};
  return {
    embeds: [{ ...embed(titleOf(view), `${head}${lines}`, ACCENT.paper), ...footer }],
    components: [
      ...(view.items.length > 0 ? [openSelect(view.items)] : []),
      ...pageButtons(view.page, pages, (page) => `trending-page:${page}:${view.key}`),
      ...listButtons(view),
      periodSelect(view),
    ],
  };
}

function titleOf({ period, topic, others, outstanding, total }: TrendingView): string {
  const when = phrase(`trending.when.${NAMES[period]}`);
  if (total === 0 && topic !== '') return say('trending.noneMatches', { when, topic: quoted(topic, 120) });
  if (total === 0) return say('trending.noneListed', { when });
  const about = topic === '' ? [] : [escapeWords(topic, 120)];
  return [listedTold({ outstanding, total, others, when }), ...about].join(' · ');
}

type Listed = Pick<TrendingView, 'outstanding' | 'total' | 'others'> & { when: Phrase };

function listedTold({ outstanding, total, others, when }: Listed): string {
  if (total === 1) return say('trending.single', { when, stands: yesNo(outstanding === 1) });
  if (outstanding === 0) return say('trending.noneStandsOut', { n: total, when });
  if (others) return say('trending.othersWhen', { n: total - outstanding, when });
  return say('trending.standOut', { n: outstanding, total, when });
}

/** What may help where there is nothing to see. */
function adviceOn({ total, period, topic, hints, instead, isLonger, now }: TrendingView): string[] {
  if (total > 0 || hints.length > 0) return [];
  if (instead) return [say('trending.didYouMean', { topic: code(instead.label, 200) })];
  const longer = isLonger && period !== 'month' ? [say('trending.longer')] : [];
  if (topic !== '') return longer.length > 0 ? longer : [say('trending.searchAll')];
  if (period === 'month') return [say('trending.listsEmpty')];
  const why = say(isWeekend(now) ? 'trending.weekend' : 'trending.noListYet');
  return [[why, ...longer].join(' ')];
}

const isWeekend = (instant: number): boolean => [0, 6].includes(new Date(instant).getUTCDay());

function knownLine({ knownSince, readAt, now }: TrendingView): string {
  if (readAt === null) return say('trending.notRead');
  return say('trending.known', { day: dayIn(knownSince, now), at: instant(readAt) });
}

/** To the papers that are not shown, and to the list that was probably meant. */
function listButtons({ others, outstanding, total, otherKey, instead }: TrendingView): MessageRow[] {
  const hidden = others ? outstanding : total - outstanding;
  const label = sayPlain(others ? 'trending.outstanding' : 'trending.others', { n: hidden });
  const show = (label: string, key: string) => button(label, `trending-page:0:${key}`);
  return rowsOf([
    ...(hidden > 0 ? [show(label, otherKey)] : []),
    ...(instead ? [show(cut(sayPlain('trending.show', { topic: instead.label }), 80), instead.key)] : []),
  ]);
}

function periodSelect({ period, key }: TrendingView): MessageRow {
  const options = Object.entries(NAMES).map(([value, name]) => ({
    label: sayPlain(`trending.period.${name}`),
    value,
    default: value === period,
  }));
  return row(select({ custom_id: `trending-period:${key}`, options }));
}
