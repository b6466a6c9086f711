import { type APIButtonComponent, ButtonStyle } from 'discord-api-types/v10';
import { channel, code, instant, phrase, yesNo } from '#src/wording/phrase.ts';
import type { Phrase } from '#src/wording/values.ts';
import { ACCENT, button, embed, type MessageView, row } from './parts.ts';
import { type Passage, passageWords } from './passage.ts';
import { say, sayPhrase, sayPlain } from './say.ts';

/** A subscription as people read it. */
export type SubscriptionView = {
  id: string;
  channelId: string;
  /** The filter as written. */
  filter: string;
  /** "newly trending (balanced), as it happens, at most 10 a day". */
  terms: Phrase;
  /** What of these is not the default. */
  differences?: readonly Phrase[];
  /** A moderator paused it. */
  paused: Phrase | null;
  /** When that ends by itself, UTC ms. */
  pausedUntil?: number;
  /** Its channel takes nothing since then (UTC ms), and Paperboy waits. `mend`: where to click. */
  held?: { since: number; told: Phrase; mend: readonly Phrase[] } | null;
  /** What of it does not do any more what it is for: whole sentences. */
  lost: readonly Phrase[];
  /** It fell silent, or became loud. */
  unusual?: { kind: 'quiet' | 'loud'; told: Phrase };
  /** As Discord calls it, where mentions are not rendered; null: unknown, or gone. */
  channelName?: string | null;
};

/** A channel where mentions are not rendered. */
export const plainChannel = (name: string | null): string =>
  name === null ? sayPlain('channel.deleted') : `#${name}`;

/** What a filter would have posted in the last 30 days. */
export type BackTestView = {
  days: number;
  posts: number;
  /** The newest; `hit` in a title is what the filter found. */
  examples: readonly { title: Passage; url: string; at: number }[];
  /** Posts with each sensitivity, for filters on trending papers. */
  sensitivities: readonly { name: 'sure' | 'balanced' | 'early' | 'wide'; posts: number }[];
  /** How many came on each day, the oldest first. */
  perDay?: readonly number[];
  /** What `posts` counts is every paper, not those at one sensitivity. */
  countsAll?: boolean;
  hints: readonly Phrase[];
};

/** A button that takes a filter as it was probably meant: "Use diffusion". */
export type Correction = { customId: string; label: string };

/** What was saved: green; amber where its writer should look at something. */
const colourOf = (isAmber: boolean | undefined): number => (isAmber ? ACCENT.look : ACCENT.saved);

export const correctionButton = ({ customId, label }: Correction): APIButtonComponent =>
  button(label, customId, ButtonStyle.Primary);

/** Leads to the first page of the list. */
export const allSubscriptions = (): APIButtonComponent =>
  button(sayPlain('button.allSubscriptions'), 'subscriptions:0');

/** When the next look or digest is (UTC ms), and within how many days a post is likely; null: nobody can say. */
export type NextView = { kind: 'look' | 'digest'; at: number; withinDays: number | null };

export type SubscribedView = {
  subscription: SubscriptionView;
  backTest: BackTestView;
  /** It stood there before. */
  isOld?: boolean;
  /** There is something that its writer should look at. */
  isAmber?: boolean;
  correction?: Correction | null;
  /** Null where nothing is planned. */
  next?: NextView | null;
  /** There is a paper that shows how it will be. */
  hasExample?: boolean;
};

/** The confirmation, with the history and a way back. */
export function subscribedMessage(view: SubscribedView): MessageView {
  const { subscription, backTest, isOld, isAmber, correction, next, hasExample } = view;
  const { channelId, filter, terms } = subscription;
  const undo = button(sayPlain('button.undo'), `unsubscribe:${subscription.id}`, ButtonStyle.Danger);
  const saved = say('subscribe.saved', { channel: channel(channelId), filter: code(filter) });
  return {
    embeds: [
      {
        ...embed(
          say(isOld ? 'subscribe.titleAlready' : 'subscribe.title'),
          `${saved}\n${sayPhrase(terms)}\n\n${backTestText(backTest)}${next && !isOld ? `\n\n${tellNext(next)}` : ''}`,
          colourOf(isAmber),
        ),
        footer: { text: sayPlain(isOld ? 'subscribe.nothingChanged' : 'subscribe.startsNow') },
      },
    ],
    components: [
      row(
        ...(correction ? [correctionButton(correction)] : []),
        ...(hasExample ? [button(sayPlain('button.postExample'), `example:${subscription.id}`)] : []),
        ...(isOld ? [] : [undo]),
        button(sayPlain('button.edit'), `edit:${subscription.id}`),
        allSubscriptions(),
      ),
    ],
  };
}

const tellNext = ({ kind, at, withinDays }: NextView): string =>
  say('subscribe.next', {
    ...{ kind, at: instant(at, kind === 'look' ? 't' : 'f') },
    ...{ isLikely: yesNo(withinDays !== null), days: withinDays ?? 0 },
  });

/** "The last 30 days: 14 posts, 0.5 a day. The newest five: ..." `beside`: lines under its first. */
export function backTestText(test: BackTestView, beside: readonly string[] = []): string {
  const { days, posts: papers } = test;
  const head = `**${say('preview.found', { days, papers, ...rateOf(papers, days) })}**`;
  const examples = test.examples.map(
    ({ title, url, at }) => `- [${passageWords(title, 120)}](${url}) <t:${Math.floor(at / 1000)}:d>`,
  );
  const sensitivities = test.sensitivities.length > 0 ? [tellSensitivities(test)] : [];
  return [head, ...beside, ...examples, ...sensitivities, ...hintLines(test.hints)].join('\n');
}

/** What the writer of a filter should know of it, small. */
export const hintLines = (hints: readonly Phrase[]): string[] => hints.map((hint) => `-# ${sayPhrase(hint)}`);

function rateOf(papers: number, days: number): { per: 'day' | 'week' | 'none'; rate: string } {
  const aDay = papers / days;
  if (papers === 0 || days === 1) return { per: 'none', rate: '' };
  return aDay >= 0.1 ? { per: 'day', rate: aDay.toFixed(1) } : { per: 'week', rate: (aDay * 7).toFixed(1) };
}

function tellSensitivities({ sensitivities, countsAll }: BackTestView): string {
  const counts = sensitivities.map(({ name, posts: papers }) =>
    phrase('preview.atSensitivity', { sensitivity: phrase(`sensitivity.${name}`), papers }),
  );
  return say('preview.sensitivities', { of: countsAll ? 'all' : 'others', counts: { list: counts } });
}

/** Entries that the asker is not shown. */
export const tellHidden = (n: number): string => say('subscriptions.hidden', { n });

/** In the place of the confirmation, once it was taken back. */
export function takenBackMessage(isDone: boolean): MessageView {
  const title = say(isDone ? 'subscribe.titleTakenBackAlready' : 'subscribe.titleTakenBack');
  return { embeds: [{ title, description: say('subscribe.takenBack') }], components: [] };
}
