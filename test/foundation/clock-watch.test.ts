import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type ClockStep, stepBetween, watchClock } from '#src/foundation/clock-watch.ts';
import { createSceneClock } from '#src/foundation/scene-clock.ts';
import { createFakeClock } from '#test/fakes/fake-clock.ts';

const SECOND = 1000;
const HOUR = 3_600_000;

describe('the wall clock', () => {
  it.each([
    ['goes on', 20 * SECOND, 20 * SECOND, null],
    ['is pushed a little by a time server', 20 * SECOND + 400, 20 * SECOND, null],
    ['is set back by two hours', 20 * SECOND - 2 * HOUR, 20 * SECOND, -2 * HOUR],
    ['is set forward by two hours', 20 * SECOND + 2 * HOUR, 20 * SECOND, 2 * HOUR],
    ['is set back by less than what passed', 5 * SECOND, 20 * SECOND, -15 * SECOND],
    ['leaps ahead while the machine sleeps', 48 * HOUR, 20 * SECOND, 48 * HOUR - 20 * SECOND],
  ])('%s', (_, wall, elapsed, step) => {
    const found = stepBetween({ wall: 0, elapsed: 0 }, { wall, elapsed }, createFakeClock());
    expect(found && found.to - found.from).toBe(step);
  });
});

describe('a watch over both clocks', () => {
  it('tells of each step once, with what the clock would say and what it says', async () => {
    const clock = createFakeClock(10 * HOUR);
    const steps: ClockStep[] = [];
    const watch = watchClock(clock, async (step) => void steps.push(step));
    await clock.advance(HOUR);
    await watch.check();
    clock.jump(9 * HOUR);
    await watch.check();
    await watch.check();
    expect(steps).toEqual([{ from: 11 * HOUR, to: 9 * HOUR }]);
  });

  it('lets nobody go on before what is done about a step is done', async () => {
    const clock = createFakeClock(10 * HOUR);
    const mended = Promise.withResolvers<void>();
    const watch = watchClock(clock, () => mended.promise);
    clock.jump(0);
    const went: string[] = [];
    const first = watch.check().then(() => went.push('first'));
    const second = watch.check().then(() => went.push('second'));
    await clock.advance(0);
    expect(went).toEqual([]);
    mended.resolve();
    await Promise.all([first, second]);
    expect(went).toEqual(['first', 'second']);
  });
});

describe('a watch over a scene', () => {
  it('finds no step, however it is slowed down, stopped, hurried and set forward', async () => {
    const changes = fc.array(fc.tuple(fc.constantFrom(0, 1, 60, 3600), fc.nat(3 * HOUR), fc.nat(SECOND)));
    await fc.assert(
      fc.asyncProperty(changes, async (all) => {
        const base = createFakeClock();
        const scene = createSceneClock({ startsAt: 10 * HOUR, speed: 60, base });
        const steps: ClockStep[] = [];
        const watch = watchClock(scene, async (step) => void steps.push(step));
        for (const [speed, leap, passed] of all) {
          scene.setSpeed(speed);
          scene.jumpTo(scene.now() + leap);
          await base.advance(passed);
          base.jump(base.now() - leap);
          await watch.check();
        }
        expect(steps).toEqual([]);
      }),
      { numRuns: 20 },
    );
  });

  it('finds none where the machine lingers between both readings', async () => {
    let elapsed = 0;
    const base = { elapsed: () => (elapsed += 10), sleep: async () => {} };
    const scene = createSceneClock({ startsAt: 10 * HOUR, speed: 3600, base });
    const steps: ClockStep[] = [];
    const watch = watchClock(scene, async (step) => void steps.push(step));
    await watch.check();
    expect(steps).toEqual([]);
  });
});
