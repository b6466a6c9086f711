/**
 * A small reading of Discord's markdown, as its clients do it: at each place the first of these rules that fits, else one
 * character. Enough to tell what a reader sees, what is formatted, and where a link leads.
 */
export type Seen = { text: string; formats: string[]; links: string[] };

const BLOCKS: readonly [string, RegExp][] = [
  ['heading', /^#{1,3}\s/],
  ['small print', /^-#\s/],
  ['list', /^(?:[-*+]|\d+\.)\s/],
  ['quote', /^>{1,3}\s/],
];
const INLINE: readonly [string, RegExp][] = [
  ['autolink', /^<(?:https?:\/\/|mailto:|tel:)[^>\s]+>/],
  ['mention', /^<(?:@[!&]?|#|\/|t:|a?:\w|id:)[^>\s]*>/],
  ['ping', /^@(?:everyone|here)/],
  ['masked link', /^\[(?:\\.|[^\]\\])+\]\(\s*<?https?:[^)\s]*>?\s*\)/],
  ['bold', /^\*\*(?=\S)[\s\S]+?\*\*(?!\*)/],
  ['underlined', /^__[\s\S]+?__(?!_)/],
  ['italic', /^\*(?=\S)(?:\\[\s\S]|[^*\\])+?\*(?!\*)|^_(?:__|\\[\s\S]|[^\\_])+?_\b/],
  ['struck', /^~~(?=\S)[\s\S]*?\S~~/],
  ['spoiler', /^\|\|[\s\S]+?\|\|/],
  ['code', /^(`+)[\s\S]*?[^`]\1(?!`)/],
];
const ADDRESS = /^https?:\/\/[^\s<]+[^<.,:;"'\]\s]/;

export function readMarkdown(markdown: string): Seen {
  const seen: Seen = { text: '', formats: [], links: [] };
  let rest = markdown;
  for (const [name, rule] of BLOCKS) if (rule.test(rest)) seen.formats.push(name);
  while (rest !== '') {
    const escaped = /^\\([^0-9A-Za-z\s])/.exec(rest);
    const address = ADDRESS.exec(rest)?.[0];
    if (escaped) {
      seen.text += escaped[1];
      rest = rest.slice(2);
    } else if (address) {
      const link = withoutOpenBrackets(address);
      seen.links.push(link);
      seen.text += link;
      rest = rest.slice(link.length);
    } else {
      for (const [name, rule] of INLINE) if (rule.test(rest)) seen.formats.push(name);
      seen.text += rest[0];
      rest = rest.slice(1);
    }
  }
  return { ...seen, text: seen.text.replace(/[\u200b\ufeff]/g, '') };
}

function withoutOpenBrackets(address: string): string {
  let link = address;
  while (link.endsWith(')') && link.split(')').length > link.split('(').length) link = link.slice(0, -1);
  return link;
}
