import { describe, expect, it } from 'vitest';
import { Allowance } from '#src/gateway/pace/allowance.ts';

describe('the allowance of 50 requests in a second', () => {
  const options = { count: 1, windowMs: 1_000, marginMs: 4 };

  it('before much is known a place is free a second after the answer, when the request has arrived for certain', () => {
    const allowance = new Allowance(options);
    allowance.take();
    expect(allowance.freeAt(100)).toBe(Number.POSITIVE_INFINITY);
    allowance.answered(0, 120);
    expect(allowance.freeAt(120)).toBe(1_124);
    expect(allowance.freeAt(1_124)).toBe(1_124);
  });

  it('gives away only what an answer took longer than the fastest of late', () => {
    const allowance = known(120);
    allowance.take();
    allowance.answered(10_000, 10_145);
    expect(allowance.freeAt(10_145)).toBe(11_029);
  });

  it('learns nothing from requests that did not leave or were not answered', () => {
    const allowance = known(120);
    allowance.take();
    allowance.unsent();
    expect(allowance.freeAt(10_000)).toBe(10_000);
    allowance.take();
    allowance.ended(10_001);
    expect(allowance.freeAt(10_001)).toBe(11_005);
    expect(allowance.freeAt(11_005)).toBe(11_005);
    allowance.take();
    allowance.answered(11_005, 11_125);
    expect(allowance.freeAt(11_125)).toBe(12_009);
  });

  it('notices after a while that the way has grown longer', () => {
    const allowance = known(120);
    for (let n = 0; n < 400; n++) {
      allowance.take();
      allowance.answered(0, 300);
      allowance.freeAt(1e9);
    }
    allowance.take();
    allowance.answered(2e9, 2e9 + 300);
    expect(allowance.freeAt(2e9 + 300)).toBe(2e9 + 1_004);
  });

  function known(tripMs: number): Allowance {
    const allowance = new Allowance(options);
    for (let n = 0; n < 150; n++) {
      allowance.take();
      allowance.answered(0, tripMs);
      allowance.freeAt(5_000);
    }
    return allowance;
  }
});
