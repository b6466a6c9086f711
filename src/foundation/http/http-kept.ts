/** Bodies kept for conditional requests: by address, with their ETag, the newest only. */
export type KeptBodies = {
  etag(url: string): string | null;
  body(url: string): string | null;
  /** Keeps the body of a 200 answer that has an ETag; any other answer ends what was kept. */
  keep(url: string, response: Response, body: string): void;
  forget(url: string): void;
};

/** Keeps at most `most` bytes; the oldest go first. */
export function createKeptBodies(most: number): KeptBodies {
  const kept = new Map<string, { etag: string; body: string }>();
  let bytes = 0;

  const forget = (url: string): void => {
    const gone = kept.get(url);
    if (gone) bytes -= bytesOf(url, gone.etag, gone.body);
    kept.delete(url);
  };

  const keep: KeptBodies['keep'] = (url, response, body) => {
    forget(url);
    const etag = response.headers.get('etag');
    if (!etag || response.status !== 200) return;
    kept.set(url, { etag, body });
    bytes += bytesOf(url, etag, body);
    for (const oldest of kept.keys()) {
      if (bytes <= most) return;
      forget(oldest);
    }
  };

  return {
    etag: (url) => kept.get(url)?.etag ?? null,
    body: (url) => kept.get(url)?.body ?? null,
    keep,
    forget,
  };
}

/** What these strings take in memory at most. */
const bytesOf = (...texts: readonly string[]): number => 2 * texts.join('').length;
