import type { PageMessage, Text, TextPart } from '../../protocol.ts';

/** A text without its marks, as it is read aloud or cut for a list. Spoilers stay covered. */
const plainWords = (text: Text): string => text.map(partWords).join('').replace(/\s+/g, ' ').trim();

/** The first words of a message, whatever it consists of. */
export function firstWords({ content, embeds, parts, poll, files }: PageMessage): string {
  const texts = [
    plainWords(content),
    ...embeds.map(({ title, description }) => plainWords(title ?? description ?? [])),
    ...parts.map(wordsOfPart),
    poll?.question ?? '',
    ...files.map(({ name }) => name),
  ];
  return texts.find((words) => words !== '') ?? '';
}

function partWords(part: TextPart): string {
  switch (part.kind) {
    case 'plain':
    case 'code':
    case 'code-block':
      return part.text;
    case 'break':
    case 'time':
      return ' ';
    case 'spoiler':
      return ' (spoiler) ';
    case 'list':
      return part.items.map((item) => `${plainWords(item)} `).join('');
    case 'mention':
      return `${MENTION_SIGNS[part.of]}${part.name}`;
    case 'emoji':
      return `:${part.name}:`;
    case 'heading':
    case 'quote':
    case 'small':
      return `${plainWords(part.inner)} `;
    default:
      return part.inner.map(partWords).join('');
  }
}

/** What stands before the name of what is mentioned. */
export const MENTION_SIGNS = { user: '@', role: '@', everyone: '@', channel: '#', command: '/' } as const;

function wordsOfPart(part: PageMessage['parts'][number]): string {
  switch (part.kind) {
    case 'text':
      return plainWords(part.text);
    case 'section':
      return plainWords(part.texts.flat());
    case 'container':
      return part.parts.map(wordsOfPart).find((words) => words !== '') ?? '';
    default:
      return '';
  }
}
