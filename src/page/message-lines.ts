import { ButtonStyle, ComponentType } from 'discord-api-types/v10';
import type { SeenMessage } from '#src/sandbox/driver/seen-message.ts';

type Json = Readonly<Record<string, unknown>>;

/** A message as lines of plain text for a terminal: its words in order, marks taken off, what can be pressed in brackets. */
export function messageLines(message: SeenMessage, named: Named = noNames): string[] {
  const texts = [
    message.content,
    ...message.embeds.flatMap(embedTexts),
    ...componentTexts(message.components),
  ];
  return texts.flatMap((text) => unmarked(text, named).split('\n')).filter((line) => line.trim() !== '');
}

/** What a channel (`#`), a role (`@&`) or a member (`@`) is called; null: nobody knows. */
export type Named = (kind: '#' | '@' | '@&', id: string) => string | null;

// Of words: brackets that belong to no link.
const [OPEN, CLOSE] = ['\ue000', '\ue001'];

const noNames: Named = () => null;

/** Markdown without its marks; instants as days of UTC, mentions as names where they are known. */
export function unmarked(text: string, named: Named = noNames): string {
  return text
    .replace(/<(#|@&|@)(\d+)>/g, (mark, kind, id) => {
      const name = named(kind, id);
      return name === null ? mark : `${kind === '#' ? '#' : '@'}${name}`;
    })
    .replace(/<t:(\d+)(?::[a-zA-Z])?>/g, (_, seconds: string) => dayOf(Number(seconds) * 1000))
    .replace(/<\/([^<>:]+):\d+>/g, '/$1')
    .replaceAll('\\[', OPEN)
    .replaceAll('\\]', CLOSE)
    .replace(/\[([^[\]]*)\]\([^()\s]*\)/g, '$1')
    .replaceAll(OPEN, '[')
    .replaceAll(CLOSE, ']')
    .replace(/^(?:#{1,3}|-#) /gm, '')
    .replace(/\*\*|\\(?=[!-/:-@[-`{-~])/g, '');
}

const dayOf = (at: number): string => new Date(at).toISOString().slice(0, 10);

function embedTexts({ title, description, fields = [], footer }: SeenMessage['embeds'][number]): string[] {
  const named = fields.map(({ name, value }) => `${name}: ${value}`);
  return [title, description, ...named, footer?.text].filter((text) => text !== undefined);
}

function componentTexts(components: unknown): string[] {
  if (!Array.isArray(components)) return [];
  return components.flatMap((one: Json) => {
    if (one.type === ComponentType.ActionRow) return [rowText(one)];
    if (one.type === ComponentType.TextDisplay) return [String(one.content)];
    return componentTexts(one.components);
  });
}

/** `[Save] [Discuss] ⟨Open a paper⟩` */
function rowText({ components }: Json): string {
  return (components as Json[]).map(pressable).join(' ');
}

function pressable({ type, label, placeholder, style, url }: Json): string {
  if (type !== ComponentType.Button) return `⟨${String(placeholder ?? 'Choose')}⟩`;
  return style === ButtonStyle.Link ? `[${String(label)}: ${String(url)}]` : `[${String(label)}]`;
}
