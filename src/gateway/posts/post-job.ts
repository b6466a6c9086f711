import type { Parcel, PostPlace, Receipt } from '#src/pipeline/postman.ts';
import type { KeptPhrase } from '#src/wording/kept-phrase.ts';
import { phrase } from '#src/wording/phrase.ts';
import {
  attemptCall,
  type CallDeps,
  type CallOutcome,
  type DiscordRoute,
  givenBack,
} from '../connection/discord-call.ts';
import type { PacedAnswer, PacedJob } from '../pace/pacer.ts';

/** How a parcel is sent and its outcome read: one object for all jobs of a kind. */
export type PlaceKind = CallDeps & {
  bucket(place: PostPlace): string;
  path(place: PostPlace): DiscordRoute;
  json(parcel: Parcel): string;
  receipt(place: PostPlace, outcome: CallOutcome): Receipt;
};

/** Posts a parcel when the pacer lets it. Throws at once, before anything is sent, when it cannot be rendered. */
export function post(kind: PlaceKind, parcel: Parcel): Promise<Receipt> {
  const json = kind.json(parcel);
  return new Promise((resolve) => kind.pacer.send(new PostJob(kind, parcel, json, resolve)));
}

/**
 * A post that waits. A hundred thousand may: it keeps its JSON as text, which is far smaller than the objects it tells
 * of, and what else can be worked out when its turn comes is not kept at all.
 */
class PostJob implements PacedJob {
  readonly queuedAt: number;
  readonly #kind: PlaceKind;
  readonly #place: PostPlace;
  readonly #json: string;
  /** By Discord's clock; Infinity where it may wait. */
  readonly #sendBefore: number;
  readonly #resolve: (receipt: Receipt) => void;

  constructor(kind: PlaceKind, parcel: Parcel, json: string, resolve: (receipt: Receipt) => void) {
    this.queuedAt = parcel.queuedAt;
    this.#kind = kind;
    this.#place = parcel.place;
    this.#json = json;
    this.#sendBefore = parcel.sendBefore ?? Number.POSITIVE_INFINITY;
    this.#resolve = resolve;
  }

  get bucket() {
    return this.#kind.bucket(this.#place);
  }

  get server() {
    return this.#place.serverId;
  }

  get spare() {
    return false;
  }

  attempt(): Promise<PacedAnswer> {
    if (this.#kind.time.now().until >= this.#sendBefore) return this.#tooLate(this.#kind.clock.now());
    return attemptCall(this.#kind, 'POST', this.#kind.path(this.#place), this.#json, (outcome) =>
      this.#done(outcome),
    );
  }

  giveBack(at: number, reason: KeptPhrase): void {
    this.#done(givenBack(at, reason));
  }

  /** The outbox counts on it to be sent by then, or not at all. */
  async #tooLate(now: number): Promise<PacedAnswer> {
    this.giveBack(now, phrase('post.waitedTooLong'));
    return { kind: 'unsent', invalid: false };
  }

  #done(outcome: CallOutcome): void {
    this.#resolve(this.#kind.receipt(this.#place, outcome));
  }
}
