import { decodeEntities } from '#src/foundation/html-entities.ts';

/** White space collapsed, ends trimmed. */
export const oneLine = (text: string): string => text.replace(/\s+/g, ' ').trim();

/** One line without HTML entities, however often they were encoded: `Q&amp;amp;A` is `Q&A`. */
export const plainLine = (text: string): string => oneLine(withoutEntities(text));

const ENTITY = /&(?:#\d|#[xX][\da-fA-F]|[a-zA-Z])[a-zA-Z\d]{0,40};/;
const MOST_LAYERS = 3;

/** Half of a pair, a control or nothing at all: what no character is. */
const NOTHING = /[\0-\x08\x0e-\x1f\x7f-\x9f\ufffd\ufeff]/g;

function withoutEntities(text: string): string {
  let plain = text;
  for (let layer = 0; layer < MOST_LAYERS && ENTITY.test(plain); layer++)
    plain = decodeEntities(plain).replace(NOTHING, '');
  return plain;
}

const LOST_COMMAND =
  /(?<![\p{L}\p{N}\\])(?:text(?:bf|it|sc|tt|rm|sf|md|up|sl|normal)|math(?:bf|it|rm|sf|tt|cal|bb|frak|scr)|emph|underline|boldsymbol|operatorname|mbox)\{([^{}]*)\}/gu;

/** Hugging Face loses the backslashes of commands that set the type: `textit{O}bstacles` is *Obstacles*. */
export const withoutLostCommands = (text: string): string => text.replace(LOST_COMMAND, '$1');
