import type { Text, TextPart } from '../protocol.ts';
import { type MarkdownKind, type MarkdownNode, parseMarkdown } from './markdown.ts';
import { type Sight, seesPlace, whomTheViewerMeets } from './sight.ts';

/** Reads Discord's markdown as the viewer sees it: names for ids, and nothing that leads elsewhere than to a web page. */
export function readText(markdown: string, sight: Sight, kind: MarkdownKind = 'whole'): Text {
  return partsOf(parseMarkdown(markdown, kind), sight);
}

function partsOf(nodes: MarkdownNode['content'], sight: Sight): Text {
  if (typeof nodes === 'string') return [{ kind: 'plain', text: nodes }];
  const parts: TextPart[] = [];
  for (const node of nodes ?? []) {
    const part = partOf(node, sight);
    const before = parts.at(-1);
    if (part.kind === 'plain' && before?.kind === 'plain')
      parts[parts.length - 1] = { kind: 'plain', text: before.text + part.text };
    else parts.push(part);
  }
  return parts;
}

function partOf(node: MarkdownNode, sight: Sight): TextPart {
  const text = typeof node.content === 'string' ? node.content : '';
  const inner = () => partsOf(node.content, sight);
  switch (node.type) {
    case 'br':
      return { kind: 'break' };
    case 'strong':
    case 'strike':
    case 'spoiler':
    case 'small':
      return { kind: node.type, inner: inner() };
    case 'em':
      return { kind: 'emphasis', inner: inner() };
    case 'u':
      return { kind: 'underline', inner: inner() };
    case 'blockQuote':
      return { kind: 'quote', inner: withoutLastBreaks(inner()) };
    case 'heading':
      return { kind: 'heading', level: node.level === 1 ? 1 : node.level === 2 ? 2 : 3, inner: inner() };
    case 'list':
      return listOf(node, sight);
    case 'inlineCode':
      return { kind: 'code', text };
    case 'codeBlock':
      return { kind: 'code-block', language: node.lang || null, text };
    case 'link':
      return { kind: 'link', href: node.target ?? '', title: node.title ?? null, inner: inner() };
    case 'address':
      return { kind: 'link', href: text, title: null, inner: [{ kind: 'plain', text }] };
    case 'time':
      return { kind: 'time', at: (node.seconds ?? 0) * 1000, style: node.style ?? 'f' };
    case 'discordEmoji':
      return { kind: 'emoji', name: node.name ?? '' };
    case 'user':
    case 'role':
    case 'channel':
    case 'everyone':
    case 'command':
      return mentionOf(node.type, node, sight);
    default:
      return { kind: 'plain', text };
  }
}

function listOf(node: MarkdownNode, sight: Sight): TextPart {
  const start = node.start ?? 1;
  return {
    kind: 'list',
    ordered: node.ordered === true,
    start: Number.isSafeInteger(start) ? start : 1,
    items: (node.items ?? []).map((item) => withoutLastBreaks(partsOf(item, sight))),
  };
}

function withoutLastBreaks(text: Text): Text {
  const last = text.findLastIndex(({ kind }) => kind !== 'break');
  return text.slice(0, last + 1);
}

type Mentioned = Extract<TextPart, { kind: 'mention' }>['of'];

function mentionOf(of: Mentioned, { id = '', name = '' }: MarkdownNode, sight: Sight): TextPart {
  return { kind: 'mention', of, id, name: nameOf(of, id, sight) ?? name, isMine: isMine(of, id, sight) };
}

/** Null: it stands in the mark itself. */
function nameOf(of: Mentioned, id: string, sight: Sight): string | null {
  const { world, viewerId, guild } = sight;
  if (of === 'user') return whomTheViewerMeets(sight, id)?.displayName ?? 'unknown-user';
  if (of === 'role') return guild?.roles.get(id)?.name.replace(/^@/, '') ?? 'unknown-role';
  if (of !== 'channel') return null;
  const channel = world.channels.get(id);
  return channel && seesPlace(world, channel, viewerId) ? channel.name : 'unknown-channel';
}

function isMine(of: Mentioned, id: string, { viewerId, guild, calls }: Sight): boolean {
  if (of === 'user') return id === viewerId && calls?.userIds.includes(id) === true;
  if (of === 'everyone') return calls?.everyone === true;
  if (of !== 'role' || !calls?.roleIds.includes(id)) return false;
  return guild?.members.get(viewerId)?.roleIds.includes(id) === true;
}
