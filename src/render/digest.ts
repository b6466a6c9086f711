import { type APIButtonComponent, ButtonStyle } from 'discord-api-types/v10';
import type { KeptPhrase } from '#src/wording/kept-phrase.ts';
import type { Phrase } from '#src/wording/values.ts';
import { type AlsoIn, alsoIn } from './also-in.ts';
import { type DigestGroup, pageLines, pagePartsOf } from './digest-groups.ts';
import { escapeMarkdown, escapeWords } from './escape-markdown.ts';
import { whyButton } from './paper-card.ts';
import { type ListItem, openSelect, PAGE_SIZE, paperLine } from './paper-list.ts';
import { ACCENT, button, embed, type MessageView, row } from './parts.ts';
import { type Passage, passage } from './passage.ts';
import { type Reason, tellNews } from './reason.ts';
import { sayPlain, sayValuePlain } from './say.ts';

/** A paper of a digest, and why it stands there. */
export type DigestItem = Omit<ListItem, 'note'> & {
  why?: Reason;
  /** The filters that match, as their moderators wrote them. */
  matched?: readonly string[];
  /** The piece of its text that matched; only where it is shown. */
  passage?: Passage;
  /** It stands there in full. */
  elsewhere?: AlsoIn;
};

export type DigestView = {
  /** What time it is of, and how many papers; plain text of one that was posted by an earlier version. */
  heading: KeptPhrase;
  /** Why a catch-up comes, a sentence. */
  cause?: Phrase;
  items: readonly DigestItem[];
  /** Under which filter each paper stands, in the order shown. */
  groups: readonly DigestGroup[];
  mark: string;
  /** Page shown, from 0. The first is posted; the rest is behind buttons, seen by the asker alone. */
  page: number;
};

/** One message: a page of the papers in their order, under their filters where there are several. */
export function digestMessage(view: DigestView): MessageView {
  const pages = Math.max(1, Math.ceil(view.items.length / PAGE_SIZE));
  const first = view.page * PAGE_SIZE;
  const shown = view.items.slice(first, first + PAGE_SIZE).map((item) => ({ ...item, note: noteOn(item) }));
  const parts = pagePartsOf(shown, view.groups);
  const lines = pageLines(parts, first + 1, itemOfList);
  const shownPage = embed(escapeWords(sayValuePlain(view.heading), 256), lines, ACCENT.paper);
  return {
    embeds: [{ ...shownPage, footer: { text: footerOf(view, pages) } }],
    components: [openSelect(parts.flatMap(({ items }) => items)), row(...digestButtons(view, pages))],
  };
}

/** Discord lets a further line stand under its item where it begins with blanks. */
const INDENT = '   ';

function itemOfList(item: ListItem, number: number, room: number): string {
  const below = item.note ? item.note.split('\n').length : 0;
  const told = paperLine(item, `${number}.`, room - below * INDENT.length);
  return told.replaceAll('\n', `\n${INDENT}`);
}

/** What it rose by (that it is new goes without saying), and the passage that matched. */
function noteOn({ why, passage: found, elsewhere }: DigestItem): string {
  if (elsewhere) return alsoIn(elsewhere);
  const reason = why?.news.kind === 'trending' ? escapeMarkdown(tellNews(why.news, why.beside)) : '';
  return [reason, found ? passage(found) : ''].filter((line) => line !== '').join('\n');
}

function footerOf({ cause, page }: DigestView, pages: number): string {
  const paged = pages > 1 ? sayPlain('list.page', { page: page + 1, pages }) : sayPlain('digest.ranked');
  return cause ? sayPlain('sentence.andNext', { before: cause, after: paged }) : paged;
}

function digestButtons(view: DigestView, pages: number): APIButtonComponent[] {
  const why = whyButton(view.mark);
  const next = `more:${view.mark.split(':')[1]}:${view.page + 1}`;
  const more = button(sayPlain('button.morePapers'), next, ButtonStyle.Primary);
  return view.page + 1 < pages ? [why, more] : [why];
}
