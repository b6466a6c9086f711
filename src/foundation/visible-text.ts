/**
 * What shows nothing by itself and can hide, join, turn or carry text: format, direction and tag characters, fillers,
 * variation selectors. By Unicode's classes (UCD: General_Category Cf, Default_Ignorable_Code_Point), not by a list. The
 * signs of Arabic and Kaithi that enclose a number are formats too, and are seen.
 */
const INVISIBLE = /(?![\u0600-\u0605\u06DD\u0890\u0891\u08E2\u{110BD}\u{110CD}])[\p{Cf}\p{DI}]/u;
const INVISIBLES = new RegExp(INVISIBLE.source, 'gu');

/** Controls, and separators of lines and paragraphs; the braille pattern without dots and noncharacters. */
const BLANKS = /(?![\t\n\r])[\p{Cc}\p{Zl}\p{Zp}\u2800\p{Noncharacter_Code_Point}]/gu;

/** In these scripts a joiner between two letters changes how they are written. */
const JOINED_SCRIPTS =
  '\\p{scx=Arab}\\p{scx=Syrc}\\p{scx=Nkoo}\\p{scx=Mong}\\p{scx=Deva}\\p{scx=Beng}\\p{scx=Guru}\\p{scx=Gujr}\\p{scx=Orya}' +
  '\\p{scx=Taml}\\p{scx=Telu}\\p{scx=Knda}\\p{scx=Mlym}\\p{scx=Sinh}\\p{scx=Khmr}\\p{scx=Mymr}\\p{scx=Tibt}';
const JOINED_LETTER = `[[${JOINED_SCRIPTS}]&&[\\p{L}\\p{M}]]`;

/** What a character needs beside it: one joiner between letters or emoji, one selector of how an emoji or ideograph looks. */
const NEEDED = new RegExp(
  [
    `(?<=${JOINED_LETTER})[\\u200C\\u200D](?=${JOINED_LETTER})`,
    '(?<=[\\p{Extended_Pictographic}\\p{Emoji_Modifier}]\\uFE0F?)\\u200D(?=\\p{Extended_Pictographic})',
    '(?<=\\p{Extended_Pictographic})[\\uFE0E\\uFE0F]',
    '(?<=[0-9#*])\\uFE0F(?=\\u20E3)',
    '(?<=\\p{Script=Han})[\\u{E0100}-\\u{E01EF}]',
  ].join('|'),
  'gv',
);

/** Letters, digits and signs of ASCII are all seen. */
const PLAIN = /^[\t\n\r -~]*$/;

/**
 * The text as people see it: without invisible characters but those that writing or emoji need, blanks for controls.
 * Tabs and line ends stay. Well-formed: without halves of pairs.
 */
export function visible(text: string): string {
  if (PLAIN.test(text)) return text;
  const whole = text.toWellFormed();
  // Most texts have nothing of it.
  if (!INVISIBLE.test(whole)) return whole.replace(BLANKS, ' ');
  const needed = new Set([...whole.matchAll(NEEDED)].map(({ index }) => index));
  return whole.replace(INVISIBLES, (found, at: number) => (needed.has(at) ? found : '')).replace(BLANKS, ' ');
}

const SHOWN_BACKTICK = 'ˋ';

/** For the inside of code spans and blocks, which a backtick would end: of the same length. */
export function withoutBackticks(text: string): string {
  return text.replaceAll('`', SHOWN_BACKTICK);
}

/** What was copied from there, as it was written. */
export function withBackticks(text: string): string {
  return text.replaceAll(SHOWN_BACKTICK, '`');
}
