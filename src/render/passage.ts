import { escapeMarkdown } from './escape-markdown.ts';

/** A piece of a paper's text with the matching words marked. */
export type Passage = readonly { text: string; hit: boolean }[];

const ADDRESS = /https?:\/\/\S+/g;

/** The passage as markdown, the matching words in bold, but for those inside an address, which would be no link then. */
export function passage(parts: Passage): string {
  return withWholeAddresses(parts)
    .map(({ text, hit }) => (hit ? `**${inner(text)}**` : inner(text)))
    .join('');
}

function withWholeAddresses(parts: Passage): Passage {
  const text = parts.map((part) => part.text).join('');
  const addresses = [...text.matchAll(ADDRESS)].map(({ index, 0: { length } }) => [index, index + length]);
  if (addresses.length === 0) return parts;
  const whole: { text: string; hit: boolean }[] = [];
  let from = 0;
  for (const part of parts) {
    const to = from + part.text.length;
    const hit = part.hit && !addresses.some(([start, end]) => from < end && start < to);
    const last = whole.at(-1);
    if (last && !last.hit && !hit) last.text += part.text;
    else whole.push({ text: part.text, hit });
    from = to;
  }
  return whole;
}

/** Escaped, blanks at the ends kept: they separate it from its neighbours. */
function inner(text: string): string {
  const middle = text.trim();
  if (middle === '') return text && ' ';
  return `${/^\s/.test(text) ? ' ' : ''}${escapeMarkdown(middle)}${/\s$/.test(text) ? ' ' : ''}`;
}
