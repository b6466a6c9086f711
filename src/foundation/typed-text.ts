/** Dashes, minus signs and the wave dashes that ranges have, as they come from phones and from other scripts. */
const DASHES = /[\u2010-\u2015\u2212\uFE58\uFE63\uFF0D\u301C\uFF5E]/g;
/** ! to ~ as they stand between Chinese and Japanese characters. */
const FULL_WIDTH = /[\uFF01-\uFF5E]/g;
const APOSTROPHES = /[\u2018\u2019\u02BC\uFF07]/g;

/**
 * What somebody typed into an option that takes a few known words, with plain signs: full-width signs and digits,
 * typographic dashes and apostrophes, single blanks. Not by NFKC: that makes 92 of 9².
 */
export function plainSigns(text: string): string {
  return text
    .replace(DASHES, '-')
    .replace(APOSTROPHES, "'")
    .replace(FULL_WIDTH, (sign) => String.fromCharCode(sign.charCodeAt(0) - 0xfee0))
    .split(/\s+/)
    .join(' ')
    .trim();
}

/** The same in lower case, as it is compared. */
export function typedText(text: string): string {
  return plainSigns(text).toLowerCase();
}
