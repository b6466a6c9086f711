/**
 * Milliseconds that `Retry-After` asks to wait: seconds or an HTTP date (RFC 9110, 10.2.3). A date is read by the clock
 * of who sent it where it tells its own, else by `now` (UTC ms). Null when absent or unreadable.
 */
export function retryAfter(headers: Headers, now: number): number | null {
  const text = headers.get('retry-after')?.trim();
  if (!text) return null;
  if (/^\d+(\.\d+)?$/.test(text)) return Number(text) * 1000;
  const date = Date.parse(text);
  const theirs = Date.parse(headers.get('date') ?? '');
  return Number.isNaN(date) ? null : Math.max(0, date - (Number.isNaN(theirs) ? now : theirs));
}

/**
 * Milliseconds until a spent quota is refilled, from `RateLimit: "api";r=0;t=55` (IETF draft 9, as Hugging Face sends it).
 * Null while requests are left, or without the header.
 */
export function quotaRefill(headers: Headers): number | null {
  const waits = (headers.get('ratelimit') ?? '')
    .split(',')
    .map((policy) => ({ left: parameter(policy, 'r'), seconds: parameter(policy, 't') }))
    .filter(({ left, seconds }) => left === 0 && seconds !== null)
    .map(({ seconds }) => Number(seconds));
  return waits.length === 0 ? null : Math.max(...waits) * 1000;
}

function parameter(policy: string, name: string): number | null {
  const found = new RegExp(`;\\s*${name}=(\\d+)`).exec(policy);
  return found ? Number(found[1]) : null;
}

/** The address that `Link: <...>; rel="next"` names (RFC 8288), resolved against `base`; null when there is none. */
export function nextLink(headers: Headers, base: string): string | null {
  for (const [, target, parameters] of (headers.get('link') ?? '').matchAll(/<([^<>]*)>([^<]*)/g)) {
    if (/;\s*rel="?([^";]*\s)?next[\s";,]?/i.test(parameters)) return URL.parse(target, base)?.href ?? null;
  }
  return null;
}
