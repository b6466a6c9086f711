/**
 * A message that Discord takes: what is longer than its limits (resources/message.mdx "Embed Limits",
 * components/reference.mdx) is cut where the reader sees it, and said to the log. Nothing is split or left out silently.
 */
export type MessageParts = {
  content?: string;
  embeds?: readonly object[];
  components?: readonly object[];
};

const CONTENT = 2000;
const EMBEDS = 10;
const FIELDS = 25;
const ALL_EMBEDS = 6000;
const ROWS = 5;
const OPTIONS = 25;
const EMBED_TEXTS = { title: 256, description: 4096 } as const;
const COMPONENT_TEXTS = { label: 80, placeholder: 150, content: 4000 } as const;

/** The parts within the limits, and what was cut; `cut` is empty when all fitted. */
export function fitMessage(parts: MessageParts): { parts: MessageParts; cut: readonly string[] } {
  const cut: string[] = [];
  const shorten = (text: unknown, limit: number, what: string): unknown => {
    if (typeof text !== 'string' || text.length <= limit) return text;
    cut.push(what);
    return cutText(text, limit);
  };
  const few = <T>(list: readonly T[], limit: number, what: string): readonly T[] => {
    if (list.length <= limit) return list;
    cut.push(`${list.length - limit} of ${list.length} ${what}`);
    return list.slice(0, limit);
  };
  const fitted: MessageParts = { ...parts };
  if (parts.content !== undefined) fitted.content = String(shorten(parts.content, CONTENT, 'content'));
  if (parts.embeds) {
    const embeds = few(parts.embeds, EMBEDS, 'embeds').map((embed) => fitEmbed(embed, shorten, few));
    fitted.embeds = fitTogether(embeds, cut);
  }
  if (parts.components) {
    const rows = isRich(parts.components) ? parts.components : few(parts.components, ROWS, 'rows');
    fitted.components = rows.map((component) => fitComponent(component, shorten, few));
  }
  return { parts: fitted, cut };
}

/** Whether these need Discord's components v2 flag: anything but rows of buttons and selects. */
export function isRich(components: readonly object[]): boolean {
  return components.some((component) => 'type' in component && component.type !== 1);
}

/** At most `limit` UTF-16 units, ending in an ellipsis, never inside a surrogate pair. */
export function cutText(text: string, limit: number): string {
  if (text.length <= limit) return text;
  const end = limit - 1;
  const insidePair = /[\uD800-\uDBFF]/.test(text.charAt(end - 1));
  return `${text.slice(0, insidePair ? end - 1 : end)}…`;
}

type Shorten = (text: unknown, limit: number, what: string) => unknown;
type Few = <T>(list: readonly T[], limit: number, what: string) => readonly T[];
type Fields = Record<string, unknown>;

function fitEmbed(embed: object, shorten: Shorten, few: Few): Fields {
  const fitted: Fields = { ...embed };
  for (const [name, limit] of Object.entries(EMBED_TEXTS)) {
    if (name in fitted) fitted[name] = shorten(fitted[name], limit, `embed ${name}`);
  }
  if (isFields(fitted.author)) {
    fitted.author = { ...fitted.author, name: shorten(fitted.author.name, 256, 'embed author') };
  }
  if (isFields(fitted.footer)) {
    fitted.footer = { ...fitted.footer, text: shorten(fitted.footer.text, 2048, 'embed footer') };
  }
  if (Array.isArray(fitted.fields)) {
    fitted.fields = few(fitted.fields, FIELDS, 'fields').map((field) => ({
      ...field,
      name: shorten(field.name, 256, 'field name'),
      value: shorten(field.value, 1024, 'field value'),
    }));
  }
  return fitted;
}

/** All embeds of a message share 6,000 characters: the last descriptions give way, then the last embeds. */
function fitTogether(embeds: readonly Fields[], cut: string[]): Fields[] {
  const fitted = [...embeds];
  for (let last = fitted.length - 1; last >= 0; last--) {
    const excess = fitted.reduce((sum, embed) => sum + charactersOf(embed), 0) - ALL_EMBEDS;
    if (excess <= 0) break;
    cut.push(`embed ${last + 1} for the sum of all embeds`);
    const { description } = fitted[last];
    if (typeof description === 'string' && description.length > excess + 1) {
      fitted[last] = { ...fitted[last], description: cutText(description, description.length - excess) };
    } else if (last > 0) {
      fitted.splice(last, 1);
    } else {
      fitted[0] = { ...fitted[0], description: '…', fields: [] };
    }
  }
  return fitted;
}

function charactersOf(embed: Fields): number {
  const { title, description, author, footer, fields } = embed;
  const texts = [title, description];
  if (isFields(author)) texts.push(author.name);
  if (isFields(footer)) texts.push(footer.text);
  if (Array.isArray(fields)) texts.push(...fields.flatMap(({ name, value }) => [name, value]));
  return texts.reduce<number>((sum, text) => sum + (typeof text === 'string' ? text.length : 0), 0);
}

function fitComponent(component: object, shorten: Shorten, few: Few): Fields {
  const fitted: Fields = { ...component };
  for (const [name, limit] of Object.entries(COMPONENT_TEXTS)) {
    if (name in fitted) fitted[name] = shorten(fitted[name], limit, `component ${name}`);
  }
  if (Array.isArray(fitted.options)) {
    fitted.options = few(fitted.options, OPTIONS, 'choices').map((option) => ({
      ...option,
      label: shorten(option.label, 100, 'choice label'),
      ...(option.description && { description: shorten(option.description, 100, 'choice description') }),
    }));
  }
  if (Array.isArray(fitted.components)) {
    fitted.components = fitted.components.map((part) => fitComponent(part, shorten, few));
  }
  return fitted;
}

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
