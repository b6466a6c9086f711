import { cut } from './cut.ts';

/** A point after these ends no sentence. */
const ABBREVIATED =
  /(?:^|[\s(])(?:al|e\.g|i\.e|vs|cf|etc|fig|figs|eq|eqs|sec|ref|refs|tab|no|resp|approx|ca|dr|prof|st|w\.r\.t|i\.i\.d|[A-Z](?:\.[A-Z])*)\.$/i;
const END = /[.!?。！？]["'”’)\]]*(?:\s+(?=["'“‘([]?[\p{Lu}\p{N}\p{Lo}])|$)/gu;

/** The first sentences of a text, at most `most`, as many as fit whole; where not even the first fits, its beginning. */
export function firstSentences(text: string, most: number, limit: number): string {
  const line = text.replace(/\s+/g, ' ').trim();
  let shown = '';
  let sentences = 0;
  for (const { index, 0: end } of line.matchAll(END)) {
    const sentence = line.slice(0, index + end.trimEnd().length);
    if (ABBREVIATED.test(sentence)) continue;
    if (sentence.length > limit) break;
    shown = sentence;
    if (++sentences === most) break;
  }
  if (shown !== '') return shown;
  return cut(line, limit);
}
