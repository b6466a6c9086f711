import { type Clock, wallIn } from '../clock.ts';
import { type NotAsked, OutsideError } from '../failure.ts';
import type { Log } from '../log.ts';
import { HostRate, type HostRateStore, type Manners } from './host-rate.ts';
import { FairLine, URGENCIES, type Urgency } from './http-line.ts';

/** A reason of our own: without one each abort makes an error with a stack. */
const NO_LONGER = 'no longer waited for';

/** Who asks. Aborting `signal` takes the request out of the line: a request ends with its asker. */
export type HttpAsker = { urgency: Urgency; signal?: AbortSignal };

type Deps = {
  clock: Clock;
  log: Log;
  /** Milliseconds that each waits in the line at most. */
  patience: { member: number; others: number };
  closing?: AbortSignal;
  /** Where pauses outlast a restart; absent: nowhere. */
  store?: HostRateStore;
};

type Waiting = { urgency: Urgency; begin(): Promise<void>; refuse(error: OutsideError): void };

/** The queue in front of one outside system: who may ask next, and when. Everything here waits by Clock.elapsed(). */
export class HttpQueue {
  readonly #manners: Manners;
  readonly #deps: Deps;
  readonly #pace: HostRate;
  readonly #line = new FairLine<Waiting>();
  /** Until the record of the life before is read. */
  #resuming: Promise<void> | null = null;
  #remembering: Promise<void> = Promise.resolve();
  #running = 0;
  #alarm = new AbortController();

  constructor(manners: Manners, deps: Deps) {
    this.#manners = manners;
    this.#deps = deps;
    this.#pace = new HostRate(manners);
    if (deps.store) this.#resuming = this.#resume(deps.store);
  }

  /**
   * Runs `work` on one of the connections as soon as manners allow. Throws OutsideError, with its `hold`, when that would
   * take longer than this asker waits; and when the asker or Paperboy itself goes before the start.
   */
  async take<T>(asker: HttpAsker, work: () => Promise<T>): Promise<T> {
    if (this.#resuming !== null) await this.#resuming;
    const gone = this.#gone(asker.signal);
    if (gone) throw gone;
    const hold = this.#holdFor(asker.urgency) ?? this.#queueFor(asker.urgency);
    if (hold) throw this.held(hold);
    const { promise, resolve, reject } = Promise.withResolvers<T>();
    const begin = () => work().then(resolve, reject);
    const waiting = { urgency: asker.urgency, begin, refuse: reject };
    const leave = () => this.#leave(waiting);
    const signals = this.#endings(asker.signal);
    for (const signal of signals) signal.addEventListener('abort', leave, { once: true });
    this.#line.add(waiting);
    this.#startWhoMay();
    const begun = new AbortController();
    if (this.#line.has(waiting)) this.#sendAwayInTime(asker.urgency, waiting, begun.signal);
    try {
      return await promise;
    } finally {
      begun.abort(NO_LONGER);
      for (const signal of signals) signal.removeEventListener('abort', leave);
    }
  }

  /** Hears of every answer, since answers may ask for rest. */
  answered(status: number, headers: Headers): void {
    const { clock } = this.#deps;
    this.#pace.answered(clock.elapsed(), clock.now(), status, headers);
    this.#remember();
    this.#startWhoMay();
  }

  /** Hears of every request that ended without an answer: it may have arrived as late as that. */
  unanswered(): void {
    this.#pace.touched(this.#deps.clock.elapsed());
    this.#remember();
  }

  /** Whoever has a connection sends a further request on it as far from the last one as any other. */
  async spaceOut(signal: AbortSignal): Promise<void> {
    const { clock } = this.#deps;
    await clock.sleep(this.#pace.spacing(clock.elapsed()), signal);
    this.#pace.touched(clock.elapsed());
  }

  /** How long the system rests at its own wish, where that is longer than this asker waits. */
  restFor(urgency: Urgency): NotAsked | null {
    const hold = this.#holdFor(urgency);
    return hold?.kind === 'rest' ? hold : null;
  }

  held(hold: NotAsked): OutsideError {
    return new OutsideError(this.#manners.system, holdWords(hold), { retryable: true, hold });
  }

  /** Whether a request may start within this asker's patience. */
  soon(urgency: Urgency): boolean {
    return this.#holdFor(urgency) === null;
  }

  /** Waits `ms`, unless the asker or Paperboy goes: then OutsideError. */
  async pause(ms: number, signal?: AbortSignal): Promise<void> {
    await this.#deps.clock.sleep(ms, AbortSignal.any(this.#endings(signal))).catch((cause) => {
      throw this.#gone(signal) ?? cause;
    });
  }

  /** Starts whoever may start now, and comes back when the next one may. */
  #startWhoMay(): void {
    this.#alarm.abort();
    this.#dismissTheImpatient();
    while (this.#running < this.#pace.connections()) {
      const heads = this.#line.heads();
      const ready = heads.find((one) => this.#mayStartIn(one) <= 0);
      if (!ready) {
        this.#comeBackIn(Math.min(...heads.map((one) => this.#mayStartIn(one))));
        return;
      }
      this.#start(ready);
    }
  }

  #comeBackIn(ms: number): void {
    if (ms === Number.POSITIVE_INFINITY) return;
    this.#alarm = new AbortController();
    this.#deps.clock.sleep(ms, this.#alarm.signal).then(
      () => this.#startWhoMay(),
      () => {},
    );
  }

