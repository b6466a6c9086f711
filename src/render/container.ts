/** An answer as Discord's components V2 (components/reference.mdx): what posts say in content and embeds, in containers. */
import {
  type APIContainerComponent,
  type APIEmbed,
  type APIEmbedField,
  type APIMessageTopLevelComponent,
  type APITextDisplayComponent,
  ComponentType,
} from 'discord-api-types/v10';
import { instant } from '#src/wording/phrase.ts';
import { cut } from './cut.ts';
import { escapeMarkdown, escapeWords } from './escape-markdown.ts';
import {
  ANSWER_TEXT,
  container,
  gallery,
  type MessageRow,
  type ShownMessage,
  section,
  separator,
  textDisplay,
} from './parts.ts';
import { sayValue } from './say.ts';

/** Of a message, nested ones counted. */
const MOST_COMPONENTS = 40;
/** Between what stands beside each other in a line. */
const DOT = ' · ';

/** `cut`: what was over a limit, for the log. */
type Contained = { components: APIMessageTopLevelComponent[]; cut: readonly string[] };

/** What is read of an embed, '' where there is none. */
type Texts = readonly [heading: string, text: string, fields: string, footer: string];

/**
 * The content, then a container for each embed; the last has the rows. Where all is too long the longest text gives way,
 * where there are too many parts the last ones do.
 */
export function inContainers({ content = '', embeds = [], components: rows = [] }: ShownMessage): Contained {
  const told = [content.trim(), ...embeds.flatMap(textsOf)];
  const [above, ...texts] = fitTogether(told);
  const blocks = embeds.map((embed, at) => containerOf(embed, texts.slice(at * 4, at * 4 + 4)));
  const parts = [...displays(above), ...blocks.filter(({ components }) => components.length > 0)];
  const shown = firstOf(parts, MOST_COMPONENTS);
  const fitted = firstOf(rows, MOST_COMPONENTS - countOf(shown) - 1);
  return {
    components: withRows(shown, fitted),
    cut: [
      ...(told.join('').length > ANSWER_TEXT ? ['texts'] : []),
      ...(shown.length < parts.length ? ['containers'] : []),
      ...(fitted.length < rows.length ? ['rows'] : []),
    ],
  };
}

function textsOf({ title, url, author, description = '', fields = [], footer, timestamp }: APIEmbed): Texts {
  const heading = [
    ...(title === undefined ? [] : [`## ${linked(title.replace(/\s+/g, ' '), url)}`]),
    ...(author === undefined ? [] : [linked(escapeWords(author.name), author.url)]),
  ];
  const small = [
    ...(footer === undefined ? [] : [escapeMarkdown(footer.text)]),
    ...(timestamp === undefined ? [] : [sayValue(instant(Date.parse(timestamp), 'f'))]),
  ];
  return [
    heading.join('\n'),
    description.trim(),
    fieldLines(fields).join('\n'),
    small.length === 0 ? '' : `-# ${small.join(' ')}`,
  ];
}

/** A closing bracket would end the address. */
const linked = (words: string, url: string | undefined): string =>
  url === undefined ? words : `[${words}](${url.replaceAll('(', '%28').replaceAll(')', '%29')})`;

/** "**Published** 10 March · **From** Qwen": those that stand beside each other, unless one has parts of its own. */
function fieldLines(fields: readonly APIEmbedField[]): string[] {
  const lines: string[] = [];
  let isOpen = false;
  for (const { name, value, inline } of fields) {
    const isLong = value.includes('\n');
    const told = `**${escapeWords(name)}**${isLong ? '\n' : ' '}${value}`;
    const isBeside = inline === true && !isLong && !value.includes(DOT);
    lines.push(isBeside && isOpen ? `${lines.pop()}${DOT}${told}` : told);
    isOpen = isBeside;
  }
  return lines;
}

/** All but the first, which has its own limit and says what was done. */
function fitTogether([content, ...texts]: readonly string[]): string[] {
  const excess = [content, ...texts].join('').length - ANSWER_TEXT;
  const longest = texts.reduce((one, text, at) => (text.length > texts[one].length ? at : one), 0);
  if (excess <= 0 || !texts[longest]) return [content, ...texts];
  const room = Math.max(0, texts[longest].length - excess);
  return fitTogether([content, ...texts.with(longest, cut(texts[longest], room))]);
}

/** The first of them, which are at most so many components with all they hold. */
function firstOf<Part extends object>(parts: readonly Part[], most: number): Part[] {
  const ends = parts.map((_, at) => countOf(parts.slice(0, at + 1)));
  return parts.filter((_, at) => ends[at] <= most);
}

function countOf(components: readonly object[]): number {
  return components.reduce<number>((sum, one) => {
    const { components: inner = [], accessory }: { components?: object[]; accessory?: object } = one;
    return sum + 1 + countOf(inner) + (accessory === undefined ? 0 : 1);
  }, 0);
}

function containerOf(
  { color, thumbnail, image }: APIEmbed,
  [heading, text, fields, footer]: readonly string[],
): APIContainerComponent {
  const head = displays(heading, text);
  return container(
    [
      ...(thumbnail === undefined || head.length === 0 ? head : [section(head, thumbnail)]),
      ...displays(fields),
      ...(image === undefined ? [] : [gallery(image)]),
      ...displays(footer),
    ],
    color,
  );
}

/** Discord refuses an empty one. */
const displays = (...texts: readonly string[]): APITextDisplayComponent[] =>
  texts.flatMap((text) => (text === '' ? [] : [textDisplay(text)]));

/** In the last container, behind a line where they are several; alone where there is none. */
function withRows(
  shown: readonly APIMessageTopLevelComponent[],
  rows: readonly MessageRow[],
): APIMessageTopLevelComponent[] {
  const last = shown.at(-1);
  if (rows.length === 0 || last?.type !== ComponentType.Container) return [...shown, ...rows];
  const line = rows.length > 1 ? [separator()] : [];
  return [...shown.slice(0, -1), { ...last, components: [...last.components, ...line, ...rows] }];
}
