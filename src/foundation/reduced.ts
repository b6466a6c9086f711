/**
 * What may be logged of an error. Those of libraries carry addresses with tokens in them, and the bodies they sent:
 * nothing of an error is told but what is picked here.
 */
import { fileURLToPath } from 'node:url';
import { UserError } from '#src/wording/user-error.ts';
import { FatalError, OutsideError } from './failure.ts';
import { cutAtWord, masked } from './mask.ts';
import { visible } from './visible-text.ts';

type ReducedError = {
  name: string;
  /** The first line, without the paths of addresses, secrets, and what libraries quote of what they were given. */
  sentence: string;
  code?: string | number;
  /** HTTP status. */
  status?: number;
  /** HTTP method and Discord's route, ids and tokens masked. */
  method?: string;
  route?: string;
  /** Where in our own code, innermost first. */
  at?: readonly string[];
  cause?: ReducedError;
  /** The first of several that stand behind it. */
  errors?: readonly ReducedError[];
};

const LONGEST = 300;
const LONGEST_READ = 2_000;
const FRAMES = 8;
const DEPTH = 3;
const BESIDE = 3;

/** Whatever was thrown, as plain data that holds no secret and has an end. Never throws. */
export function reduced(error: unknown, depth = DEPTH): ReducedError {
  if (!isObject(error)) return { name: typeof error, sentence: sentenceOf(error) };
  const [cause, errors] = [propertyOf(error, 'cause'), propertyOf(error, 'errors')];
  const behind = depth > 0 && cause !== undefined;
  const several = depth > 0 && isList(errors) && errors.length > 0;
  // What was to be expected is a sentence: it needs no place in the code.
  if (isToldWhole(error)) return { name: nameOf(error), sentence: sentenceOf(error) };
  return {
    name: nameOf(error),
    sentence: sentenceOf(error),
    ...factsOf(error),
    at: framesOf(propertyOf(error, 'stack')),
    ...(behind && { cause: reduced(cause, depth - 1) }),
    ...(several && { errors: errors.slice(0, BESIDE).map((one) => reduced(one, depth >> 1)) }),
  };
}

/** Its sentence says what hindered it; only an answer that could not be read may be our own mistake. */
function isToldWhole(error: unknown): boolean {
  if (!attempt(() => error instanceof OutsideError, false)) return false;
  const { hold, fault } = error as OutsideError;
  return hold !== null || (fault !== null && fault.kind !== 'unreadable');
}

/** One line of whatever was thrown, for the log, for what is stored and for operators: it holds no secret. Never throws. */
export function sentenceOf(error: unknown): string {
  if (!isObject(error)) return lineOf(String(error));
  const issues = propertyOf(error, 'issues');
  if (isList(issues)) return issuesOf(issues);
  const message = propertyOf(error, 'message');
  if (typeof message !== 'string') return 'Something was thrown that is no error';
  return isOurs(error) ? lineOf(message) : lineOf(message, unquoted);
}

/** A getter may throw, and a proxy refuse every question. */
export function attempt<T>(work: () => T, otherwise: T): T {
  try {
    return work();
  } catch {
    // Nothing can be known of it.
    return otherwise;
  }
}

/** Undefined too where the property cannot be read. */
export function propertyOf(value: object, name: string): unknown {
  return attempt(() => (value as Record<string, unknown>)[name], undefined);
}

function isObject(value: unknown): value is object {
  return (typeof value === 'object' && value !== null) || typeof value === 'function';
}

function isList(value: unknown): value is readonly unknown[] {
  return attempt(() => Array.isArray(value), false);
}

function isOurs(error: object): boolean {
  const kinds = [UserError, OutsideError, FatalError];
  return attempt(() => kinds.some((kind) => error instanceof kind), false);
}