  #start(one: Waiting): void {
    this.#line.start(one);
    this.#pace.started(this.#deps.clock.elapsed(), one.urgency === 'member');
    this.#remember();
    this.#running++;
    void this.#begin(one).finally(() => {
      this.#running--;
      this.#startWhoMay();
    });
  }

  /** It leaves once it is kept that it does: the life after a crash is to know of it. */
  #begin({ begin }: Waiting): Promise<void> {
    if (!this.#deps.store) return begin();
    return this.#remembering.then(() => {
      this.#pace.touched(this.#deps.clock.elapsed());
      return begin();
    });
  }

  /** A member's place in the line is no better than an answer after so long. */
  #sendAwayInTime(urgency: Urgency, one: Waiting, begun: AbortSignal): void {
    if (urgency !== 'member') return;
    this.#deps.clock.sleep(this.#deps.patience.member, begun).then(
      () => this.#leave(one),
      () => {},
    );
  }

  async #resume(store: HostRateStore): Promise<void> {
    const { clock, log } = this.#deps;
    try {
      const record = await store.read();
      this.#pace.resume(clock.elapsed(), clock.now(), record);
    } catch (error) {
      log.debug({ system: this.#manners.system, err: error }, 'when a source was asked last cannot be read');
    }
    this.#resuming = null;
  }

  /** One record after the other: the last one stays. */
  #remember(): void {
    const { clock, log, store } = this.#deps;
    if (!store) return;
    const record = this.#pace.record(clock.elapsed(), clock.now());
    this.#remembering = this.#remembering
      .then(() => store.write(record))
      .catch((error: unknown) => {
        // Where there is no room for a number there is none for papers either: that ends with a sentence, this does not.
        log.debug({ system: this.#manners.system, err: error }, 'when a source was asked is not kept');
      });
  }

  #mayStartIn({ urgency }: Waiting): number {
    const at = this.#deps.clock.elapsed();
    const pace = this.#pace;
    return Math.max(pace.rest(at), pace.budget(at, urgency === 'member'), pace.spacing(at));
  }

  /** A rest that began meanwhile may be longer than those in the line wait. */
  #dismissTheImpatient(): void {
    for (const urgency of URGENCIES) {
      const waiting = this.#line.of(urgency);
      const hold = waiting.length > 0 ? this.#holdFor(urgency) : null;
      if (!hold) continue;
      for (const one of waiting) {
        this.#line.remove(one);
        one.refuse(this.held(hold));
      }
    }
  }

  /** What the system or our budget would make this asker wait for, when that is longer than it waits. */
  #holdFor(urgency: Urgency): NotAsked | null {
    const { clock, patience } = this.#deps;
    const isMember = urgency === 'member';
    const most = isMember ? patience.member : patience.others;
    const [rest, budget] = [this.#pace.rest(clock.elapsed()), this.#pace.budget(clock.elapsed(), isMember)];
    if (rest > most) return { kind: 'rest', until: Math.round(wallIn(clock, rest)) };
    return budget > most ? { kind: 'budget', until: Math.round(wallIn(clock, budget)) } : null;
  }

  /** Members are told of a queue at once. The others may stand in it as long as it takes. */
  #queueFor(urgency: Urgency): NotAsked | null {
    if (urgency !== 'member') return null;
    const before = this.#line.beforeMember();
    const { spacing } = this.#manners;
    const wait = this.#pace.spacing(this.#deps.clock.elapsed()) + before * spacing;
    return wait > this.#deps.patience.member ? { kind: 'queue', before, spacing } : null;
  }

  #leave(one: Waiting): void {
    const before = this.#line.beforeMember(one);
    if (!this.#line.remove(one)) return;
    // Whoever gives up here was still in our own queue: the system is not to blame.
    one.refuse(this.#gone() ?? this.held({ kind: 'queue', before, spacing: this.#manners.spacing }));
    this.#startWhoMay();
  }

  #endings(signal: AbortSignal | undefined): AbortSignal[] {
    return [signal, this.#deps.closing].filter((one) => one !== undefined);
  }

  #gone(signal?: AbortSignal): OutsideError | null {
    const { closing } = this.#deps;
    const why = closing?.aborted ? 'Paperboy is closing' : 'nobody waits for it any more';
    if (!closing?.aborted && !signal?.aborted) return null;
    const cause = closing?.reason ?? signal?.reason;
    return new OutsideError(this.#manners.system, `not asked, because ${why}`, { retryable: true, cause });
  }
}

function holdWords(hold: NotAsked): string {
  if (hold.kind === 'queue')
    return `not asked: one question in ${hold.spacing / 1000} s, and ${hold.before} ${hold.before === 1 ? 'is' : 'are'} before this one`;
  const until = new Date(hold.until).toISOString();
  return hold.kind === 'rest'
    ? `resting until ${until}`
    : `not asked: our own share of its quota is used up until ${until}`;
}
