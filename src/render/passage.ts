import { cut } from './cut.ts';
import { escapeMarkdown, escapeWords } from './escape-markdown.ts';

/** A piece of a paper's text with the matching words marked. */
export type Passage = readonly { text: string; hit: boolean }[];

const ADDRESS = /https?:\/\/\S+/g;

/** The passage as markdown, the matching words in bold, but for those inside an address, which would be no link then. */
export function passage(parts: Passage): string {
  return withWholeAddresses(parts)
    .map(({ text, hit }) => marked(inner(text, escapeMarkdown), hit))
    .join('');
}

/** The same in the words of a link, where an address is words too: at most so many characters of its text. */
export function passageWords(parts: Passage, limit: number): string {
  return cutTo(parts, limit)
    .map(({ text, hit }) => marked(inner(text, escapeWords), hit))
    .join('');
}

const marked = (markdown: string, isHit: boolean): string => (isHit ? `**${markdown}**` : markdown);

function cutTo(parts: Passage, limit: number): Passage {
  const text = parts.map((part) => part.text).join('');
  const short = cut(text, limit);
  if (short === text) return parts;
  const kept = short.length - 1;
  let from = 0;
  const pieces = parts.flatMap((part) => {
    const piece = part.text.slice(0, Math.max(0, kept - from));
    from += part.text.length;
    return piece === '' ? [] : [{ ...part, text: piece }];
  });
  return [...pieces, { text: short.slice(kept), hit: false }];
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
function inner(text: string, inMarkdown: (text: string) => string): string {
  const middle = text.trim();
  if (middle === '') return text && ' ';
  return `${/^\s/.test(text) ? ' ' : ''}${inMarkdown(middle)}${/\s$/.test(text) ? ' ' : ''}`;
}
