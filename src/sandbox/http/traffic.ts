/** What the driver can read about the requests that came. */
export type TrafficCounts = {
  requests: number;
  /** Answers with 429. */
  limited: number;
  /** 401, 403 and 429: what Discord counts towards its 10,000 in 10 minutes. */
  invalid: number;
  /** `POST /channels/{channel_id}/messages` -> how often. */
  byRoute: Record<string, number>;
  byStatus: Record<string, number>;
};

export type Traffic = {
  counts(): TrafficCounts;
  reset(): void;
  /** Returns the request's number, from 0. */
  asked(route: string): number;
  /** `at` here and below: the clock's `elapsed()`. */
  answered(status: number, at: number): void;
  /** Whether 10,000 invalid requests came in the last 10 minutes: then Discord answers nothing else. */
  isBanned(at: number): boolean;
};

const MOST_INVALID = 10_000;
const MINUTES = 10;

/** Counts from zero. */
export function createTraffic(): Traffic {
  let counts = nothing();
  const invalidByMinute = new Map<number, number>();

  const answered = (status: number, at: number): void => {
    counts.byStatus[status] = (counts.byStatus[status] ?? 0) + 1;
    if (status === 429) counts.limited++;
    if (status !== 401 && status !== 403 && status !== 429) return;
    counts.invalid++;
    const minute = Math.floor(at / 60_000);
    invalidByMinute.set(minute, (invalidByMinute.get(minute) ?? 0) + 1);
    invalidByMinute.delete(minute - MINUTES);
  };

  const isBanned = (at: number): boolean => {
    const minute = Math.floor(at / 60_000);
    let sum = 0;
    for (const [one, count] of invalidByMinute) if (one > minute - MINUTES) sum += count;
    return sum >= MOST_INVALID;
  };

  return {
    counts: () => structuredClone(counts),
    reset: () => {
      counts = nothing();
    },
    asked: (route) => {
      counts.requests++;
      counts.byRoute[route] = (counts.byRoute[route] ?? 0) + 1;
      return counts.requests - 1;
    },
    answered,
    isBanned,
  };
}

function nothing(): TrafficCounts {
  return { requests: 0, limited: 0, invalid: 0, byRoute: {}, byStatus: {} };
}
