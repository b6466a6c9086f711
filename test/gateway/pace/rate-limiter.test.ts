import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DISCORD_RATE_LIMITS, type QueuedJob, RateLimiter } from '#src/gateway/pace/rate-limiter.ts';

const CHANNEL_LIMIT = 5;
const CHANNEL_WINDOW_MS = 5_000;

describe('the pace of requests', () => {
  it('no second sees a 51st request arrive, however long they travel, nor a channel’s 5 s a sixth, and none is forgotten', () => {
    const wish = fc.record({
      server: fc.oneof(fc.constant(0), fc.nat(40)),
      channel: fc.nat(3),
      at: fc.nat(4_000),
      spare: fc.boolean(),
    });
    const flood = fc.array(wish, { minLength: 300, maxLength: 500, size: 'max' });
    const network = fc.record({
      fastest: fc.integer({ min: 1, max: 150 }),
      jitter: fc.integer({ min: 0, max: 60 }),
      seed: fc.nat(),
    });
    fc.assert(
      fc.property(flood, network, (wishes, { fastest, jitter, seed }) => {
        const travel = randomTravel(seed, jitter);
        const left = simulate(wishes.map(toJob), fastest, travel);
        expect(left).toHaveLength(wishes.length);
        expect(
          mostWithin(
            left.map(({ arrivesAt }) => arrivesAt),
            1_000,
          ),
        ).toBeLessThanOrEqual(50);
        expect(Math.min(...left.map(({ remaining }) => remaining ?? 0))).toBeGreaterThanOrEqual(0);
      }),
      // Found once is found for good; another seed is another network, equally likely.
      { numRuns: 20, seed: 1, endOnFailure: true },
    );
  });

  it('sends 49 a second and more where answers come evenly', () => {
    const flood = Array.from({ length: 1_500 }, (_, n) => job({ server: `s${n}`, bucket: `c${n}`, at: 0 }));
    const left = simulate(flood, 120, randomTravel(1, 20));
    const seconds = (left[1_499].at - left[499].at) / 1_000;
    expect(1_000 / seconds).toBeGreaterThan(49);
  });

  it('keeps the order within a channel', () => {
    const jobs = Array.from({ length: 12 }, (_, at) => job({ bucket: 'a', at }));
    const left = simulate(jobs, 100, () => 0);
    expect(left.map((one) => one.job)).toEqual(jobs);
  });

  it('lets one server’s single alert pass another’s flood at the next turn but one', () => {
    const flood = Array.from({ length: 600 }, (_, n) => job({ server: 'big', bucket: `big-${n}`, at: 0 }));
    const single = job({ server: 'small', bucket: 'small', at: 3_000 });
    const left = simulate([...flood, single], 120, () => 0);
    const wait = left.find((one) => one.job === single);
    expect(wait?.at).toBeLessThan(3_000 + 250);
  });

  it('lets what was queued longest ago overtake every fifth turn', () => {
    const pace = new RateLimiter<QueuedJob>({ ...DISCORD_RATE_LIMITS, spacingMs: 0, atOnce: 100 });
    for (let n = 0; n < 40; n++) pace.add(job({ server: `s${n}`, bucket: `s${n}`, at: 1_000 }));
    const old = job({ server: 'z', bucket: 'z', at: 5 });
    pace.add(old);
    const order = Array.from({ length: 41 }, () => pace.next(2_000)).map(
      (step) => step.kind === 'go' && step.job,
    );
    expect(order.indexOf(old)).toBe(4);
  });

  it('sends spare requests only when nothing else may leave, ten a second at most', () => {
    const pace = new RateLimiter<QueuedJob>(DISCORD_RATE_LIMITS);
    for (let n = 0; n < 3; n++) pace.add(job({ bucket: `edit-${n}`, at: 0, spare: true }));
    for (let n = 0; n < 3; n++) pace.add(job({ bucket: `post-${n}`, at: 0 }));
    const left: string[] = [];
    for (let step = pace.next(0); step.kind === 'go'; step = pace.next(0)) left.push(step.job.bucket);
    expect(left).toEqual(['post-0', 'post-1', 'post-2', 'edit-0']);
    expect(pace.next(0)).toEqual({ kind: 'wait', until: 100 });
    expect(pace.next(100)).toMatchObject({ kind: 'go', job: { bucket: 'edit-1' } });
  });

  it('after a 429 for everything nothing leaves until it is over, and the limited request goes first', () => {
    const pace = new RateLimiter<QueuedJob>(DISCORD_RATE_LIMITS);
    const [first, second] = [job({ bucket: 'a', at: 0 }), job({ bucket: 'a', at: 0 })];
    pace.add(first);
    pace.add(second);
    expect(pace.next(0)).toEqual({ kind: 'go', job: first });
    pace.settle(first, { kind: 'limited', everything: true, waitMs: 700 }, 100);
    pace.add(job({ bucket: 'b', at: 0 }));
    expect(pace.next(100)).toEqual({ kind: 'wait', until: 800 });
    expect(pace.next(800)).toEqual({ kind: 'go', job: first });
  });

  it('after a 429 for one channel the others go on', () => {
    const pace = new RateLimiter<QueuedJob>(DISCORD_RATE_LIMITS);
    const [first, other] = [job({ bucket: 'a', at: 0 }), job({ bucket: 'b', at: 0 })];
    pace.add(first);
    pace.next(0);
    pace.settle(first, { kind: 'limited', everything: false, waitMs: 700 }, 100);
    pace.add(other);
    expect(pace.next(100)).toEqual({ kind: 'go', job: other });
    expect(pace.next(100)).toEqual({ kind: 'wait', until: 800 });
    expect(pace.next(800)).toEqual({ kind: 'go', job: first });
  });

  it('has at most 30 requests under way', () => {
    const pace = new RateLimiter<QueuedJob>({ ...DISCORD_RATE_LIMITS, spacingMs: 0 });
    for (let n = 0; n < 40; n++) pace.add(job({ bucket: `c${n}`, at: 0 }));
    for (let n = 0; n < 30; n++) expect(pace.next(0).kind).toBe('go');
    expect(pace.next(0)).toEqual({ kind: 'wait', until: Number.POSITIVE_INFINITY });
  });

  it('gives up what waits, and goes on with what comes after', () => {
    const pace = new RateLimiter<QueuedJob>(DISCORD_RATE_LIMITS);
    const [a, b] = [job({ bucket: 'a', at: 0 }), job({ bucket: 'b', at: 0 })];
    pace.add(a);
    expect(pace.giveUp()).toEqual([a]);
    expect(pace.next(0).kind).toBe('wait');
    pace.add(b);
    expect(pace.next(0)).toEqual({ kind: 'go', job: b });
  });
});

