/** A letter as Discord's own JSON: what is read, whom it mentions, and whether it rings. */
import { MessageFlags } from 'discord-api-types/v10';
import type { CardLetter, Letter, NoticeLetter, Renewable } from '#src/pipeline/letter.ts';
import type { Carries, Parcel } from '#src/pipeline/postman.ts';
import { type AlsoIn, alsoIn } from '#src/render/also-in.ts';
import { digestMessage } from '#src/render/digest.ts';
import { catchUpLine } from '#src/render/digest-heading.ts';
import { doubtButtons } from '#src/render/doubt-notice.ts';
import { escapeMarkdown, escapeWords } from '#src/render/escape-markdown.ts';
import { paperCard, whyButton } from '#src/render/paper-card.ts';
import { button, row, type ShownMessage } from '#src/render/parts.ts';
import { plainMessage } from '#src/render/plain-message.ts';
import { cardLine, digestLine, withRoles } from '#src/render/push-line.ts';
import { tellNews, tellNewsShortly } from '#src/render/reason.ts';
import { say, sayPhrasePlain, sayPlain, sayValue } from '#src/render/say.ts';
import { WELCOME, welcomeButtons } from '#src/render/welcome.ts';

/** Discord's JSON for a message: content, embeds, components, allowed_mentions, flags. */
export type MessageBody = ShownMessage & {
  allowed_mentions?: { parse: []; roles: readonly string[] };
  flags?: number;
};

/** A parcel's message. Rendering twice gives the same message. */
export function renderParcel({ letter, mentions, isSilent, isPlain }: Parcel): MessageBody {
  const whole = wholeOf(letter);
  const shown = isPlain ? { ...whole, ...plainMessage(whole, markOf(letter)) } : whole;
  const content = withRoles(shown.content ?? '', mentions);
  if (letter.kind === 'notice') return { ...shown, content };
  return {
    ...shown,
    allowed_mentions: { parse: [], roles: mentions },
    ...(isSilent ? { flags: MessageFlags.SuppressNotifications } : {}),
    content,
  };
}

/** What a message that is there is edited to; a card's content line stays as it was posted. */
export function renderRenewed(letter: Renewable): MessageBody {
  return letter.kind === 'card' ? cardBody(letter) : noticeBody(letter);
}

/** Text alone needs no right to show embeds. */
export function carriedBy(letter: Letter): Carries {
  return letter.kind === 'notice' || (letter.kind === 'card' && !letter.shown) ? 'words' : 'papers';
}

function wholeOf(letter: Letter): MessageBody {
  if (letter.kind === 'notice') return noticeBody(letter);
  if (letter.kind === 'card' && letter.elsewhere) return lineBody(letter, letter.elsewhere);
  if (letter.kind === 'card')
    return letter.shown ? { content: cardContent(letter), ...cardBody(letter) } : cardBody(letter);
  const { view } = letter;
  if (letter.kind === 'digest')
    return { content: digestLine(view.items.map(({ paper }) => paper.title)), ...digestMessage(view) };
  const { facts } = letter;
  return {
    content: escapeMarkdown(sayPhrasePlain(catchUpLine(facts))),
    ...digestMessage({ ...view, cause: facts.cause }),
  };
}

const markOf = (letter: Letter): string => ('view' in letter ? letter.view.mark : letter.mark);

const cardContent = ({ id, shown, why, isExample }: CardLetter): string =>
  afterExample(cardLine(shown?.paper.title || id, why ? tellNewsShortly(why.news) : undefined), isExample);

/** What only shows how it will be says so first. */
const afterExample = (line: string, isExample = false): string =>
  isExample ? `${say('card.example')} ${line}` : line;

/** One line and the button that carries the mark. */
function lineBody({ id, shown, mark }: CardLetter, elsewhere: AlsoIn): MessageBody {
  const title = escapeWords(shown?.paper.title || id, 300);
  return { content: `**${title}** · ${alsoIn(elsewhere)}`, components: [row(whyButton(mark))] };
}

function cardBody({ id, shown, why, matched, isExample, mark }: CardLetter): MessageBody {
  if (!shown) return { content: afterExample(`https://arxiv.org/abs/${id}`, isExample) };
  const told = why ? tellNews(why.news, why.beside) : undefined;
  return paperCard({ ...shown, why: told, matched, isExample, mark });
}

/** Its last button does nothing but carry the mark: without one, a notice in doubt would be sent a second time. */
function noticeBody({ text, mark, about }: NoticeLetter): MessageBody {
  const label = { ...button(sayPlain('button.forModerators'), mark), disabled: true };
  const choices = about === WELCOME ? welcomeButtons() : about === null ? [] : doubtButtons(about);
  return { content: sayValue(text), components: [row(...choices, label)] };
}
