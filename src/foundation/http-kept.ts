/** Bodies kept for conditional requests: by address, with their ETag, the newest only. */
export type KeptBodies = {
  etag(url: string): string | null;
  body(url: string): string | null;
  /** Keeps the body of a 200 answer that has an ETag; any other answer ends what was kept. */
  keep(url: string, response: Response, body: string): void;
  forget(url: string): void;
};

export function createKeptBodies(most: number): KeptBodies {
  const kept = new Map<string, { etag: string; body: string }>();

  const keep: KeptBodies['keep'] = (url, response, body) => {
    kept.delete(url);
    const etag = response.headers.get('etag');
    if (!etag || response.status !== 200) return;
    kept.set(url, { etag, body });
    const [oldest] = kept.keys();
    if (kept.size > most) kept.delete(oldest);
  };

  return {
    etag: (url) => kept.get(url)?.etag ?? null,
    body: (url) => kept.get(url)?.body ?? null,
    keep,
    forget: (url) => void kept.delete(url),
  };
}
