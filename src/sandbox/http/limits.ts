import { type Clock, systemClock } from '#src/foundation/clock.ts';

/*
 * Rate limits as Discord documents them: one over all, and one for each route and channel or guild.
 * How the global one counts is not published, so there are three disciplines to try a client on.
 * https://discord.com/developers/docs/topics/rate-limits
 */
export type GlobalDiscipline = 'sliding' | 'aligned' | 'bucket' | 'off';

export type LimitOptions = {
  /** Default: sliding. */
  global?: GlobalDiscipline;
  /** Requests a second over all. Default: 50. */
  perSecond?: number;
  /** False: no limits for single routes. Default: true. */
  routes?: boolean;
  /** What the windows go by. Default: real time, because discord.js waits in real time. */
  clock?: Clock;
};

/** How many requests of one kind fit into a window; `name` becomes the bucket's hash. */
export type RouteLimit = { name: string; limit: number; windowMs: number };

export type LimitVerdict = {
  passes: boolean;
  isGlobal: boolean;
  retryAfterMs: number;
  headers: Record<string, string>;
};

export type Limits = {
  /** Counts one request. `major` is the channel, guild or webhook that the bucket belongs to. */
  take(route: RouteLimit | null, major: string, countsGlobally: boolean): LimitVerdict;
};

/** Nothing counted yet. */
export function createLimits(options: LimitOptions = {}): Limits {
  const clock = options.clock ?? systemClock;
  const gate = createGate(options.global ?? 'sliding', options.perSecond ?? 50);
  const windows = new Map<string, { used: number; endsAt: number }>();

  const windowOf = (key: string, route: RouteLimit, at: number) => {
    const known = windows.get(key);
    if (known && known.endsAt > at) return known;
    const fresh = { used: 0, endsAt: at + route.windowMs };
    windows.set(key, fresh);
    return fresh;
  };

  const take = (route: RouteLimit | null, major: string, countsGlobally: boolean): LimitVerdict => {
    const at = clock.now();
    const wait = countsGlobally ? gate(at) : 0;
    if (wait > 0) return { passes: false, isGlobal: true, retryAfterMs: wait, headers: globalHeaders() };
    if (!route || options.routes === false)
      return { passes: true, isGlobal: false, retryAfterMs: 0, headers: {} };
    const window = windowOf(`${route.name} ${major}`, route, at);
    const passes = window.used < route.limit;
    if (passes) window.used++;
    const left = window.endsAt - at;
    return {
      passes,
      isGlobal: false,
      retryAfterMs: passes ? 0 : left,
      headers: routeHeaders(route, route.limit - window.used, window.endsAt, left, passes),
    };
  };

  return { take };
}

function globalHeaders(): Record<string, string> {
  return { 'X-RateLimit-Global': 'true', 'X-RateLimit-Scope': 'global' };
}

function routeHeaders(
  route: RouteLimit,
  remaining: number,
  endsAt: number,
  left: number,
  passes: boolean,
): Record<string, string> {
  return {
    'X-RateLimit-Limit': String(route.limit),
    'X-RateLimit-Remaining': String(remaining),
    'X-RateLimit-Reset': (endsAt / 1000).toFixed(3),
    'X-RateLimit-Reset-After': (left / 1000).toFixed(3),
    'X-RateLimit-Bucket': route.name,
    ...(!passes && { 'X-RateLimit-Scope': 'user' }),
  };
}

/** Returns 0 when the request passes and is counted, otherwise the ms to wait. */
type Gate = (at: number) => number;

function createGate(discipline: GlobalDiscipline, perSecond: number): Gate {
  if (discipline === 'off') return () => 0;
  if (discipline === 'aligned') return alignedGate(perSecond);
  if (discipline === 'bucket') return bucketGate(perSecond);
  return slidingGate(perSecond);
}

function slidingGate(perSecond: number): Gate {
  const passed: number[] = [];
  return (at) => {
    while (passed.length > 0 && passed[0] <= at - 1000) passed.shift();
    if (passed.length >= perSecond) return passed[0] + 1000 - at;
    passed.push(at);
    return 0;
  };
}

function alignedGate(perSecond: number): Gate {
  let second = -1;
  let used = 0;
  return (at) => {
    const current = Math.floor(at / 1000);
    if (current !== second) used = 0;
    second = current;
    if (used >= perSecond) return (current + 1) * 1000 - at;
    used++;
    return 0;
  };
}

function bucketGate(perSecond: number): Gate {
  let tokens = perSecond;
  let filledAt: number | null = null;
  return (at) => {
    tokens = Math.min(perSecond, tokens + ((at - (filledAt ?? at)) / 1000) * perSecond);
    filledAt = at;
    if (tokens < 1) return Math.max(1, ((1 - tokens) / perSecond) * 1000);
    tokens--;
    return 0;
  };
}