/** Some names carry a route: `RateLimitError[/webhooks/:id/:token]`. */
function nameOf(error: object): string {
  const name = propertyOf(error, 'name');
  return (typeof name === 'string' && /^[A-Za-z]\w{0,59}(?=\[|$)/.exec(name)?.[0]) || 'unknown';
}

function factsOf(error: object): Pick<ReducedError, 'code' | 'status' | 'method' | 'route'> {
  const [code, status, method] = ['code', 'status', 'method'].map((name) => propertyOf(error, name));
  const route = routeOf(propertyOf(error, 'route')) ?? routeOf(propertyOf(error, 'url'));
  const isCode = typeof code === 'string' && /^[A-Za-z][\w.-]{0,47}$/.test(code) && masked(code) === code;
  return {
    ...((isCode || typeof code === 'number') && { code: code as string | number }),
    ...(typeof status === 'number' && { status }),
    ...(typeof method === 'string' && /^[A-Za-z]{3,7}$/.test(method) && { method }),
    ...(route !== null && { route }),
  };
}

const LONGEST_ROUTE = 200;

/** `/channels/:id/messages` of a route or an address; what follows a webhook's or an interaction's id is its token. */
function routeOf(address: unknown): string | null {
  if (typeof address !== 'string' || !/^(?:https?:\/\/[^/]|\/)/.test(address)) return null;
  const path = address.slice(0, LONGEST_READ).replace(/^https?:\/\/[^/]*/, '');
  const parts = path.replace(/[?#].*$/s, '').replace(/^\/api(?:\/v\d+)?(?=\/|$)/, '');
  const shown = parts.split('/').map((part, at, all) => {
    if (/^(?:webhooks|interactions)$/.test(all[at - 2] ?? '')) return ':token';
    return part === '' || /^(?::?[a-z][a-z-]{0,29}|@me|@original)$/.test(part) ? part : ':id';
  });
  return shown.join('/').slice(0, LONGEST_ROUTE);
}

/** The values that were found wrong stand in zod's messages; paths and codes are ours. */
function issuesOf(issues: readonly unknown[]): string {
  const told = issues.slice(0, BESIDE).map((issue) => {
    const [path, code] = isObject(issue) ? [propertyOf(issue, 'path'), propertyOf(issue, 'code')] : [];
    return `${isList(path) ? path.map(String).join('.') : ''} ${String(code)}`.trim();
  });
  return lineOf(`Not of the expected shape: ${told.join(', ')}`);
}

/** The first line, masked and cut. */
function lineOf(text: string, more: (text: string) => string = (same) => same): string {
  const line = cutAtWord(text.slice(0, LONGEST_READ + 1), LONGEST_READ).split(/[\r\n\u2028\u2029]/, 1)[0];
  return cutAtWord(masked(more(visible(line)).replace(/:\/\/\S*/g, hostAlone)), LONGEST);
}

/** What a library quotes, it was given: a piece of a body, the value of a header. */
function unquoted(text: string): string {
  return text
    .replaceAll('\\"', '')
    .replace(/"[^"]*"?/g, '"…"')
    .replace(/\bReceived .*/s, 'Received …');
}

/** Of `://name:password@host/path?query` the host. */
function hostAlone(address: string): string {
  const [host, ...rest] = address.slice(Math.max('://'.length, address.lastIndexOf('@') + 1)).split(/[/?#]/);
  return `://${host}${rest.length > 0 ? '/…' : ''}`;
}

const ROOT = new URL('../../', import.meta.url);
const ROOTS = [ROOT.href, fileURLToPath(ROOT)];
const LONGEST_STACK = 20_000;

/** Frames of libraries and of Node are left out, and so is whatever only looks like one. */
function framesOf(stack: unknown): string[] {
  if (typeof stack !== 'string') return [];
  return stack
    .slice(0, LONGEST_STACK)
    .split('\n')
    .map(ownFrame)
    .filter((frame) => frame !== null)
    .slice(0, FRAMES);
}

function ownFrame(line: string): string | null {
  if (!/^\s{1,8}at /.test(line)) return null;
  const root = ROOTS.find((root) => line.includes(root));
  if (root === undefined) return null;
  const [before, ...after] = line.split(root);
  const place = /^(?:src|commands|config|test)\/[\w./-]{1,200}:\d+:\d+/.exec(after.join(root))?.[0];
  if (!place) return null;
  const within = /at (?:async )?(?:new )?([\w.$<>]{1,60}) \($/.exec(before)?.[1];
  return within ? `${place} ${within}` : place;
}
