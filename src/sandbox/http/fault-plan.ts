import type { FaultHook, RequestFault } from './faults.ts';

/** Faults as plain data, so that another process can ask for them: which share of the requests meets which fault. */
export type FaultPlan = {
  /** The same seed and the same requests give the same faults. */
  seed: number;
  /** Only requests of this route, such as `POST /channels/{channel_id}/messages`; all where absent. */
  route?: string;
  faults: readonly { share: number; fault: RequestFault }[];
};

/** A hook that draws for each request. */
export function planFaults(plan: FaultPlan): FaultHook {
  const draw = randomFrom(plan.seed);
  return (request) => {
    if (plan.route !== undefined && plan.route !== `${request.method} ${request.route}`) return null;
    let rest = draw();
    for (const { share, fault } of plan.faults) {
      if (rest < share) return fault;
      rest -= share;
    }
    return null;
  };
}

// mulberry32: small, and good enough to spread faults.
function randomFrom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
