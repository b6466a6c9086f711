import { refusal } from '../rules/discord-error.ts';
import { isObject, type Json } from '../world/json.ts';
import type { DraftFile } from '../world/message.ts';
import type { World } from '../world/world.ts';
import type { RouteLimit } from './limits.ts';

/** One request as a route sees it. */
export type Call = {
  world: World;
  params: Record<string, string>;
  query: URLSearchParams;
  body: unknown;
  files: readonly DraftFile[];
};

/** No body = 204. */
export type RestAnswer = { status: number; body?: unknown };

export type Route = {
  method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** As in Discord's documentation, `{names}` for ids. */
  path: string;
  answer: (call: Call) => RestAnswer;
  limit?: RouteLimit;
  /** Interaction endpoints carry their token in the path, and the global limit does not count them. */
  withoutBotToken?: true;
};

export type FoundRoute = { route: Route; params: Record<string, string> };

/** Finds routes by method and path. Throws 404 or 405 as Discord does. */
export function createRouter(routes: readonly Route[]): (method: string, path: string) => FoundRoute {
  const bySize = new Map<number, { route: Route; parts: string[] }[]>();
  for (const route of routes) {
    const parts = route.path.split('/');
    bySize.set(parts.length, [...(bySize.get(parts.length) ?? []), { route, parts }]);
  }

  return (method, path) => {
    const parts = path.split('/').map(decoded);
    const fitting = (bySize.get(parts.length) ?? []).filter((one) => fits(one.parts, parts));
    if (fitting.length === 0) throw refusal.notFound();
    const found = fitting.find((one) => one.route.method === method);
    if (!found) throw refusal.methodNotAllowed();
    return { route: found.route, params: paramsOf(found.parts, parts) };
  };
}

// discord.js writes `@original` as `%40original`.
function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    throw refusal.notFound();
  }
}

function fits(pattern: readonly string[], parts: readonly string[]): boolean {
  return pattern.every((part, index) => part.startsWith('{') || part === parts[index]);
}

function paramsOf(pattern: readonly string[], parts: readonly string[]): Record<string, string> {
  const named = pattern.flatMap((part, index) =>
    part.startsWith('{') ? [[part.slice(1, -1), parts[index]]] : [],
  );
  return Object.fromEntries(named);
}

/** The body as an object; an absent or other body is an empty one. */
export function fieldsOf(call: Call): Json {
  return isObject(call.body) ? call.body : {};
}

export const noContent: RestAnswer = { status: 204 };

/** 200 with a body. */
export function ok(body: unknown): RestAnswer {
  return { status: 200, body };
}
