import { escapeMarkdown } from './escape-markdown.ts';

/** A piece of a paper's text with the matching words marked. */
export type Passage = readonly { text: string; hit: boolean }[];

/** The passage as markdown, the matching words in bold. */
export function passage(parts: Passage): string {
  return parts.map(({ text, hit }) => (hit ? `**${inner(text)}**` : inner(text))).join('');
}

/** Escaped, blanks at the ends kept: they separate it from its neighbours. */
function inner(text: string): string {
  const middle = text.trim();
  if (middle === '') return text && ' ';
  return `${/^\s/.test(text) ? ' ' : ''}${escapeMarkdown(middle)}${/\s$/.test(text) ? ' ' : ''}`;
}
