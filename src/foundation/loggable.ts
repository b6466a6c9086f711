import { cutAtWord, masked } from './mask.ts';
import { attempt, propertyOf, reduced } from './reduced.ts';
import { visible } from './visible-text.ts';

/** Whatever stands under these names is somebody's words, or a secret. */
const NEVER_TOLD =
  /^(?:body|content|headers|requestBody|rawBody|rawError|files)$|authorization|cookie|passw|secret|token$/i;

const LONGEST = 1_000;
const MOST = 20;
const DEPTH = 4;

/**
 * The fields of a log line as plain data: errors reduced wherever they stand, texts masked, everything bounded. Objects
 * with a life of their own (requests, headers, clients) are named, never looked into. Never throws.
 */
export function loggable(fields: object): Record<string, unknown> {
  const told = plain(fields, DEPTH) as Record<string, unknown>;
  if (!('err' in fields)) return told;
  const err = propertyOf(fields, 'err');
  if (!isReduced(err)) told.err = reduced(err);
  return told;
}

function plain(value: object, depth: number): unknown {
  if (Array.isArray(value)) return value.slice(0, MOST).map((one) => loggableValue(one, depth));
  const toldOf = (key: string) => (NEVER_TOLD.test(key) ? '…' : loggableValue(propertyOf(value, key), depth));
  return Object.fromEntries(
    Object.keys(value)
      .slice(0, MOST)
      .map((key) => [key, toldOf(key)]),
  );
}

function loggableValue(value: unknown, depth: number): unknown {
  if (typeof value === 'string') return masked(visible(cutAtWord(value, LONGEST)));
  if (typeof value === 'bigint') return String(value);
  if (typeof value === 'symbol' || typeof value === 'function') return undefined;
  if (typeof value !== 'object' || value === null) return value;
  return attempt(() => objectTold(value, depth), '(unreadable)');
}

function objectTold(value: object, depth: number): unknown {
  if (value instanceof Error) return reduced(value);
  if (value instanceof Date) return Number.isFinite(value.getTime()) ? value.toISOString() : null;
  if (!isPlain(value)) return `(${value.constructor?.name ?? 'object'})`;
  return depth > 0 ? plain(value, depth - 1) : '…';
}

function isPlain(value: object): boolean {
  const prototype = Object.getPrototypeOf(value);
  return prototype === null || prototype === Object.prototype || Array.isArray(value);
}

/** What was reduced before is data. */
function isReduced(err: unknown): boolean {
  return attempt(() => typeof err === 'object' && err !== null && isPlain(err) && 'sentence' in err, false);
}
