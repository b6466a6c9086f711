import { lookup } from 'node:dns/promises';
import { type Reach, reachOf } from '../network-place.ts';

/** All addresses of a host name. May throw where it has none. */
export type Resolve = (host: string) => Promise<readonly string[]>;

export const resolveName: Resolve = async (host) =>
  (await lookup(host, { all: true })).map(({ address }) => address);

/** Where an answer sends its reader: on to an address, nowhere, or where no answer may send anybody. */
type Redirect = { to: URL } | { refused: string } | null;

export const MOST_REDIRECTS = 5;

const REDIRECTS: readonly number[] = [301, 302, 303, 307, 308];

/**
 * Whoever answers must not choose what is asked inside the operator's network: a redirect stays on its host or leads to a
 * public address, and never from https to http. `from`: what was asked.
 */
export async function redirectOf(response: Response, from: URL, resolve: Resolve): Promise<Redirect> {
  const location = response.headers.get('location');
  if (!REDIRECTS.includes(response.status) || location === null) return null;
  const to = URL.parse(location, from.href);
  if (!to || !/^https?:$/.test(to.protocol) || to.username !== '' || to.password !== '')
    return { refused: 'sends its readers to something that is no web address' };
  if (from.protocol === 'https:' && to.protocol === 'http:')
    return { refused: `sends its readers from https to http, at ${to.host}` };
  if (to.host === from.host) return { to };
  const reach = await reachOfHost(to.hostname, resolve);
  return reach === 'public'
    ? { to }
    : { refused: `sends its readers to ${to.host}, which is no public address` };
}

/** By all addresses of a name: one that is not public is enough. */
async function reachOfHost(host: string, resolve: Resolve): Promise<Reach> {
  if (/(^|\.)localhost\.?$/.test(host)) return 'loopback';
  if (/^\[|^[\d.]+$/.test(host)) return reachOf(host);
  // A name without an address leads nowhere: fetch says so better.
  const addresses = await resolve(host.replace(/\.$/, '')).catch(() => []);
  return addresses.map(reachOf).find((reach) => reach !== 'public') ?? 'public';
}
