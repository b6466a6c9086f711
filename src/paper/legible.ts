/** What shows nothing and may stand between any two characters of a copied text. */
const INVISIBLE = /[\p{Cf}\p{DI}]/gu;
const ENCODED = /(?:%[0-9a-f]{2})+/gi;
/** All but plain signs; a raised figure (a note's mark) is not one of the number before it, and № is no word. */
const ODD = /[^ -~\s\p{No}\p{So}]/gu;
const HYPHEN_IN_WORD = /(?<=[a-z])[\u2010-\u2013\u2212](?=[a-z])/gi;
const HYPHEN = /[\u2010\u2011]/g;
const SLASH = /[\u2044\u2215]/g;
/** Where a point is typed on a Chinese or Japanese keyboard. */
const POINT = /(?<=\d)。(?=\d)/g;
const COLON = /[\u2236\ua789]/g;

/** ADS writes 2024arXiv240800714R, DBLP corr/abs-2408-00714. */
const BIBCODE = /(?<=\d{4})arxiv(\d{4})\.?(\d{4,5})(?=[a-z.])/gi;
const DBLP = /\babs-(\d{4})-(\d{4,5})(?!\d)/gi;

/**
 * A person's text in plain signs, such that an id in it can be read: percent-encoding decoded (twice encoded too),
 * full-width and other odd forms of digits and signs made plain, invisible characters left out, ids as bibliographies
 * spell them written as arXiv does.
 */
export function legible(text: string): string {
  return decoded(decoded(text))
    .replace(INVISIBLE, '')
    .replace(ODD, (sign) => sign.normalize('NFKC'))
    .replace(HYPHEN_IN_WORD, '-')
    .replace(HYPHEN, '-')
    .replace(SLASH, '/')
    .replace(COLON, ':')
    .replace(POINT, '.')
    .replace(BIBCODE, ' arXiv:$1.$2 ')
    .replace(DBLP, 'abs/$1.$2');
}

function decoded(text: string): string {
  return text.replace(ENCODED, (run) => {
    try {
      return decodeURIComponent(run);
    } catch {
      return run;
    }
  });
}
