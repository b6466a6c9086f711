import type { Request } from '#commands/command.ts';
import type { TargetMessage } from './interaction.ts';

/** A message that a menu command was used on: what it says, what its embeds say, and every link in both. */
export function readTarget(message: TargetMessage | undefined): Request['message'] {
  if (!message) return null;
  const embedText = message.embeds.map(textOf).join('\n\n');
  const links = new Set([
    ...linksIn(message.content),
    ...message.embeds.flatMap(({ url, author }) => [url, author?.url].filter((link) => link !== undefined)),
    ...linksIn(embedText),
    ...linkButtons(message.components),
  ]);
  return { id: message.id, content: message.content, embedText, links: [...links] };
}

function textOf({ author, title, description, fields, footer }: TargetMessage['embeds'][number]): string {
  const parts = [
    author?.name,
    title,
    description,
    ...(fields ?? []).flatMap((f) => [f.name, f.value]),
    footer?.text,
  ];
  return parts.filter(Boolean).join('\n');
}

/** Up to white space, a quote or what closes a Markdown link or `<link>`; not the sentence's own full stop. */
function linksIn(text: string): string[] {
  return (text.match(/https?:\/\/[^\s<>()[\]"'`|]+/g) ?? []).map((link) =>
    link.replace(/(?<![.,;:!?*_])[.,;:!?*_]+$/, ''),
  );
}

function linkButtons(node: unknown): string[] {
  if (Array.isArray(node)) return node.flatMap(linkButtons);
  if (typeof node !== 'object' || node === null) return [];
  const own = 'url' in node && typeof node.url === 'string' ? [node.url] : [];
  return 'components' in node ? [...own, ...linkButtons(node.components)] : own;
}
