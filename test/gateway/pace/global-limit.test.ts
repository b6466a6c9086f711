import { describe, expect, it } from 'vitest';
import { GlobalLimit } from '#src/gateway/pace/global-limit.ts';

describe('the limit of 50 requests in a second', () => {
  const options = { count: 1, windowMs: 1_000, marginMs: 4 };

  it('before much is known a place is free a second after the answer, when the request has arrived for certain', () => {
    const globalLimit = new GlobalLimit(options);
    globalLimit.take();
    expect(globalLimit.freeAt(100)).toBe(Number.POSITIVE_INFINITY);
    globalLimit.answered(0, 120);
    expect(globalLimit.freeAt(120)).toBe(1_124);
    expect(globalLimit.freeAt(1_124)).toBe(1_124);
  });

  it('gives away only what an answer took longer than the fastest of late', () => {
    const globalLimit = known(120);
    globalLimit.take();
    globalLimit.answered(10_000, 10_145);
    expect(globalLimit.freeAt(10_145)).toBe(11_029);
  });

  it('learns nothing from requests that did not leave or were not answered', () => {
    const globalLimit = known(120);
    globalLimit.take();
    globalLimit.unsent();
    expect(globalLimit.freeAt(10_000)).toBe(10_000);
    globalLimit.take();
    globalLimit.ended(10_001);
    expect(globalLimit.freeAt(10_001)).toBe(11_005);
    expect(globalLimit.freeAt(11_005)).toBe(11_005);
    globalLimit.take();
    globalLimit.answered(11_005, 11_125);
    expect(globalLimit.freeAt(11_125)).toBe(12_009);
  });

  it('notices after a while that the way has grown longer', () => {
    const globalLimit = known(120);
    for (let n = 0; n < 400; n++) {
      globalLimit.take();
      globalLimit.answered(0, 300);
      globalLimit.freeAt(1e9);
    }
    globalLimit.take();
    globalLimit.answered(2e9, 2e9 + 300);
    expect(globalLimit.freeAt(2e9 + 300)).toBe(2e9 + 1_004);
  });

  function known(tripMs: number): GlobalLimit {
    const globalLimit = new GlobalLimit(options);
    for (let n = 0; n < 150; n++) {
      globalLimit.take();
      globalLimit.answered(0, tripMs);
      globalLimit.freeAt(5_000);
    }
    return globalLimit;
  }
});
