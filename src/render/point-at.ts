import { withoutBackticks } from '#src/foundation/visible-text.ts';
import { cut } from './cut.ts';
import { codeBlock } from './escape-markdown.ts';

/** A place in a text as its writer sees it. `line`, `column`: from 1. `pointer`: a code block with a mark under the sign. */
type TextPosition = { line: number; column: number; pointer: string };

const SHOWN_BEFORE = 40;
const SHOWN = 80;
/** In UTF-16 units: one sign can be made of hundreds. */
const LONGEST = 300;
/** Signs that a code block shows two columns wide: a blank as wide as they are stands above the mark's row. */
const WIDE =
  /[\p{Emoji_Presentation}\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\u3000-\u303F\uFF01-\uFF60\uFFE0-\uFFE6]/u;

let segmenter: Intl.Segmenter | undefined;

/**
 * People count what they see: an emoji, a letter with its accents, a tab are one column each. `position` is an index of
 * UTF-16 units from 0, as tools count: with plain letters in one line it is the column less one.
 */
export function pointAt(text: string, position: number): TextPosition {
  const before = text.slice(0, position);
  const start = before.lastIndexOf('\n') + 1;
  const line = before.split('\n').length;
  const signs = signsOf(withoutBackticks(text.slice(start).split('\n', 1)[0].replace(/\r$/, '')));
  const index = signs.filter(({ end }) => start + end <= position).length;
  const from = Math.max(0, index - SHOWN_BEFORE);
  const shown = signs.slice(from, from + SHOWN).map(({ sign }) => (sign === '\t' ? ' ' : sign));
  const more = signs.length > from + SHOWN ? '…' : '';
  const blanks = signs.slice(from, index).map(({ sign }) => (WIDE.test(sign) ? '\u3000' : ' '));
  return {
    line,
    column: index + 1,
    pointer: codeBlock(`${cut(`${shown.join('')}${more}`, LONGEST)}\n${blanks.join('')}^`),
  };
}

/** What is seen as one sign, and where it ends. */
function signsOf(line: string): { sign: string; end: number }[] {
  segmenter ??= new Intl.Segmenter('en', { granularity: 'grapheme' });
  return [...segmenter.segment(line)].map(({ segment, index }) => ({
    sign: segment,
    end: index + segment.length,
  }));
}
