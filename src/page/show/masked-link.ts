type MaskedLink = { length: number; label: string; href: string; title: string | null };

const CLOSING = { '[': ']', '(': ')' } as const;
const TITLE = /^\s+(?:"([^"]*)"|'([^']*)')\s*\)/;

/** A `[label](https://… "title")` at the beginning of a text, or null. Brackets in it must pair, or be escaped. */
export function maskedLinkAt(source: string): MaskedLink | null {
  if (!source.startsWith('[')) return null;
  const end = closingOf(source, 0, '[');
  if (end < 2 || source[end + 1] !== '(') return null;
  const label = source.slice(1, end);
  // Discord masks no address by another one: a label holds no link.
  if (/https?:\/\//.test(label)) return null;
  const rest = targetAt(source, end + 1);
  return rest && isAddress(rest.href) ? { ...rest, label } : null;
}

/** Whether it leads to a web page, and nowhere else. */
export function isAddress(text: string): boolean {
  return /^https?:\/\/[^\s<>]/i.test(text) && URL.canParse(text);
}

/** Brackets in brackets, as many as somebody may mean. */
const DEEPEST = 10;

function closingOf(source: string, from: number, opening: keyof typeof CLOSING): number {
  let depth = 0;
  for (let at = from; at < source.length; at++) {
    const sign = source[at];
    if (sign === '\\') at++;
    else if (sign === opening && ++depth > DEEPEST) return -1;
    else if (sign === CLOSING[opening] && --depth === 0) return at;
  }
  return -1;
}

/** What stands in the round brackets that open at `from`. */
function targetAt(source: string, from: number): Omit<MaskedLink, 'label'> | null {
  const start = from + 1;
  const found = /^<?(https?:\/\/[^\s<>]+)>?/.exec(source.slice(start, start + 2100));
  if (!found) return null;
  const isBracketed = found[0].startsWith('<');
  const end = closingOf(source.slice(0, start + found[0].length), from, '(');
  if (end >= 0 && !isBracketed)
    return { length: end + 1, href: unescaped(source.slice(start, end)), title: null };
  const after = source.slice(start + found[0].length);
  const href = unescaped(found[1]);
  if (isBracketed && after.startsWith(')')) return { length: start + found[0].length + 1, href, title: null };
  const titled = TITLE.exec(after);
  if (!titled) return null;
  return { length: start + found[0].length + titled[0].length, href, title: titled[1] ?? titled[2] };
}

function unescaped(href: string): string {
  return href.replace(/\\([^0-9A-Za-z\s])/g, '$1');
}
