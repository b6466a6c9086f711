import { own } from '#src/foundation/own.ts';
import { visible, withoutBackticks } from '#src/foundation/visible-text.ts';

/**
 * Text from papers and members as Discord's markdown: nothing in it may format, link, mention or ping, and what is shown is
 * the text. Rules: https://support.discord.com/hc/en-us/articles/210298617 (Markdown Text 101), and how clients read them:
 * an address is read whole, signs in it format nothing; a backslash hides only before a sign.
 */
import { sayUnmarked } from '#src/wording/in-english.ts';
import { languageNow } from '#src/wording/language.ts';
import { phrase } from '#src/wording/phrase.ts';
import { cut } from './cut.ts';

/** What a client takes for an address. */
const ADDRESS = /https?:\/\/[^\s<]+[^\s<.,:;"'\]]/g;
/** Signs after an address that may belong to the sentence around it: those that come in runs, and single ones. */
const RUNS = '*_~|`';
const SINGLES = '>)]}"\'.,:;!?\\';
/** More of them than that behind an address are its own. */
const MOST_CLOSING = 20;
const OPENING: Readonly<Record<string, string>> = { '>': '<', ')': '(', ']': '[', '}': '{' };
/** Those that never end an address. */
const STOPS = '"\'.,:;!?\\';
/** After these a client ends an address by itself. */
const ENDS_BY_ITSELF = /^["').,:;]*(?:\s|$)/;
/** Ends an address and shows nothing. */
const END = '\ufeff';

/** Where an underscore between two letters formats nothing, and one bar or tilde neither. */
const SIGNS = /[\\*`[\]<>]|(?<![0-9A-Za-z])_|_(?![0-9A-Za-z])|~(?=~)|(?<=~)~|\|(?=\|)|(?<=\|)\|/g;
/** An underscore in an address ends what one in a word before it began. */
const SIGNS_BY_ADDRESSES = new RegExp(`_|${SIGNS.source}`, 'g');
/** A text that ends there may get a blank and more behind it. */
const AT_START = /^(?:(?:#{1,3}|[-+])(?=\s|$)|-(?=#)|\d+(?=\.(?:\s|$)))/;

/** The text as markdown of at most `limit` UTF-16 units. Addresses in it stay links. */
export function escapeMarkdown(text: string, limit = Number.POSITIVE_INFINITY): string {
  const line = oneLine(text);
  const addresses = [...line.matchAll(ADDRESS)];
  const signs = addresses.length > 0 ? SIGNS_BY_ADDRESSES : SIGNS;
  let escaped = '';
  let at = 0;
  for (const { index, 0: read } of addresses) {
    const address = withoutClosing(read, line.slice(0, index));
    escaped += signsEscaped(line.slice(at, index), signs) + address.replace(PINGS, '%40');
    at = index + address.length;
    if (!ENDS_BY_ITSELF.test(line.slice(at))) escaped += END;
  }
  return cut(startEscaped(escaped + signsEscaped(line.slice(at), signs)), limit);
}

/**
 * The same where an address must stay words: in the words of a link, in what a phone shows, and between quotes or stars of
 * ours, which a client would take for its end.
 */
export function escapeWords(text: string, limit = Number.POSITIVE_INFINITY): string {
  const escaped = startEscaped(signsEscaped(oneLine(text)));
  return cut(escaped.replace(/(https?:)(?=\/\/)/gi, '$1\\'), limit);
}

/** What a member wrote, letter by letter: `diffusion -survey`. */
export function codeSpan(text: string, limit = Number.POSITIVE_INFINITY): string {
  return `\`${withoutBackticks(cut(oneLine(text), limit)) || ' '}\``;
}

/** The same for several lines. */
export function codeBlock(text: string): string {
  return `\`\`\`\n${withoutBackticks(text)}\n\`\`\``;
}

/** For places where Discord renders no markdown (footers, select options, thread names): a mention would be a bare id. */
export function plain(text: string, limit: number): string {
  const unmentioned = oneLine(text).replace(/<@&\d+>/g, () =>
    sayUnmarked(languageNow(), phrase('role.unnamed')),
  );
  return cut(unmentioned.replace(PINGS, '@\u200b'), limit);
}

const PINGS = /@(?=everyone|here)/g;

function signsEscaped(text: string, signs = SIGNS): string {
  return text.replace(signs, '\\$&').replace(PINGS, '@\u200b');
}

function startEscaped(text: string): string {
  return text.replace(AT_START, (marker) => (/\d/.test(marker) ? `${marker}\\` : `\\${marker}`));
}

/** What was opened before the address ends behind it: **https://a.org/b**, (https://a.org/b). */
function withoutClosing(read: string, before: string): string {
  let kept = read;
  for (let sign = 0; sign < MOST_CLOSING; sign++) {
    const closing = closingOf(kept);
    const shorter = kept.slice(0, kept.length - closing.length);
    if (closing === '' || isOfAddress(closing, shorter, before)) return kept;
    kept = shorter;
  }
  return kept;
}

function closingOf(text: string): string {
  const last = text.at(-1) ?? '';
  if (!RUNS.includes(last)) return SINGLES.includes(last) ? last : '';
  let from = text.length;
  while (text[from - 1] === last) from--;
  return text.slice(from);
}

function isOfAddress(closing: string, address: string, before: string): boolean {
  if (STOPS.includes(closing)) return false;
  if (closing === ')') return address.split('(').length > address.split(')').length;
  return !before.includes(own(OPENING, closing) ?? closing);
}

function oneLine(text: string): string {
  return visible(text).replace(/\s+/g, ' ').trim();
}
