import type { APIComponentInMessageActionRow } from 'discord-api-types/v10';
import { code, instant, quoted, words } from '#src/wording/phrase.ts';
import { cut } from './cut.ts';
import { dayOfYear } from './days.ts';
import { escapeMarkdown, escapeWords, plain } from './escape-markdown.ts';
import { tellChange } from './history-page.ts';
import type { CardView } from './paper-card.ts';
import { ACCENT, button, embed, linkButton, type MessageView, rowsOf, select, TEXT } from './parts.ts';
import { say, sayPhrasePlain, sayPlain, sayValue } from './say.ts';
import { whyAnswer } from './why-answer.ts';
import { whyBriefly, whyStages } from './why-stages.ts';
import type { TryView, WhyView } from './why-view.ts';

/** So many papers of a post are explained at most; the others are counted. */
export const WHYS_SHOWN = 8;
/** So many are offered in its selects: Discord's limit. */
export const WHYS_OFFERED = 25;

export type WhyPage = {
  /** Names the post. */
  nonce: string;
  /** At most WHYS_SHOWN. */
  shown: readonly WhyView[];
  /** These and the next of the post, at most WHYS_OFFERED. */
  offered: readonly Pick<WhyView, 'paper' | 'title'>[];
  /** Papers of the post. */
  total: number;
  /** A moderator asked for it, to see how alerts will be. */
  isExample?: boolean;
};

/** Why a paper came to a channel, or did not: the answer first, then each stage. */
export function whyMessage(view: WhyView): MessageView {
  return {
    embeds: [{ color: colourOf(view), description: cut(whyText(view), TEXT) }],
    components: rowsOf([...view.tries.map(tryButton), ...thePost(view)]),
  };
}

/** The same for the papers of a post: of one paper everything, of several what they came by. */
export function whyHereMessage({ nonce, shown, offered, total, isExample }: WhyPage): MessageView {
  if (total === 1 && shown.length === 1)
    return {
      embeds: [
        embed(
          sayPlain('button.why'),
          isExample ? `${say('why.example')}\n\n${whyText(shown[0])}` : whyText(shown[0]),
          colourOf(shown[0]),
        ),
      ],
      components: rowsOf(notForUs(nonce, offered)),
    };
  return {
    embeds: [embed(sayPlain('button.why'), brieflyOf(shown, total), ACCENT.paper)],
    components: [...rowsOf(openWhy(nonce, offered)), ...rowsOf(notForUs(nonce, offered))],
  };
}

/** Room for what tells of the others. */
const REST = 40;

/** As many as there is room for, each whole. */
function brieflyOf(shown: readonly WhyView[], total: number): string {
  const told: string[] = [];
  let room = TEXT - REST;
  for (const one of shown.map(whyBriefly)) {
    room -= one.length + 2;
    if (room < 0 && told.length > 0) break;
    told.push(one);
  }
  const rest = total - told.length;
  return [...told, ...(rest > 0 ? [say('list.andMore', { n: rest })] : [])].join('\n\n');
}

const whyText = (view: WhyView): string =>
  [
    `**${whyAnswer(view)}**`,
    ...askedOf(view),
    ...whyStages(view),
    ...tried(view),
    ...changedSince(view),
  ].join('\n');

function askedOf({ asked }: WhyView): string[] {
  if (asked === null) return [];
  const day = dayOfYear(Date.parse(asked.day));
  return [say('why.asked', { day, zone: words(asked.zone) })];
}

const colourOf = ({ outcome }: WhyView): number => (outcome.kind === 'sent' ? ACCENT.paper : ACCENT.look);

function changedSince({ changes, outcome }: WhyView): string[] {
  if (changes.length === 0) return [];
  const lines = changes.map((change) => `${sayValue(instant(change.at, 'f'))} ${tellChange(change)}`);
  return [
    '',
    `**${say(outcome.kind === 'noSubscription' ? 'why.changedBefore' : 'why.changedSince')}**`,
    ...lines,
  ];
}

const LABEL = 80;

const tryButton = (one: TryView): APIComponentInMessageActionRow =>
  button(plain(tryLabel(one), LABEL), `mend:${one.key}:wider`);

/** Where there is no room for the clauses they are cut, then counted; what it would bring always has room. */
function tryLabel({ days, more, what }: TryView): string {
  if (what.kind === 'wider')
    return sayPlain('why.tryWider', { sensitivity: sayPhrasePlain(what.sensitivity), more, days });
  const without = (most?: number): string =>
    sayPlain('why.tryWithout', { clauses: what.clauses.map((one) => quoted(one, most)), more, days });
  const fitting = [without(), without(25), without(12)].find((label) => label.length <= LABEL);
  return fitting ?? sayPlain('why.tryLooser', { n: what.clauses.length, more, days });
}

/** What a label had no room for. */
function tried({ tries }: WhyView): string[] {
  return tries.flatMap(({ days, more, what }) => {
    if (what.kind === 'wider') return [];
    const clauses = what.clauses.map((one) => quoted(one));
    if (sayPlain('why.tryWithout', { clauses, more, days }).length <= LABEL) return [];
    return [say('why.tried', { clauses: what.clauses.map((one) => code(one, 150)), more, days })];
  });
}

function thePost({ serverId, outcome }: WhyView): APIComponentInMessageActionRow[] {
  if (outcome.kind !== 'sent' || outcome.message === null || outcome.isDeleted) return [];
  const { channelId, messageId } = outcome.message;
  return [
    linkButton(
      sayPlain('why.openPost'),
      `https://discord.com/channels/${serverId}/${channelId}/${messageId}`,
    ),
  ];
}

type Offered = WhyPage['offered'];

const optionsOf = (offered: Offered) =>
  offered.map(({ paper, title }) => ({ label: plain(title, 100) || paper, value: paper }));

/** Of one paper a button, of several a select. */
function notForUs(nonce: string, offered: Offered): APIComponentInMessageActionRow[] {
  const label = sayPlain('button.notForUs');
  if (offered.length === 0) return [];
  if (offered.length === 1) return [button(label, `wrong:${nonce}:${offered[0].paper}`)];
  return [select({ custom_id: `wrong:${nonce}`, placeholder: label, options: optionsOf(offered) })];
}

/** All stages of one of them. */
function openWhy(nonce: string, offered: Offered): APIComponentInMessageActionRow[] {
  if (offered.length < 2) return [];
  const placeholder = sayPlain('why.openOne');
  return [select({ custom_id: `why:${nonce}`, placeholder, options: optionsOf(offered) })];
}

/** The whole abstract. */
export function abstractMessage(view: CardView): Pick<MessageView, 'embeds'> {
  return {
    embeds: [
      {
        title: escapeWords(view.paper.title, 256),
        url: view.page,
        description: escapeMarkdown(view.paper.abstract, TEXT) || say('paper.noAbstract'),
      },
    ],
  };
}
