import { describe, expect, it } from 'vitest';
import { createSceneClock } from '#src/foundation/scene-clock.ts';
import { createSceneTime } from '#src/page/scene-time.ts';
import { createFakeClock } from '#test/fakes/fake-clock.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const NOON = Date.UTC(2026, 2, 10, 12);

/** A house that polls every five minutes and has a digest at 13:00; what happens in it takes a real second. */
function stage({ digest = (NOON + HOUR) as number | null, fails = false } = {}) {
  const base = createFakeClock();
  const clock = createSceneClock({ startsAt: NOON, speed: 0, base });
  const seen: number[] = [];
  const time = createSceneTime({
    clock,
    endsAt: NOON + 60 * HOUR,
    nextPollAt: () => (Math.floor(clock.now() / (5 * MINUTE)) + 1) * 5 * MINUTE,
    nextDigestAt: () => (digest !== null && clock.now() < digest ? digest : null),
    async settled() {
      seen.push((clock.now() - NOON) / MINUTE);
      if (fails) throw new Error('broken');
      await base.sleep(1000);
    },
  });
  return { base, clock, time, seen };
}

describe('the time of a scene', () => {
  it('is told with its speed, what comes next and its end', () => {
    const { time } = stage();
    expect(time.state()).toEqual({
      ...{ now: NOON, speed: 0, nextPollAt: NOON + 5 * MINUTE, nextDigestAt: NOON + HOUR },
      ...{ endsAt: NOON + 60 * HOUR, isOver: false, goingTo: null },
    });
  });

  it('is over when the sample is', () => {
    const { time, clock } = stage();
    clock.jumpTo(NOON + 60 * HOUR);
    expect(time.state().isOver).toBe(true);
  });

  it('runs as fast as it is told, or stands still', async () => {
    const { time, base } = stage();
    time.setSpeed(60);
    await base.advance(1000);
    time.setSpeed(0);
    await base.advance(1000);
    expect(time.state()).toMatchObject({ now: NOON + MINUTE, speed: 0 });
  });

  it('goes to the next poll, and is there when everything has happened', async () => {
    const { time, base, seen } = stage();
    const gone = time.toNextPoll();
    await base.advance(500);
    expect(time.state().goingTo).toBe(NOON + 5 * MINUTE);
    await base.settle(gone);
    expect([seen, time.state().goingTo, time.state().now]).toEqual([[5], null, NOON + 5 * MINUTE]);
  });

  it('goes to the next digest from poll to poll', async () => {
    const { time, base, seen } = stage();
    await base.settle(time.toNextDigest());
    expect(seen).toEqual([5, 10, 15, 20, 25, 30, 35, 40, 45, 50, 55, 60]);
  });

  it('comes to a digest between two polls at its own minute', async () => {
    const { time, base, seen } = stage({ digest: NOON + 7 * MINUTE });
    await base.settle(time.toNextDigest());
    expect(seen).toEqual([5, 7]);
  });

  it('stays where it is when no digest is due', async () => {
    const { time, seen } = stage({ digest: null });
    await time.toNextDigest();
    expect([seen, time.state().now]).toEqual([[], NOON]);
  });

  it.each([
    ['the speed is changed', (time: ReturnType<typeof stage>['time']) => time.setSpeed(1)],
    ['it is called off', (time: ReturnType<typeof stage>['time']) => void time.stop()],
  ])('goes no further when %s on the way', async (_, deed) => {
    const { time, base, seen } = stage();
    const gone = time.toNextDigest();
    await base.advance(2500);
    deed(time);
    await base.settle(gone);
    expect([seen, time.state().goingTo]).toEqual([[5, 10, 15], null]);
  });

  it('goes one way at a time', async () => {
    const { time, base, seen } = stage();
    const first = time.toNextDigest();
    await base.advance(500);
    const second = time.toNextPoll();
    await base.settle(Promise.all([first, second]));
    expect([seen, time.state().goingTo]).toEqual([[5, 10], null]);
  });

  it('tells when something of it changed, until nobody listens any more', async () => {
    const { time, base } = stage();
    const heard: (number | null)[] = [];
    const stop = time.onChange(() => heard.push(time.state().goingTo && 1));
    time.setSpeed(60);
    await base.settle(time.toNextPoll());
    stop();
    time.setSpeed(1);
    expect(heard).toEqual([null, 1, null]);
  });

  it('hands on what goes wrong on the way, and can set out again', async () => {
    const { time } = stage({ fails: true });
    await expect(time.toNextPoll()).rejects.toThrow('broken');
    expect(time.state().goingTo).toBeNull();
  });
});
