/**
 * Text from papers and users shown in Discord: nothing in it may format, link, mention or ping.
 * Rules: https://support.discord.com/hc/en-us/articles/210298617 (Markdown Text 101).
 */
export function escapeMarkdown(text: string): string {
  return oneLine(text)
    .replace(/[\\*_~`|[\]<>]/g, '\\$&')
    .replace(/^(#|-|\d+\.)/, '\\$1')
    .replace(/@(?=everyone|here)/g, '@\u200b');
}

/** For places where Discord renders no markdown (footers, select options, thread names): a mention would be a bare id. */
export function plain(text: string, limit: number): string {
  const unmentioned = oneLine(text).replace(/<@&\d+>/g, 'a role');
  return cut(unmentioned.replace(/@(?=everyone|here)/g, '@\u200b'), limit);
}

/** At most `limit` UTF-16 units, cut at a word where possible, with an ellipsis that counts. */
export function cut(text: string, limit: number): string {
  if (text.length <= limit) return text;
  const head = text.slice(0, limit - 1);
  const space = head.lastIndexOf(' ');
  const kept = space > limit * 0.6 ? head.slice(0, space) : head;
  // Neither half of a surrogate pair nor half of an escape may stay behind.
  return `${kept.replace(/[\ud800-\udbff]$/, '').replace(/(^|[^\\])((?:\\\\)*)\\$/, '$1$2')}…`;
}

function oneLine(text: string): string {
  return text
    .replace(/[\u0000-\u001f\u007f\u200b-\u200f\u202a-\u202e\u2066-\u2069]+/g, ' ')
    .replace(/\s+/g, ' ')
    .trim();
}
