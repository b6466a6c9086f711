/**
 * Whose turn is it? Rule: the turns go round the servers that have something to send, and within a server round its
 * buckets, so that one server's flood cannot hold up another's single alert. Each fifth turn goes to whoever has waited
 * longest, wherever that is (ageing).
 */
import { Fifo } from './fifo.ts';
import { Soonest } from './soonest.ts';

/** What may take a turn. */
type Waiting = { readonly server: string /** UTC ms. */; waitingSince: number };

const AGEING_TURN = 5;

/** One bucket's place in both orders; void once the bucket took its turn through either. */
type Entry<L> = { bucket: L | null };
type Server<L> = { id: string; entries: Fifo<Entry<L>> };

export class FairQueue<L extends Waiting> {
  readonly #servers = new Map<string, Server<L>>();
  #round = new Fifo<Server<L>>();
  #longestWaiting = new Soonest<Entry<L>>();
  #size = 0;
  #turn = 0;

  get size(): number {
    return this.#size;
  }

  /** Puts a bucket in line. It stays until `take` returns it; the caller offers it once at a time. */
  offer(bucket: L): void {
    const entry: Entry<L> = { bucket };
    this.#longestWaiting.push(bucket.waitingSince, entry);
    this.#size++;
    const server = this.#servers.get(bucket.server);
    if (server) {
      server.entries.push(entry);
      return;
    }
    const newcomer: Server<L> = { id: bucket.server, entries: new Fifo() };
    newcomer.entries.push(entry);
    this.#servers.set(bucket.server, newcomer);
    this.#round.push(newcomer);
  }

  /** The bucket whose turn it is, out of the line; undefined when nobody waits. */
  take(): L | undefined {
    if (this.#size === 0) return undefined;
    this.#turn++;
    const bucket = this.#turn % AGEING_TURN === 0 ? this.#takeOldest() : this.#takeNext();
    this.#size--;
    if (this.#size === 0) this.#forget();
    return bucket;
  }

  /** What is left are places of buckets that took their turn through the other order. */
  #forget(): void {
    this.#servers.clear();
    this.#round = new Fifo();
    this.#longestWaiting = new Soonest();
  }

  #takeNext(): L | undefined {
    for (;;) {
      const server = this.#round.shift();
      if (!server) return undefined;
      const bucket = firstOf(server.entries);
      if (server.entries.size > 0) this.#round.push(server);
      else this.#servers.delete(server.id);
      if (bucket) return bucket;
    }
  }

  #takeOldest(): L | undefined {
    for (;;) {
      const entry = this.#longestWaiting.pop();
      if (!entry) return undefined;
      const bucket = claim(entry);
      if (bucket) return bucket;
    }
  }
}

function firstOf<L>(entries: Fifo<Entry<L>>): L | undefined {
  for (let entry = entries.shift(); entry; entry = entries.shift()) {
    const bucket = claim(entry);
    if (bucket) return bucket;
  }
  return undefined;
}

function claim<L>(entry: Entry<L>): L | null {
  const { bucket } = entry;
  entry.bucket = null;
  return bucket;
}