function job({
  bucket,
  at,
  server = 's',
  spare = false,
}: {
  bucket: string;
  at: number;
  server?: string;
  spare?: boolean;
}): QueuedJob {
  return { bucket, server, queuedAt: at, spare };
}

function toJob({
  server,
  channel,
  at,
  spare,
}: {
  server: number;
  channel: number;
  at: number;
  spare: boolean;
}): QueuedJob {
  return job({ server: `s${server}`, bucket: `${spare ? 'edit' : 'post'}-${server}-${channel}`, at, spare });
}

/** `remaining`: what Discord answered is left of the channel's window; below 0 is a 429. */
type Departure = { at: number; arrivesAt: number; answeredAt: number; job: QueuedJob; remaining?: number };

/** Runs the pace in virtual time against a Discord that counts each channel's fixed 5 s windows and says so. */
function simulate(jobs: readonly QueuedJob[], fastestMs: number, delayMs: () => number): Departure[] {
  const pace = new RateLimiter<QueuedJob>(DISCORD_RATE_LIMITS);
  const coming = jobs.toSorted((a, b) => a.queuedAt - b.queuedAt);
  const answers: Departure[] = [];
  const left: Departure[] = [];
  const windows = new Map<string, { opened: number; used: number }>();
  for (let now = 0; left.length < jobs.length || answers.length > 0; ) {
    while (coming[0] && coming[0].queuedAt <= now) pace.add(coming.shift() as QueuedJob);
    for (const one of answers.filter(({ answeredAt }) => answeredAt <= now)) {
      answers.splice(answers.indexOf(one), 1);
      const limits = use(windows, one.job.bucket, now);
      one.remaining = limits.remaining;
      pace.settle(one.job, { kind: 'answered', ...limits }, now);
    }
    const step = pace.next(now);
    if (step.kind === 'go') {
      const arrivesAt = now + fastestMs / 2 + delayMs();
      const one = {
        at: now,
        arrivesAt,
        answeredAt: Math.ceil(arrivesAt + fastestMs / 2),
        job: step.job,
      };
      left.push(one);
      answers.push(one);
    } else {
      now = Math.min(
        step.until,
        ...answers.map(({ answeredAt }) => answeredAt),
        coming[0]?.queuedAt ?? Infinity,
      );
    }
  }
  return left;
}

/** Whole ms up to `most`, evenly spread, the same again for the same seed. */
function randomTravel(seed: number, most: number): () => number {
  let state = (seed % 2_147_483_646) + 1;
  return () => {
    state = (state * 48_271) % 2_147_483_647;
    return state % (most + 1);
  };
}

function use(windows: Map<string, { opened: number; used: number }>, bucket: string, now: number) {
  const known = windows.get(bucket);
  const window = known && now - known.opened < CHANNEL_WINDOW_MS ? known : { opened: now, used: 0 };
  window.used++;
  windows.set(bucket, window);
  return { remaining: CHANNEL_LIMIT - window.used, resetAfterMs: window.opened + CHANNEL_WINDOW_MS - now };
}

function mostWithin(instants: readonly number[], span: number): number {
  return Math.max(
    0,
    ...instants.map((from) => instants.filter((at) => at >= from && at < from + span).length),
  );
}
