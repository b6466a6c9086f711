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

function isTex(text: string, at: number, found: ReadonlySet<number>): boolean {
  if (text[at + 1] === '\\' || found.has(at - 1)) return true;
  if (followsCommand(text, at)) return true;
  // `{B}ayes`, `Face{B}ook`: part of a word on either side, without a blank inside.
  const closing = /^\{[^\s{}]{0,40}\}/.exec(text.slice(at, at + 42))?.[0].length ?? 0;
  if (closing === 0) return false;
  return isInWord(text[at - 1]) || isInWord(text[at + closing]);
}

/** `\\textit{`, `textit{`, `\\"{`, `_{`. */
function followsCommand(text: string, at: number): boolean {
  let from = at;
  while (from > 0 && /[a-zA-Z]/.test(text[from - 1])) from--;
  if (from < at)
    return text[from - 1] === '\\' || /^(?:text[a-z]|math[a-z]|emph$)/.test(text.slice(from, at));
  return /[\^_$]/.test(text[at - 1] ?? ' ') || (text[at - 2] === '\\' && /["'`^~=.]/.test(text[at - 1]));
}

function isInWord(sign: string | undefined): boolean {
  return sign !== undefined && /[\p{L}\p{N}\\]/u.test(sign);
}
