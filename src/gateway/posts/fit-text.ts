import { cut } from '#src/render/cut.ts';

/** What was cut or left out, for the log. */
export type Cuts = string[];
export type Fields = Record<string, unknown>;

/** Within so many UTF-16 units, cut where a reader would; see cut.ts. */
export const cutText = cut;

/**
 * A text within its limit, cut where a reader would; Discord does not say what it counts: of UTF-16 units there are never
 * fewer than of characters. Undefined for none and for one that shows nothing.
 */
export function fitText(value: unknown, limit: number, what: string, cuts: Cuts): string | undefined {
  if (typeof value !== 'string') return undefined;
  const text = value.toWellFormed().replaceAll('\0', '');
  if (text.trim() === '') return undefined;
  if (text.length > limit) cuts.push(what);
  return cutText(text, limit);
}

/** The first `limit` of a list. */
export function fitList<T>(list: readonly T[], limit: number, what: string, cuts: Cuts): readonly T[] {
  if (list.length <= limit) return list;
  cuts.push(`${list.length - limit} of ${list.length} ${what}`);
  return list.slice(0, limit);
}

/** An address that Discord takes, a foreign host in its ASCII form; undefined for none and for one that it would refuse. */
export function fitAddress(
  value: unknown,
  limit: number,
  what: string,
  cuts: Cuts,
  alsoFiles = false,
): string | undefined {
  if (value === undefined || value === null) return undefined;
  const address = typeof value === 'string' ? takenAddress(value.trim(), alsoFiles) : null;
  if (address !== null && address.length <= limit) return address;
  cuts.push(what);
  return undefined;
}

function takenAddress(text: string, alsoFiles: boolean): string | null {
  if (!URL.canParse(text)) return null;
  const { protocol, hostname, username, href } = new URL(text);
  const isPlain = /^[\x21-\x7e]+$/.test(text);
  if (alsoFiles && protocol === 'attachment:' && isPlain) return text;
  const isWeb = protocol === 'https:' || protocol === 'http:';
  if (!isWeb || !hostname.includes('.') || username !== '') return null;
  return isPlain ? text : href;
}

export function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Without what is undefined: Discord is told nothing of it. */
export function withoutNothing(fields: Fields): Fields {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
}
