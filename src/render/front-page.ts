import type { ChannelType } from 'discord-api-types/v10';
import { channel, phrase } from '#src/wording/phrase.ts';
import type { Value } from '#src/wording/values.ts';
import { plain } from './escape-markdown.ts';
import {
  ACCENT,
  button,
  channelSelect,
  embed,
  type MessageView,
  type ModalForm,
  row,
  select,
  textField,
} from './parts.ts';
import { say, sayPhrasePlain, sayPlain } from './say.ts';

/** Topics, the busiest first. `papers`: how many of each trended newly in the last `days`, or were read at all. */
export type TopicsView = {
  channelId: string;
  of: 'trending' | 'read';
  days: number;
  topics: readonly { name: string; label: Value; line: string; papers: number }[];
};

/** Choices that are no topics: those have names of small letters and hyphens. */
export const FRONT_CHOICES = { ownWords: '?words', likeThese: '?like' } as const;

const PAGE = '?page:';

/** A select has 25 choices, these two and one that leads on among them. */
const TOPICS_A_PAGE = 22;

/** What a channel can get, before a word is typed. `key`: of the other options as they were typed. */
export function frontMessage(view: TopicsView, key: string, page: number): MessageView {
  const { channelId, of, days, topics } = view;
  const pages = Math.max(1, Math.ceil(topics.length / TOPICS_A_PAGE));
  const shown = Math.min(Math.max(0, page), pages - 1);
  const first = shown * TOPICS_A_PAGE;
  const choices = topics.slice(first, first + TOPICS_A_PAGE).map(({ name, label, line, papers }) => ({
    label: plain(sayPhrasePlain(phrase('front.topic', { topic: label, ...rateOf(papers, days) })), 100),
    value: name,
    description: plain(line, 100),
  }));
  const further = (shown + 1) % pages;
  const isLast = further === 0;
  const lead = {
    label: sayPlain(isLast ? 'front.backToFirst' : 'front.moreTopics'),
    value: `${PAGE}${further}`,
  };
  const options = [
    ...choices,
    ...(pages > 1 ? [lead] : []),
    ...[
      {
        label: sayPlain('front.ownWords'),
        value: FRONT_CHOICES.ownWords,
        description: sayPlain('front.ownWordsHint'),
      },
      {
        label: sayPlain('front.likeThese'),
        value: FRONT_CHOICES.likeThese,
        description: sayPlain('front.likeTheseHint'),
      },
    ],
  ];
  return {
    embeds: [
      embed(
        say('front.title', { channel: channel(channelId) }),
        say('front.text', { n: topics.length, of }),
        ACCENT.paper,
      ),
    ],
    components: [
      row(select({ custom_id: `topic:${key}`, placeholder: sayPlain('front.choose'), options })),
      row(button(sayPlain('button.cancel'), 'cancel')),
    ],
  };
}

/** The page that a choice leads to; null for another choice. */
export const frontPageOf = (value: string): number | null =>
  value.startsWith(PAGE) ? Number(value.slice(PAGE.length)) : null;

/** "5 a week" where there is one a week at least; else how many there were. */
function rateOf(papers: number, days: number): { per: 'week' | 'days'; n: number; days: number } {
  const aWeek = (papers / days) * 7;
  return aWeek >= 1 && days >= 7
    ? { per: 'week', n: Math.round(aWeek), days }
    : { per: 'days', n: papers, days };
}

/** Where papers should go, before what. */
export function whereMessage(channelTypes: readonly ChannelType[]): MessageView {
  const where = { placeholder: sayPlain('front.chooseChannel'), channel_types: [...channelTypes] };
  return {
    embeds: [{ color: ACCENT.paper, description: say('front.where') }],
    components: [row(channelSelect({ custom_id: 'begin-in', ...where }))],
  };
}

/** The form for papers that the wanted ones should be like. `key`: as above; `typed`: what was written there before. */
export function likeModal(key: string, typed = ''): ModalForm {
  const label = { label: sayPlain('front.likeField'), description: sayPlain('front.likeFieldHint') };
  const most = 1000;
  const value = typed === '' ? {} : { value: typed.slice(0, most) };
  const field = { custom_id: 'like', ...value, max_length: most, required: true };
  return {
    modal: {
      title: sayPlain('front.likeThese'),
      custom_id: `like:${key}`,
      components: [textField(label, field)],
    },
  };
}
