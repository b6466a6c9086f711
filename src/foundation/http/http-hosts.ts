import { reachOf } from '../network-place.ts';

/**
 * Whether a request means this server: by `localhost` or a loopback address, the address that it came to or that the
 * server is bound to, or a name that the operator lists. A web page elsewhere that a browser here has open can make its own
 * name lead here, but no request under another name (DNS rebinding).
 * `header`: the request's Host; `local`: the address at our end of its connection.
 */
export function isOurs(
  header: string | undefined,
  local: string | undefined,
  names: readonly string[],
): boolean {
  const host = hostIn(header);
  if (host === null) return false;
  if (/(^|\.)localhost$/.test(host) || reachOf(host) === 'loopback') return true;
  return [local, ...names].some((name) => name !== undefined && canonicalHost(name) === host);
}

/** The name or address in a Host header, without its port; null when it is none. */
function hostIn(header: string | undefined): string | null {
  if (header === undefined || !/^[^\s/@?#\\]+$/.test(header)) return null;
  return URL.canParse(`http://${header}`) ? plainHost(new URL(`http://${header}`).hostname) : null;
}

/** A host name or an address in the one spelling in which they are compared; null when it is neither. */
function canonicalHost(name: string): string | null {
  return hostIn(name.includes(':') && !name.startsWith('[') ? `[${name.split('%', 1)[0]}]` : name);
}

/** `::ffff:10.0.0.5`, as a server that listens on both kinds sees its own IPv4 address, is that address. */
function plainHost(hostname: string): string {
  const mapped = /^\[::ffff:([\da-f]+):([\da-f]+)\]$/.exec(hostname);
  if (!mapped) return hostname.replace(/\.$/, '');
  const [high, low] = mapped.slice(1).map((group) => Number.parseInt(group, 16));
  return [high >> 8, high & 255, low >> 8, low & 255].join('.');
}
