import type { APIButtonComponent, APIEmbedField } from 'discord-api-types/v10';
import type { Paper, Signals, Withdrawal } from '#src/paper/paper.ts';
import { instant, phrase, words } from '#src/wording/phrase.ts';
import { cut } from './cut.ts';
import { dateOfYear } from './days.ts';
import { codeSpan, escapeMarkdown, escapeWords, plain } from './escape-markdown.ts';
import { figureWords } from './figure-words.ts';
import { firstSentences } from './first-sentences.ts';
import { linkButtons } from './paper-links.ts';
import { ACCENT, button, type MessageView, row, TEXT } from './parts.ts';
import { say, sayPlain, sayValue } from './say.ts';

/** Everything a card can show; `why` and `matched` only on alerts. */
export type CardView = {
  paper: Paper;
  signals: Signals;
  /** Where a reader goes first. */
  page: string;
  /** Why it is shown now, a sentence. */
  why?: string;
  /** The subscriptions that match, as their moderators wrote them. */
  matched?: readonly string[];
  /** Of an alert that only shows how it will be. */
  isExample?: boolean;
  /** Custom id of the "Why here?" button: the mark by which a post is recognised when the channel is read back. */
  mark?: string;
};

/** Two whole sentences where they fit. */
const ABSTRACT_SHOWN = 600;

/** A paper as one embed and one row of buttons. Never over Discord's limits, whatever the paper holds. */
export function paperCard(view: CardView): MessageView {
  const { paper } = view;
  return {
    embeds: [
      {
        title: escapeWords(paper.title, 256),
        url: view.page,
        color: paper.withdrawn ? ACCENT.withdrawn : ACCENT.paper,
        description: cardText(view),
        fields: cardFields(view),
        footer: { text: plain(footer(paper), 300) },
        ...(paper.thumbnail ? { thumbnail: { url: paper.thumbnail } } : {}),
      },
    ],
    components: [row(...cardButtons(view))],
  };
}

function cardText({ paper }: CardView): string {
  const abstract = paper.abstract === '' ? '' : `\n\n${escapeMarkdown(shownAbstract(paper))}`;
  const withdrawn = paper.withdrawn ? `\n\n**${withdrawnLine(paper.withdrawn)}**` : '';
  return cut(`*${authorLine(paper.authors)}*${withdrawn}${abstract}`, TEXT);
}

/** The day is UTC's, as arXiv names it. */
const withdrawnLine = ({ at }: Withdrawal): string =>
  at === null ? say('card.withdrawn') : say('card.withdrawnOn', { day: dateOfYear(at) });

const shownAbstract = ({ abstract }: Paper): string => firstSentences(abstract, 2, ABSTRACT_SHOWN);

/** "A, B, C and 12 more". */
export function authorLine(authors: readonly string[]): string {
  if (authors.length === 0) return say('card.authorsUnknown');
  const shown = authors.slice(0, 4).map((name) => words(name, 80));
  const rest = authors.length - shown.length;
  return sayValue(rest > 0 ? [...shown, phrase('list.more', { n: rest })] : { list: shown });
}

function cardFields({ paper, signals, why, matched, isExample }: CardView): APIEmbedField[] {
  const fields: APIEmbedField[] = [];
  const figures = figureLine(signals);
  if (figures !== '') fields.push({ name: sayPlain('card.now'), value: figures, inline: true });
  if (paper.publishedAt !== null) {
    const value = sayValue(instant(paper.publishedAt, 'D'));
    fields.push({ name: sayPlain('card.published'), value, inline: true });
  }
  if (paper.organization) {
    const value = escapeMarkdown(paper.organization, 200);
    fields.push({ name: sayPlain('card.from'), value, inline: true });
  }
  if (why) fields.push({ name: sayPlain('card.whyNow'), value: escapeMarkdown(why, 1024) });
  if (matched && matched.length > 0)
    fields.push({ name: sayPlain('card.matches'), value: matchedLine(matched) });
  if (isExample) fields.push({ name: sayPlain('card.exampleName'), value: say('card.exampleText') });
  // Discord refuses a field without text, and trims before it looks.
  return fields.filter((field) => field.value.trim() !== '');
}

/** "41 upvotes · 3 comments · 1,200 stars"; '' when nothing is known. */
export function figureLine(signals: Signals): string {
  return figureWords(signals).join(' · ');
}

function matchedLine(matched: readonly string[]): string {
  const shown = matched.slice(0, 5).map((filter) => codeSpan(filter, 150));
  const rest = matched.length - shown.length;
  const more = rest > 0 ? ` ${say('list.andMore', { n: rest })}` : '';
  return cut(`${shown.join(' · ')}${more}`, 1024);
}

function footer(paper: Paper): string {
  const categories = paper.categories.length > 0 ? ` · ${paper.categories.slice(0, 6).join(', ')}` : '';
  return `arXiv:${paper.id}${categories}`;
}

/** Every post has it: it carries the mark. */
export const whyButton = (mark: string) => button(sayPlain('button.why'), mark);

function cardButtons(view: CardView): APIButtonComponent[] {
  const { abstract } = view.paper;
  const whole =
    shownAbstract(view.paper).length < abstract.trim().length
      ? [button(sayPlain('button.abstract'), `abstract:${view.paper.id}`)]
      : [];
  const why = view.mark ? [whyButton(view.mark)] : [];
  return [...whole, ...why, ...linkButtons(view.paper)].slice(0, 5);
}
