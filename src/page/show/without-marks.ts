import type { Text, TextPart } from '../protocol.ts';

const BEFORE_A_MENTION = { user: '@', role: '@', everyone: '@', channel: '#', command: '/' } as const;

/** The words of a text in one line, without its marks, as notifications show it. Times are written for `locale`, in UTC. */
export function withoutMarks(text: Text, locale: string): string {
  return wordsOf(text, locale).replace(/\s+/g, ' ').trim();
}

function wordsOf(text: Text, locale: string): string {
  return text.map((part) => wordsOfPart(part, locale)).join('');
}

function wordsOfPart(part: TextPart, locale: string): string {
  switch (part.kind) {
    case 'plain':
    case 'code':
      return part.text;
    case 'break':
      return '\n';
    case 'code-block':
      return `\n${part.text}\n`;
    case 'heading':
    case 'quote':
    case 'small':
      return `\n${wordsOf(part.inner, locale)}\n`;
    case 'list':
      return `${part.items.map((item) => `\n${wordsOf(item, locale)}`).join('')}\n`;
    case 'spoiler':
      return '▇▇▇';
    case 'time':
      return timeOf(part.at, locale);
    case 'mention':
      return BEFORE_A_MENTION[part.of] + part.name;
    case 'emoji':
      return `:${part.name}:`;
    default:
      return wordsOf(part.inner, locale);
  }
}

function timeOf(at: number, locale: string): string {
  const date = new Date(at);
  if (Number.isNaN(date.getTime())) return '';
  return `${date.toLocaleString(locale, { dateStyle: 'medium', timeStyle: 'short', timeZone: 'UTC' })} UTC`;
}
