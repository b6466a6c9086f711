import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { lagOf, momentOf, wallIn } from '#src/foundation/clock.ts';
import { createSceneClock, type SceneClock } from '#src/foundation/scene-clock.ts';
import { createFakeClock } from '#test/fakes/fake-clock.ts';

const SECOND = 1000;
const HOUR = 3_600_000;
const NOON = Date.UTC(2026, 2, 10, 12);

function stage(speed = 60) {
  const base = createFakeClock(0);
  return { base, scene: createSceneClock({ startsAt: NOON, speed, base }) };
}

/** What somebody may do to a scene. */
const deeds = fc.array(
  fc.oneof(
    fc.record({ speed: fc.constantFrom(0, 0.5, 1, 60, 3600) }),
    fc.record({ leap: fc.integer({ min: -HOUR, max: 10 * HOUR }) }),
    fc.record({ passes: fc.nat(10 * SECOND) }),
    fc.record({ set: fc.integer({ min: -HOUR, max: HOUR }) }),
  ),
  { maxLength: 150 },
);

/** Does them one by one. */
function play(
  all: typeof deeds extends fc.Arbitrary<infer T> ? T : never,
  seen: (scene: SceneClock) => void,
) {
  let elapsed = 0;
  const scene = createSceneClock({
    ...{ startsAt: NOON, speed: 60 },
    base: { elapsed: () => elapsed, sleep: async () => {} },
  });
  for (const deed of all) {
    if ('speed' in deed) scene.setSpeed(deed.speed);
    if ('leap' in deed) scene.jumpTo(scene.now() + deed.leap);
    if ('passes' in deed) elapsed += deed.passes;
    seen(scene);
  }
}

describe("a scene's clock", () => {
  it('starts where it is told, and runs at its speed, whatever the machine says', async () => {
    const { base, scene } = stage();
    base.jump(NOON);
    await base.advance(10 * SECOND);
    expect([scene.now() - NOON, scene.elapsed()]).toEqual([600 * SECOND, 10 * SECOND]);
  });

  it('never goes back', () => {
    fc.assert(
      fc.property(deeds, (all) => {
        let last = NOON;
        play(all, (scene) => {
          expect(scene.now()).toBeGreaterThanOrEqual(last);
          last = scene.now();
        });
      }),
    );
  });

  it('goes on from where it is when its speed is changed', () => {
    const speeds = fc.constantFrom(0, 0.5, 1, 60, 3600);
    fc.assert(
      fc.property(deeds, speeds, (all, speed) =>
        play(all, (scene) => {
          const before = scene.now();
          scene.setSpeed(speed);
          expect([scene.now(), scene.speed()]).toEqual([before, speed]);
        }),
      ),
    );
  });

  it('says what it was expected to say, whenever it was asked', () => {
    fc.assert(
      fc.property(deeds, (all) => {
        const before = { wall: NOON, elapsed: 0 };
        play(all, (scene) => {
          expect(scene.expected(before, scene.elapsed())).toBe(scene.now());
          Object.assign(before, momentOf(scene));
        });
      }),
    );
  });

  it('tells how long it takes to an instant', async () => {
    const { base, scene } = stage();
    const instant = NOON + HOUR;
    expect(scene.untilWall(instant)).toBe(60 * SECOND);
    await base.advance(scene.untilWall(instant));
    expect([scene.now(), scene.untilWall(instant)]).toEqual([instant, 0]);
    expect(scene.untilWall(NOON)).toBeLessThanOrEqual(0);
  });

  it('stands still when it is paused: what is to come never comes, what came has come', async () => {
    const { base, scene } = stage();
    scene.setSpeed(0);
    await base.advance(HOUR);
    expect([scene.now(), scene.untilWall(NOON + 1), scene.untilWall(NOON)]).toEqual([NOON, Infinity, 0]);
    scene.setSpeed(60);
    await base.advance(SECOND);
    expect(scene.now()).toBe(NOON + 60 * SECOND);
  });

  it('leaps forward only', () => {
    const { scene } = stage();
    scene.jumpTo(NOON + HOUR);
    scene.jumpTo(NOON);
    expect(scene.now()).toBe(NOON + HOUR);
  });

  it('tells of changes, and not of what changes nothing, until nobody listens any more', () => {
    const { scene } = stage();
    const heard: [number, number][] = [];
    const stop = scene.onChange(() => heard.push([scene.speed(), scene.now() - NOON]));
    scene.setSpeed(0);
    scene.setSpeed(0);
    scene.jumpTo(NOON + HOUR);
    scene.jumpTo(NOON);
    stop();
    scene.setSpeed(1);
    expect(heard).toEqual([
      [0, 0],
      [0, HOUR],
    ]);
  });

  it.each([-1, Number.NaN, Number.POSITIVE_INFINITY])('refuses a speed of %d', (speed) => {
    expect(() => stage().scene.setSpeed(speed)).toThrow(RangeError);
  });

  it('knows what it said a moment ago and will say in a moment, leaps and all', async () => {
    const { base, scene } = stage();
    await base.advance(10 * SECOND);
    scene.jumpTo(NOON + HOUR);
    await base.advance(15 * SECOND);
    // Twenty seconds ago it was 5 s before the leap, which led 50 minutes on.
    expect(lagOf(scene)).toBe((5 + 15) * 60 * SECOND + HOUR - 600 * SECOND);
    expect(wallIn(scene, SECOND) - scene.now()).toBe(60 * SECOND);
  });

  it('is later in a moment also while it is paused: so nobody waits for what has come', () => {
    const { scene } = stage(0);
    expect(wallIn(scene, SECOND)).toBeGreaterThan(scene.now());
  });
});
