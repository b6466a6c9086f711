/** What is shown whole or not at all, beside masked links: an escape, an underscore with its letter (alone it would format), a mention or autolink, an address, a short code span or bold word. */
const WHOLE =
  /\\[^0-9A-Za-z\s]|_[0-9A-Za-z]|<[@#:/\w][^<>\s]*>|https?:\/\/[^\s<]+|`[^`\n]{1,200}`|\*\*(?:\\.|[^*\\\n]){1,80}\*\*/g;
const ELLIPSIS = '…';
/** A cut at a word may cost so much of the room. */
const WORTH = 0.6;

let segmenter: Intl.Segmenter | undefined;
const graphemes = (text: string) => {
  segmenter ??= new Intl.Segmenter('en', { granularity: 'grapheme' });
  return segmenter.segment(text);
};

/**
 * Text or markdown of at most `limit` UTF-16 units: cut between words where possible, with an ellipsis that counts, never
 * inside what a reader sees as one character, nor inside an escape, a link or a mention.
 */
export function cut(text: string, limit: number): string {
  if (text.length <= limit) return text;
  if (limit < ELLIPSIS.length) return '';
  const room = limit - ELLIPSIS.length;
  const wholes = [...maskedLinks(text), ...spansOf(text, WHOLE)];
  // An address may run on behind the link that it stands in: before one is not yet outside all.
  const outside = (at: number): number => {
    const within = wholes.find(([from, to]) => from < at && at < to);
    return within ? outside(within[0]) : at;
  };
  const end = startOfGrapheme(text, outside(room));
  let space = text.lastIndexOf(' ', end);
  while (space > 0 && outside(space) !== space) space = text.lastIndexOf(' ', outside(space));
  const kept = space > limit * WORTH ? space : outside(end);
  return `${text.slice(0, kept).trimEnd()}${ELLIPSIS}`;
}

type Range = readonly [from: number, to: number];

const spansOf = (text: string, pattern: RegExp): Range[] =>
  [...text.matchAll(pattern)].map(({ index, 0: { length } }) => [index, index + length]);

/** `[words](address)`. By hand: as one expression it would try every bracket with every other. */
function maskedLinks(text: string): Range[] {
  let before = 0;
  return spansOf(text, /\]\([^\s()]*\)/g).flatMap(([tail, to]) => {
    let from = text.lastIndexOf('[', tail);
    while (from >= before && text[from - 1] === '\\') from = text.lastIndexOf('[', from - 1);
    const isLink = from >= before;
    before = to;
    return isLink ? [[from, to] as const] : [];
  });
}

function startOfGrapheme(text: string, at: number): number {
  return graphemes(text).containing(at)?.index ?? at;
}

/** The first so many characters as a reader counts them, with an ellipsis where there are more. Not for markdown. */
export function cutCharacters(text: string, most: number): string {
  let seen = 0;
  for (const { index } of graphemes(text)) if (seen++ === most) return cut(text, index);
  return text;
}
