/**
 * What is wrong with a text that should be JSON, and where: counted from 1. `deep`, `many`: more than is read at all; `twice`: a name that its
 * object has already.
 */
export type JsonFault = { line: number; column: number } & (
  | { kind: 'syntax' | 'deep' | 'many' }
  | { kind: 'twice'; name: string }
);

type ReadJson = { ok: true; value: unknown } | { ok: false; fault: JsonFault };

/** So many characters between two breaths. */
const SLICE = 4_096;
/** What lies deeper, or has more parts, is no file of ours, and JSON.parse would hold everybody up with it. */
const DEEPEST = 16;
const MOST_TOKENS = 300_000;

/**
 * JSON as somebody wrote it. A name that stands twice in one object is a fault: JSON.parse would drop the first in silence.
 * `breathe`: awaited in between.
 */
export async function readJsonText(text: string, breathe: () => Promise<void>): Promise<ReadJson> {
  const odd = await firstOdd(text, breathe);
  if (odd && odd.kind !== 'twice') return faultAt(text, odd);
  await breathe();
  try {
    const value: unknown = JSON.parse(text);
    return odd ? faultAt(text, odd) : { ok: true, value };
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    return faultAt(text, { kind: 'syntax', index: positionIn(error, text) });
  }
}

type Odd = { index: number } & ({ kind: 'syntax' | 'deep' | 'many' } | { kind: 'twice'; name: string });

function faultAt(text: string, { index, ...odd }: Odd): ReadJson {
  const before = text.slice(0, index);
  const place = { line: before.split('\n').length, column: index - before.lastIndexOf('\n') };
  return { ok: false, fault: { ...odd, ...place } };
}

/** V8 shows so many characters on both sides of what it cannot read. */
const AROUND = 10;
const [SHOWS, SHOWN] = ["Unexpected token '", ' is not valid JSON'];

/** V8 says where it stopped, or shows what is there (`'x', ..."a": x }"...`), or says that the text ended. */
function positionIn({ message }: SyntaxError, text: string): number {
  if (!message.startsWith(SHOWS) || !message.endsWith(SHOWN)) {
    const [, position] = /at position (\d+)/.exec(message) ?? [];
    return position === undefined ? text.length : Number(position);
  }
  const told = message.slice(SHOWS.length, -SHOWN.length);
  const token = told.slice(0, told.indexOf("'", 1));
  const shown = told.slice(token.length + "', ".length);
  const [isLater, isCut] = [shown.startsWith('..."'), shown.endsWith('"...')];
  const near = shown.slice(isLater ? 4 : 1, isCut ? -4 : -1);
  if (isLater) return text.indexOf(near) + AROUND;
  return isCut ? near.length - AROUND : text.indexOf(token);
}

/** What is too deep or too much, else the first name that its object has already. */
async function firstOdd(text: string, breathe: () => Promise<void>): Promise<Odd | null> {
  /** What is open; of an object its names. */
  const open: ('list' | 'object' | Set<string>)[] = [];
  let twice: Odd | null = null;
  let isName = false;
  let count = 0;
  let next = 0;
  for (let index = 0; index < text.length; index++) {
    if (index >= next) {
      await breathe();
      next = index + SLICE;
    }
    const sign = text[index];
    if (!SIGNS.includes(sign)) continue;
    if (++count > MOST_TOKENS) return { kind: 'many', index };
    const around = open.at(-1);
    if (sign === '"') {
      const end = endOfString(text, index);
      const name = isName ? nameIn(text.slice(index, end + 1)) : '';
      if (isName && around instanceof Set && around.has(name)) twice ??= { kind: 'twice', name, index };
      else if (isName && around instanceof Set) around.add(name);
      else if (isName) open[open.length - 1] = new Set([name]);
      index = end;
    } else if (sign === '}' || sign === ']') open.pop();
    else if (sign === '{' || sign === '[') open.push(sign === '{' ? 'object' : 'list');
    if (open.length > DEEPEST) return { kind: 'deep', index };
    isName = sign === '{' || (sign === ',' && open.length > 0 && open.at(-1) !== 'list');
  }
  return twice;
}

/** `"filt\u0065r"` is `filter`. */
function nameIn(written: string): string {
  if (!written.includes('\\')) return written.slice(1, -1);
  try {
    return String(JSON.parse(written));
  } catch (error) {
    if (error instanceof SyntaxError) return written;
    throw error;
  }
}

const SIGNS = '"{}[],:';

/** Where the string that begins there is closed; the end of the text where nothing closes it. */
function endOfString(text: string, start: number): number {
  for (let at = start + 1; at < text.length; at++) {
    if (text[at] === '\\') at++;
    else if (text[at] === '"') return at;
  }
  return text.length;
}
