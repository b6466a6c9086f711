import type { Parcel, Place, Receipt } from '#src/pipeline/postman.ts';
import {
  attemptCall,
  type CallOutside,
  givenBack,
  type Outcome,
  type Path,
} from '../connection/discord-call.ts';
import type { Answer, PacedErrand } from '../pace/pacer.ts';

/** How a parcel is sent and its outcome read: one object for all errands of a kind. */
export type PostDesk = CallOutside & {
  lane(place: Place): string;
  path(place: Place): Path;
  json(parcel: Parcel): string;
  receipt(place: Place, outcome: Outcome): Receipt;
};

/** Posts a parcel when the pacer lets it. Throws at once, before anything is sent, when it cannot be rendered. */
export function post(desk: PostDesk, parcel: Parcel): Promise<Receipt> {
  const json = desk.json(parcel);
  return new Promise((resolve) => desk.pacer.send(new PostErrand(desk, parcel, json, resolve)));
}

/**
 * A post that waits. A hundred thousand may: it keeps its JSON as text, which is far smaller than the objects it tells
 * of, and what else can be worked out when its turn comes is not kept at all.
 */
class PostErrand implements PacedErrand {
  readonly promisedAt: number;
  readonly #desk: PostDesk;
  readonly #place: Place;
  readonly #json: string;
  /** By Discord's clock; Infinity where it may wait. */
  readonly #sendBefore: number;
  readonly #resolve: (receipt: Receipt) => void;

  constructor(desk: PostDesk, parcel: Parcel, json: string, resolve: (receipt: Receipt) => void) {
    this.promisedAt = parcel.promisedAt;
    this.#desk = desk;
    this.#place = parcel.place;
    this.#json = json;
    this.#sendBefore = parcel.sendBefore ?? Number.POSITIVE_INFINITY;
    this.#resolve = resolve;
  }

  get lane() {
    return this.#desk.lane(this.#place);
  }

  get server() {
    return this.#place.serverId;
  }

  get spare() {
    return false;
  }

  attempt(): Promise<Answer> {
    if (this.#desk.time.now().until >= this.#sendBefore) return this.#tooLate(this.#desk.clock.now());
    return attemptCall(this.#desk, 'POST', this.#desk.path(this.#place), this.#json, (outcome) =>
      this.#done(outcome),
    );
  }

  giveBack(at: number, reason: string): void {
    this.#done(givenBack(at, reason));
  }

  /** The outbox counts on it to be sent by then, or not at all. */
  async #tooLate(now: number): Promise<Answer> {
    this.giveBack(now, 'It waited for too long to be sent');
    return { kind: 'unsent', invalid: false };
  }

  #done(outcome: Outcome): void {
    this.#resolve(this.#desk.receipt(this.#place, outcome));
  }
}
