/** Log calls as they stand in code, for the house's rules about them. */
export type LogCall = { call: string; fields: string; message: string };

const OPENING = /\blog(?:\.(?:debug|info|warn|error)|\[[^\]]{1,80}\])\(/gi;

export function logCallsIn(code: string): LogCall[] {
  return [...code.matchAll(OPENING)].map(({ 0: opening, index }) => {
    const from = index + opening.length;
    const inside = code.slice(from, endOf(code, from));
    const parts = partsOf(inside);
    return {
      call: `${opening}${inside.replace(/\s+/g, ' ')})`,
      fields: parts[0] ?? '',
      message: parts[1] ?? '',
    };
  });
}

/** What is wrong with a log call; null when nothing is. */
export function faultOf({ fields, message }: LogCall): string | null {
  if (!/^'[^']*'$/.test(message) && message !== 'problem') return 'its message is not constant';
  if (/\.(?:message|stack|toString)\b|\bString\(|\binspect\(|JSON\.stringify\(|\$\{/.test(fields))
    return 'it tells the words of an error';
  if (/\breduced\(/.test(fields)) return 'it reduces what the log reduces';
  const others = fields.replace(/\berr: [\w.]+/g, '');
  if (/(?:^|[{,\s.])(?:error|e|ex|exception|cause|failure)\s*(?:[,:}]|$)/.test(others))
    return 'it tells an error under another name than `err`';
  return null;
}

function endOf(code: string, from: number): number {
  let depth = 1;
  for (let at = from; at < code.length; at++) {
    if ('([{'.includes(code[at])) depth++;
    if (')]}'.includes(code[at])) depth--;
    if (depth === 0) return at;
  }
  return code.length;
}

/** The arguments: commas inside brackets and texts divide nothing. */
function partsOf(inside: string): string[] {
  const parts: string[] = [];
  let depth = 0;
  let start = 0;
  let isText = false;
  for (let at = 0; at <= inside.length; at++) {
    const sign = inside[at] ?? ',';
    if ('([{'.includes(sign)) depth++;
    if (')]}'.includes(sign)) depth--;
    if (sign === "'") isText = !isText;
    if (sign !== ',' || depth > 0 || (isText && at < inside.length)) continue;
    parts.push(inside.slice(start, at).trim());
    start = at + 1;
  }
  return parts.filter((part) => part !== '');
}
