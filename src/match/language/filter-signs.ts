/**
 * The signs of the filter language, and what phones, word processors, TeX and East Asian keyboards type for them. Each
 * is one UTF-16 unit.
 */
export const OPEN = '(（﹙';
export const CLOSE = ')）﹚';
export const COLON = ':：﹕';
export const PIPE = '|｜';
export const TILDE = '~～〜∼';
/** Not before a word. */
const BANG = '!！﹗¬￢';

/** Other brackets, opening and closing by turns: they group nothing. */
const ODD_BRACKETS = '[]{}［］｛｝﹝﹞﹛﹜【】〔〕〖〗〘〙〚〛⟦⟧⁅⁆｟｠⦅⦆';

/** Any of them closes any other: „a“, »a«, “a”. */
export const DOUBLE_QUOTE = '"“”„‟＂«»‹›〝〞〟❝❞';
/** Also apostrophes: filter-quotes.ts tells them apart. */
const SINGLE_QUOTE = "'‘’‚‛＇`´❛❜";
/** Opening and closing by turns. 《》 hold titles in Chinese. */
const CORNERS = '「」『』｢｣﹁﹂﹃﹄《》〈〉';

export const CORNER_OPEN = everySecond(CORNERS, 0);
export const CORNER_CLOSE = everySecond(CORNERS, 1);

function everySecond(signs: string, first: 0 | 1): string {
  return [...signs].filter((_, at) => at % 2 === first).join('');
}

/** Which signs a filter is read with. */
export type Signs = {
  double: string;
  single: string;
  cornerOpen: string;
  bang: string;
  brackets: string;
  isDash(sign: string): boolean;
  /** Whether ANDNOT is an operator, and blanks may stand before a field's colon. */
  loose: boolean;
};

export const SIGNS: Signs = {
  double: DOUBLE_QUOTE,
  single: SINGLE_QUOTE,
  cornerOpen: CORNER_OPEN,
  bang: BANG,
  brackets: ODD_BRACKETS,
  // Unicode's dashes, its minus signs, and what is drawn like one. The wave dash is East Asia's tilde.
  isDash: (sign) => /[\p{Pd}−⁻₋➖˗⁃─━]/u.test(sign) && !/[〜〰]/.test(sign),
  loose: true,
};

/** The signs of old: every other one was punctuation. What was saved then may need them. */
export const EARLIER_SIGNS: Signs = {
  double: '"“”„‟＂«»',
  single: '',
  cornerOpen: '',
  bang: '',
  brackets: '',
  isDash: (sign) => '-‐‑‒–−﹣－'.includes(sign),
  loose: false,
};

/** What stands for an odd bracket in a filter that works. */
export function roundBracket(sign: string): '(' | ')' {
  return ODD_BRACKETS.indexOf(sign) % 2 === 0 ? '(' : ')';
}

/** Whether one of the signs stands there; none does beyond the end. */
export function isOneOf(signs: string, sign: string | undefined): boolean {
  return sign !== undefined && sign !== '' && signs.includes(sign);
}

// They are plain already.
const ONLY_ASCII = /^[ -~]*$/;

/** Without invisible characters, full-width ones as plain ones. */
export function plainFilterSigns(written: string): string {
  if (ONLY_ASCII.test(written)) return written;
  return written.replace(/[\p{Cf}\p{DI}]/gu, '').normalize('NFKC');
}
