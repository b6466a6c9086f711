/**
 * Where the braces and brackets of TeX stand, as in `Schr\"{o}dinger`, `H$_{2}$O`, `{B}ayes`, `\sqrt[3]{x}` and, without
 * the backslash that some sources lose, `textit{O}bstacles`: they belong to words. All others group, or mean to.
 */
export function texBraces(text: string): ReadonlySet<number> {
  const found = new Set<number>();
  if (!/[[\]{}]/.test(text)) return found;
  for (const { index, 0: whole } of text.matchAll(/\\[a-zA-Z]{1,20}\[[^[\]\s]*\]/g)) {
    found.add(index + whole.indexOf('[')).add(index + whole.length - 1);
  }
  const open: boolean[] = [];
  for (let at = 0; at < text.length; at++) {
    if (text[at] === '\\' && /[{}[\]\\]/.test(text[at + 1] ?? '')) found.add(++at);
    else if (text[at] === '{') {
      const tex = open.at(-1) === true || isTex(text, at, found);
      if (tex) found.add(at);
      open.push(tex);
    } else if (text[at] === '}' && open.pop() === true) found.add(at);
  }
  return found;
}

const BEFORE_TEX = /(?:\\[a-zA-Z]{1,20}|\\["'`^~=.]|[\^_$]|(?:text|math)[a-z]{1,10}|emph)$/;

function isTex(text: string, at: number, found: ReadonlySet<number>): boolean {
  if (text[at + 1] === '\\' || found.has(at - 1)) return true;
  if (BEFORE_TEX.test(text.slice(Math.max(0, at - 24), at))) return true;
  // `{B}ayes`, `Face{B}ook`: part of a word on either side, without a blank inside.
  const closing = /^\{[^\s{}]{0,40}\}/.exec(text.slice(at, at + 42))?.[0].length ?? 0;
  if (closing === 0) return false;
  return isInWord(text[at - 1]) || isInWord(text[at + closing]);
}

function isInWord(sign: string | undefined): boolean {
  return sign !== undefined && /[\p{L}\p{N}\\]/u.test(sign);
}
