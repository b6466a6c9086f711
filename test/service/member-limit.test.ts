import { beforeEach, describe, expect, it } from 'vitest';
import { createMemberLimit } from '#src/service/member-limit.ts';
import { createFakeClock, type FakeClock } from '#test/fakes/fake-clock.ts';

const MINUTE = 60_000;
let clock: FakeClock;
let limit: ReturnType<typeof createMemberLimit>;
beforeEach(() => {
  clock = createFakeClock('2026-03-10T12:00:00Z');
  limit = createMemberLimit(clock);
});
/** Asks and is answered at once. */
const ask = (member: string) => {
  const taken = limit.take(member);
  if (taken.refusal === null) taken.done();
  return taken.refusal;
};
/** Asks, and the answer is awaited. */
const begin = (member: string) => limit.take(member);

describe('questions to the sources', () => {
  it('are ten in ten minutes for each member; the eleventh may go when the first is ten minutes old', async () => {
    await clock.advance(1000);
    const first = clock.now();
    for (let n = 0; n < 10; n++) {
      expect(ask('ann')).toBeNull();
      await clock.advance(MINUTE / 2);
    }
    const refusal = { limit: 'member', until: first + 10 * MINUTE };
    expect(ask('ann')).toEqual(refusal);
    expect(ask('bob')).toBeNull();
    clock.jump(clock.now() + 60 * MINUTE);
    expect(ask('ann')).toMatchObject({ limit: 'member' });
    clock.jump(first + 5 * MINUTE);
    await clock.advance(5 * MINUTE - 1);
    expect(ask('ann')).toEqual(refusal);
    await clock.advance(1);
    expect([ask('ann'), ask('ann')]).toEqual([null, expect.objectContaining({ limit: 'member' })]);
  });

  it('are three at once for each member, until one is answered', () => {
    const [one] = [begin('ann'), begin('ann'), begin('ann')];
    expect(begin('ann').refusal).toEqual({ limit: 'member at once', until: clock.now() + 8000 });
    if (one.refusal === null) one.done();
    expect(begin('ann').refusal).toBeNull();
    expect(begin('ann').refusal).toMatchObject({ limit: 'member at once' });
  });

  it('are six at once for all together', () => {
    for (const member of ['ann', 'ann', 'ann', 'bob', 'bob']) expect(begin(member).refusal).toBeNull();
    const sixth = begin('cy');
    expect(sixth.refusal).toBeNull();
    expect(begin('di').refusal).toEqual({ limit: 'everybody', until: clock.now() + 8000 });
    if (sixth.refusal === null) sixth.done();
    expect(begin('di').refusal).toBeNull();
    expect(begin('cy').refusal).toMatchObject({ limit: 'everybody' });
  });

  it('that were refused do not count', () => {
    for (const member of ['ann', 'ann', 'ann']) begin(member);
    for (let n = 0; n < 20; n++) begin('ann');
    expect(begin('bob').refusal).toBeNull();
  });
});
