import { LRUCache } from 'lru-cache';

/** Bodies kept for conditional requests: by address, with their ETag, the newest only. */
export type KeptBodies = {
  etag(url: string): string | null;
  body(url: string): string | null;
  /** Keeps the body of a 200 answer that has an ETag; any other answer ends what was kept. */
  keep(url: string, response: Response, body: string): void;
  forget(url: string): void;
};

type Kept = { etag: string; body: string };

/** Keeps at most `most` bytes; what nobody asked for longest goes first. */
export function createKeptBodies(most: number): KeptBodies {
  const kept = new LRUCache<string, Kept>({
    maxSize: most,
    sizeCalculation: ({ etag, body }, url) => bytesOf(url, etag, body),
  });
  return {
    etag: (url) => kept.get(url)?.etag ?? null,
    body: (url) => kept.get(url)?.body ?? null,
    keep: (url, response, body) => {
      const etag = response.headers.get('etag');
      if (etag && response.status === 200) kept.set(url, { etag, body });
      else kept.delete(url);
    },
    forget: (url) => {
      kept.delete(url);
    },
  };
}

/** What these strings take in memory at most. */
const bytesOf = (...texts: readonly string[]): number =>
  texts.reduce((sum, { length }) => sum + 2 * length, 0);
