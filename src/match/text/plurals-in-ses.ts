import { wordList } from './word-list.ts';

/** The singular of a plural in -ses, of -us, -ss, -se or -sis: the letter before tells, with exceptions. */
export function ofSes(word: string): string {
  const inS = word.slice(0, -2);
  const inSe = word.slice(0, -1);
  switch (word[word.length - 4]) {
    case 's':
      return inS;
    case 'a':
      return OF_ASIS.test(word) ? `${inS}is` : inSe;
    case 'u':
      return isOfUse(word) ? inSe : inS;
    case 'o':
      return isOfOse(word) ? inSe : `${inS}is`;
    case 'e':
      return /(ee|dioce)ses$/.test(word) ? inSe : `${inS}is`;
    case 'y':
      return `${inS}is`;
    case 'p':
      return /([^c]o|e)pses$/.test(word) ? `${inS}is` : inSe;
    default:
      return inSe;
  }
}

// `metastases`, `candidiases`; not `phases`, `proteases`.
const OF_ASIS = /(st|ect|i|emph|periphr|antiphr|holophr|anab|catab|katab|parab|apoph)ases$/;

// `houses`, `clauses`, `fuses`; other words in -uses are plurals of -us (`campuses`).
const OF_USE = wordList(`
uses reuses misuses abuses overuses disuses underuses excuses accuses muses amuses bemuses peruses recluses recuses enthuses contuses disabuses ruses hypotenuses
cayuses masseuses chartreuses
`);

function isOfUse(word: string): boolean {
  return /[aof]uses$/.test(word) || OF_USE.has(word);
}

// `purposes`, `closes`, `gooses`, sugars; other words in -oses are plurals of -osis (`fibroses`).
const SUGAR =
  /(gluc|fruct|lact|sucr|malt|cellul|rib|dextr|mann|pent|hex|ald|ket|xyl|trehal|amyl|raffin|arabin|levul)oses$/;
const OF_OSE = wordList(`
doses overdoses underdoses microdoses megadoses roses primroses tuberoses noses bluenoses hoses pantyhoses proses loses
`);

function isOfOse(word: string): boolean {
  return /([po]o|clo)ses$/.test(word) || OF_OSE.has(word) || SUGAR.test(word);
}
