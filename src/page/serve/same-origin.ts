/** What a request says of where it comes from. */
type Asking = {
  method: string;
  host: string | undefined;
  origin: string | undefined;
  /** Sec-Fetch-Site. */
  site: string | undefined;
};

/**
 * Whether this server's own page may be what asks. Another page that a browser here has open names its origin in all that it
 * sends but plain reading, and cannot read the answer to that. https://www.w3.org/TR/fetch-metadata/
 */
export function isFromOwnPage({ method, host, origin, site }: Asking): boolean {
  if (origin !== undefined) return URL.canParse(origin) && new URL(origin).host === host?.toLowerCase();
  if (method === 'GET' || method === 'HEAD') return true;
  return site === 'same-origin' || site === 'none';
}
