import {
  type APIContainerComponent,
  type APIMessageTopLevelComponent,
  type APISectionComponent,
  ComponentType,
} from 'discord-api-types/v10';
import { ACCENT } from '#src/render/parts.ts';
import { everyComponent } from '#src/sandbox/world/component-walk.ts';

/** A message as the sandbox tells it: a post (content and embed), or an answer (texts and containers). */
export type ReadMessage = {
  content: string;
  embeds: readonly ReadEmbed[];
  components?: readonly object[];
};

type ReadEmbed = {
  title?: string;
  url?: string;
  description?: string;
  color?: number;
  footer?: { text: string };
  fields?: readonly { name: string; value: string }[];
};

/** An embed or a container, as it is read. */
type Block = {
  title: string;
  url?: string;
  colour?: number;
  text: string;
  fields: readonly { name: string; value: string }[];
  footer: string;
  /** All its words, in their order. */
  words: string;
};

const HEADING = '## ';
const SMALL = '-# ';

/** A link to a command as its name: `/status`. */
const asRead = (text: string): string => text.replaceAll(/<(\/[^:>]+):\d+>/g, '`$1`');

/** What stands above: the content of a post, the first words of an answer, the sentence of what does not work. */
export function contentOf({ content, components = [] }: ReadMessage): string {
  const texts = (components as APIMessageTopLevelComponent[]).flatMap((one) => {
    if (isProblem(one)) return [problemIn(one).sentence];
    return one.type === ComponentType.TextDisplay ? [asRead(one.content)] : [];
  });
  return [...(content === '' ? [] : [asRead(content)]), ...texts].join('\n');
}

/** A red edge, and no heading. */
const isProblem = (one: APIMessageTopLevelComponent): one is APIContainerComponent =>
  one.type === ComponentType.Container &&
  one.accent_color === ACCENT.refused &&
  one.components[0].type === ComponentType.TextDisplay &&
  !one.components[0].content.startsWith(HEADING);

export type Choice = { label: string; value: string; description?: string };
type Control = {
  label?: string;
  custom_id?: string;
  disabled?: boolean;
  url?: string;
  options?: Choice[];
};

/** Its buttons and selects, in their order. */
export const controlsOf = ({ components = [] }: Pick<ReadMessage, 'components'>): Control[] =>
  everyComponent(components, []).flatMap(({ component }) =>
    'custom_id' in component || 'url' in component ? [component as Control] : [],
  );

/** The embeds of a post, the containers of an answer. */
export function blocksOf({ embeds, components = [] }: ReadMessage): Block[] {
  const containers = (components as APIMessageTopLevelComponent[]).filter(
    (one): one is APIContainerComponent => one.type === ComponentType.Container,
  );
  const blocks = containers.flatMap((one) => (isProblem(one) ? problemIn(one).typed : [ofContainer(one)]));
  return [...embeds.map(ofEmbed), ...blocks];
}

/** The sentence, and what was typed, where that is given back under it. */
function problemIn(problem: APIContainerComponent): { sentence: string; typed: Block[] } {
  const told = ofContainer(problem);
  const [sentence, ...rest] = told.text.split('\n\n**What you typed**\n');
  const text = rest.join('');
  return { sentence, typed: text === '' ? [] : [{ ...told, title: 'What you typed', text, words: text }] };
}

function ofEmbed({ title = '', url, color, description = '', footer, fields = [] }: ReadEmbed): Block {
  const named = fields.map(({ name, value }) => `${name}\n${value}`);
  const parts = [title, url ?? '', description, ...named, footer?.text ?? ''];
  return {
    ...{ title, url, colour: color, text: description, fields, footer: footer?.text ?? '' },
    words: parts.filter((part) => part !== '').join('\n'),
  };
}

/** A heading, a text and what else there is; the last line is a footer where it stands alone and small. */
function ofContainer({ accent_color: colour, components }: APIContainerComponent): Block {
  const texts = components
    .flatMap((one) => (one.type === ComponentType.Section ? inSection(one) : [one]))
    .flatMap((one) => (one.type === ComponentType.TextDisplay ? [asRead(one.content)] : []));
  const heading = texts[0]?.startsWith(HEADING) ? texts[0].slice(HEADING.length) : '';
  const [, title = heading, url] = /^\[(.*)\]\((\S+)\)$/.exec(heading) ?? [];
  const last = texts.at(-1) ?? '';
  const footer = last.startsWith(SMALL) && !last.includes('\n') ? last.slice(SMALL.length) : '';
  const middle = texts.slice(heading === '' ? 0 : 1, footer === '' ? undefined : -1);
  const parts = [title, url ?? '', ...middle, footer];
  return {
    ...{
      title,
      url,
      colour: colour ?? undefined,
      text: middle[0] ?? '',
      fields: fieldsIn(middle[1] ?? ''),
      footer,
    },
    words: parts.filter((part) => part !== '').join('\n'),
  };
}

/** "**Now** 3 upvotes · **From** Sea Lab", or a name above its lines. */
function fieldsIn(text: string): { name: string; value: string }[] {
  const heads = [...text.matchAll(/(?:^|\n| · )\*\*([^*]+)\*\*[ \n]/g)];
  return heads.map(({ index, 0: head, 1: name }, at) => ({
    name,
    value: text.slice(index + head.length, heads[at + 1]?.index),
  }));
}

const inSection = ({ components }: APISectionComponent) => components;
